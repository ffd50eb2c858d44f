"""Sessions assessed anew under another pack: each that changes, and what all came to, as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bodymap.common.text import clean
from bodymap.common.wording import BAND_WORDS
from bodymap.desk.replay import Outcome, Replayed
from bodymap.knowledge.pack import Pack
from bodymap.report.today import alarm_words, cause_words, leader_words, reason_words
from bodymap.report.wording import folded

_MOST = 12
_REASONS = {
    "for": "other lines speak for it",
    "against": "other lines speak against it",
    "need": "other things are needed",
    "evidence": "its evidence has another grade",
    "points": "the same lines have other points",
    "bands": "the bands have other limits",
    "new": "the pack did not know it",
    "gone": "the pack does not know it any more",
}


def replayed_text(folder: Path, replayed: Replayed, pack: Pack) -> str:
    """Return what changes in one session and why, "" where nothing does; for a file that cannot be read its reason."""
    path = clean(str(replayed.path.relative_to(folder)), limit=1000)
    if replayed.today is None or replayed.session is None:
        trouble = replayed.trouble
        assert trouble is not None
        return "\n".join(folded(f"{path}: {trouble.what}", "x ", "    ")) + "\n"
    session, today = replayed.session, replayed.today
    lines = folded(f"{session.code}  {session.started:%Y-%m-%d %H:%M}  {session.id}")
    for left in today.left_out:
        lines += folded(f"Left out: {left.place}. {left.what}", "  ! ", "    ")
    if today.differs:
        lines += [
            line
            for alarm in today.changed_alarms
            for line in folded(alarm_words(alarm, pack), "  !! ", "  !! ")
        ]
        lines += folded(leader_words(today), "  ", "    ") if today.leads_now else []
        moved = 0
        for cause in today.changed_causes:
            if not cause.reasons:
                moved += 1
                continue
            lines += folded(cause_words(cause), "  ", "    ")
            for reason in cause.reasons:
                lines += folded(reason_words(reason, cause, pack), "    - ", "      ")
        if moved:
            lines += folded(f"{_count(moved, 'other cause')} at other ranks because of that.", "  ", "    ")
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


def outcome_text(folder: Path, outcome: Outcome, pack: Pack) -> str:
    """Return what replaying the folder came to; the last line counts."""
    if not outcome.files:
        return f"No sessions in {clean(str(folder), limit=1000)}.\n"
    names = {cause.id: cause.name for cause in pack.causes} | {"": "none fits"}
    titles = {alarm.id: alarm.title for alarm in pack.alarms}
    lines: list[str] = []
    lines += _table(
        "Leading causes",
        outcome.leaders,
        lambda pair: f"{names.get(pair[0], pair[0])} → {names.get(pair[1], pair[1])}",
    )
    lines += _table(
        "Alarms",
        outcome.alarms,
        lambda pair: (
            f"{titles.get(pair[0], pair[0])}: {'raised or of another tier now' if pair[1] else 'not raised now'}"
        ),
    )
    lines += _table(
        "Bands",
        outcome.bands,
        lambda found: f"{names.get(found[0], found[0])}: {_band(found[1])} → {_band(found[2])}",
    )
    lines += _table("Why, each cause counted", outcome.reasons, lambda kind: _REASONS[kind])
    if outcome.incomplete:
        lines += folded(
            f"Of {_count(outcome.incomplete, 'session')} something had to be left out: the pack or the map does not "
            "know it."
        )
    if outcome.unassessed:
        lines += folded(f"{_count(outcome.unassessed, 'session')} had not been assessed.")
    if outcome.unreadable:
        lines += folded(f"{_count(outcome.unreadable, 'file')} cannot be read.")
    same = outcome.files - outcome.unreadable - outcome.unassessed - outcome.changed
    lines += folded(
        f"Under {pack.id} {pack.version} ({pack.sha256[:12]}): {outcome.changed:,} would be shown something else, "
        f"{same:,} the same."
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(title: str, counts: Counter[Any], words: Callable[[Any], str]) -> list[str]:
    if not counts:
        return []
    lines = [f"{title}:"]
    for found, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]:
        lines += folded(words(found), f"{number:>8,}  ", " " * 10)
    rest = len(counts) - _MOST
    return [*lines, f"          and {rest} more kinds"] if rest > 0 else lines


def _band(band: str) -> str:
    return BAND_WORDS.get(band, "not in the pack")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
