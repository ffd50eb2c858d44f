"""Who is who in the list, and ids that are the same at every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from bodymap.desk.rows import Row
from bodymap.sessions import Session, SessionStore


def names_of(rows: Iterable[Row | None], people: Mapping[str, Session]) -> list[str]:
    """Return whose sessions the rows are."""
    names = {session.id: name for name, session in people.items()}
    return [names.get(row.id, row.code) for row in rows if row is not None]


def id_at(moment: datetime, number: int) -> str:
    """Return a UUIDv7 of a moment, the same at every run."""
    milliseconds = f"{int(moment.timestamp() * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-7000-8000-{number:012x}"


def keep(folder: Path, *sessions: Session) -> None:
    """Write sessions into a folder."""
    store = SessionStore(folder)
    for session in sessions:
        (store.save if session.state == "finished" else store.autosave)(session)
