"""Folders of sessions for the tests of the desk: few, small, and every one known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bodymap.engine.findings import Findings, Mark
from bodymap.sessions.document import content_of
from bodymap.sessions.ids import code_of
from bodymap.sessions.record import App, PackReference, Session, Shown, ShownAlarm, ShownCause

NOON = datetime.fromisoformat("2026-11-23T12:00:00+01:00")


def made(
    number: int,
    *,
    started: datetime | None = None,
    marks: tuple[tuple[str, str, int], ...] = (("buttock-upper", "left", 5),),
    leader: str = "discogenic-pain",
    band: str = "possible",
    alarm: str = "",
    tier: str = "emergency",
    finished: bool = True,
    places: tuple[str, ...] = (),
) -> Session:
    """Return the session `number`; a higher number starts a minute later unless `started` says otherwise."""
    id = f"01a20774-d5db-7{number:03x}-8000-{number:012x}"
    started = started or NOON + timedelta(minutes=number)
    cause = ShownCause(leader or "discogenic-pain", f"Name of {leader}", 1, band, "weak", 3, (0, 9), (1, 3))
    alarms = (ShownAlarm(alarm, tier, f"Said of {alarm}."),) if alarm else ()
    return Session(
        id=id,
        code=code_of(id),
        started=started,
        finished=started + timedelta(minutes=5) if finished else None,
        state="finished" if finished else "unfinished",
        language="en",
        app=App("bodymap", "0.1.0"),
        pack=PackReference("rear-pain", "1.0.0", "0123456789abcdef" * 4),
        findings=Findings(tuple(Mark(*mark) for mark in marks)),
        places=places,
        shown=Shown(alarms, (cause,), none_fits=not leader),
    )


def put(folder: Path, *sessions: Session) -> list[Path]:
    """Write sessions where they belong and return their paths."""
    paths = []
    for session in sessions:
        path = folder / f"{session.started:%Y/%m/%d}" / f"{session.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_of(session))
        paths.append(path)
    return paths


def sample_of(session: Session) -> Session:
    """Return the session as a made-up one."""
    return replace(session, app=App("bodymap sample", "0.1.0"))
