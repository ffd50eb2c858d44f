"""Two causes side by side: the lines on which they differ, and the fewest answers that would change their
order.

The search is exact up to `MOST` changed answers. A question that shares no line of the two causes with
another question moves the difference of their scores by a fixed amount; such questions are taken greedily,
largest first. The remaining ones are tried in every combination that could still be enough. Marks are left
as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from bodymap.engine.assessment import AssessedCause, FindingRef
from bodymap.engine.compiled import Compiled
from bodymap.engine.facts import Facts, atoms_of
from bodymap.engine.findings import AnswerValue, Findings
from bodymap.engine.ranges import possible_answers
from bodymap.knowledge.pack import Answer, Condition, Line, Marked, Number, Question
from bodymap.knowledge.wording import filled

MOST = 6
"""Changed answers that the search goes up to."""


@dataclass(frozen=True, slots=True)
class ContrastLine:
    """A line of either cause as it stands, and the points it carries for each (0 where the cause has no such
    line).

    Lines of both causes with the same condition stand together. A need's points count where `truth` is false.
    """

    line: Line
    truth: bool | None
    first: int
    second: int
    findings: tuple[FindingRef, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that would be given anew (`old` is None) or otherwise."""

    question: Question
    old: AnswerValue | None
    new: AnswerValue


@dataclass(frozen=True, slots=True)
class Contrast:
    """How two causes differ. `difference` is the score of `first` less that of `second`.

    `changes` is the smallest set of answers after which the cause `lower` stands above the other, with the
    scores of `first` and `second` `after` it; None where there is none, and `reason` says why. Of equally
    small sets the one that changes fewest known answers is taken, then the one with the clearest result,
    then the first by the pack.
    """

    first: AssessedCause
    second: AssessedCause
    lines: tuple[ContrastLine, ...]
    difference: int
    lower: str
    changes: tuple[Change, ...] | None
    after: tuple[int, int] | None
    reason: str


class _Option(NamedTuple):
    """One question that could be answered otherwise: the values worth trying and whether it is known by now."""

    order: int
    id: str
    known: bool
    values: tuple[AnswerValue, ...]


class _Step(NamedTuple):
    """A question that moves the difference by itself, with its best value."""

    effect: int
    order: int
    id: str
    value: AnswerValue


def contrast(compiled: Compiled, findings: Findings, first: AssessedCause, second: AssessedCause) -> Contrast:
    """Return how two causes, assessed by `findings`, differ; raises `ValueError` for the same cause twice."""
    if first.cause.id == second.cause.id:
        raise ValueError("a cause is contrasted with another one")
    facts = Facts(findings, compiled.pack)
    lower, upper = (first, second) if first.score < second.score else (second, first)
    search = _Search(compiled, findings, facts, lower, upper)
    found = search.smallest()
    changes: tuple[Change, ...] | None = None
    after: tuple[int, int] | None = None
    reason = ""
    if isinstance(found, str):
        reason = found
    else:
        questions = compiled.pack.questions
        changes = tuple([Change(questions[id], facts.answer(id), value) for id, value in found])
        then = search.scores(found)
        after = then if lower is first else (then[1], then[0])
    return Contrast(
        first,
        second,
        _lines(compiled, first, second, facts),
        first.score - second.score,
        lower.cause.id,
        changes,
        after,
        reason,
    )


def _lines(
    compiled: Compiled, first: AssessedCause, second: AssessedCause, facts: Facts
) -> tuple[ContrastLine, ...]:
    """Return the lines of both, those of `first` first, without those that say the same of both."""
    rows: dict[tuple[Condition, int], list[Line | None]] = {}
    for column, assessed in enumerate((first, second)):
        seen: dict[Condition, int] = {}
        for line in assessed.cause.lines:
            number = seen[line.when] = seen.get(line.when, -1) + 1
            rows.setdefault((line.when, number), [None, None])[column] = line
    found: list[ContrastLine] = []
    for (when, _), (one, two) in rows.items():
        if one is not None and two is not None and (one.kind, one.points) == (two.kind, two.points):
            continue
        truth, refs = compiled.explainer.explain(when, facts)
        found.extend(
            ContrastLine(line, truth, one.points if one else 0, two.points if two else 0, refs)
            for line in (one or two,)
            if line is not None
        )
    return tuple(found)


def _with(findings: Findings, answers: tuple[tuple[str, AnswerValue], ...]) -> Findings:
    for id, value in answers:
        findings = findings.with_answer(id, value)
    return findings


