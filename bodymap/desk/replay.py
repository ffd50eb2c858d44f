"""All sessions of a folder assessed anew under one pack: who would be shown something else, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.desk.today import Today, as_today
from bodymap.engine import compile_pack
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import Pack
from bodymap.sessions.record import Session
from bodymap.sessions.store import SessionStore


@dataclass(frozen=True, slots=True)
class Replayed:
    """One file: its session as assessed under the new pack, or `trouble` where it cannot be read."""

    path: Path
    session: Session | None = None
    today: Today | None = None
    trouble: Trouble | None = None


@dataclass(slots=True)
class Outcome:
    """What replaying came to. Sessions that had not been assessed (`unassessed`) can differ from nothing.

    `leaders` are pairs of leading causes then and now, "" where none fits; `bands` are (cause, band then, band now);
    `alarms` are (alarm, whether it is raised now); `reasons` are kinds of reasons, each counted once a cause;
    `incomplete` are sessions of which something had to be left out.
    """

    files: int = 0
    unreadable: int = 0
    unassessed: int = 0
    changed: int = 0
    incomplete: int = 0
    leaders: Counter[tuple[str, str]] = field(default_factory=Counter)
    bands: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    alarms: Counter[tuple[str, bool]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, replayed: Replayed) -> None:
        """Count one file."""
        self.files += 1
        today = replayed.today
        if today is None:
            self.unreadable += 1
            return
        self.incomplete += bool(today.left_out)
        if not today.shown:
            self.unassessed += 1
            return
        if not today.differs:
            return
        self.changed += 1
        if today.leads_now:
            self.leaders[today.leader_then, today.leader_now] += 1
        for alarm in today.changed_alarms:
            self.alarms[alarm.id, alarm.now is not None] += 1
        for cause in today.changed_causes:
            then, now = cause.then.band if cause.then else "", cause.now.band if cause.now else ""
            if then != now:
                self.bands[cause.id, then, now] += 1
            self.reasons.update({reason.kind for reason in cause.reasons})


def replay(store: SessionStore, pack: Pack, anatomy: Anatomy) -> Iterator[Replayed]:
    """Yield every file of the folder, newest first, assessed under `pack`, whatever pack it was made with.

    Changes nothing. Raises `Trouble` where the folder cannot be read.
    """
    engine = compile_pack(pack, anatomy)
    for entry in store.iterate():
        if entry.session is None:
            yield Replayed(entry.path, trouble=entry.trouble)
        else:
            today = as_today(entry.session, pack, anatomy, engine=engine, other_packs=True)
            yield Replayed(entry.path, entry.session, today)
