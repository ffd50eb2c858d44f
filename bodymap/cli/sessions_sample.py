"""`bodymap sessions sample`: made-up sessions for showing the desk, and for trying it."""

from __future__ import annotations

import click

from bodymap.common.trouble import Exit, Trouble

_MOST = 1_000_000


@click.command()
@click.argument("count", metavar="N", type=click.IntRange(1, _MOST))
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S", help="Equal seeds make equal people."
)
@click.option("--among", is_flag=True, help="Also write into a folder that holds real people's sessions.")
@click.pass_context
def sample(context: click.Context, count: int, seed: int, among: bool) -> None:
    """Write N made-up sessions of people who never were.

    They end yesterday, and each says in its file that it was made up: its program is “bodymap sample”. A folder with
    sessions of real people is left alone: name an empty one with --sessions.
    """
    from bodymap.cli.group import settings
    from bodymap.desk.sample import is_sample, sample_sessions, write_samples
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.loader import load_pack
    from bodymap.sessions import SessionStore

    chosen = settings(context)
    folder = chosen.sessions
    if not among:
        newest = next(SessionStore(folder).iterate(), None)
        if newest is not None and (newest.session is None or not is_sample(newest.session)):
            raise Trouble(
                "The folder holds sessions that were not made up.",
                where=str(folder),
                remedy="Name another folder with --sessions, or mix them with --among.",
                exit=Exit.WRONG_USAGE,
            )
    written = sum(
        1 for _ in write_samples(folder, sample_sessions(count, seed, load_pack(chosen.pack), load_anatomy()))
    )
    click.echo(f"{written:,} made-up sessions in {folder}.")
