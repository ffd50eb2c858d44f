"""Two sessions beside each other: places, answers, alarms and causes as shown, and how far the places overlap.

Exact and without a verdict: a difference of places is set beside what redrawing alone brings, and nothing is said to
have gone up or down. Whether both sessions are of one person no file tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from bodymap.desk.figures import DeskFigures, Redrawing, desk_figures
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.anatomy import Place
from bodymap.sessions.record import Session, ShownAlarm, ShownCause

State = Literal["felt", "absent", "unknown"]
Shown = TypeVar("Shown", ShownCause, ShownAlarm)


@dataclass(frozen=True, slots=True)
class PlacePair:
    """A place that is marked in either session: its marks, and what is known of it, in the first and the second.

    `absent` is a place marked with nothing, or not marked on a map that was declared complete; `unknown` one that is
    not marked on another map.
    """

    place: Place
    first: Mark | None
    second: Mark | None
    first_state: State
    second_state: State

    @property
    def kind(self) -> Literal["gained", "lost", "changed", "same", "absent"]:
        """`gained`: felt in the second session alone; `lost`: in the first alone; `absent`: in neither.

        Felt in both it has `changed` where intensity, qualities or what makes it worse are others.
        """
        if self.first_state != "felt":
            return "gained" if self.second_state == "felt" else "absent"
        if self.second_state != "felt":
            return "lost"
        return "same" if _felt(self.first) == _felt(self.second) else "changed"


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A question with its answers in the first and the second session; None where it was not asked."""

    id: str
    first: AnswerValue | None
    second: AnswerValue | None


@dataclass(frozen=True, slots=True)
class CausePair:
    """A cause as shown in the first and the second session; None where it was not in the ranking."""

    id: str
    name: str
    first: ShownCause | None
    second: ShownCause | None

    @property
    def differs(self) -> bool:
        """Whether it was shown in another band or at another rank."""
        if self.first is None or self.second is None:
            return True
        return (self.first.band, self.first.rank) != (self.second.band, self.second.rank)


@dataclass(frozen=True, slots=True)
class AlarmPair:
    """An alarm as shown in the first and the second session; None where it was not."""

    id: str
    first: ShownAlarm | None
    second: ShownAlarm | None

    @property
    def differs(self) -> bool:
        """Whether it was shown in one alone, or in another tier."""
        return self.first is None or self.second is None or self.first.tier != self.second.tier


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far the places where something is felt are the same.

    `first`, `second`: how many there are in each (the extent); `shared` in both, `either` in any of them. `complete`:
    both maps were declared complete, so that a place without a mark is known not to hurt.
    """

    first: int
    second: int
    shared: int
    either: int
    complete: bool
    redrawing: Redrawing

    @property
    def jaccard(self) -> Fraction | None:
        """`shared` of `either`, from 0 to 1; None where nothing is felt in either session."""
        return Fraction(self.shared, self.either) if self.either else None

    @property
    def within_redrawing(self) -> bool:
        """Whether drawing the same pain again alone brings so much difference: then the places tell of no change."""
        return self.jaccard is None or self.jaccard >= self.redrawing.least_overlap


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sessions beside each other; `places` and `answers` in the order of the first, then what only the second
    has; `causes` and `alarms` the other way round.

    `answers` are those that differ alone. `assessed` is whether both had been assessed; where they had not, `causes`
    and `alarms` are (). `same_pack`: both were shown with exactly the same pack; otherwise scores, bands and ranks
    may differ for that reason alone.
    """

    first: Session
    second: Session
    places: tuple[PlacePair, ...]
    overlap: Overlap
    answers: tuple[AnswerPair, ...]
    causes: tuple[CausePair, ...]
    alarms: tuple[AlarmPair, ...]
    assessed: bool

    @property
    def same_pack(self) -> bool:
        """Whether both were assessed with exactly the same pack."""
        return self.first.pack == self.second.pack

    @property
    def seconds_between(self) -> int:
        """Seconds from the start of the first to that of the second; negative where the second is the older one."""
        return int((self.second.started - self.first.started).total_seconds())

    def of_kind(self, kind: str) -> tuple[PlacePair, ...]:
        """Return the places that were gained, lost, changed, kept the same or absent."""
        return tuple(pair for pair in self.places if pair.kind == kind)


def compare(first: Session, second: Session, *, figures: DeskFigures | None = None) -> Comparison:
    """Return two sessions beside each other, in the order given: usually the older one first.

    The other way round every pair is turned and the overlap stays. Raises `Trouble` where the desk's own figures
    cannot be read.
    """
    ours, theirs = first.findings, second.findings
    places = _places(ours, theirs)
    felt = [(pair.first_state == "felt", pair.second_state == "felt") for pair in places]
    overlap = Overlap(
        first=sum(1 for one, _ in felt if one),
        second=sum(1 for _, two in felt if two),
        shared=sum(1 for one, two in felt if one and two),
        either=sum(1 for one, two in felt if one or two),
        complete=ours.map_complete and theirs.map_complete,
        redrawing=(figures or desk_figures()).redrawing,
    )
    answers = tuple(
        AnswerPair(id, ours.answers.get(id), theirs.answers.get(id))
        for id in _either(ours.answers, theirs.answers)
        if ours.answers.get(id) != theirs.answers.get(id)
    )
    causes: tuple[CausePair, ...] = ()
    alarms: tuple[AlarmPair, ...] = ()
    assessed = first.shown is not None and second.shown is not None
    if first.shown is not None and second.shown is not None:
        causes = tuple(
            CausePair(id, next(cause.name for cause in (two, one) if cause is not None), one, two)
            for id, one, two in _pairs(first.shown.ranking, second.shown.ranking)
        )
        alarms = tuple(AlarmPair(*pair) for pair in _pairs(first.shown.alarms, second.shown.alarms))
    return Comparison(first, second, places, overlap, answers, causes, alarms, assessed)


def _places(ours: Findings, theirs: Findings) -> tuple[PlacePair, ...]:
    one = {mark.place: mark for mark in ours.marks}
    two = {mark.place: mark for mark in theirs.marks}
    return tuple(
        PlacePair(
            Place(*place),
            one.get(place),
            two.get(place),
            _state(one.get(place), ours.map_complete),
            _state(two.get(place), theirs.map_complete),
        )
        for place in _either(one, two)
    )


def _state(mark: Mark | None, complete: bool) -> State:
    if mark is not None:
        return "felt" if mark.strength else "absent"
    return "absent" if complete else "unknown"


def _felt(mark: Mark | None) -> tuple[object, ...]:
    """Return what is felt at a mark; in which order it was said does not matter."""
    return () if mark is None else (mark.intensity, frozenset(mark.qualities), frozenset(mark.worse_with))


Key = TypeVar("Key")


def _either(ours: Iterable[Key], theirs: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys((*ours, *theirs)))


def _pairs(
    ours: Sequence[Shown], theirs: Sequence[Shown]
) -> Iterable[tuple[str, Shown | None, Shown | None]]:
    one, two = {shown.id: shown for shown in ours}, {shown.id: shown for shown in theirs}
    for id in _either(two, one):
        yield id, one.get(id), two.get(id)
