"""Going back: from every step, to exactly what was there; and no order of presses that breaks a visit."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from guided import BUTTOCK, act, answer, begin, knowledge, mark, reach
from hypothesis import given
from hypothesis import strategies as st
from laws import law

from bodymap.knowledge.anatomy import Place
from bodymap.knowledge.pack import QUALITIES, SIDES
from bodymap.visit import GuidedVisit, State
from bodymap.visit.step import DONE, KINDS
from bodymap.visit.visit import MOST_BACK


def at(visit: GuidedVisit) -> State:
    """Where a visit stands, without what staff know: that stays known."""
    return replace(visit.state, seen=frozenset())


@law(25)
@given(st.integers(0, 2**32), st.booleans())
def test_all_the_way_back_is_the_beginning(seed: int, tiny: bool) -> None:
    """Every step back gives the moment before the last choice, with nothing said since."""
    dice = random.Random(seed)
    _, _, anatomy = knowledge(tiny)
    visit = begin(tiny=tiny)
    visit.choose("begin")
    passed = [State()]
    for _ in range(dice.randint(0, 80)):
        before = at(visit)
        act(visit, dice, anatomy.places)
        if visit.step.kind in ("saving", "goodbye"):
            return
        after = at(visit)
        if (
            before == after
            or before.kind == "hand-off"
            or (before.kind, after.kind) == ("confirm", "confirm")
        ):
            continue  # nothing was done, staff went on, or another side was chosen: nothing to go back to
        if (before.kind, after.kind) == ("confirm", "where"):
            passed.pop()
        else:
            passed.append(before)
    if visit.step.kind == "hand-off":
        visit.staff_goes_on()
    while passed:
        expected = passed.pop()
        visit.back()
        # What was switched on in a list stays on when one comes back to it; `expected` is from before.
        assert replace(at(visit), chosen=expected.chosen) == expected
    assert at(visit) == State()
    assert not visit.step.back
    visit.back()
    assert at(visit) == State()


def test_back_from_every_kind_of_step_takes_back_what_was_said_there() -> None:
    visit = begin()
    visit.choose("begin")
    walked: list[tuple[State, str]] = []

    def do(how: object, *given: object) -> None:
        walked.append((at(visit), visit.step.kind))
        how(*given)  # type: ignore[operator]

    while visit.step.kind != "where":
        do(answer, visit)
    do(visit.point, BUTTOCK)
    do(visit.choose, "yes")
    do(visit.number, 7)
    visit.choose("ache")
    do(visit.choose, DONE)
    do(visit.choose, "complete")
    while visit.step.kind != "results":
        do(answer, visit, "unsure")
    while visit.step.kind == "results":
        do(visit.choose, "next")
    assert visit.step.kind == "consent"
    assert {kind for _, kind in walked} >= {
        "question", "number", "where", "confirm", "strength", "feel", "another", "several", "results"
    } - {"number"}  # fmt: skip
    for state, _ in reversed(walked):
        visit.back()
        assert at(visit) == state


def test_a_choice_changed_after_going_back_counts() -> None:
    visit = begin()
    visit.choose("begin")
    first = visit.step.question
    visit.choose("yes")
    if visit.step.kind == "hand-off":
        visit.staff_goes_on()
    visit.back()
    assert visit.step.question == first
    assert first not in visit.findings.answers
    visit.choose("no")
    assert visit.findings.answers[first] == "no"


def test_back_from_a_strength_takes_the_mark_away() -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(BUTTOCK)
    visit.choose("yes")
    visit.number(7)
    visit.back()
    assert visit.step.kind == "strength"
    assert visit.findings.marks == ()


OFFERED = (
    "begin",
    "en",
    "es",
    "yes",
    "no",
    "unsure",
    "female",
    "nothing",
    "other-side",
    "more",
    "complete",
    "next",
    "save",
)
IDS = st.sampled_from(
    [
        *OFFERED,
        *QUALITIES,
        "discard",
        "skip",
        DONE,
        "saddle-numbness",
        "sexual-function-change",
        "fr",
        "",
        "\x1b",
    ]
) | st.text(max_size=5)
PLACES = st.builds(
    Place,
    st.sampled_from(["buttock-upper", "saddle", "abdomen-lower", "calf", "no-such-place", ""]),
    st.sampled_from([*SIDES, "middle", ""]),
)
PRESSES = st.lists(
    st.tuples(st.just("choose"), IDS)
    | st.tuples(st.just("number"), st.integers(-(10**20), 10**20) | st.integers(0, 12))
    | st.tuples(st.just("point"), PLACES)
    | st.tuples(st.sampled_from(["back", "staff_goes_on"]))
    | st.tuples(st.sampled_from(["saved_as", "saving_failed"]), st.text(max_size=5))
    | st.tuples(st.just("fitting")),
    max_size=60,
)


@law(25)
@given(PRESSES, st.booleans(), st.integers(0, 2**32))
def test_no_presses_break_a_visit(presses: list[tuple[object, ...]], tiny: bool, seed: int) -> None:
    dice, visit = random.Random(seed), begin(tiny=tiny)
    _, _, anatomy = knowledge(tiny)
    for how, *given_ in presses:
        if how == "fitting":  # so that more than the first steps is reached
            for _ in range(10):
                act(visit, dice, anatomy.places)
        else:
            getattr(visit, str(how))(*given_)
        step = visit.step
        assert step.kind in KINDS
        assert step.heading
        assert visit.wants_saving == (step.kind == "saving")
        assert visit.over == (step.kind == "goodbye")


def test_what_a_step_does_not_offer_changes_nothing() -> None:
    visit = begin()
    for press in (visit.back, visit.staff_goes_on):
        press()
    visit.number(3)
    visit.point(BUTTOCK)
    visit.choose("yes")
    visit.saved_as("K7PM")
    visit.saving_failed("The disk is full.")
    assert visit.state == State()


@pytest.mark.parametrize(
    "place", [Place("nowhere", "left"), Place("sacrum", "left"), Place("calf", "midline")]
)
def test_a_place_that_there_is_not_cannot_be_shown(place: Place) -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(place)
    assert visit.step.kind == "where"


def test_a_mark_stays_while_another_is_taken_back() -> None:
    visit = begin()
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("more")
    visit.point(Place("calf", "left"))
    visit.choose("yes")
    visit.number(3)
    for _ in range(4):
        visit.back()
    assert visit.step.kind == "another"
    assert [found.region for found in visit.findings.marks] == ["buttock-upper"]


def test_going_forth_is_only_for_who_went_back_just_now() -> None:
    visit = begin()
    reach(visit, "where")
    visit.point(BUTTOCK)
    visit.choose("yes")
    there = visit.state
    visit.forth()
    assert visit.state == there, "nobody went back"
    visit.back()
    visit.forth()
    assert visit.state == there
    visit.forth()
    assert visit.state == there
    visit.back()
    assert visit.step.kind == "confirm", "the way back is still there"
    visit.choose("other-side")
    other = visit.state
    visit.forth()
    assert visit.state == other, "something was said since"


def test_who_goes_in_circles_fills_no_memory() -> None:
    visit = begin()
    reach(visit, "where")
    for _ in range(MOST_BACK):
        mark(visit, BUTTOCK, 7, "ache")
        visit.choose("more")
    assert len(visit._before) == MOST_BACK
    for _ in range(MOST_BACK):
        assert visit.step.back
        visit.back()
    assert not visit.step.back
