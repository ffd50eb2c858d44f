"""What an assessment says, by example."""

from __future__ import annotations

import pytest
from strategies import ANATOMY, make_pack
from test_questions import cause

from bodymap.engine import AnswerRef, Assessment, Findings, Mark, PlaceRef, compile_pack
from bodymap.knowledge.pack import Alarm, All, Answer, Any, Condition, Marked, Not, Number, Tier


def assess(found: Findings, *causes: object, alarms: tuple[Alarm, ...] = ()) -> Assessment:
    return compile_pack(make_pack(causes, alarms), ANATOMY).assess(found)  # type: ignore[arg-type]


def alarm(id: str, when: Condition, tier: Tier = "emergency") -> Alarm:
    return Alarm(id, tier, id, when, "says", "do", "c", "s")


CALF = Marked(("calf",))


def test_a_score_is_the_prior_and_the_lines_that_are_known() -> None:
    found = Findings((Mark("calf", "right", 3),), {"sit": "yes", "bend": "yes"})
    made = cause(
        "a",
        ("+", Answer("sit"), 6),
        ("-", Answer("bend"), -2),
        ("+", Answer("walk"), 3),
        ("!", CALF, -40),
        prior=-1,
    )
    only = assess(found, made).causes[0]
    assert (only.score, only.low, only.high) == (3, 3, 6)
    assert [line.line.id for line in only.for_lines] == ["a-0"]
    assert [line.points for line in only.against_lines] == [-2]
    assert [line.findings for line in only.unknown_lines] == [(AnswerRef("walk", None),)]
    assert only.needs_missing == ()
    assert only.band == "weak"


@pytest.mark.parametrize(
    ("points", "evidence", "band"),
    [(14, "strong", "strong"), (14, "weak", "possible"), (13, "strong", "possible"), (7, "very-low", "possible"),
     (6, "strong", "weak"), (1, "strong", "weak"), (0, "strong", "unlikely")],
)  # fmt: skip
def test_bands_and_caps(points: int, evidence: str, band: str) -> None:
    from dataclasses import replace

    made = replace(cause("a", prior=points), evidence=evidence)
    assert assess(Findings(), made).causes[0].band == band


def test_a_need_known_to_be_absent_makes_a_cause_unlikely() -> None:
    made = cause("a", ("!", CALF, -5), prior=30)
    only = assess(Findings(map_complete=True), made).causes[0]
    assert (only.score, only.band) == (25, "unlikely")
    assert only.needs_missing[0].findings == (PlaceRef("calf", "left", 0), PlaceRef("calf", "right", 0))
    unknown = assess(Findings(), made).causes[0]
    assert (unknown.score, unknown.low, unknown.high, unknown.band) == (30, 25, 30, "strong")


def test_more_against_than_for_is_unlikely_whatever_the_prior() -> None:
    made = cause("a", ("+", Answer("sit"), 5), ("-", Answer("bend"), -6), prior=20)
    assert assess(Findings(answers={"sit": "yes", "bend": "yes"}), made).causes[0].band == "unlikely"
    assert assess(Findings(answers={"sit": "yes"}), made).causes[0].band == "strong"


def test_equal_scores_share_a_rank_and_the_order_is_that_of_the_pack() -> None:
    assessment = assess(Findings(), cause("a"), cause("b", prior=2), cause("c"), cause("d", prior=-1))
    assert [(each.cause.id, each.rank, each.tied_with) for each in assessment.causes] == [
        ("b", 1, ()),
        ("a", 2, ("c",)),
        ("c", 2, ("a",)),
        ("d", 4, ()),
    ]


def test_of_equal_scores_one_without_a_missing_need_comes_first() -> None:
    assessment = assess(
        Findings(answers={"sit": "no"}), cause("a", ("!", Answer("sit"), -5), prior=5), cause("b")
    )
    assert [each.cause.id for each in assessment.causes] == ["b", "a"]
    assert [each.rank for each in assessment.causes] == [1, 1]


def test_ranks_follow_from_the_ranges() -> None:
    assessment = assess(
        Findings(),
        cause("a", prior=20),
        cause("b", ("+", Answer("sit"), 5), prior=1),
        cause("c", ("+", Answer("bend"), 5)),
    )
    assert [(each.best_rank, each.worst_rank) for each in assessment.causes] == [(1, 1), (2, 3), (2, 3)]
    assert assessment.settled


def test_none_fits_and_indistinguishable() -> None:
    assessment = assess(Findings(), cause("a", prior=6), cause("b", prior=3), cause("c", prior=2))
    assert assessment.none_fits
    assert assessment.indistinguishable == (("a", "b"),)
    assert assess(Findings(), cause("a", prior=-1), cause("b", prior=-2)).indistinguishable == ()
    assert not assess(Findings(), cause("a", prior=7)).none_fits
    assert assess(Findings()).none_fits
    assert not assess(Findings()).settled


