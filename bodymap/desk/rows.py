"""One line of the desk's list: what an index keeps of a session, and the words under which it is found."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.sessions.ids import ID, code_of
from bodymap.sessions.record import Session
from bodymap.sessions.review_file import Review

EPOCH = datetime(1970, 1, 1)
_MOST_MARKS = _MOST_TEXTS = 128  # the body has fewer places, the pack fewer questions
_LONGEST_NAME = 80
_REASON = 400


class Row(NamedTuple):
    """A session in the list, or a file that is none and why.

    `tier` is that of the worst alarm or "", `alarms` their ids, worst first. `marks` are (region, side, intensity) in
    the order of marking. `leader` is the id of the leading cause, "" where none fits or nothing was assessed, and
    `band` is how well it fits. `trouble` is "" or the reason why the file cannot be read; then `started`, `id` and
    `code` come from its name, as far as that is a session's, and the rest is empty. `warning` is "" or what is
    doubtful about a session that can be read.
    """

    id: str
    path: Path
    started: datetime
    code: str
    state: str
    language: str
    pack: tuple[str, str, str]
    tier: str
    alarms: tuple[str, ...]
    marks: tuple[tuple[str, str, int], ...]
    leader: str
    leader_name: str
    band: str
    none_fits: bool
    reviewed_by: str
    reviewed_at: datetime | None
    trouble: str
    warning: str = ""
    sample: bool = False


class Order(Enum):
    """How the list is sorted; every order but `CODE` has the newest first among equals.

    `URGENT` has emergencies that nobody has reviewed before all others.
    """

    URGENT = "urgent"
    NEWEST = "newest"
    OLDEST = "oldest"
    CODE = "code"
    ALARM = "alarm"
    CAUSE = "cause"
    BAND = "band"
    READ = "read"


class Found(NamedTuple):
    """What is kept of one file: `columns` of its row, the `terms` it is found by, its `texts`, its review's `note`.

    `epoch` is the moment it started in seconds since 1970, `day` the date, as written, in days since then. Plain
    values only, because they come from other processes.
    """

    epoch: int
    day: int
    columns: tuple[str | int, ...]
    terms: tuple[str, ...]
    texts: tuple[str, ...]
    note: str


COLUMNS = (
    *(
        "id",
        "started",
        "code",
        "state",
        "language",
        "pack",
        "pack_version",
        "pack_sha256",
        "tier",
        "alarms",
        "marks",
    ),
    *(
        "leader",
        "leader_name",
        "band",
        "none_fits",
        "reviewed_by",
        "reviewed_at",
        "trouble",
        "warning",
        "sample",
    ),
)


def found_session(session: Session, day: str) -> Found:
    """Return what is kept of a session that lies in the folder of `day`."""
    shown = session.shown
    alarms = shown.alarms if shown else ()
    leader = shown.ranking[0] if shown and shown.ranking and not shown.none_fits else None
    marks = session.findings.marks[:_MOST_MARKS]
    tier = alarms[0].tier if alarms else ""
    warning = _warning(session, day)
    epoch, local = _moments(session.started)
    columns = (
        session.id,
        session.started.isoformat(),
        session.code,
        session.state,
        session.language,
        session.pack.id,
        session.pack.version,
        session.pack.sha256,
        tier,
        " ".join(alarm.id for alarm in alarms),
        " ".join(f"{mark.region}/{mark.side}/{mark.intensity}" for mark in marks),
        leader.id if leader else "",
        leader.name if leader else "",
        leader.band if leader else "",
        int(shown.none_fits) if shown else 0,
        "",
        "",
        "",
        warning,
        int(session.app.name == SAMPLE),
    )
    terms = [f"tier/{tier or 'none'}", f"state/{session.state}", f"cause/{leader.id if leader else 'none'}"]
    terms.append(f"code/{session.code[0]}")
    terms += [f"alarm/{alarm.id}" for alarm in alarms]
    if leader:
        terms.append(f"band/{leader.band}")
    if warning:
        terms.append("flag/bad")
    for mark in marks:
        if mark.strength:
            place = f"{mark.region}/{mark.side}"
            terms.append(f"mark/{place}")
            terms += [f"heat/{place}/{bit}" for bit in range(4) if mark.intensity >> bit & 1]
    texts = [*session.places, *session.words.values(), *(alarm.says for alarm in alarms)]
    if leader:
        texts.append(leader.name)
    return Found(epoch, local, columns, _bounded(terms), tuple(dict.fromkeys(texts))[:_MOST_TEXTS], "")


SAMPLE = "bodymap sample"
"""The program that a made-up session names as its writer; so it can be told from a person's for ever."""


