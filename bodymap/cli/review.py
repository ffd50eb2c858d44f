"""`bodymap review`: the clinician's desk on a screen."""

from __future__ import annotations

import click


@click.command()
@click.argument("folder", metavar="[FOLDER]", required=False)
@click.option(
    "--demo", is_flag=True, help="Open on made-up sessions in a folder of their own that goes again."
)
@click.pass_context
def review(context: click.Context, folder: str | None, demo: bool) -> int:
    """Read the recorded sessions at a clinician's desk.

    FOLDER is where the sessions lie, when it is not the usual one. Nothing is written into a session; what a
    clinician adds lies in a file beside it.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.terminal import check_terminal
    from bodymap.common.places import written_path
    from bodymap.tui.review import run_review

    if folder is not None and demo:
        raise click.UsageError("--demo brings sessions of its own; leave FOLDER away.")
    chosen = settings(context)
    if folder is not None:
        chosen = chosen._replace(sessions=written_path(folder))
    check_terminal("The desk", "“bodymap sessions list” and “bodymap show” work in pipes")
    return run_review(chosen, demo=demo)
