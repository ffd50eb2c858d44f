"""The order of a visit: safety first, then where, then lists, then what the engine wants to know."""

from __future__ import annotations

import random

import pytest
from guided import BUTTOCK, act, answer, begin, knowledge, mark, reach
from hypothesis import given
from hypothesis import strategies as st
from laws import law

from bodymap.knowledge.anatomy import Place
from bodymap.visit import GuidedVisit, Options
from bodymap.visit.course import ON_A_LIST
from bodymap.visit.step import DONE


def kinds(visit: GuidedVisit, value: str = "no") -> list[str]:
    """Walk to the end without a mark; return the kinds of the steps."""
    seen = [visit.step.kind]
    visit.choose("begin")
    while not visit.over:
        step = visit.step
        seen.append(step.kind)
        if step.kind in ("question", "number", "several"):
            answer(visit, value)
        else:
            visit.choose(step.choices[-1].id)
    return [*seen, visit.step.kind]


def test_the_whole_course_in_its_order() -> None:
    seen = kinds(begin())
    order = [kind for place, kind in enumerate(seen) if place == 0 or kind != seen[place - 1]]
    assert [kind for kind in order if kind != "number"][:4] == ["welcome", "question", "where", "several"]
    assert order[-3:] == ["results", "consent", "goodbye"]
    assert "question" in order[4:], "the engine asks after the lists"


def test_what_the_pack_wants_first_comes_before_the_map() -> None:
    pack, _, _ = knowledge()
    visit = begin()
    visit.choose("begin")
    first = []
    while visit.step.kind != "where":
        first.append(visit.step.question)
        answer(visit)
    assert first == [question.id for question in pack.questions.values() if question.ask_first]


def test_every_safety_question_is_put_once_and_in_lists_of_few() -> None:
    pack, _, _ = knowledge()
    visit = begin()
    reach(visit, "several")
    listed: list[str] = []
    while visit.step.kind == "several":
        ids = [choice.id for choice in visit.step.choices]
        assert 1 <= len(ids) <= ON_A_LIST
        listed += ids
        answer(visit)
    safety = [question for question in pack.questions.values() if question.group == "safety"]
    assert listed == [question.id for question in safety if not question.ask_first]
    assert visit.step.kind in ("question", "number")


def test_a_list_says_in_full_what_would_be_true() -> None:
    pack, _, _ = knowledge()
    visit = begin()
    while "morning-stiffness-long" not in [choice.id for choice in reach(visit, "several").choices]:
        visit.choose(DONE)
    labels = {choice.id: choice.label for choice in visit.step.choices}
    assert labels["morning-stiffness-long"] == pack.questions["morning-stiffness-long"].yes
    assert "half an hour" in labels["morning-stiffness-long"], "the short name leaves that out"


def test_a_place_that_calls_for_questions_has_them_asked_before_the_next_place() -> None:
    visit = begin()
    reach(visit, "where")
    mark(visit, Place("abdomen-lower", "left"), 3)
    assert visit.step.question == "known-aneurysm", "a sore belly may be a large blood vessel"
    assert visit.step.part == 2
    answer(visit)
    assert visit.step.kind == "another"
    visit.choose("more")
    mark(visit, Place("abdomen-lower", "right"), 3)
    assert visit.step.kind == "another", "nothing is asked twice"


@pytest.mark.parametrize("most", [0, 1, 5, 12])
def test_the_engine_asks_no_more_than_the_clinic_allows(most: int) -> None:
    visit = begin(Options(most_questions=most))
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("complete")
    while visit.step.kind == "several":
        answer(visit)
    asked = 0
    while visit.step.kind in ("question", "number"):
        asked += 1
        answer(visit, "unsure")
    assert asked == most
    assert visit.step.kind == "results"


def test_the_next_question_is_the_one_that_tells_most() -> None:
    _, engine, _ = knowledge()
    visit = begin()
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("complete")
    while visit.step.kind == "several":
        answer(visit)
    for _ in range(6):
        telling = [each for each in engine.assess(visit.findings).next_questions if each.gain > 0]
        assert visit.step.question == next(each.question.id for each in telling)
        answer(visit, "yes")


def test_it_stops_asking_once_no_answer_changes_who_leads() -> None:
    """Whatever a person says: where the engine went on asking, the ranking was still open."""
    _, engine, _ = knowledge()
    visit = begin(Options(most_questions=99))
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("complete")
    while visit.step.kind == "several":
        answer(visit)
    while visit.step.kind in ("question", "number"):
        assert not engine.assess(visit.findings).settled
        answer(visit, "no")
    left = engine.assess(visit.findings)
    assert left.settled or not any(each.gain > 0 for each in left.next_questions)