def test_sides_are_those_where_the_regions_of_the_cause_hurt() -> None:
    from dataclasses import replace

    made = replace(cause("a"), usual=("leg",), possible=("sacrum",))
    found = Findings(
        (
            Mark("sacrum", "midline", 2),
            Mark("calf", "right", 1),
            Mark("buttock", "left", 0),
            Mark("crest", "left", 5),
        )
    )
    assert assess(found, made).causes[0].sides == ("right", "midline")


def test_alarms_come_worst_first_with_their_reasons_only() -> None:
    found = Findings((Mark("sacrum", "midline", 4, ("numb",)),), {"sit": "yes", "bend": "no", "age": 71})
    alarms = (
        alarm("later", Answer("sit"), "mention"),
        alarm("any", Any((Answer("bend"), Marked(("sacrum",), qualities=("numb",)), Answer("walk")))),
        alarm("all", All((Number("age", 65), Not(Answer("bend")))), "same-day"),
        alarm("not", Answer("cough")),
    )
    raised = assess(found, alarms=alarms).alarms
    assert [each.alarm.id for each in raised] == ["any", "all", "later"]
    assert raised[0].because == (PlaceRef("sacrum", "midline", 4),)
    assert raised[1].because == (AnswerRef("age", 71), AnswerRef("bend", "no"))


def test_marks_speak_for_answers_that_were_not_given() -> None:
    made = cause("a", ("+", Answer("sit"), 6))
    marked = (Mark("calf", "left", 3, (), ("sit",)),)
    assert assess(Findings(marked), made).causes[0].score == 6
    assert assess(Findings(marked, {"sit": "unsure"}), made).causes[0].score == 6
    assert assess(Findings(marked, {"sit": "no"}), made).causes[0].score == 0
    assert assess(Findings((Mark("calf", "left", 0, (), ("sit",)),)), made).causes[0].score == 6


@pytest.mark.parametrize(
    ("when", "mark", "value"),
    [
        (Marked(("sacrum",)), Mark("sacrum", "midline", 0), False),
        (Marked(("sacrum",)), Mark("sacrum", "midline", 0, ("numb",)), True),
        (Marked(("sacrum",)), Mark("sacrum", "midline", 0, (), ("sit",)), True),
        (Marked(("sacrum",), "any", 2), Mark("sacrum", "midline", 0, ("numb",)), False),
        (Marked(("sacrum",), "any", 1, ("numb",)), Mark("sacrum", "midline", 0), False),
        (Marked(("sacrum",), "any", 1, ("numb",)), Mark("sacrum", "midline", 0, ("numb",)), True),
        (Marked(("sacrum",), "any", 1, ("numb",)), Mark("sacrum", "midline", 0, ("ache",)), False),
        (Marked(("sacrum",), "any", 1, ("numb",)), Mark("sacrum", "midline", 0, (), ("sit",)), None),
        (Marked(("sacrum",), "any", 2, ("numb",)), Mark("sacrum", "midline", 0, ("numb",)), False),
        (Marked(("sacrum",), "any", 1, (), "sit"), Mark("sacrum", "midline", 0, ("numb",)), None),
    ],
)
@pytest.mark.parametrize("complete", [False, True])
def test_only_a_bare_0_says_that_nothing_is_felt(
    when: Condition, mark: Mark, value: bool | None, complete: bool
) -> None:
    made = cause("a", ("+", when, 6))
    only = assess(Findings((mark,), {}, complete), made, alarms=(alarm("a", when),))
    assert bool(only.alarms) == bool(only.causes[0].for_lines) == (value is True)
    assert bool(only.causes[0].unknown_lines) == (value is None)


def test_what_is_felt_without_pain_is_not_mixed_up_with_nothing() -> None:
    """One engine, so that what it remembers of the one would show in the other."""
    from dataclasses import replace

    made = replace(cause("a", ("!", Marked(("sacrum",), "any", 4), -40)), usual=("sacrum",))
    engine = compile_pack(make_pack((made,)), ANATOMY)
    for qualities, felt, sides in (((), False, ()), (("numb",), True, ("midline",)), ((), False, ())):
        only = engine.assess(Findings((Mark("sacrum", "midline", 0, qualities),))).causes[0]
        assert only.needs_missing[0].findings == (PlaceRef("sacrum", "midline", 0, felt),)
        assert only.needs_missing[0].findings[0].table()["intensity"] == 0
        assert only.sides == sides


