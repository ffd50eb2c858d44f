"""Exact ranges for lines that mention the same finding more than once.

A condition that mentions each finding once, or always in the same sense, can become true and can become false as
long as it is unknown. Another may not: "sitting makes it worse, and sitting does not make it worse" never comes
true. For such a line every way to complete its own open findings is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bodymap.engine.facts import Facts, PlaceKey, atoms_of, holds, places_of, spread
from bodymap.engine.findings import AnswerValue
from bodymap.engine.scoring import Count
from bodymap.engine.tables import Tables
from bodymap.knowledge.pack import All, Answer, Any, Condition, Line, Marked, Not, Number, Question

_MOST = 4_096
"""Completions tried for one line; beyond that its range stays a bound."""

Reached = frozenset[bool]
_BOTH: Reached = frozenset((True, False))


class Tangles:
    """The lines of a pack that mention a finding twice, in senses that may exclude each other."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.lines: list[tuple[int, Line, int]] = []
        """Each with the place of its cause in the pack, and its two bits: while neither is set it is unknown."""
        for table in tables.causes:
            for line, bits in zip(table.cause.lines, table.lines, strict=True):
                if self._tangled(line.when):
                    self.lines.append((table.index, line, bits.both << table.base))

    def tighten(self, line: Line, count: Count, facts: Facts) -> Count:
        """Return `count` with its range narrowed to what an unknown line can really become."""
        reached = self.reached(line.when, facts)
        if len(reached) == 2:
            return count
        counts = (True not in reached) if line.kind == "need" else (True in reached)
        low = (line.points if counts else 0) - min(0, line.points)
        high = (line.points if counts else 0) - max(0, line.points)
        return count._replace(low=count.low + low, high=count.high + high)

    def reached(self, condition: Condition, facts: Facts) -> Reached:
        """Return the values an unknown condition can still take."""
        answers = self._answer_choices(condition, facts)
        marked = self._expanded(condition)
        vectors = self._vectors(marked, facts)
        size = len(vectors) if vectors is not None else _MOST + 1
        for choices in answers.values():
            size *= len(choices)
        if vectors is None or size > _MOST:
            return _BOTH
        found: set[bool] = set()
        numbers = {atom: number for number, atom in enumerate(marked)}
        for values in product(*answers.values()):
            given = dict(zip(answers, values, strict=True))
            for vector in vectors:
                found.add(_value(condition, given, vector, numbers))
                if len(found) == 2:
                    return _BOTH
        return frozenset(found)

    def _tangled(self, condition: Condition) -> bool:
        senses: dict[str | PlaceKey, object] = {}
        for finding, sense in self._senses(condition, True):
            if sense is None or senses.setdefault(finding, sense) != sense:
                return True
        return False

    def _senses(self, condition: Condition, wanted: bool) -> Iterator[tuple[str | PlaceKey, object]]:
        """Yield every finding that a condition mentions with what it says of it; None if that never changes.

        Findings mentioned in one sense only can all go along with the condition, or all against it.
        """
        if isinstance(condition, Not):
            yield from self._senses(condition.part, not wanted)
        elif isinstance(condition, All | Any):
            for part in condition.parts:
                yield from self._senses(part, wanted)
        elif isinstance(condition, Marked):
            # One side but not both says two things at once: it agrees with nothing but itself.
            alone = condition if condition.sides == "one" else None
            for place in places_of(condition, "any", self._tables.pack, self._tables.anatomy):
                yield place, (alone or "marked", wanted)
            if condition.worse_with is not None:
                yield condition.worse_with, (alone or "yes", wanted)
        elif not self._contingent(condition):
            yield condition.id, None
        else:
            yield condition.id, (condition.value if isinstance(condition, Answer) else condition, wanted)

    def _contingent(self, atom: Answer | Number) -> bool:
        """Return whether some answers make the atom true and some false."""
        question = self._tables.pack.questions.get(atom.id)
        if question is None:
            return True
        values = [holds(atom, value) for value in possible_answers(question, [atom])]
        return True in values and False in values

    def _answer_choices(self, condition: Condition, facts: Facts) -> dict[str, list[AnswerValue]]:
        atoms: dict[str, list[Answer | Number]] = {}
        for atom in atoms_of(condition):
            if not isinstance(atom, Marked):
                atoms.setdefault(atom.id, []).append(atom)
        choices: dict[str, list[AnswerValue]] = {}
        for id, mentioned in atoms.items():
            question = self._tables.pack.questions.get(id)
            given = facts.answer(id)
            if given is not None:
                choices[id] = [given]
            elif question is None:
                choices[id] = ["yes", "no"]
            else:
                choices[id] = possible_answers(question, mentioned)
        return choices

    def _expanded(self, condition: Condition) -> list[Marked]:
        """Return the one-sided `marked` atoms, those on both or one of the sides taken apart, without
        repetition.
        """
        found: dict[Marked, None] = {}
        for atom in atoms_of(condition):
            if isinstance(atom, Marked):
                for part in atoms_of(spread(atom)):
                    if isinstance(part, Marked):
                        found[part] = None
        return list(found)

    def _vectors(self, atoms: list[Marked], facts: Facts) -> set[int] | None:
        """Return every combination (bit n: atom n is true) that completing the map can lead to; None if too
        many.
        """
        wanted: dict[PlaceKey, list[int]] = {}
        for number, atom in enumerate(atoms):
            for place in places_of(atom, atom.sides, self._tables.pack, self._tables.anatomy):
                wanted.setdefault(place, []).append(number)
        reached = {0}
        for place, numbers in wanted.items():
            here = _at_place(place, [(number, atoms[number]) for number in numbers], facts)
            reached = {before | now for before in reached for now in here}
            if len(reached) > _MOST:
                return None
        return reached


