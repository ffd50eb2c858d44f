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


@dataclass(frozen=True, slots=True)
class AssessedLine:
    """A line as it stands, with the points it carries.

    `findings` made it true (or, for a need, false), or are the open ones of an unknown line, in the order of its
    condition.
    """

    line: pack.Line
    points: int
    findings: tuple[FindingRef, ...]


Lines = tuple[AssessedLine, ...]
FourLines = tuple[Lines, Lines, Lines, Lines]
"""The lines for a cause, those against it, the unknown ones, and the needs known to be absent."""


@dataclass(frozen=True, slots=True)
class AssessedAlarm:
    """An alarm that is true, and the known findings that made it so."""

    alarm: pack.Alarm
    because: tuple[FindingRef, ...]


class AssessedCause:
    """One cause in the ranking.

    `rank` counts from 1 and is shared by equal scores (`tied_with` holds the other ids). `score` is in
    points; no completion of what is unknown leads outside `low`–`high`, nor outside
    `best_rank`–`worst_rank`. `sides` are those on which something is felt in the cause's own regions.
    Nothing changes it once it is ranked.
    """

    __slots__ = (
        "_lines",
        "_parts",
        "_trace",
        "band",
        "best_rank",
        "cause",
        "high",
        "low",
        "rank",
        "score",
        "sides",
        "tied_with",
        "worst_rank",
    )

    def __init__(
        self,
        cause: pack.Cause,
        rank: int,
        tied_with: tuple[str, ...],
        band: pack.Band,
        score: int,
        low: int,
        high: int,
        best_rank: int,
        worst_rank: int,
        sides: tuple[str, ...],
        trace: Callable[[Any], FourLines],
        parts: object,
    ) -> None:
        """Return the cause with the lines that `trace` makes of `parts` when they are first looked at."""
        self.cause = cause
        self.rank = rank
        self.tied_with = tied_with
        self.band = band
        self.score = score
        self.low = low
        self.high = high
        self.best_rank = best_rank
        self.worst_rank = worst_rank
        self.sides = sides
        self._trace = trace
        self._parts = parts
        self._lines: FourLines | None = None

    @property
    def for_lines(self) -> Lines:
        """The lines for the cause that are true."""
        return (self._lines or self._traced())[0]

    @property
    def against_lines(self) -> Lines:
        """The lines against the cause that are true."""
        return (self._lines or self._traced())[1]

    @property
    def unknown_lines(self) -> Lines:
        """The lines that are neither true nor false, needs among them."""
        return (self._lines or self._traced())[2]

    @property
    def needs_missing(self) -> Lines:
        """The needs known to be absent."""
        return (self._lines or self._traced())[3]

    def _traced(self) -> FourLines:
        lines = self._lines = self._trace(self._parts)
        return lines

    def _said(self) -> tuple[object, ...]:
        ranks = (self.rank, self.tied_with, self.best_rank, self.worst_rank)
        return (
            self.cause,
            self.band,
            self.score,
            self.low,
            self.high,
            self.sides,
            ranks,
            self._lines or self._traced(),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssessedCause) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((self.cause.id, self.score, self.rank))

    def __repr__(self) -> str:
        return f"AssessedCause({self.cause.id!r}, {self.rank}, {self.band!r}, {self.score})"


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
