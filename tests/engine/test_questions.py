"""Next questions, and the questions that no longer matter."""

from __future__ import annotations

import random

from completing import completed
from hypothesis import given
from hypothesis import strategies as st
from laws import law
from strategies import ANATOMY, QUESTIONS, findings, make_pack, packs, random_cause

from bodymap.engine import Assessment, Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Alarm, All, Answer, Any, Cause, Condition, Line, Marked, Number, Pack


def cause(id: str, *lines: tuple[str, Condition, int], prior: int = 0) -> Cause:
    from dataclasses import replace

    kinds = {"+": "for", "-": "against", "!": "need"}
    made = tuple(
        Line(f"{id}-{number}", kinds[sign], when, points, "", "says", "c", "s")  # type: ignore[arg-type]
        for number, (sign, when, points) in enumerate(lines)
    )
    base = random_cause(random.Random(0), 0)
    return replace(base, id=id, name=id.upper(), evidence="strong", prior=prior, lines=made)


def asked(pack: Pack, found: Findings) -> list[tuple[str, int]]:
    following = compile_pack(pack, ANATOMY).assess(found).next_questions
    return [(each.question.id, each.gain) for each in following]


def test_the_gain_is_what_an_answer_can_decide_between_two_causes() -> None:
    pack = make_pack(
        (
            cause("a", ("+", Answer("sit"), 6), ("+", Answer("walk"), 3)),
            cause("b", ("-", Answer("sit"), -4), ("+", Answer("walk"), 3)),
        )
    )
    # Sitting puts the two 10 points apart; walking moves both by the same.
    assert asked(pack, Findings()) == [("sit", 10)]
    why = compile_pack(pack, ANATOMY).assess(Findings()).next_questions[0].why
    assert why == "Why sit. It tells A from B."


def test_a_question_is_not_asked_twice_nor_after_unsure() -> None:
    pack = make_pack((cause("a", ("+", Answer("sit"), 6)), cause("b")))
    assert asked(pack, Findings(answers={"sit": "unsure"})) == []
    assert asked(pack, Findings(answers={"sit": "no"})) == []
    # What is worse at a marked place has been answered.
    assert asked(pack, Findings((Mark("calf", "left", 3, (), ("sit",)),))) == []


def test_a_condition_of_two_parts_makes_both_worth_asking() -> None:
    pack = make_pack((cause("a", ("+", All((Answer("sit"), Number("age", 50))), 8)), cause("b")))
    assert asked(pack, Findings()) == [("sit", 4), ("age", 4)]
    assert asked(pack, Findings(answers={"age": 40})) == []
    assert asked(pack, Findings(answers={"age": 60})) == [("sit", 8)]


def test_a_settled_order_leaves_nothing_to_ask() -> None:
    pack = make_pack((cause("a", ("+", Answer("sit"), 6), prior=20), cause("b", ("+", Answer("bend"), 6))))
    assessment = compile_pack(pack, ANATOMY).assess(Findings())
    assert assessment.settled
    assert assessment.next_questions == ()


def test_safety_comes_first_and_what_could_raise_an_alarm_last() -> None:
    def alarm(id: str, when: Condition, *opens: str, opened_by: Condition | None = None) -> Alarm:
        return Alarm(id, "emergency", id.title(), when, "says", "do", "c", "s", opens, opened_by)

    pack = make_pack(
        (cause("a", ("+", Answer("sit"), 6)), cause("b")),
        (
            alarm("first", Answer("cough")),
            alarm(
                "spine", Any((Answer("numbness"), Answer("walk"))), "numbness", opened_by=Marked(("sacrum",))
            ),
        ),
    )
    assert asked(pack, Findings()) == [("cough", 1000), ("sit", 6), ("walk", 0), ("numbness", 0)]
    sacrum = Findings((Mark("sacrum", "midline", 4),))
    assert asked(pack, sacrum) == [("numbness", 2000), ("cough", 1000), ("sit", 6), ("walk", 0)]
    why = {each.question.id: each.why for each in compile_pack(pack, ANATOMY).assess(sacrum).next_questions}
    assert why["numbness"] == "Why numbness. Asked first, because what you told us calls for it: Spine."
    assert why["cough"] == "Why cough. Asked before anything else, to be safe."
    assert why["walk"] == "Why walk. Asked to be safe: Spine."
    # An alarm that is true needs no more questions.
    assert asked(pack, sacrum.with_answer("walk", "yes")) == [("cough", 1000), ("sit", 6)]


def standing(assessment: Assessment) -> object:
    return (
        [(each.cause.id, each.rank, each.band) for each in assessment.causes],
        [each.alarm.id for each in assessment.alarms],
    )


@given(packs(), findings(), st.randoms(use_true_random=False))
@law()
def test_what_no_longer_matters_changes_nothing(pack: Pack, found: Findings, dice: random.Random) -> None:
    """However the rest turns out, another answer to such a question moves no rank, no band and no alarm."""
    engine = compile_pack(pack, ANATOMY)
    matters = engine.still_matters(found)
    for id in QUESTIONS:
        if id in matters:
            continue
        full = completed(dice, found.with_answer(id, None), ANATOMY, QUESTIONS)
        if any(id in mark.worse_with for mark in full.marks):
            continue
        answers = ["yes", "no"] if id not in ("age", "weeks", "sex") else []
        results = [
            standing(engine.assess(full.with_answer(id, answer), questions=False)) for answer in answers
        ]
        assert all(result == results[0] for result in results), id


@given(packs(), findings())
@law()
def test_questions_are_sorted_open_and_matter(pack: Pack, found: Findings) -> None:
    engine = compile_pack(pack, ANATOMY)
    following = engine.assess(found).next_questions
    gains = [each.gain for each in following]
    assert gains == sorted(gains, reverse=True)
    ids = [each.question.id for each in following]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(found.answers)
    assert set(ids) <= engine.still_matters(found)


def test_the_shipped_pack_asks_its_safety_questions_first() -> None:
    engine = compile_pack(load_pack(), load_anatomy())
    following = engine.assess(Findings()).next_questions
    first = [each.question.ask_first for each in following]
    assert any(first)
    assert first == sorted(first, reverse=True)
    saddle = engine.assess(Findings((Mark("saddle", "midline", 5),))).next_questions
    assert saddle[0].gain >= 2000