def test_a_place_where_nothing_hurts_is_no_longer_open() -> None:
    """One engine, so that what it remembers of the one would show in the other."""
    engine = compile_pack(make_pack((cause("a", ("+", All((CALF, Answer("sit"))), 6)),)), ANATOMY)
    left, right = PlaceRef("calf", "left", None), PlaceRef("calf", "right", None)
    sit = AnswerRef("sit", None)
    for marks, refs in (
        ((), (left, right, sit)),
        ((Mark("calf", "left", 0),), (right, sit)),
        ((Mark("calf", "right", 0),), (left, sit)),
        ((Mark("calf", "left", 3),), (sit,)),
        ((Mark("calf", "left", 9), Mark("calf", "right", 0)), (sit,)),
        ((), (left, right, sit)),
    ):
        assert engine.assess(Findings(marks)).causes[0].unknown_lines[0].findings == refs


def test_numb_without_pain_opens_the_questions_of_an_alarm() -> None:
    made = Alarm("a", "emergency", "a", Answer("cough"), "s", "d", "c", "s", ("cough",), Marked(("sacrum",)))
    for qualities, opened in ((), False), (("numb",), True):
        following = assess(
            Findings((Mark("sacrum", "midline", 0, qualities),)), alarms=(made,)
        ).next_questions
        assert ("calls for it" in following[0].why) == opened


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (Findings(), None),
        (Findings(map_complete=True), False),
        (Findings((Mark("calf", "left", 5, ("numb",), ("sit",)),)), True),
        (Findings((Mark("calf", "left", 5, (), ("sit",)),)), None),
        (Findings((Mark("calf", "left", 5, ("numb",)),)), None),
        (Findings((Mark("calf", "left", 5, ("numb",)),), {"sit": "no"}), None),
        (Findings((Mark("calf", "left", 5, ("numb",)),), {"sit": "no"}, True), False),
        (Findings((Mark("calf", "left", 5, ("numb",)),), {"sit": "yes"}, True), None),
        (Findings((Mark("calf", "left", 2, ("numb",), ("sit",)),), {}, True), False),
        (Findings((Mark("calf", "left", 2), Mark("calf", "right", 0))), False),
        (Findings((Mark("calf", "left", 5, ("ache",)), Mark("calf", "right", 5, ("ache",)))), False),
    ],
)
def test_marked_with_intensity_quality_and_what_makes_it_worse(found: Findings, value: bool | None) -> None:
    made = cause("a", ("+", Marked(("calf",), "any", 4, ("numb",), "sit"), 6))
    only = assess(found, made).causes[0]
    assert bool(only.for_lines) == (value is True)
    assert bool(only.unknown_lines) == (value is None)


@pytest.mark.parametrize(
    ("sides", "left", "right", "complete", "value"),
    [
        ("both", 5, None, False, None),
        ("both", 5, None, True, False),
        ("both", 5, 5, False, True),
        ("both", 0, None, False, False),
        ("one", 5, None, False, None),
        ("one", 5, None, True, True),
        ("one", 5, 5, False, False),
        ("one", 0, 0, False, False),
        ("left", 0, 5, False, False),
        ("right", None, 5, False, True),
    ],
)
def test_sides_of_a_condition(
    sides: str, left: int | None, right: int | None, complete: bool, value: bool | None
) -> None:
    marks = [
        Mark("calf", side, level) for side, level in (("left", left), ("right", right)) if level is not None
    ]
    made = cause("a", ("+", Marked(("calf",), sides), 6), ("-", Not(Marked(("calf",), sides)), -6))  # type: ignore[arg-type]
    only = assess(Findings(tuple(marks), {}, complete), made).causes[0]
    assert (only.score, bool(only.unknown_lines)) == ({True: 6, False: -6, None: 0}[value], value is None)


def test_a_place_in_the_middle_counts_for_any_side_only() -> None:
    found = Findings((Mark("sacrum", "midline", 5),))
    for sides, score in (("any", 6), ("left", 0), ("both", 0), ("one", 0)):
        made = cause("a", ("+", Marked(("sacrum",), sides), 6))  # type: ignore[arg-type]
        only = assess(found, made).causes[0]
        assert only.score == score
        assert only.unknown_lines == ()


def test_an_answer_that_a_question_does_not_have_says_nothing() -> None:
    made = cause("a", ("+", Answer("sit"), 6), ("-", Number("age", 50), -2))
    only = assess(Findings(answers={"sit": "perhaps", "age": 400}), made).causes[0]
    assert (only.score, len(only.unknown_lines)) == (0, 2)


def test_a_no_in_general_is_never_named_as_a_yes() -> None:
    """What is worse at one place although the answer is no: the place is the reason, and no yes is made up."""
    at_calf = Mark("calf", "right", 3, worse_with=("sit",))
    made = cause("a", ("+", Marked(("calf",), worse_with="sit"), 6))
    (line,) = assess(Findings((at_calf,), {"sit": "no"}), made).causes[0].for_lines
    assert line.findings == (PlaceRef("calf", "right", 3),)
    (line,) = assess(Findings((at_calf,)), made).causes[0].for_lines
    assert line.findings == (PlaceRef("calf", "right", 3), AnswerRef("sit", "yes"))
