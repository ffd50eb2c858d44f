"""`bodymap sessions`: the saved sessions as a list, a check of every file; each other verb has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bodymap.cli.forms import text_or_json

if TYPE_CHECKING:
    from bodymap.sessions import SessionStore

_FORMAT = text_or_json("Lines to read, or JSON for programs.")
_MOST = 1_000_000  # more than a clinic writes in a hundred years; what can be counted has an end


@click.group()
def sessions() -> None:
    """List saved sessions, check them, carry them away."""


@sessions.command("list")
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=20,
    show_default=True,
    metavar="COUNT",
    help="List at most so many.",
)
@_FORMAT
@click.pass_context
def list_sessions(context: click.Context, limit: int, form: str) -> None:
    """List saved sessions, newest first.

    A file that cannot be read is a line with its reason.
    """
    from itertools import islice

    from bodymap.report.sessions import list_json, list_text

    store = _store(context)
    # One more than asked for tells whether there are more.
    entries = list(islice(store.iterate(), limit + 1))
    write = list_json if form == "json" else list_text
    click.echo(write(store.folder, entries[:limit], more=len(entries) > limit), nl=False)


def _add_verbs() -> None:
    from bodymap.cli.sessions_compare import compare
    from bodymap.cli.sessions_export import export
    from bodymap.cli.sessions_import import import_sessions
    from bodymap.cli.sessions_index import index
    from bodymap.cli.sessions_purge import purge
    from bodymap.cli.sessions_replay import replay
    from bodymap.cli.sessions_review import review
    from bodymap.cli.sessions_sample import sample
    from bodymap.cli.sessions_verify import verify

    for verb in (verify, review, compare, replay, purge, export, import_sessions, index, sample):
        sessions.add_command(verb)


_add_verbs()


def _store(context: click.Context) -> SessionStore:
    from bodymap.cli.group import settings
    from bodymap.sessions import SessionStore

    return SessionStore(settings(context).sessions)
