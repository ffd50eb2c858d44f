"""`bodymap sessions import`: exported sessions into the folder, the same bytes as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from bodymap.common.trouble import Exit, Trouble

if TYPE_CHECKING:
    from bodymap.sessions import Session

_PART = 1024 * 1024


@click.command("import")
@click.argument("file", metavar="FILE")
@click.pass_context
def import_sessions(context: click.Context, file: str) -> None:
    """Take exported sessions into the folder.

    FILE is what “bodymap show --format json” or “bodymap sessions export --format json” wrote; “-” is standard input.
    Each session becomes the file that it was, byte for byte. Nothing is taken in where one of them was changed, or
    where the folder has another session of the same id.
    """
    from bodymap.cli.access import note_access
    from bodymap.cli.group import settings
    from bodymap.sessions import SessionStore
    from bodymap.sessions.exported import sessions_in
    from bodymap.sessions.taking_in import take_in

    store = SessionStore(settings(context).sessions)
    where = "standard input" if file == "-" else file
    with _opened(file) as export:

        def again() -> Iterator[Session]:
            export.seek(0)
            return sessions_in(export, where)

        def note(ids: list[str]) -> None:
            note_access(store.folder, "imported", ids, "sessions import")

        taken = take_in(store, again, where, note)
    noun = "session" if taken.written == 1 else "sessions"
    there = f"; {taken.present:,} there already" if taken.present else ""
    click.echo(f"{taken.written:,} {noun} taken into {_shown(str(store.folder))}{there}.")


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """Open the export for reading it twice; standard input is kept in a file without a name meanwhile."""
    import tempfile

    if file == "-":
        with tempfile.TemporaryFile() as kept:
            _keep(kept)
            yield kept
        return
    try:
        # O_NONBLOCK so that a pipe of that name cannot hold us.
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        what = (error.strerror or str(error)) if isinstance(error, OSError) else "not the name of a file"
        raise Trouble(f"It cannot be read: {what}.", where=file, remedy="Check the name.") from None
    with os.fdopen(descriptor, "rb") as export:
        if not export.seekable():
            raise Trouble("This is not a regular file.", where=file, remedy="Name a file, or “-” for a pipe.")
        yield export


def _keep(kept: BinaryIO) -> None:
    import sys

    if sys.stdin is None:
        raise Trouble(
            "It is closed.", where="standard input", remedy="Name a file, or send it through a pipe."
        )
    try:
        while part := sys.stdin.buffer.read(_PART):
            kept.write(part)
    except OSError as error:
        raise Trouble(
            f"It cannot be kept: {error.strerror or error}.",
            where="standard input",
            remedy="Write the export into a file and name that.",
            exit=Exit.FILE_FAILED,
        ) from None


def _shown(path: str) -> str:
    from bodymap.common.text import clean

    return clean(path, limit=600)
