"""Two sessions compared: exact, the same from both ends, and without a verdict on the change."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from desk_folder import made
from hypothesis import given
from hypothesis import strategies as st

from bodymap.common.trouble import Trouble
from bodymap.desk.comparing import Comparison, Overlap, compare
from bodymap.desk.figures import desk_figures
from bodymap.engine.findings import Findings, Mark, frozen
from bodymap.knowledge.anatomy import Place, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import BANDS, TIERS
from bodymap.report.comparing import between_words, comparison_text, hundredths, overlap_words
from bodymap.sessions import Session
from bodymap.sessions.record import Shown, ShownAlarm, ShownCause

ANATOMY = load_anatomy()
PLACES = [(place.region, place.side) for place in ANATOMY.places]
VERDICTS = re.compile(
    r"better|worse|improv|deteriorat|recover|progress|heal|relief|reliev|resol|aggravat|regress|decline|success",
    re.IGNORECASE,
)


def with_findings(session: Session, findings: Findings) -> Session:
    return replace(session, findings=findings, places=(), words=frozen({}))  # type: ignore[arg-type]


IDS = ("one", "two", "three")
FINDINGS = st.builds(
    Findings,
    st.lists(
        st.builds(
            Mark,
            st.sampled_from(["calf", "heel"]),
            st.sampled_from(["left", "right"]),
            st.integers(0, 2),
            st.sampled_from([(), ("ache",), ("ache", "numb")]),
            st.sampled_from([(), ("one",)]),
        ),
        max_size=4,
        unique_by=lambda mark: mark.place,
    ).map(tuple),
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(["yes", "no", "unsure", 1, 2])).map(frozen),
    st.booleans(),
)
SHOWNS = st.builds(
    Shown,
    st.lists(
        st.builds(ShownAlarm, st.sampled_from(IDS), st.sampled_from(TIERS), st.just("Said.")),
        unique_by=lambda alarm: alarm.id,
    ).map(tuple),
    st.lists(
        st.builds(
            ShownCause,
            st.sampled_from(IDS),
            st.just("Name"),
            st.integers(1, 2),
            st.sampled_from(BANDS),
            st.just("weak"),
            st.just(1),
            st.just((0, 2)),
            st.just((1, 2)),
        ),
        unique_by=lambda cause: cause.id,
    ).map(tuple),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Sessions of few places, answers and causes, so that two of them have many in common."""
    session = with_findings(made(draw(st.integers(0, 99))), draw(FINDINGS))
    return replace(session, shown=draw(st.none() | SHOWNS))


def drawn(number: int, *places: tuple[str, str], complete: bool = True) -> Session:
    marks = tuple(Mark(region, side, 5) for region, side in places)
    return with_findings(made(number), Findings(marks, map_complete=complete))


def turned(comparison: Comparison) -> tuple[object, ...]:
    """Return what must be equal when two sessions are compared the other way round."""
    other = {"gained": "lost", "lost": "gained"}
    overlap = comparison.overlap
    return (
        {
            (
                pair.place,
                pair.second,
                pair.first,
                pair.second_state,
                pair.first_state,
                other.get(pair.kind, pair.kind),
            )
            for pair in comparison.places
        },
        (overlap.second, overlap.first, overlap.shared, overlap.either, overlap.complete, overlap.jaccard),
        overlap.within_redrawing,
        {(pair.id, pair.second, pair.first) for pair in comparison.answers},
        {(pair.id, pair.second, pair.first, pair.differs) for pair in comparison.causes},
        {(pair.id, pair.second, pair.first, pair.differs) for pair in comparison.alarms},
        (comparison.same_pack, comparison.assessed, -comparison.seconds_between),
    )


def straight(comparison: Comparison) -> tuple[object, ...]:
    overlap = comparison.overlap
    return (
        {
            (pair.place, pair.first, pair.second, pair.first_state, pair.second_state, pair.kind)
            for pair in comparison.places
        },
        (overlap.first, overlap.second, overlap.shared, overlap.either, overlap.complete, overlap.jaccard),
        overlap.within_redrawing,
        {(pair.id, pair.first, pair.second) for pair in comparison.answers},
        {(pair.id, pair.first, pair.second, pair.differs) for pair in comparison.causes},
        {(pair.id, pair.first, pair.second, pair.differs) for pair in comparison.alarms},
        (comparison.same_pack, comparison.assessed, comparison.seconds_between),
    )


@given(sessions(), sessions())
def test_the_other_way_round_everything_is_turned(one: Session, two: Session) -> None:
    assert straight(compare(one, two)) == turned(compare(two, one))


@given(sessions())
def test_nothing_differs_from_itself(session: Session) -> None:
    found = compare(session, session)
    assert {pair.kind for pair in found.places} <= {"same", "absent"}
    assert found.answers == ()
    assert not any(pair.differs for pair in (*found.causes, *found.alarms))
    assert found.overlap.jaccard in (1, None)
    assert found.overlap.within_redrawing


@given(st.sets(st.sampled_from(PLACES), max_size=9), st.sets(st.sampled_from(PLACES), max_size=9))
def test_the_overlap_is_that_of_the_sets(one: set[tuple[str, str]], two: set[tuple[str, str]]) -> None:
    found = compare(drawn(1, *sorted(one)), drawn(2, *sorted(two)))
    overlap = found.overlap
    assert (overlap.first, overlap.second) == (len(one), len(two))
    assert overlap.jaccard == (Fraction(len(one & two), len(one | two)) if one | two else None)
    assert {tuple(pair.place) for pair in found.of_kind("gained")} == two - one
    assert {tuple(pair.place) for pair in found.of_kind("lost")} == one - two
    assert {tuple(pair.place) for pair in found.of_kind("same")} == one & two
    text = " ".join(comparison_text(found, ANATOMY).split())
    assert not VERDICTS.search(text)
    tells = "these places alone tell of no change" in text
    assert tells == (overlap.within_redrawing and overlap.jaccard not in (1, None))


