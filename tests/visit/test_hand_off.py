"""What must not wait goes to the staff before anything else: once for each emergency, never twice for the same."""

from __future__ import annotations

import random

import pytest
from guided import BUTTOCK, SADDLE, act, begin, knowledge, mark, reach
from hypothesis import given
from hypothesis import strategies as st
from laws import law

from bodymap.knowledge.anatomy import Place
from bodymap.visit import GuidedVisit
from bodymap.visit.step import DONE

LEGS = tuple(Place("calf", side) for side in ("left", "right"))


def question(visit: GuidedVisit, id: str) -> None:
    """Go on with no, marking nothing, until the question stands there."""
    while visit.step.question != id:
        reach(visit, "question")
        if visit.step.question != id:
            visit.choose("no")


def test_an_emergency_answer_goes_to_the_staff_at_once() -> None:
    visit = begin()
    question(visit, "saddle-numbness")
    visit.choose("yes")
    step = visit.step
    assert step.kind == "hand-off"
    assert [row.kind for row in step.rows] == ["note", "alarm", "do"]
    assert (step.rows[0].label, step.rows[0].text) == ("You said", "numbness between the legs")
    pack, _, _ = knowledge()
    alarm = next(alarm for alarm in pack.alarms if alarm.id == "cauda-equina")
    assert [row.text for row in step.rows[1:]] == [alarm.says, alarm.do]
    assert (step.back, step.skip, step.choices) == (False, False, ())
    assert step.done


def test_only_what_raised_an_emergency_is_read_back() -> None:
    visit = begin(language="es")
    question(visit, "bladder-bowel-change")
    visit.choose("unsure")
    question(visit, "both-legs-weak")
    visit.choose("yes")
    assert visit.step.rows[0].label == "Ha dicho"
    assert visit.step.rows[0].text == "debilidad en las dos piernas"


def test_nobody_but_staff_goes_on() -> None:
    visit = begin()
    question(visit, "saddle-numbness")
    visit.choose("yes")
    before = visit.state
    for press in ("yes", "skip", DONE, "next", "begin"):
        visit.choose(press)
    visit.number(1)
    visit.point(BUTTOCK)
    visit.back()
    assert visit.state == before
    visit.staff_goes_on()
    assert visit.step.kind == "question"
    assert visit.findings.answers["saddle-numbness"] == "yes"


def test_an_emergency_on_a_list_goes_to_the_staff_when_the_list_is_given() -> None:
    visit = begin()
    while "sexual-function-change" not in [choice.id for choice in reach(visit, "several").choices]:
        visit.choose(DONE)
    visit.choose("sexual-function-change")
    assert visit.step.kind == "several", "a finger may have slipped"
    visit.choose(DONE)
    assert visit.step.kind == "hand-off"


def test_a_mark_in_the_saddle_goes_to_the_staff_before_its_strength_is_asked() -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(SADDLE)
    assert visit.step.kind == "confirm", "it may not be what was meant"
    visit.choose("yes")
    step = visit.step
    assert step.kind == "hand-off"
    assert step.place == SADDLE
    assert "saddle area, between the legs" in step.rows[0].text
    visit.staff_goes_on()
    assert visit.step.kind == "strength"
    visit.number(5)
    assert visit.step.kind == "feel"


def test_a_saddle_that_turns_out_numb_is_told_again_for_now_it_is_an_emergency() -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(SADDLE)
    visit.choose("yes")
    visit.staff_goes_on()
    visit.number(0)
    visit.choose("numb")
    visit.choose(DONE)
    assert visit.step.kind == "hand-off"
    assert visit.step.rows[0].text == "saddle area, between the legs (numb)"
    assert "numbness between the legs" in visit.step.rows[1].text
    visit.staff_goes_on()
    assert visit.step.kind in ("question", "another")


def test_a_saddle_is_not_told_again_once_the_emergency_is_known() -> None:
    visit = begin()
    question(visit, "saddle-numbness")
    visit.choose("yes")
    visit.staff_goes_on()
    reach(visit, "where")
    visit.point(SADDLE)
    visit.choose("yes")
    assert visit.step.kind == "strength"


