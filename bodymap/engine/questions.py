"""What to ask next, how much it is expected to help, and which questions no longer matter.

The gain of a question, in points: take two causes that can both still lead and whose order is still open.
Each possible answer would put them at some distance (the middle of the one's range from the middle of the
other's; a distance beyond the lowest score of the band `strong` counts as that much, for then the order is
as good as decided). How far apart two different answers put that distance, on average over all pairs of
different answers, is what the question can decide between the two. The gain is the sum of this over all such
pairs of causes, at least 1 where it is not 0, at most 999.

Safety goes first: questions that a true `opened_by` calls for have 2000 added, those the pack wants asked
first 1000. Questions that could only raise an alarm have a gain of 0 and come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from bodymap.engine.assessment import AnswerRef, NextQuestion
from bodymap.engine.compiled import Compiled
from bodymap.engine.facts import Facts, LazyFacts
from bodymap.engine.findings import AnswerValue, Findings
from bodymap.engine.scoring import Count
from bodymap.engine.tables import Tables
from bodymap.knowledge.pack import Alarm, Condition, Question
from bodymap.knowledge.wording import filled

OPENED = 2000
FIRST = 1000
MOST = 999


@dataclass(frozen=True, slots=True)
class Asked:
    """A question prepared: answers that differ in effect with their masks, and what in the pack they can
    touch.
    """

    question: Question
    answers: tuple[tuple[AnswerValue, int], ...]
    causes: tuple[int, ...]
    worse: bool
    """Some `marked` condition asks whether this is worse at its place, so that a "no" also speaks about
    marks.
    """


class Asking:
    """The questions of a pack, prepared once."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        tables = compiled.tables
        self.questions: dict[str, Asked] = {}
        worse: dict[str, int] = {}
        for slot in tables.slots.values():
            if slot.marked.worse_with is not None:
                worse[slot.marked.worse_with] = worse.get(slot.marked.worse_with, 0) | slot.true | slot.false
        for question in tables.pack.questions.values():
            answers = tuple(
                (value, tables.answers[question.id, value]) for value in _values(question, tables)
            )
            touched = worse.get(question.id, 0)
            for _, mask in answers:
                touched |= mask
            if not touched:
                continue
            causes = tuple(table.index for table in tables.causes if touched & table.every)
            self.questions[question.id] = Asked(question, answers, causes, question.id in worse)


def _values(question: Question, tables: Tables) -> list[AnswerValue]:
    """Return one answer for each different effect a question can have."""
    if question.kind == "yes-no":
        return ["yes", "no"]
    if question.kind == "choice":
        return [id for id, _ in question.choices]
    table = tables.numbers.get(question.id)
    breaks = table.breaks if table else []
    return [question.lowest, *(edge for edge in breaks if question.lowest < edge <= question.highest)]


def next_questions(
    asking: Asking, findings: Findings, state: int, counts: list[Count], facts: Facts
) -> tuple[NextQuestion, ...]:
    """Return the questions worth asking now, best first; never one that was answered, "unsure" included."""
    compiled = asking.compiled
    raising, opened = _open_alarms(compiled, state, facts)
    gains = _gains(asking, findings, state, counts, facts)
    words = compiled.anatomy.wording.why
    found: list[tuple[int, int, NextQuestion]] = []
    for place, question in enumerate(compiled.pack.questions.values()):
        id = question.id
        if id in findings.answers or facts.answer(id) is not None:
            continue
        gain, pair = gains.get(id, (0, ""))
        alarm = raising.get(id)
        if alarm is None and not gain:
            continue
        said = [question.why] if question.why else []
        if alarm is not None and id in opened:
            gain += OPENED
            said.append(filled(words["opened"], title=opened[id].title))
        elif question.ask_first:
            gain += FIRST
            said.append(words["first"])
        elif alarm is not None and not gain:
            said.append(filled(words["safe"], title=alarm.title))
        if pair:
            said.append(pair)
        found.append((-gain, place, NextQuestion(question, gain, " ".join(said))))
    found.sort(key=lambda entry: entry[:2])
    return tuple([entry[2] for entry in found])


def _open_alarms(compiled: Compiled, state: int, facts: Facts) -> tuple[dict[str, Alarm], dict[str, Alarm]]:
    """Return the questions that could still raise an alarm, and those that a true `opened_by` calls for."""
    raising: dict[str, Alarm] = {}
    opened: dict[str, Alarm] = {}
    for alarm, (when, opening) in compiled.alarms_by_tier:
        if opening is not None and state & opening[0]:
            for id in alarm.opens:
                opened.setdefault(id, alarm)
        if state & (when[0] | when[1]):
            continue
        for id in open_answers(compiled, alarm.when, facts):
            raising.setdefault(id, alarm)
    return raising, opened