def test_what_is_known_of_a_place() -> None:
    felt = Mark("calf", "left", 4)
    numb = Mark("calf", "left", 0, ("numb",))
    nothing = Mark("calf", "left", 0)
    for marks, complete, state in (
        ((felt,), False, "felt"),
        ((numb,), False, "felt"),
        ((nothing,), False, "absent"),
        ((), True, "absent"),
        ((), False, "unknown"),
    ):
        one = with_findings(made(1), Findings(marks, map_complete=complete))
        (pair,) = compare(one, with_findings(made(2), Findings((felt,)))).places
        assert pair.place == Place("calf", "left")
        assert pair.first_state == state
        expected = "gained" if state != "felt" else "same" if marks == (felt,) else "changed"
        assert pair.kind == expected
    absent = compare(with_findings(made(1), Findings((nothing,))), made(2, marks=()))
    assert [pair.kind for pair in absent.places] == ["absent"]
    assert absent.overlap.jaccard is None


def test_in_which_order_feelings_were_said_does_not_matter() -> None:
    one = with_findings(made(1), Findings((Mark("calf", "left", 4, ("ache", "numb"), ("a", "b")),)))
    two = with_findings(made(2), Findings((Mark("calf", "left", 4, ("numb", "ache"), ("b", "a")),)))
    assert [pair.kind for pair in compare(one, two).places] == ["same"]


@pytest.mark.parametrize(
    ("shared", "either", "within"),
    [(1, 1, True), (1, 3, True), (13, 50, True), (12, 50, False), (1, 4, False), (0, 2, False), (0, 0, True)],
)
def test_the_floor_is_the_published_one(shared: int, either: int, within: bool) -> None:
    redrawing = desk_figures().redrawing
    assert (redrawing.overlap_mean, redrawing.overlap_spread) == (Fraction(62, 100), Fraction(18, 100))
    assert redrawing.extent_agreement == Fraction(96, 100)
    overlap = Overlap(either, either, shared, either, True, redrawing)
    assert overlap.within_redrawing is within
    words = " ".join(overlap_words(overlap))
    assert not VERDICTS.search(words)
    if either and shared < either:
        assert "0.62 ± 0.18, so down to 0.26" in words
        assert "ICC 0.96" in words
        assert "Leoni" in words
        assert ("tell of no change" in words) is within


def test_the_page_says_what_differs_and_nothing_more() -> None:
    pack = load_pack()
    one = made(1, marks=(("calf", "left", 7),), alarm="steroid-fracture", tier="same-day")
    two = made(2, started=one.started.replace(day=28), marks=(("calf", "left", 3),), leader="", band="weak")
    one = with_findings(one, replace(one.findings, answers=frozen({"age": 47, "numbness": "yes"})))
    two = with_findings(two, replace(two.findings, answers=frozen({"age": 48, "tingling": "unsure"})))
    text = comparison_text(compare(one, two), ANATOMY, pack)
    flat = " ".join(text.split())
    for part in (
        "Between them: 5 days.",
        "LEFT calf (behind): 7/10 → 3/10",
        "47 years → 48 years",
        "Asked in the first alone: numb in buttock or leg: yes.",
        "Asked in the second alone: pins and needles: not sure.",
        "SAME DAY → not shown",
        "Name of : 1, possible → 1, weak",
        "In the second none of the causes fitted well enough.",
        "That both are of one person no file tells.",
    ):
        assert part in flat, part
    assert max(map(len, text.splitlines())) <= 80
    assert not VERDICTS.search(text)


def test_packs_and_missing_assessments_are_said() -> None:
    one, two = made(1), made(2)
    other = replace(two, pack=replace(two.pack, version="2.0.0"))
    assert "different packs" in comparison_text(compare(one, other), ANATOMY)
    bare = replace(two, shown=None, state="unfinished", finished=None)
    found = compare(one, bare)
    assert (found.assessed, found.causes, found.alarms) == (False, (), ())
    assert "had not been assessed" in comparison_text(found, ANATOMY)


def test_time_between() -> None:
    one = made(1)
    for seconds, words in (
        (0, "less than a minute"),
        (60, "1 minute"),
        (7199, "119 minutes"),
        (7200, "2 hours"),
    ):
        two = made(
            1, started=one.started.fromtimestamp(one.started.timestamp() + seconds, one.started.tzinfo)
        )
        assert between_words(compare(one, two)) == f"Between them: {words}."
    assert "older" in between_words(compare(made(9), made(1)))


def test_unknown_regions_and_hostile_ids_are_words() -> None:
    one = with_findings(made(1), Findings((Mark("third-arm", "left", 4), Mark("calf", "midline", 1))))
    text = comparison_text(compare(one, made(2)), ANATOMY)
    assert "LEFT third-arm" in text
    assert "MIDLINE calf" in text


def test_rounding_is_exact() -> None:
    cases = {"0/1": "0.00", "1/1": "1.00", "2/3": "0.67", "1/8": "0.13", "1/3": "0.33", "199/200": "1.00"}
    for share, words in cases.items():
        assert hundredths(Fraction(share)) == words


def test_figures_are_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text("schema = 1\n[redrawing]\nspread = 2\n")
    with pytest.raises(Trouble, match="Did you mean “spreads”"):
        desk_figures(path)
