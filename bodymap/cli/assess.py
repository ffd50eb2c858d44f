"""`bodymap assess` and `bodymap contrast`: findings in, an assessment out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bodymap.cli.forms import text_or_json
from bodymap.common.trouble import Exit, Trouble, nearest

if TYPE_CHECKING:
    from bodymap.engine import Engine, Findings

_FORMAT = text_or_json("A page to read, or JSON for programs.")


@click.command()
@click.argument("file", metavar="FILE")
@_FORMAT
@click.pass_context
def assess(context: click.Context, file: str, form: str) -> None:
    """Say which causes fit the findings in FILE.

    FILE is a TOML file with marks and answers; “-” reads standard input. What comes out is not a diagnosis.
    """
    engine, findings = _prepare(context, file)
    assessment = engine.assess(findings)
    if form == "json":
        from bodymap.report.tables import assessment_json

        text = assessment_json(assessment, engine)
    else:
        from bodymap.report.page import assessment_text

        text = assessment_text(assessment, engine, findings)
    click.echo(text, nl=False)


@click.command()
@click.argument("file", metavar="FILE")
@click.argument("cause", metavar="CAUSE")
@click.argument("other", metavar="OTHER")
@_FORMAT
@click.pass_context
def contrast(context: click.Context, file: str, cause: str, other: str, form: str) -> None:
    """Say what tells two causes apart.

    Shows the lines on which CAUSE and OTHER differ for the findings in FILE (“-” reads standard input), and
    the fewest answers that would change which of them stands higher.
    """
    engine, findings = _prepare(context, file)
    ids = [known.id for known in engine.pack.causes]
    for id in (cause, other):
        if id not in ids:
            raise Trouble(
                f"There is no cause “{id}” in the pack {engine.pack.id}.",
                remedy=nearest(id, ids),
                exit=Exit.WRONG_USAGE,
            )
    if cause == other:
        raise Trouble(
            "A cause cannot be compared with itself.", remedy="Name two causes.", exit=Exit.WRONG_USAGE
        )
    found = engine.contrast(findings, cause, other)
    if form == "json":
        from bodymap.report.tables import contrast_json

        text = contrast_json(found, engine)
    else:
        from bodymap.report.contrasting import contrast_text

        text = contrast_text(found, engine)
    click.echo(text, nl=False)


def _prepare(context: click.Context, file: str) -> tuple[Engine, Findings]:
    """Return the engine of the chosen pack and the findings in `file`. Raises `Trouble`."""
    from pathlib import Path

    from bodymap.cli.group import settings
    from bodymap.cli.lines import with_line
    from bodymap.common import toml
    from bodymap.engine import compile_pack, read_findings
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.loader import load_pack

    if file == "-":
        where, content = "standard input", _standard_input()
    else:
        where = str(Path(file))
        content = toml.read_bytes(Path(file), toml.SESSION_BYTES)
    try:
        table = toml.parse(content, where)
        pack, anatomy = load_pack(settings(context).pack), load_anatomy()
        return compile_pack(pack, anatomy), read_findings(table, pack, anatomy, where)
    except Trouble as trouble:
        raise with_line(trouble, content, where) from None


def _standard_input() -> bytes:
    """Return standard input, one byte more than is allowed at most, so that too much is noticed.

    Raises `Trouble` where it is closed or cannot be read.
    """
    import sys

    from bodymap.common.toml import SESSION_BYTES

    what = "It is closed."
    if sys.stdin is not None:
        try:
            return sys.stdin.buffer.read(SESSION_BYTES + 1)
        except OSError as error:
            what = f"It cannot be read: {error.strerror or error}."
    raise Trouble(
        what, where="standard input", remedy="Name a file, or send the findings through a pipe."
    ) from None