def test_the_same_emergency_is_not_told_twice_and_a_new_one_is() -> None:
    visit = begin()
    question(visit, "bladder-bowel-change")
    visit.choose("yes")
    visit.staff_goes_on()
    question(visit, "both-legs-weak")
    visit.choose("yes")
    assert visit.step.kind == "question", "it is the emergency that staff know"
    question(visit, "sudden-severe-with-faintness")
    visit.choose("yes")
    step = visit.step
    assert step.kind == "hand-off"
    assert len(step.rows) == 3, "only the new one"
    assert step.rows[0].text == "sudden, very bad pain with faintness"
    assert "faintness" in step.rows[0].text


def test_staff_who_know_are_not_called_again_by_going_back() -> None:
    visit = begin()
    question(visit, "saddle-numbness")
    visit.choose("yes")
    visit.staff_goes_on()
    visit.back()
    assert visit.step.question == "saddle-numbness"
    assert "saddle-numbness" not in visit.findings.answers
    visit.choose("yes")
    assert visit.step.kind == "question"
    assert visit.assessment.alarms, "the alarm stands all the same"


def test_other_marks_ask_their_questions_and_call_nobody() -> None:
    """Both legs and a sore belly open emergency questions, yet by themselves they are none."""
    visit = begin()
    reach(visit, "where")
    for place in (*LEGS, Place("abdomen-upper", "left")):
        visit.point(place)
        visit.choose("yes")
        assert visit.step.kind == "strength"
        visit.number(9)
        for quality in ("numb", "weak", "tingling"):
            visit.choose(quality)
        visit.choose(DONE)
        while visit.step.kind == "question":
            visit.choose("no")
        assert visit.step.kind == "another"
        visit.choose("more")


def test_only_the_saddle_calls_staff_for_the_shipped_pack() -> None:
    _, _, anatomy = knowledge()
    visit, calls = begin(), set()
    reach(visit, "where")
    for place in anatomy.places:
        visit.point(place)
        visit.choose("yes")
        if visit.step.kind == "hand-off":
            calls.add(place)
            visit.staff_goes_on()
        visit.back()
        visit.back()
    assert calls == {SADDLE}


def test_a_number_can_be_the_emergency() -> None:
    """A known bulge of the great vessel with very bad pain: whichever comes last calls."""
    visit = begin()
    reach(visit, "where")
    mark(visit, Place("abdomen-upper", "left"), 9)
    assert visit.step.question == "known-aneurysm"
    visit.choose("yes")
    assert visit.step.kind == "hand-off"
    visit = begin()
    reach(visit, "where")
    mark(visit, Place("abdomen-upper", "left"), 2)
    visit.choose("yes")
    assert visit.step.kind == "another"
    visit.choose("more")
    visit.point(BUTTOCK)
    visit.choose("yes")
    visit.number(9)
    assert visit.step.kind == "hand-off", "it does not wait for what is felt"


@law(25)
@given(st.integers(0, 2**32))
def test_nothing_comes_between_an_emergency_and_the_staff(seed: int) -> None:
    """Whenever an emergency is true that staff have not seen, the hand-off is what is on the screen."""
    dice = random.Random(seed)
    _, _, anatomy = knowledge()
    visit, seen = begin(), set[str]()
    for _ in range(80):
        act(visit, dice, anatomy.places)
        if dice.random() < 0.15:
            visit.back()
        raised = {found.alarm.id for found in visit.assessment.alarms if found.alarm.tier == "emergency"}
        if raised - seen:
            assert visit.step.kind == "hand-off"
            seen |= raised
            told = [row.text for row in visit.step.rows if row.kind == "alarm"]
            assert len(told) == len(set(told)) > 0
        if visit.over:
            break


def test_what_was_an_emergency_is_in_the_session() -> None:
    from datetime import UTC, datetime

    from bodymap.sessions import new_id

    visit = begin()
    question(visit, "saddle-numbness")
    visit.choose("yes")
    session = visit.session(new_id(), datetime.now(UTC), None)
    assert session.state == "unfinished"
    assert session.shown is not None
    assert [alarm.id for alarm in session.shown.alarms] == ["cauda-equina"]


@pytest.mark.parametrize("strength", range(11))
def test_a_saddle_mark_calls_at_any_strength(strength: int) -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(SADDLE)
    visit.choose("yes")
    assert visit.step.kind == "hand-off"
    visit.staff_goes_on()
    visit.number(strength)
    visit.choose(DONE)
    assert visit.step.kind in ("question", "another"), "once"