@law(25)
@given(st.integers(0, 2**32))
def test_nothing_is_asked_twice(seed: int) -> None:
    """Not sure and passed over count as asked; a list counts for each of its questions."""
    dice = random.Random(seed)
    _, _, anatomy = knowledge()
    visit, put = begin(), []
    for _ in range(120):
        step = visit.step
        if visit.over:
            break
        if step.kind in ("question", "number"):
            put.append(step.question)
        elif step.kind == "several":
            put += [choice.id for choice in step.choices]
        act(visit, dice, anatomy.places)
    assert len(put) == len(set(put))


def test_passed_over_is_not_asked_and_not_sure_is_said() -> None:
    visit = begin()
    visit.choose("begin")
    one = visit.step.question
    visit.choose("skip")
    two = visit.step.question
    visit.choose("unsure")
    assert one not in visit.findings.answers
    assert visit.findings.answers[two] == "unsure"


def test_a_list_passed_over_leaves_its_questions_open() -> None:
    visit = begin()
    ids = [choice.id for choice in reach(visit, "several").choices]
    visit.choose(ids[0])
    visit.choose("skip")
    assert not set(ids) & set(visit.findings.answers)
    ids = [choice.id for choice in visit.step.choices]
    visit.choose(ids[1])
    assert [choice.id for choice in visit.step.choices if choice.chosen] == [ids[1]]
    visit.choose(DONE)
    assert [visit.findings.answers[id] for id in ids] == ["no", "yes", *["no"] * (len(ids) - 2)]


def test_a_number_that_cannot_be_is_not_taken() -> None:
    visit = begin(tiny=True)
    visit.choose("begin")
    visit.choose("nothing")
    while visit.step.question != "age":
        answer(visit)
    step = visit.step
    assert (step.kind, step.lowest, step.highest, step.unit) == ("number", 0, 120, "years")
    for value in (-1, 121, 10**30):
        visit.number(value)
        assert visit.step == step
    visit.number(120)
    assert visit.findings.answers["age"] == 120


def test_the_map_is_complete_once_the_person_says_so_and_not_before() -> None:
    visit = begin()
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache", "tight")
    assert visit.step.kind == "another"
    assert [row.line for row in visit.step.rows] == ["7 of 10: LEFT buttock, upper part"]
    visit.choose("more")
    assert visit.step.heading == "Where else does it hurt?"
    mark(visit, Place("buttock-deep", "left"), 5)
    assert not visit.findings.map_complete
    visit.choose("complete")
    assert visit.findings.map_complete
    assert [(found.region, found.intensity, found.qualities) for found in visit.findings.marks] == [
        ("buttock-upper", 7, ("ache", "tight")),
        ("buttock-deep", 5, ()),
    ]


def test_a_place_shown_again_is_corrected_and_not_doubled() -> None:
    visit = begin()
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("more")
    visit.point(BUTTOCK)
    visit.choose("yes")
    assert visit.step.value == 7
    visit.number(4)
    assert [choice.id for choice in visit.step.choices if choice.chosen] == ["ache"]
    visit.choose(DONE)
    (found,) = visit.findings.marks
    assert (found.intensity, found.qualities) == (4, ("ache",))


def test_no_pain_but_something_felt_is_no_absence() -> None:
    """Numb without pain is how squeezed nerves may show: after a 0 it is asked what is felt."""
    visit = begin()
    reach(visit, "where")
    visit.point(Place("buttock-deep", "left"))
    visit.choose("yes")
    visit.number(0)
    assert visit.step.kind == "feel"
    visit.choose("numb")
    visit.choose(DONE)
    (found,) = visit.findings.marks
    assert (found.intensity, found.qualities, found.strength) == (0, ("numb",), 1)


def test_the_side_can_be_changed_where_there_are_two() -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(BUTTOCK)
    assert visit.step.text == "your LEFT buttock, upper part, seen from behind"
    visit.choose("other-side")
    assert visit.step.text == "your RIGHT buttock, upper part, seen from behind"
    visit.choose("no")
    assert visit.step.kind == "where"
    visit.point(Place("sacrum", "midline"))
    assert "other-side" not in [choice.id for choice in visit.step.choices]


@law(25)
@given(st.integers(0, 2**32))
def test_the_way_done_only_grows(seed: int) -> None:
    dice = random.Random(seed)
    _, _, anatomy = knowledge()
    visit, before = begin(), (0, 0)
    for _ in range(120):
        step = visit.step
        now = (step.part, step.share)
        # Another place adds to what is to be done: going to it is no way back.
        assert now >= before, (before, now, step.kind)
        assert 0 <= step.share <= 100
        before = now
        if visit.over:
            assert now == (6, 100)
            break
        if step.kind == "confirm":
            visit.choose("yes")
        else:
            act(visit, dice, anatomy.places)
