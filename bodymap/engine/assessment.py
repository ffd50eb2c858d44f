"""What the engine says of some findings: plain frozen values that screens, reports and sessions show as they
are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bodymap.knowledge import pack


class AnswerRef(NamedTuple):
    """An answer that a line or an alarm rests on; `value` is None while it is open."""

    id: str
    value: str | int | None

    def table(self) -> dict[str, Any]:
        """Return it as `{"id", "value"}`."""
        return {"id": self.id, "value": self.value}


class PlaceRef(NamedTuple):
    """A place that a line or an alarm rests on; `intensity` is None while nothing is known, 0 where nothing
    hurts.

    `felt`: the intensity is 0, and yet something is felt there.
    """

    region: str
    side: str
    intensity: int | None
    felt: bool = False

    def table(self) -> dict[str, Any]:
        """Return it as `{"region", "side", "intensity"}`."""
        return {"region": self.region, "side": self.side, "intensity": self.intensity}


FindingRef = AnswerRef | PlaceRef


class AssessedLine:
    """A line as it stands, with the points it carries.

    `findings` made it true (or, for a need, false), or are the open ones of an unknown line. They may be
    given as a function, which is called when they are first looked at.
    """

    __slots__ = ("_behind", "line", "points")

    def __init__(
        self,
        line: pack.Line,
        points: int,
        findings: tuple[FindingRef, ...] | Callable[[], tuple[FindingRef, ...]],
    ) -> None:
        self.line = line
        self.points = points
        self._behind = findings

    @property
    def findings(self) -> tuple[FindingRef, ...]:
        """The findings behind the line, in the order of its condition."""
        behind = self._behind
        if not isinstance(behind, tuple):
            behind = self._behind = behind()
        return behind

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AssessedLine):
            return NotImplemented
        return (self.line, self.points, self.findings) == (other.line, other.points, other.findings)

    def __hash__(self) -> int:
        return hash((self.line.id, self.points, self.findings))

    def __repr__(self) -> str:
        return f"AssessedLine({self.line.id!r}, {self.points}, {self.findings!r})"


@dataclass(frozen=True, slots=True)
class AssessedAlarm:
    """An alarm that is true, and the known findings that made it so."""

    alarm: pack.Alarm
    because: tuple[FindingRef, ...]


class AssessedCause(NamedTuple):
    """One cause in the ranking.

    `rank` counts from 1 and is shared by equal scores (`tied_with` holds the other ids). `score` is in
    points; no completion of what is unknown leads outside `low`–`high`, nor outside
    `best_rank`–`worst_rank`. `sides` are those on which something is felt in the cause's own regions.
    `unknown_lines` holds needs too.
    """

    cause: pack.Cause
    rank: int
    tied_with: tuple[str, ...]
    band: pack.Band
    score: int
    low: int
    high: int
    best_rank: int
    worst_rank: int
    sides: tuple[str, ...]
    for_lines: tuple[AssessedLine, ...]
    against_lines: tuple[AssessedLine, ...]
    unknown_lines: tuple[AssessedLine, ...]
    needs_missing: tuple[AssessedLine, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question worth asking. `gain` is in points (see `bodymap.engine.questions`); `why` is for the
    patient.
    """

    question: pack.Question
    gain: int
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything the engine says: alarms worst first, causes best first, questions best first.

    `none_fits`: no cause reaches `possible`. `indistinguishable`: the causes at the top that the pack's
    margin cannot tell apart, as groups of ids. `settled`: no answer can change who leads.
    """

    alarms: tuple[AssessedAlarm, ...]
    causes: tuple[AssessedCause, ...]
    none_fits: bool
    indistinguishable: tuple[tuple[str, ...], ...]
    next_questions: tuple[NextQuestion, ...]
    settled: bool

    def cause(self, id: str) -> AssessedCause:
        """Return what is said of the cause `id`; raises `KeyError`."""
        for assessed in self.causes:
            if assessed.cause.id == id:
                return assessed
        raise KeyError(id)