def _gains(
    asking: Asking, findings: Findings, state: int, counts: list[Count], facts: Facts
) -> dict[str, tuple[int, str]]:
    """Return the gain of each open question that has one, and the sentence that says which causes it tells
    apart.
    """
    pairs = _contending(counts)
    if not pairs:
        return {}
    compiled = asking.compiled
    clip = 2 * max(1, compiled.pack.bands["strong"])
    middles = [count.low + count.high for count in counts]
    contending = {index for pair in pairs for index in pair}
    worse = {id for mark in findings.marks for id, _, _, _ in compiled.marking.effect(mark).worse}
    names = [cause.name for cause in compiled.pack.causes]
    tells = compiled.anatomy.wording.why["tells"]
    gains: dict[str, tuple[int, str]] = {}
    for id, asked in asking.questions.items():
        if id in findings.answers or facts.answer(id) is not None:
            continue
        touched = [index for index in asked.causes if index in contending]
        if not touched:
            continue
        moved: list[dict[int, int]] = []
        for value, mask in asked.answers:
            then = state | mask
            if asked.worse and value == "no" and id in worse:
                then |= compiled.marking.mask(findings.with_answer(id, value))
            then = compiled.tables.settle(then)
            middle: dict[int, int] = {}
            for index in touched:
                _, low, high = compiled.counters[index].reach(then)
                middle[index] = low + high
            moved.append(middle)
        total, best, told = 0, 0, (0, 0)
        changing = {index for index in touched if any(middle[index] != moved[0][index] for middle in moved)}
        if not changing:
            continue
        for first, second in pairs:
            if first not in changing and second not in changing:
                continue
            apart = _apart(
                [middle.get(first, middles[first]) - middle.get(second, middles[second]) for middle in moved],
                clip,
            )
            total += apart
            if apart > best:
                best, told = apart, (first, second)
        if total:
            one, other = names[told[0]], names[told[1]]
            gains[id] = (min(MOST, (total + 1) // 2), filled(tells, one=one, other=other) if best else "")
    return gains


def _contending(counts: list[Count]) -> list[tuple[int, int]]:
    """Return the pairs of causes that can both still lead and whose order is open, best scores first."""
    if not counts:
        return []
    line = max(count.low for count in counts)
    inside = [index for index, count in enumerate(counts) if count.high >= line]
    inside.sort(key=lambda index: (-counts[index].score, index))
    return [
        (first, second)
        for first, second in combinations(inside, 2)
        if counts[first].high >= counts[second].low and counts[second].high >= counts[first].low
    ]


def _apart(distances: list[int], clip: int) -> int:
    """Return how far apart different answers put two causes, on average, in half points; never 0 if they
    differ.
    """
    held = [max(-clip, min(clip, distance)) for distance in distances]
    if len(held) == 2:
        return abs(held[0] - held[1])
    sums = [abs(one - other) for one, other in combinations(held, 2)]
    return -(-sum(sums) // len(sums)) if sums else 0


def still_matters(asking: Asking, findings: Findings) -> frozenset[str]:
    """Return the questions whose answer can still change the ranking, a band or an alarm.

    An open question matters as long as a line it could decide is unknown in a cause whose rank or band is
    not yet certain, or an alarm it could raise is unknown. A question that was answered matters if it would
    matter without its answer.
    """
    matters = set(_open_matters(asking.compiled, findings))
    for id, value in findings.answers.items():
        if value == "unsure" or id in matters or id not in asking.questions:
            continue
        if id in _open_matters(asking.compiled, findings.with_answer(id, None)):
            matters.add(id)
    for mark in findings.marks:
        matters.update(id for id in mark.worse_with if id in asking.questions)
    return frozenset(matters)


def _open_matters(compiled: Compiled, findings: Findings) -> set[str]:
    lazy = LazyFacts(findings, compiled.pack)
    state = compiled.state(findings)
    counts = compiled.counts(state, lazy)
    facts = lazy()
    lows = [count.low for count in counts]
    highs = [count.high for count in counts]
    found: set[str] = set()
    for index, count in enumerate(counts):
        unknown = compiled.tables.causes[index].unknown_lines(state)
        if not unknown:
            continue
        certain_rank = not any(
            other != index and high >= count.low and low <= count.high
            for other, (low, high) in enumerate(zip(lows, highs, strict=True))
        )
        lines = [compiled.pack.causes[index].lines[place] for place in unknown]
        if certain_rank and compiled.counters[index].band_is_certain(count, lines):
            continue
        for line in lines:
            found.update(open_answers(compiled, line.when, facts))
    for alarm, (when, _) in compiled.alarms_by_tier:
        if not state & (when[0] | when[1]):
            found.update(open_answers(compiled, alarm.when, facts))
    return found


def open_answers(compiled: Compiled, condition: Condition, facts: Facts) -> list[str]:
    """Return the ids of the open answers that an unknown condition waits for."""
    truth, refs = compiled.explainer.explain(condition, facts)
    return [ref.id for ref in refs if isinstance(ref, AnswerRef)] if truth is None else []
