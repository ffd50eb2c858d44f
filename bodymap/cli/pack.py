"""`bodymap pack`: look into a knowledge pack, check it, run its cases, print the schemas of its files."""

from __future__ import annotations

from pathlib import Path

import click

from bodymap.common.places import written_path
from bodymap.common.trouble import Exit

_PATH = click.argument("path", metavar="[PATH]", required=False)
FILES = ("pack", "questions", "alarms", "causes", "cases")


def _chosen(context: click.Context, path: str | None) -> Path | None:
    """Return the pack named on the command line or in the settings, None for the shipped one."""
    if path is not None:
        return written_path(path)
    from bodymap.cli.group import settings

    return settings(context).pack


@click.group()
def pack() -> None:
    """Look into a knowledge pack, check and test it.

    PATH is the folder of a pack or the id of a shipped one; without it the pack of --pack, BODYMAP_PACK or
    the configuration is used, else the shipped one. docs/writing-a-pack.md explains every check.
    """


@pack.command()
@_PATH
@click.pass_context
def show(context: click.Context, path: str | None) -> None:
    """Print what is in a pack: causes, priors, lines, alarms, questions, sources."""
    from bodymap.knowledge.loader import load_pack
    from bodymap.report.packtext import pack_text

    click.echo(pack_text(load_pack(_chosen(context, path))), nl=False)


@pack.command()
@_PATH
@click.pass_context
def check(context: click.Context, path: str | None) -> None:
    """Report every fault of a pack with its place and remedy, and how hard its texts are to read.

    Ends with status 1 when there are faults.
    """
    from bodymap.knowledge.checks import check_pack
    from bodymap.report.packtext import check_text

    report = check_pack(_chosen(context, path))
    click.echo(check_text(report), nl=False)
    context.exit(int(Exit.FAULTS_FOUND if report.faults else Exit.DONE))


@pack.command()
@_PATH
@click.pass_context
def test(context: click.Context, path: str | None) -> None:
    """Run the vignettes of a pack and trace every one that comes out otherwise than expected.

    Ends with status 1 when one does. The vignettes are made up: this measures no accuracy.
    """
    from bodymap.engine import compile_pack
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.cases import load_cases
    from bodymap.knowledge.loader import load_pack, pack_folder
    from bodymap.report.casebook import casebook_text, run_cases

    folder = pack_folder(_chosen(context, path))
    anatomy, knowledge = load_anatomy(), load_pack(folder)
    book = run_cases(compile_pack(knowledge, anatomy), load_cases(folder, knowledge, anatomy))
    click.echo(casebook_text(book), nl=False)
    context.exit(int(Exit.FAULTS_FOUND if book.failed else Exit.DONE))


@pack.command()
@click.option("--file", "name", type=click.Choice(FILES), help="Print the schema of one kind of file only.")
def schema(name: str | None) -> None:
    """Print the JSON Schema of the files of a pack, so that an editor can complete and check them.

    Without --file one object is printed with a schema for each kind of file.
    """
    import json

    from bodymap.knowledge.schemas import file_schema

    found = file_schema(name) if name else {kind: file_schema(kind) for kind in FILES}
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