def _at_place(place: PlaceKey, atoms: list[tuple[int, Marked]], facts: Facts) -> set[int]:
    """Return which of `atoms` can be true together at one place, as bit vectors."""
    mark = facts.marks.get(place)
    if mark is None and facts.complete:
        return {0}
    thresholds = sorted({max(1, atom.intensity_at_least) for _, atom in atoms})
    levels = [0, *thresholds] if mark is None else [mark.strength]
    named = sorted({quality for _, atom in atoms for quality in atom.qualities})
    feels: list[frozenset[str]]
    if mark is not None and mark.qualities:
        feels = [frozenset(mark.qualities)]
    else:
        # "other" stands for every quality that no condition names.
        feels = [
            frozenset(quality for quality, taken in zip([*named, "other"], kept, strict=True) if taken)
            for kept in product((False, True), repeat=len(named) + 1)
            if any(kept)
        ]
    asked = sorted({atom.worse_with for _, atom in atoms if atom.worse_with is not None})
    ways = [
        (True,)
        if mark is not None and id in mark.worse_with
        else (False,)
        if mark is not None and facts.said.get(id) == "no"
        else (False, True)
        for id in asked
    ]
    found: set[int] = set()
    for level in levels:
        for feel in feels:
            for worse in product(*ways):
                here = {id for id, true in zip(asked, worse, strict=True) if true}
                vector = 0
                for number, atom in atoms:
                    if (
                        level >= max(1, atom.intensity_at_least)
                        and (not atom.qualities or not feel.isdisjoint(atom.qualities))
                        and (atom.worse_with is None or atom.worse_with in here)
                    ):
                        vector |= 1 << number
                found.add(vector)
    return found


def possible_answers(question: Question, atoms: list[Answer | Number]) -> list[AnswerValue]:
    """Return the answers that can make a difference to `atoms`: for a number, the ends of each interval they
    cut.
    """
    if question.kind == "yes-no":
        return ["yes", "no"]
    if question.kind == "choice":
        return [id for id, _ in question.choices]
    edges = {question.lowest, question.highest}
    for atom in atoms:
        if isinstance(atom, Number):
            if atom.at_least is not None:
                edges.update((atom.at_least - 1, atom.at_least))
            if atom.at_most is not None:
                edges.update((atom.at_most, atom.at_most + 1))
    return [edge for edge in sorted(edges) if question.lowest <= edge <= question.highest]


def _value(
    condition: Condition, given: dict[str, AnswerValue], vector: int, numbers: dict[Marked, int]
) -> bool:
    """Return the value of a condition once everything is known."""
    if isinstance(condition, Not):
        return not _value(condition.part, given, vector, numbers)
    if isinstance(condition, All):
        return all(_value(part, given, vector, numbers) for part in condition.parts)
    if isinstance(condition, Any):
        return any(_value(part, given, vector, numbers) for part in condition.parts)
    if isinstance(condition, Marked):
        if condition.sides in ("both", "one"):
            return _value(spread(condition), given, vector, numbers)
        return bool(vector >> numbers[condition] & 1)
    return holds(condition, given[condition.id])
