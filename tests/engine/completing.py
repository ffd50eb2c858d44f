"""Ways in which what is unknown could turn out: at random, or all of them for a small part of the body."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number, Question

LEVELS = (2, 5, 8)


def completed(
    dice: random.Random, found: Findings, anatomy: Anatomy, questions: dict[str, Question]
) -> Findings:
    """Return findings in which nothing is open, agreeing with all that was said."""
    words = [id for id, question in questions.items() if question.kind == "yes-no"]
    answers = dict(found.answers)
    for mark in found.marks:
        for id in mark.worse_with:
            if answers.get(id, "unsure") == "unsure":
                answers[id] = "yes"
    for id, question in questions.items():
        if answers.get(id, "unsure") == "unsure":
            answers[id] = dice.choice(every_answer(question))
    marks = []
    for mark in found.marks:
        if says_nothing(mark):
            marks.append(mark)
            continue
        feels = mark.qualities or tuple(dice.sample(("ache", "numb", "sharp"), dice.choice((1, 2))))
        more = [id for id in words if id not in mark.worse_with and found.answers.get(id) != "no"]
        worse = mark.worse_with + tuple(id for id in more if dice.random() < 0.4)
        marks.append(Mark(mark.region, mark.side, mark.intensity, feels, worse))
    taken = {mark.place for mark in marks}
    for place in anatomy.places:
        if not found.map_complete and tuple(place) not in taken and dice.random() < 0.5:
            feels = tuple(dice.sample(("ache", "numb", "sharp"), dice.choice((1, 2))))
            worse = tuple(id for id in words if dice.random() < 0.3 and answers[id] == "yes")
            marks.append(Mark(*place, dice.choice(LEVELS), feels, worse))
    return Findings(tuple(marks), answers, True)


def says_nothing(mark: Mark) -> bool:
    """Return whether the mark says that nothing is felt there: that leaves nothing open."""
    return mark.intensity == 0 and not mark.qualities and not mark.worse_with


def every_answer(question: Question) -> list[str | int]:
    if question.kind == "yes-no":
        return ["yes", "no"]
    if question.kind == "choice":
        return [id for id, _ in question.choices]
    return list(range(question.lowest, question.highest + 1))


def mentions(condition: Condition) -> tuple[set[str], set[Marked]]:
    """Return the questions and the conditions on places that a condition mentions."""
    if isinstance(condition, Not):
        return mentions(condition.part)
    if isinstance(condition, All | Any):
        ids: set[str] = set()
        marked: set[Marked] = set()
        for part in condition.parts:
            more_ids, more_marked = mentions(part)
            ids |= more_ids
            marked |= more_marked
        return ids, marked
    if isinstance(condition, Marked):
        return ({condition.worse_with} if condition.worse_with else set()), {condition}
    assert isinstance(condition, Answer | Number)
    return {condition.id}, set()


def turning_points(condition: Condition) -> set[int]:
    """Return the numbers beside which a condition can change."""
    if isinstance(condition, Not):
        return turning_points(condition.part)
    if isinstance(condition, All | Any):
        return {point for part in condition.parts for point in turning_points(part)}
    if not isinstance(condition, Number):
        return set()
    edges = [edge for edge in (condition.at_least, condition.at_most) if edge is not None]
    return {edge + step for edge in edges for step in (-1, 0, 1)}


def every_completion(
    found: Findings,
    ids: list[str],
    places: list[tuple[str, str]],
    questions: dict[str, Question],
    points: set[int],
) -> Iterator[Findings]:
    """Yield findings for every way in which some questions and places can turn out, "sit" at a place among
    it.
    """
    ways: list[list[str | int]] = []
    for id in ids:
        given = found.answers.get(id, "unsure")
        implied = any(id in mark.worse_with for mark in found.marks)
        if given != "unsure":
            ways.append([given])
        elif implied:
            ways.append(["yes"])
        else:
            question = questions[id]
            ways.append(
                [value for value in every_answer(question) if question.kind != "number" or value in points]
            )
    at: list[list[Mark | None]] = []
    for place in places:
        mark = found.mark_at(*place)
        if mark is None:
            here: list[Mark | None] = [None]
            if not found.map_complete:
                for level, feels, worse in product(
                    LEVELS, (("ache",), ("numb",), ("sharp",)), ((), ("sit",))
                ):
                    here.append(Mark(*place, level, feels, worse))
            at.append(here)
            continue
        if says_nothing(mark):
            at.append([mark])
            continue
        feelings = [mark.qualities] if mark.qualities else [("ache",), ("numb",), ("sharp",)]
        worses = [mark.worse_with]
        if "sit" not in mark.worse_with and found.answers.get("sit") != "no":
            worses.append((*mark.worse_with, "sit"))
        at.append([Mark(*place, mark.intensity, feels, worse) for feels, worse in product(feelings, worses)])
    for values in product(*ways):
        for marks in product(*at):
            kept = tuple(mark for mark in marks if mark is not None)
            yield Findings(kept, dict(zip(ids, values, strict=True)), True)
