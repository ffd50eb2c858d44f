"""Why a condition has its value: the findings behind it. The plain way, for what `tracing` has not seen
before.

Behind a true or false value stand the known findings that were enough for it: of an `any` only its true
parts, of a false `all` only its false ones. Behind an unknown value stand the findings still open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from bodymap.engine.assessment import AnswerRef, FindingRef, PlaceRef
from bodymap.engine.facts import Facts, PlaceKey, Truth, at_place, atoms_of, holds, places_of, spread
from bodymap.engine.findings import AnswerValue, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import Answer, Any, Condition, Marked, Not, Number, Pack

Refs = tuple[FindingRef, ...]
Explain = Callable[[Facts], tuple[Truth, Refs]]


class Explainer:
    """Prepares conditions for explaining, each once."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        self._pack = pack
        self._anatomy = anatomy
        self._prepared: dict[Condition, Explain] = {}

    def explain(self, condition: Condition, facts: Facts) -> tuple[Truth, Refs]:
        """Return the value of a condition and the findings behind it, each once, in the order of the
        condition.
        """
        return self.prepared(condition)(facts)

    def prepared(self, condition: Condition) -> Explain:
        """Return `explain` for one condition."""
        known = self._prepared.get(condition)
        if known is None:
            known = self._prepared[condition] = self._prepare(condition)
        return known

    def _prepare(self, condition: Condition) -> Explain:
        if isinstance(condition, Answer | Number):
            return _atom(condition)
        if isinstance(condition, Not):
            return _not(self.prepared(condition.part))
        if isinstance(condition, Marked):
            if condition.sides in ("both", "one"):
                return self.prepared(spread(condition))
            places = places_of(condition, condition.sides, self._pack, self._anatomy)
            return _marked(condition, places)
        parts = [self.prepared(part) for part in condition.parts]
        return _parts(parts, isinstance(condition, Any), self._repeats(condition))

    def _repeats(self, condition: Condition) -> bool:
        """Return whether two parts of a condition may name the same finding."""
        seen: set[str | PlaceKey] = set()
        for atom in atoms_of(condition):
            named: list[str | PlaceKey] = [] if isinstance(atom, Marked) else [atom.id]
            if isinstance(atom, Marked):
                side = "any" if atom.sides in ("both", "one") else atom.sides
                named += places_of(atom, side, self._pack, self._anatomy)
                named += [] if atom.worse_with is None else [atom.worse_with]
            if not seen.isdisjoint(named):
                return True
            seen.update(named)
        return False


def _atom(condition: Answer | Number) -> Explain:
    id = condition.id
    unknown: tuple[Truth, Refs] = (None, (AnswerRef(id, None),))
    ways: dict[AnswerValue | None, tuple[Truth, Refs]] = {}

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        given = facts.answer(id)
        way = ways.get(given)
        if way is None and given is not None:
            way = ways[given] = (holds(condition, given), (AnswerRef(id, given),))
        return way or unknown

    return explain


def _not(part: Explain) -> Explain:
    def explain(facts: Facts) -> tuple[Truth, Refs]:
        truth, refs = part(facts)
        return None if truth is None else not truth, refs

    return explain


def _parts(parts: list[Explain], decisive: bool, repeats: bool) -> Explain:
    """Explain an `any` (decided by one true part) or an `all` (decided by one false part)."""

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        value: Truth = not decisive
        refs: list[FindingRef] = []
        for part in parts:
            truth, behind = part(facts)
            if truth is not value and (truth is decisive or (truth is None and value is not decisive)):
                value = truth
                refs = []
            if truth is value:
                refs += behind
        return value, tuple(dict.fromkeys(refs) if repeats else refs)

    return explain


def _marked(condition: Marked, places: tuple[PlaceKey, ...]) -> Explain:
    numbers = {place: number for number, place in enumerate(places)}
    clear: Refs = tuple(PlaceRef(region, side, 0) for region, side in places)
    open_: Refs = tuple(PlaceRef(region, side, None) for region, side in places)
    worse = condition.worse_with
    true_worse: Refs = () if worse is None else (AnswerRef(worse, "yes"),)
    open_worse: Refs = () if worse is None else (AnswerRef(worse, None),)

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        true: list[tuple[int, Mark]] = []
        false: list[tuple[int, Mark]] = []
        unknown: list[tuple[int, Mark]] = []
        for place, mark in facts.marks.items():
            if place in numbers:
                value = at_place(condition, mark, facts.complete, facts.said)
                (true if value else unknown if value is None else false).append((numbers[place], mark))
        if true:
            # Where the person says no of it in general, the place alone is the reason: it carries its own yes.
            return True, (*_in_order(true), *(true_worse if worse and facts.answer(worse) != "no" else ()))
        if not unknown and (facts.complete or len(false) == len(places)):
            return False, all_clear(facts, false)
        extra = open_worse if worse is not None and facts.answer(worse) is None else ()
        if facts.complete:
            return None, (*_in_order(unknown), *extra)
        return None, (*left_open(unknown, false), *extra)

    def left_open(unknown: list[tuple[int, Mark]], false: list[tuple[int, Mark]]) -> Sequence[FindingRef]:
        """Return the places without a mark, and those where the mark leaves it open."""
        if not unknown and not false:
            return open_
        refs = list(open_)
        for number, mark in unknown:
            refs[number] = _ref(mark)
        for number in sorted([number for number, _ in false], reverse=True):
            del refs[number]
        return refs

    def all_clear(facts: Facts, marks: list[tuple[int, Mark]]) -> Refs:
        """Every place says no; an answer that alone made one of them say so is named too."""
        if not marks:
            return clear
        refs = list(clear)
        for number, mark in marks:
            refs[number] = _ref(mark)
        if worse is not None and facts.said.get(worse) == "no":
            alone = (at_place(condition, mark, facts.complete, {}) is not False for _, mark in marks)
            if any(alone):
                refs.append(AnswerRef(worse, "no"))
        return tuple(refs)

    return explain


def _in_order(marks: list[tuple[int, Mark]]) -> list[FindingRef]:
    if len(marks) > 1:
        marks.sort(key=itemgetter(0))
    return [_ref(mark) for _, mark in marks]


def _ref(mark: Mark) -> PlaceRef:
    return PlaceRef(mark.region, mark.side, mark.intensity, mark.intensity < mark.strength)
