"""`bodymap show`: a saved session, as a page or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bodymap.common.settings import Settings
from bodymap.common.trouble import Trouble

if TYPE_CHECKING:
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session


@click.command()
@click.argument("session", metavar="SESSION")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A page to read, or everything in the file as JSON.",
)
@click.pass_context
def show(context: click.Context, session: str, form: str) -> None:
    """Print a saved session.

    SESSION is a file, or the id or spoken code of a session in the sessions folder. The page shows what
    was said and what was shown for it at the time, not what the present pack would say.
    """
    from bodymap.cli.group import settings
    from bodymap.report.session import session_json, session_text

    chosen = settings(context)
    found = _read(session, chosen)
    text = session_json(found) if form == "json" else session_text(found, _its_pack(found, chosen))
    click.echo(text, nl=False)


def _read(name: str, chosen: Settings) -> Session:
    """Return the session in the file `name`, or the one with this id or code. Raises `Trouble`."""
    from pathlib import Path

    from bodymap.sessions import SessionStore, read_session

    path = Path(name)
    if "/" in name or name.endswith(".toml"):
        return read_session(path)
    store = SessionStore(chosen.sessions)
    return store.read(store.find(name))


def _its_pack(session: Session, chosen: Settings) -> Pack | None:
    """Return the pack the session was assessed with, None where it is not the one at hand."""
    from bodymap.sessions import same_pack

    pack = pack_at_hand(chosen)
    return pack if pack is not None and same_pack(session, pack) else None


def pack_at_hand(chosen: Settings) -> Pack | None:
    """Return the chosen pack, None where it cannot be used: sessions can be looked at all the same, and
    `bodymap doctor` says what is wrong with it.
    """
    from bodymap.knowledge.loader import load_pack

    try:
        return load_pack(chosen.pack)
    except Trouble:
        return None
