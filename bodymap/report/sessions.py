"""Many saved sessions: a list and the result of a check, as lines to read and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.common.wording import BAND_WORDS, TIER_WORDS
from bodymap.sessions.record import Session
from bodymap.sessions.store import Entry
from bodymap.sessions.verify import Checked, Summary

SCHEMA = 1
_PLACES = 2


def list_text(folder: Path, entries: Sequence[Entry], *, more: bool) -> str:
    """Return one line a session (when, code, state, alarm, places, leading cause), two where a file is
    bad.
    """
    if not entries:
        return f"No sessions in {_path(folder)}.\n"
    lines = []
    for entry in entries:
        lines += _row(entry.session) if entry.session is not None else _bad(folder, entry)
    if more:
        lines.append("There are more; --limit shows them.")
    return "\n".join(lines) + "\n"


def list_json(folder: Path, entries: Sequence[Entry], *, more: bool) -> str:
    """Return one JSON object: `folder`, `sessions` (newest first; a bad file has `fault` instead of its
    content), `more`.
    """
    listed = [_entry(entry) for entry in entries]
    return _json({"schema": SCHEMA, "folder": _path(folder), "sessions": listed, "more": more})


def verify_lines(folder: Path, checked: Checked) -> str:
    """Return every fault of one file with its remedy, "" where there is none."""
    lines = []
    for what, remedy in checked.faults:
        lines += [f"{_path(checked.path.relative_to(folder))}: {clean(what)}", f"  {clean(remedy)}"]
    return "".join(f"{line}\n" for line in lines)


def verify_summary(folder: Path, summary: Summary) -> str:
    """Return what all files came to; the last line counts the good ones."""
    if not summary.files and not summary.reviews:
        return f"No sessions in {_path(folder)}.\n"
    lines = []
    if summary.first_day != summary.last_day:
        lines.append(f"Sessions from {summary.first_day} to {summary.last_day}.")
    if len(summary.packs) > 1:
        packs = sorted(summary.packs.items(), key=lambda item: (-item[1], item[0]))
        lines.append(
            "Packs: " + ", ".join(f"{clean(id)} {clean(version)} ({n:,})" for (id, version), n in packs) + "."
        )
    if summary.reviews:
        lines.append(f"{_count(summary.reviews, 'review')}: {summary.faulty_reviews:,} with faults.")
    if summary.faulty:
        rest = summary.faulty - summary.unreadable - summary.changed - summary.unsigned
        lines.append(
            f"Of those with faults {summary.unreadable:,} cannot be read, {summary.changed:,} were changed after they "
            f"were saved, {summary.unsigned:,} lack their checksum, {rest:,} have others."
        )
    lines.append(
        f"{_count(summary.files, 'file')} in {_path(folder)}: {summary.files - summary.faulty:,} good, "
        f"{summary.faulty:,} with faults; {summary.unfinished:,} unfinished."
    )
    return "\n".join(lines) + "\n"


def verify_json(folder: Path, summary: Summary, faulty: Sequence[Checked]) -> str:
    """Return one JSON object: `checked`, `faulty`, `summary`, and `faults` as `{"path", "what", "remedy"}`.

    `faulty` are the files with faults, those of reviews too.
    """
    faults = [
        {"path": _path(each.path), "what": clean(what), "remedy": clean(remedy)}
        for each in faulty
        for what, remedy in each.faults
    ]
    more = {
        "unreadable": summary.unreadable,
        "changed": summary.changed,
        "without_checksum": summary.unsigned,
        "unfinished": summary.unfinished,
        "reviews": summary.reviews,
        "faulty_reviews": summary.faulty_reviews,
        "first_day": str(summary.first_day) if summary.first_day else None,
        "last_day": str(summary.last_day) if summary.last_day else None,
        "packs": [
            {"id": id, "version": version, "sessions": count}
            for (id, version), count in sorted(summary.packs.items())
        ],
    }
    counts = {"checked": summary.files, "faulty": summary.faulty, "summary": more}
    return _json({"schema": SCHEMA, "folder": _path(folder), **counts, "faults": faults})


def _row(session: Session) -> list[str]:
    alarm = TIER_WORDS[session.shown.alarms[0].tier] if session.shown and session.shown.alarms else ""
    mark = "!" if alarm else " "
    trust = "" if session.integrity == "ok" else f"  CHECKSUM {session.integrity.upper()}"
    parts = [f"{session.started:%Y-%m-%d %H:%M}", session.code, f"{session.state:<10}", alarm]
    parts += [_places(session), _leading(session)]
    return [f"{mark} {'  '.join(part for part in parts if part)}{trust}"]


def _bad(folder: Path, entry: Entry) -> list[str]:
    trouble = entry.trouble
    assert trouble is not None
    return [f"x {_path(entry.path.relative_to(folder))}: {_reason(entry.path, trouble)}"]


def _reason(path: Path, trouble: Trouble) -> str:
    place = trouble.where.removeprefix(str(path)).removeprefix(", ")
    return clean(f"{place}: {trouble.what}" if place else trouble.what, limit=400)


def _places(session: Session) -> str:
    marks = [mark for mark in session.findings.marks if mark.strength]
    marks.sort(key=lambda mark: -mark.intensity)
    words = [
        f"{'' if mark.side == 'midline' else mark.side[0].upper() + ' '}{mark.region} {mark.intensity}"
        for mark in marks[:_PLACES]
    ]
    rest = len(marks) - len(words)
    return ", ".join(words) + (f" and {rest} more" if rest else "")


def _leading(session: Session) -> str:
    if session.shown is None or not session.shown.ranking:
        return ""
    if session.shown.none_fits:
        return "none fits"
    leading = session.shown.ranking[0]
    return f"{leading.name}: {BAND_WORDS[leading.band]}"


def _entry(entry: Entry) -> dict[str, Any]:
    if entry.session is None:
        assert entry.trouble is not None
        return {"path": _path(entry.path), "fault": _reason(entry.path, entry.trouble)}
    session, shown = entry.session, entry.session.shown
    return {
        "path": _path(entry.path),
        "id": session.id,
        "code": session.code,
        "started": session.started.isoformat(),
        "finished": session.finished.isoformat() if session.finished else None,
        "state": session.state,
        "alarms": [{"id": alarm.id, "tier": alarm.tier} for alarm in shown.alarms] if shown else [],
        "leading": shown.ranking[0].id if shown and shown.ranking and not shown.none_fits else None,
        "integrity": session.integrity,
    }


def _path(path: Path) -> str:
    """Return a path fit to be shown: names in it may come from strangers."""
    return clean(str(path), limit=1000)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
