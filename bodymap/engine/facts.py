"""Findings seen as facts, and the small questions that every part of the engine asks of them."""

from __future__ import annotations

from collections.abc import Mapping

from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number, Pack, Question

Truth = bool | None
"""True, False, or None for unknown."""

PlaceKey = tuple[str, str]


class Facts:
    """Findings prepared for looking up.

    `said` are the explicit answers, `answer` gives the definite ones, those that marks imply among them: what is
    worse at a place is worse, unless the answer is an explicit "no". A value that a question does not have
    says nothing.
    """

    __slots__ = ("_implied", "_questions", "complete", "marks", "said")

    def __init__(self, findings: Findings, pack: Pack) -> None:
        self._questions = pack.questions
        self.said = findings.answers
        self.complete = findings.map_complete
        self.marks: dict[PlaceKey, Mark] = {(mark.region, mark.side): mark for mark in findings.marks}
        self._implied = [id for mark in findings.marks for id in mark.worse_with]

    def answer(self, id: str) -> AnswerValue | None:
        """Return the definite answer to a question, or None."""
        value = self.said.get(id)
        if value is not None and is_definite(self._questions.get(id), value):
            return value
        return "yes" if id in self._implied else None


class LazyFacts:
    """Gives the facts of some findings, prepared when first asked for."""

    __slots__ = ("_facts", "_findings", "_pack")

    def __init__(self, findings: Findings, pack: Pack) -> None:
        self._findings = findings
        self._pack = pack
        self._facts: Facts | None = None

    def __call__(self) -> Facts:
        """Return the facts."""
        if self._facts is None:
            self._facts = Facts(self._findings, self._pack)
        return self._facts


def is_definite(question: Question | None, value: AnswerValue) -> bool:
    """Return whether a value decides a question: a word or number that it has, not "unsure"."""
    if question is None or question.kind == "yes-no":
        return value in ("yes", "no")
    if question.kind == "choice":
        return any(value == id for id, _ in question.choices)
    return isinstance(value, int) and question.lowest <= value <= question.highest


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


def atoms_of(condition: Condition) -> list[Answer | Number | Marked]:
    """Return the conditions without parts that a condition is made of, as often as they stand in it."""
    if isinstance(condition, Not):
        return atoms_of(condition.part)
    if isinstance(condition, All | Any):
        return [atom for part in condition.parts for atom in atoms_of(part)]
    return [condition]


def spread(marked: Marked) -> Condition:
    """Return a condition on both or on one of the sides as the same said of each side."""
    if marked.sides not in ("both", "one"):
        return marked
    left, right = (
        Marked(marked.regions, side, marked.intensity_at_least, marked.qualities, marked.worse_with)
        for side in ("left", "right")
    )
    if marked.sides == "both":
        return All((left, right))
    return Any((All((left, Not(right))), All((Not(left), right))))


def at_place(marked: Marked, mark: Mark | None, complete: bool, said: Mapping[str, AnswerValue]) -> Truth:
    """Return what one place says to `marked`: `mark` is the mark on it, `said` the explicit answers."""
    if mark is None:
        return False if complete else None
    if mark.strength < max(1, marked.intensity_at_least):
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


def within(condition: Number, number: int) -> bool:
    """Return whether `number` lies between the bounds, both inclusive."""
    return (condition.at_least is None or number >= condition.at_least) and (
        condition.at_most is None or number <= condition.at_most
    )


def is_yes_or_no(atom: Answer | Number, pack: Pack) -> bool:
    """Return whether an atom asks for a yes or a no and nothing else, so that its truth tells the answer."""
    question = pack.questions.get(atom.id)
    if question is not None and question.kind != "yes-no":
        return False
    return isinstance(atom, Answer) and atom.value in ("yes", "no")


def holds(atom: Answer | Number, value: AnswerValue) -> bool:
    """Return whether a definite answer makes an atom true."""
    if isinstance(atom, Number):
        return isinstance(value, int) and within(atom, value)
    return atom.value == value