class _Search:
    """The search for the smallest set of answers that puts `lower` above `upper`."""

    def __init__(
        self, compiled: Compiled, findings: Findings, facts: Facts, lower: AssessedCause, upper: AssessedCause
    ) -> None:
        self._compiled = compiled
        self._findings = findings
        self._facts = facts
        self._lower = lower
        self._upper = upper
        places = {cause.id: place for place, cause in enumerate(compiled.pack.causes)}
        self._places = places[lower.cause.id], places[upper.cause.id]
        self._start = lower.score - upper.score
        self._needed = 1 - self._start
        atoms, entangled, most = self._survey()
        self._most = most
        self._steps: dict[bool, list[_Step]] = {False: [], True: []}
        self._together: list[_Option] = []
        self._tried: dict[tuple[tuple[str, AnswerValue], ...], int] = {}
        for order, (id, question) in enumerate(compiled.pack.questions.items()):
            if id not in atoms:
                continue
            current = facts.answer(id)
            values = tuple(value for value in _values(question, atoms[id], current) if value != current)
            option = _Option(order, id, current is not None, values)
            if id in entangled:
                self._together.append(option)
            else:
                self._add_step(option)
        for steps in self._steps.values():
            steps.sort(key=lambda step: (-step.effect, step.order))

    def smallest(self) -> tuple[tuple[str, AnswerValue], ...] | str:
        """Return the answers in the order of the pack, or the reason why there are none."""
        lower, upper = self._lower.cause.name, self._upper.cause.name
        words = self._compiled.anatomy.wording.contrast
        everything = sum(step.effect for steps in self._steps.values() for step in steps)
        everything += sum(self._most[option.id] for option in self._together)
        movable = len(self._together) + sum(len(steps) for steps in self._steps.values())
        if everything >= self._needed:
            for size in range(1, min(MOST, movable) + 1):
                found = self._of_size(size)
                if found is not None:
                    return found
        if everything < self._needed or movable <= MOST:
            return filled(words["marks"], lower=lower, upper=upper)
        return filled(words["many"], most=str(MOST), lower=lower, upper=upper)

    def _survey(self) -> tuple[dict[str, list[Answer | Number]], set[str], dict[str, int]]:
        """Return the questions in the lines of the two, which of them share a line, and how much each can
        move.
        """
        atoms: dict[str, list[Answer | Number]] = {}
        entangled: set[str] = set()
        most: dict[str, int] = {}
        for assessed in (self._lower, self._upper):
            for line in assessed.cause.lines:
                mentioned: dict[str, None] = {}
                for atom in atoms_of(line.when):
                    if isinstance(atom, Marked):
                        if atom.worse_with is not None:
                            mentioned[atom.worse_with] = None
                            atoms.setdefault(atom.worse_with, [])
                    else:
                        mentioned[atom.id] = None
                        atoms.setdefault(atom.id, []).append(atom)
                if len(mentioned) > 1:
                    entangled.update(mentioned)
                for id in mentioned:
                    most[id] = most.get(id, 0) + abs(line.points)
        return atoms, entangled, most

    def _add_step(self, option: _Option) -> None:
        best: _Step | None = None
        for value in option.values:
            effect = self._difference(((option.id, value),)) - self._start
            if effect > 0 and (best is None or effect > best.effect):
                best = _Step(effect, option.order, option.id, value)
        if best is not None:
            self._steps[option.known].append(best)

    def _difference(self, answers: tuple[tuple[str, AnswerValue], ...]) -> int:
        """Return the score of `lower` less that of `upper` with some answers given otherwise."""
        if not answers:
            return self._start
        known = self._tried.get(answers)
        if known is None:
            lower, upper = self.scores(answers)
            known = self._tried[answers] = lower - upper
        return known

    def scores(self, answers: tuple[tuple[str, AnswerValue], ...]) -> tuple[int, int]:
        """Return the scores of `lower` and `upper` with some answers given otherwise."""
        state = self._compiled.state(_with(self._findings, answers))
        lower, upper = (self._compiled.counters[place].reach(state)[0] for place in self._places)
        return lower, upper

    def _of_size(self, size: int) -> tuple[tuple[str, AnswerValue], ...] | None:
        """Return the best set of exactly `size` answers that is enough, or None."""
        best: tuple[tuple[int, int, tuple[int, ...]], tuple[tuple[str, AnswerValue], ...]] | None = None
        for together in range(min(size, len(self._together)) + 1):
            fills = self._fills(size - together)
            if not fills:
                continue
            furthest = max(effect for effect, _, _ in fills)
            for options in combinations(self._together, together):
                if sum(self._most[option.id] for option in options) + furthest < self._needed:
                    continue
                flips = sum(option.known for option in options)
                ids = [option.id for option in options]
                for values in product(*(option.values for option in options)):
                    answers = tuple(zip(ids, values, strict=True))
                    moved = self._difference(answers) - self._start
                    for effect, flipped, steps in fills:
                        if moved + effect < self._needed:
                            continue
                        orders = sorted([option.order for option in options] + [step.order for step in steps])
                        rank = (flips + flipped, -(moved + effect), tuple(orders))
                        if best is None or rank < best[0]:
                            chosen = (*answers, *((step.id, step.value) for step in steps))
                            best = (rank, chosen)
        if best is None:
            return None
        order = list(self._compiled.pack.questions)
        return tuple(sorted(best[1], key=lambda answer: order.index(answer[0])))

    def _fills(self, count: int) -> list[tuple[int, int, list[_Step]]]:
        """Return the best ways to add `count` single steps: for each number of known answers flipped, one."""
        fills = []
        for flipped in range(count + 1):
            if flipped > len(self._steps[True]) or count - flipped > len(self._steps[False]):
                continue
            steps = self._steps[False][: count - flipped] + self._steps[True][:flipped]
            fills.append((sum(step.effect for step in steps), flipped, steps))
        return fills


def _values(
    question: Question, atoms: list[Answer | Number], current: AnswerValue | None
) -> list[AnswerValue]:
    """Return the answers worth trying, for a number one in each interval: the nearest to what is known, or
    an edge.
    """
    values = possible_answers(question, atoms)
    if question.kind != "number":
        return values
    edges = sorted({edge for atom in atoms if isinstance(atom, Number) for edge in _edges(atom)})
    groups: dict[int, list[int]] = {}
    for value in values:
        if isinstance(value, int):
            groups.setdefault(sum(edge <= value for edge in edges), []).append(value)
    middle = current if isinstance(current, int) else None
    if middle is None:
        # The ends at a threshold say more than the ends of the scale.
        return [group[-1] if number == 0 else group[0] for number, group in sorted(groups.items())]
    return [min(group, key=lambda value: (abs(value - middle), value)) for _, group in sorted(groups.items())]


def _edges(atom: Number) -> list[int]:
    edges = [] if atom.at_least is None else [atom.at_least]
    return edges if atom.at_most is None else [*edges, atom.at_most + 1]