def found_trouble(path: Path, day: str, trouble: Trouble, modified: float) -> Found:
    """Return what is kept of a file or folder that cannot be read, `modified` at that time."""
    name = path.name.removesuffix(".toml")
    id = name if ID.fullmatch(name) else ""
    started = _of_id(id) if id else _of_day(day) or _of_seconds(modified)
    place = trouble.where.removeprefix(str(path)).removeprefix(", ")
    reason = clean(f"{place}: {trouble.what}" if place else trouble.what, limit=_REASON)
    epoch, local = _moments(started)
    blank = {"id": id, "started": started.isoformat(), "code": code_of(id) if id else "", "trouble": reason}
    columns = tuple(blank.get(name, 0 if name in ("none_fits", "sample") else "") for name in COLUMNS)
    terms = ("flag/bad", f"code/{blank['code'][0]}") if id else ("flag/bad",)
    return Found(epoch, local, columns, terms, (), "")


def with_review(found: Found, review: Review | Trouble) -> Found:
    """Return what was found of a session together with what clinicians added to it, or why that cannot be read."""
    kept = dict(zip(COLUMNS, found.columns, strict=True))
    terms = list(found.terms)
    note = ""
    if isinstance(review, Trouble):
        kept["warning"] = clean(f"Its review cannot be read: {review.what}", limit=_REASON)
        terms.append("flag/bad")
    else:
        said = review.reviewed
        if said is not None:
            kept["reviewed_by"], kept["reviewed_at"] = said.by, said.at.isoformat()
            terms.append("flag/reviewed")
        words = [
            text for entry in review.entries for text in (entry.note, entry.diagnosis_words, entry.by) if text
        ]
        note = "\n".join(dict.fromkeys(words))
    return found._replace(columns=tuple(kept.values()), terms=_bounded(terms), note=note)


def row_of(folder: Path, day: str, name: bytes, columns: tuple[str | int, ...], warning: str = "") -> Row:
    """Return the row that was kept as `columns`; `warning` is said where it has none. Raises `ValueError`, `TypeError`
    where they are not what was kept.
    """
    kept = dict(zip(COLUMNS, columns, strict=True))
    text = {key: clean(value) if isinstance(value, str) else "" for key, value in kept.items()}
    marks = [part.split("/") for part in text["marks"].split()]
    return Row(
        id=text["id"],
        path=folder / day / os.fsdecode(name),
        started=datetime.fromisoformat(text["started"]),
        code=text["code"],
        state=text["state"],
        language=text["language"],
        pack=(text["pack"], text["pack_version"], text["pack_sha256"]),
        tier=text["tier"],
        alarms=tuple(text["alarms"].split()),
        marks=tuple((region, side, int(intensity)) for region, side, intensity in marks),
        leader=text["leader"],
        leader_name=text["leader_name"],
        band=text["band"],
        none_fits=bool(kept["none_fits"]),
        reviewed_by=text["reviewed_by"],
        reviewed_at=datetime.fromisoformat(text["reviewed_at"]) if text["reviewed_at"] else None,
        trouble=text["trouble"],
        warning=text["warning"] or warning,
        sample=bool(kept["sample"]),
    )


def _warning(session: Session, day: str) -> str:
    if session.integrity == "failed":
        return "The checksum does not match: it was changed after it was saved."
    if session.integrity == "missing":
        return "The checksum is missing."
    if f"{session.started.year:04}/{session.started.month:02}/{session.started.day:02}" != day:
        return "It lies in the folder of another day."
    if session.code != code_of(session.id):
        return "The code does not follow from the id."
    return ""


def _bounded(terms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([term for term in terms if len(term) <= _LONGEST_NAME]))


def _moments(started: datetime) -> tuple[int, int]:
    """Return seconds and (local) days since 1970, also for years that time stamps do not reach."""
    local = started.replace(tzinfo=None) - EPOCH
    offset = started.utcoffset() or timedelta()
    return (local - offset) // timedelta(seconds=1), local.days


def _of_id(id: str) -> datetime:
    return _of_seconds(int(id[:8] + id[9:13], 16) / 1000)


def _of_day(day: str) -> datetime | None:
    try:
        return datetime.strptime(day, "%Y/%m/%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def _of_seconds(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return EPOCH.replace(tzinfo=UTC)
