"""Why a condition has its value: the findings behind it. The plain way, for what `tracing` has not seen
before.

Behind a true or false value stand the known findings that were enough for it: of an `any` only its true
parts, of a false `all` only its false ones. Behind an unknown value stand the findings still open.
"""

from __future__ import annotations

from collections.abc import Callable

from bodymap.engine.assessment import AnswerRef, FindingRef, PlaceRef
from bodymap.engine.facts import Facts, Truth, at_place, holds, places_of, spread
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
        return _parts([self.prepared(part) for part in condition.parts], isinstance(condition, Any))


def _atom(condition: Answer | Number) -> Explain:
    id = condition.id
    unknown: tuple[Truth, Refs] = (None, (AnswerRef(id, None),))

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        given = facts.answers.get(id)
        return unknown if given is None else (holds(condition, given), (AnswerRef(id, given),))

    return explain


def _not(part: Explain) -> Explain:
    def explain(facts: Facts) -> tuple[Truth, Refs]:
        truth, refs = part(facts)
        return None if truth is None else not truth, refs

    return explain


def _parts(parts: list[Explain], decisive: bool) -> Explain:
    """Explain an `any` (decided by one true part) or an `all` (decided by one false part)."""

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        found: dict[Truth, list[Refs]] = {True: [], False: [], None: []}
        for part in parts:
            truth, refs = part(facts)
            found[truth].append(refs)
        value: Truth = decisive if found[decisive] else None if found[None] else not decisive
        return value, tuple(dict.fromkeys([ref for refs in found[value] for ref in refs]))

    return explain


def _marked(condition: Marked, places: tuple[tuple[str, str], ...]) -> Explain:
    numbers = {place: number for number, place in enumerate(places)}
    clear = [PlaceRef(region, side, 0) for region, side in places]
    open_ = [PlaceRef(region, side, None) for region, side in places]
    worse = condition.worse_with
    true_worse: Refs = () if worse is None else (AnswerRef(worse, "yes"),)
    open_worse: Refs = () if worse is None else (AnswerRef(worse, None),)

    def false(facts: Facts, entries: list[tuple[int, PlaceRef]]) -> tuple[Truth, Refs]:
        """Every place says no; an answer that alone made one of them say so is named too."""
        refs: list[FindingRef] = list(clear)
        for number, ref in entries:
            refs[number] = ref
        if worse is not None and facts.said.get(worse) == "no":
            marks = (facts.marks[places[number]] for number, _ in entries)
            if any(at_place(condition, mark, facts.complete, {}) is not False for mark in marks):
                refs.append(AnswerRef(worse, "no"))
        return False, tuple(refs)

    def explain(facts: Facts) -> tuple[Truth, Refs]:
        here: dict[Truth, list[tuple[int, PlaceRef]]] = {True: [], False: [], None: []}
        for place, mark in facts.marks.items():
            number = numbers.get(place)
            if number is not None:
                value = at_place(condition, mark, facts.complete, facts.said)
                felt = mark.intensity < mark.strength
                here[value].append((number, PlaceRef(*place, mark.intensity, felt)))
        if here[True]:
            return True, (*_in_order(here[True]), *true_worse)
        extra = open_worse if worse not in facts.answers else ()
        if facts.complete:
            if here[None]:
                return None, (*_in_order(here[None]), *extra)
            return false(facts, here[False])
        seen = {number for entries in here.values() for number, _ in entries}
        unmarked = [(number, ref) for number, ref in enumerate(open_) if number not in seen]
        if unmarked or here[None]:
            return None, (*_in_order(here[None] + unmarked), *extra)
        return false(facts, here[False])

    return explain


def _in_order(entries: list[tuple[int, PlaceRef]]) -> list[PlaceRef]:
    return [ref for _, ref in sorted(entries)]
