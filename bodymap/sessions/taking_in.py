"""Taking exported sessions into a folder: all of them, or none where one of them may not be taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bodymap.common import toml
from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import folders
from bodymap.sessions.document import content_of
from bodymap.sessions.record import Session
from bodymap.sessions.store import SessionStore


class TakenIn(NamedTuple):
    """How many sessions were written, and how many were there already, byte for byte."""

    written: int
    present: int


def take_in(
    store: SessionStore,
    sessions: Callable[[], Iterator[Session]],
    where: str,
    taking: Callable[[list[str]], object] = lambda ids: None,
) -> TakenIn:
    """Write every session of `sessions()`, which is gone through twice: first to look, then to write.

    Nothing is written where one cannot be read, two of them have one id, or the folder has one of the same id and
    other content. What a disk that fails half-way leaves undone is done by taking the same file in again. `where` is
    the name that errors carry; `taking` is told the ids of all that will be written, before the first is. Raises
    `Trouble`.
    """
    folder = {path.stem: path for path in store.paths()}
    seen: dict[str, bytes] = {}
    present: set[str] = set()
    for session in sessions():
        content = content_of(session)
        digest = sha256(content).digest()
        if seen.setdefault(session.id, digest) != digest:
            raise _conflict(
                "It stands in the export twice, and not the same.", session.id, where, "Keep one of them."
            )
        if session.id in folder and session.id not in present:
            _same(store, folder[session.id], content, session.id)
            present.add(session.id)
    if coming := [id for id in seen if id not in present]:
        store.try_writing()
        with suppress(OSError):  # saving says what is wrong with it
            folders.make_root(store.folder)
        taking(coming)
    written = 0
    for session in sessions():
        digest = sha256(content_of(session)).digest()
        if seen.get(session.id) != digest:
            raise Trouble(
                "The export was changed while it was read.", where=where, remedy="Take it in again."
            )
        if session.id not in present:
            (store.save if session.state == "finished" else store.autosave)(session)
            present.add(session.id)
            written += 1
    return TakenIn(written, len(seen) - written)


def _same(store: SessionStore, path: Path, content: bytes, id: str) -> None:
    if toml.read_bytes(path, toml.SESSION_BYTES) != content:
        raise _conflict(
            "There is a session of this id already, with other content; it is not replaced.",
            id,
            str(path),
            "Compare the two; move the one that you do not want out of the folder.",
        )


def _conflict(what: str, id: str, where: str, remedy: str) -> Trouble:
    return Trouble(f"{what}", where=f"{where}, session {id}", remedy=remedy, exit=Exit.FILE_FAILED)
