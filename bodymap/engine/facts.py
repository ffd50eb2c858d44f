"""Findings seen as facts: what a condition's value is, and which findings made it so. The slow, plain way.

The masks of `bodymap.engine.tables` say *whether* a line is true; this module says *why*, and is asked only once for
each combination of findings that a line can meet.
"""

from __future__ import annotations

from collections.abc import Mapping

from bodymap.engine.assessment import AnswerRef, FindingRef, PlaceRef
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import SIDES, All, Answer, Any, Condition, Marked, Not, Number, Pack

Truth = bool | None
"""True, False, or None for unknown."""

PlaceKey = tuple[str, str]


def regions_of(names: tuple[str, ...], pack: Pack) -> tuple[str, ...]:
    """Return region ids without repetition, areas of the pack replaced by their regions."""
    regions: dict[str, None] = {}
    for name in names:
        for region in pack.areas.get(name, (name,)):
            regions[region] = None
    return tuple(regions)


def places_of(marked: Marked, side: str, pack: Pack, anatomy: Anatomy) -> tuple[PlaceKey, ...]:
    """Return the places that `marked` looks at on `side`; `"any"` takes every side a region has."""
    return tuple(
        (region, own)
        for region in regions_of(marked.regions, pack)
        for own in anatomy.regions[region].sides
        if side in ("any", own)
    )


def spread(marked: Marked) -> Condition:
    """Return a condition on both or one of the sides as the same said of each side."""
    if marked.sides not in ("both", "one"):
        return marked
    left, right = (
        Marked(marked.regions, side, marked.intensity_at_least, marked.qualities, marked.worse_with)
        for side in ("left", "right")
    )
    if marked.sides == "both":
        return All((left, right))
    return Any((All((left, Not(right))), All((Not(left), right))))


def effective_answers(findings: Findings) -> dict[str, AnswerValue]:
    """Return the definite answers, with what marks say is worse at their place; an explicit "no" stays."""
    answers = {id: value for id, value in findings.answers.items() if value != "unsure"}
    for mark in findings.marks:
        if mark.intensity > 0:
            for id in mark.worse_with:
                answers.setdefault(id, "yes")
    return answers


def at_place(marked: Marked, mark: Mark | None, complete: bool, said: Mapping[str, AnswerValue]) -> Truth:
    """Return what one place says to `marked`: `mark` is the mark on it, `said` the explicit answers."""
    if mark is None:
        return False if complete else None
    if mark.intensity < max(1, marked.intensity_at_least):
        return False
    value: Truth = True
    if marked.qualities:
        if not mark.qualities:
            value = None
        elif not any(quality in marked.qualities for quality in mark.qualities):
            return False
    if marked.worse_with is not None and marked.worse_with not in mark.worse_with:
        if said.get(marked.worse_with) == "no":
            return False
        value = None
    return value


class Facts:
    """Findings prepared for looking up."""

    __slots__ = ("anatomy", "answers", "complete", "marks", "pack", "said")

    def __init__(self, findings: Findings, pack: Pack, anatomy: Anatomy) -> None:
        self.pack = pack
        self.anatomy = anatomy
        self.said = findings.answers
        self.answers = effective_answers(findings)
        self.marks: dict[PlaceKey, Mark] = {mark.place: mark for mark in findings.marks}
        self.complete = findings.map_complete

    def hurting(self) -> list[tuple[str, set[str]]]:
        """Return the sides on which something hurts, in the order left, right, midline, with the regions."""
        found: dict[str, set[str]] = {}
        for mark in self.marks.values():
            if mark.intensity > 0:
                found.setdefault(mark.side, set()).add(mark.region)
        return [(side, found[side]) for side in SIDES if side in found]

    def explain(self, condition: Condition) -> tuple[Truth, tuple[FindingRef, ...]]:
        """Return the value of a condition and the findings behind it, each once, in the order of the condition.

        Behind a true or false value stand the known findings that were enough for it: of an `any` only its true parts,
        of a false `all` only its false ones. Behind an unknown value stand the findings still open.
        """
        value, refs = self._explain(condition)
        return value, tuple(dict.fromkeys(refs))

    def _explain(self, condition: Condition) -> tuple[Truth, list[FindingRef]]:
        if isinstance(condition, Answer):
            given = self.answers.get(condition.id)
            return (None if given is None else given == condition.value), [AnswerRef(condition.id, given)]
        if isinstance(condition, Number):
            number = self.answers.get(condition.id)
            if not isinstance(number, int):
                return None, [AnswerRef(condition.id, None)]
            return within(condition, number), [AnswerRef(condition.id, number)]
        if isinstance(condition, Not):
            value, refs = self._explain(condition.part)
            return (None if value is None else not value), refs
        if isinstance(condition, Marked):
            if condition.sides in ("both", "one"):
                return self._explain(spread(condition))
            return self._explain_marked(condition)
        parts = [self._explain(part) for part in condition.parts]
        values = [value for value, _ in parts]
        decisive = isinstance(condition, Any)
        truth: Truth = decisive if decisive in values else (None if None in values else not decisive)
        return truth, [ref for value, refs in parts if value is truth for ref in refs]

    def _explain_marked(self, condition: Marked) -> tuple[Truth, list[FindingRef]]:
        places = places_of(condition, condition.sides, self.pack, self.anatomy)
        values = [at_place(condition, self.marks.get(place), self.complete, self.said) for place in places]
        truth: Truth = True if True in values else (None if None in values else False)
        refs: list[FindingRef] = []
        for place, value in zip(places, values, strict=True):
            if value is truth:
                mark = self.marks.get(place)
                refs.append(PlaceRef(*place, mark.intensity if mark else (0 if self.complete else None)))
        worse = condition.worse_with
        if worse is not None and (truth or (truth is None and worse not in self.answers)):
            refs.append(AnswerRef(worse, "yes" if truth else None))
        return truth, refs


def within(condition: Number, number: int) -> bool:
    """Return whether `number` lies between the bounds, both inclusive."""
    return (condition.at_least is None or number >= condition.at_least) and (
        condition.at_most is None or number <= condition.at_most
    )
