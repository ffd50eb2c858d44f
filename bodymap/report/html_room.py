"""How much room a session needs on one printed sheet: how small its letters become, and whose reasons are told."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.knowledge.pack import Pack
from bodymap.report.said import is_synthetic, not_asked, said_groups, said_marks
from bodymap.sessions.record import Session, ShownAlarm, ShownCause

MANY_ALARMS, MANY_MARKS = 3, 25
_FITS = ("strong", "possible")


class Room(NamedTuple):
    """A step of `sheet.css` (`room-0` to `room-4`), and whether weak and unlikely causes tell their reasons too."""

    level: int
    all_reasons: bool

    def gives_reasons(self, cause: ShownCause) -> bool:
        """Return whether the reasons for and against `cause` stand on the sheet, not only their number."""
        return self.all_reasons or cause.band in _FITS


# Points of the letters and height of the figures in mm, step by step as in `sheet.css`.
_STEPS = ((9.5, 92), (8.7, 86), (7.8, 80), (7.0, 74), (6.4, 68))
_COLUMN, _ACROSS = 92.0, 190.0  # mm
_TALL = 258.0  # mm: Letter less its margins is the lower of the two papers
_LETTER = 0.45  # a letter's mean width, in heights of its size
_LINE = 1.28
_MM = 0.3528  # a point


def room_for(session: Session, pack: Pack | None) -> Room:
    """Return the roomiest step in which the session fills one sheet at most; the last where none does."""
    for all_reasons in (True, False):
        blocks = _blocks(session, pack, all_reasons)
        for level, (points, tall) in enumerate(_STEPS):
            if _needed(session, pack, blocks, points, tall) <= _TALL:
                return Room(level, all_reasons)
    return Room(len(_STEPS) - 1, False)


def _needed(
    session: Session, pack: Pack | None, blocks: list[tuple[int, float]], points: float, tall: float
) -> float:
    """Return the height of the sheet in mm: the head, the taller of two even columns, the foot."""
    line = points * _MM * _LINE
    columns = _COLUMN / (points * _MM * _LETTER)
    across = _ACROSS / (points * _MM * _LETTER)
    flow = tall + 2 * line + sum(_lines(length, columns) + space for length, space in blocks) * line
    alarms = session.shown.alarms if session.shown is not None else ()
    head = 3.4 + _alarm_lines(alarms, across) + 2 * (session.integrity != "ok") + 2 * is_synthetic(session)
    # Blocks that are not cut leave the columns a little uneven.
    return (head + 6.5) * line + flow / 2


def _alarm_lines(alarms: tuple[ShownAlarm, ...], across: float) -> float:
    """Return the lines that the alarms take: two stand side by side where there are many."""
    beside = 2 if len(alarms) >= MANY_ALARMS else 1
    wide = across / beside - 6
    tall = [2.2 + _lines(len(alarm.says) + len(alarm.do) + 5, wide) for alarm in alarms]
    return sum(max(tall[first : first + beside]) for first in range(0, len(tall), beside))


def _lines(length: int, columns: float) -> int:
    return max(1, -(-length // max(1, int(columns))))


def _blocks(session: Session, pack: Pack | None, all_reasons: bool) -> list[tuple[int, float]]:
    """Return each paragraph of the two columns as its letters and the room around it, in lines."""
    blocks: list[tuple[int, float]] = [(20, 0.9)] * 4 + [(70, 0.2)]
    marks = [
        len(said.place) + sum(len(word) + 2 for word in said.more) - 4 + 40 * said.differs
        for said in said_marks(session, pack)
    ]
    blocks += [(sum(marks), 0.1)] if len(marks) >= MANY_MARKS else [(length, 0.12) for length in marks]
    if pack is None:
        for id, value in session.findings.answers.items():
            blocks.append((len(session.words.get(id, f"{id}: {value}")) + 2, 0.0))
        blocks.append((75, 0.2))
    else:
        for group in said_groups(session, pack):
            blocks.append((len(group.title) + sum(map(_length, group[1:])) + 24, 0.3))
        for title, shorts in not_asked(session, pack):
            blocks.append((len(title) + _length(shorts) + 4, 0.3))
    if session.shown is not None:
        says = {line.id: line.says for cause in pack.causes for line in cause.lines} if pack else {}
        room = Room(0, all_reasons)
        for cause in session.shown.ranking:
            told = [*cause.needs_missing, *cause.for_lines, *cause.against]
            if room.gives_reasons(cause):
                words = sum(len(says.get(id, id)) + 1 for id in told) + 12
                blocks += [(len(cause.name) + 14, 0.35), (70, 0.2), (words, 0.4)]
            else:
                blocks.append((len(cause.name) + 110, 0.3))
        blocks += [(25 + 45 * len(group), 0.3) for group in session.shown.indistinguishable]
    return blocks


def _length(words: tuple[object, ...]) -> int:
    return sum(
        len(word) + 2 if isinstance(word, str) else _length(word)
        for word in words
        if isinstance(word, str | tuple)
    )
