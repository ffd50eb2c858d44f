"""Going through a whole folder of sessions and naming everything that is not as it should be. Changes
nothing.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.pack import Pack
from bodymap.sessions.record import Session
from bodymap.sessions.store import Entry, SessionStore
from bodymap.sessions.truth import impossible


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what is wrong with it, as (what, remedy) pairs; `session` is None where it cannot be
    read.
    """

    path: Path
    session: Session | None
    faults: tuple[tuple[str, str], ...]


def verify(store: SessionStore, pack: Pack | None = None) -> Iterator[Checked]:
    """Yield every file of the folder, newest first, with its faults; none where there is no folder yet.

    Answers are held against `pack` in the sessions that were assessed with it. Raises `Trouble` where the
    folder or the anatomy cannot be read.
    """
    anatomy = load_anatomy()
    for entry in store.iterate():
        yield Checked(entry.path, entry.session, tuple(_faults(store, entry, anatomy, pack)))


def _faults(
    store: SessionStore, entry: Entry, anatomy: Anatomy, pack: Pack | None
) -> Iterator[tuple[str, str]]:
    if entry.trouble is not None:
        # The path stands beside it already; what is left of `where` is the place in the file.
        place = entry.trouble.where.removeprefix(str(entry.path)).removeprefix(", ")
        yield f"{place}: {entry.trouble.what}" if place else entry.trouble.what, entry.trouble.remedy
        return
    session = entry.session
    assert session is not None
    if session.integrity == "failed":
        yield "The checksum does not match: it was changed after it was saved.", "Compare it with a copy."
    if session.integrity == "missing":
        yield "The checksum is missing.", "Whether it was changed cannot be told; compare it with a copy."
    if store.path_of(session) != entry.path:
        yield "It lies in the folder of another day.", f"It belongs to {store.path_of(session).parent}."
    if session.finished is not None and session.finished < session.started:
        yield "It ends before it starts.", "The clock was set back, or it was changed."
    yield from impossible(session, anatomy, pack)
    try:
        mode = entry.path.lstat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield "Others on this computer may read or change it.", "Allow only its owner: chmod 600."
