"""The filter as it is typed: understood as far as it goes, and what is not is named with its remedy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.common.text import is_clean
from bodymap.desk.query import CHOICES, FIELDS, FLAGS, Query, Term, moment


def test_words_become_terms() -> None:
    query = Query.parse('region:Buttock side:left -cause:disc unreviewed since:7d k7pm text:"deep ache"')
    assert query.faults == ()
    assert query.terms == (
        Term("region", "buttock"),
        Term("side", "left"),
        Term("cause", "disc", excluded=True),
        Term("unreviewed"),
        Term("since", "7d"),
        Term("", "k7pm"),
        Term("text", "deep ache"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("regoin:buttock", "Did you mean “region”?"),
        ("side:lfet", "Did you mean “left”?"),
        ("region:", "As in region:buttock."),
        ("side:", "As in side:left."),
        ("since:soon", "Write 7d"),
        ("until:2026-13-01", "Write 7d"),
        ("band:s0", "strong"),
    ],
)
def test_a_word_that_means_nothing_is_a_fault_with_its_remedy_and_filters_nothing(
    text: str, said: str
) -> None:
    query = Query.parse(f"unreviewed {text}")
    assert query.terms == (Term("unreviewed"),)
    (fault,) = query.faults
    assert fault.word == text
    assert said in str(fault)


def test_a_choice_that_is_not_finished_means_what_it_can_become() -> None:
    assert Query.parse("tier:em state:u").terms == (Term("tier", "emergency"), Term("state", "unfinished"))


def test_a_name_that_nothing_bears_is_told_and_still_filters() -> None:
    query = Query.parse("region:buttok cause:disc", {"region": ["buttock-upper"], "cause": ["sciatica-disc"]})
    assert query.terms == (Term("region", "buttok"), Term("cause", "disc"))
    assert [fault.remedy for fault in query.faults] == ["Did you mean “buttock-upper”?"]


WORDS = st.one_of(
    st.text(max_size=30),
    st.builds("{}{}:{}".format, st.sampled_from(["", "-"]), st.sampled_from(FIELDS), st.text(max_size=12)),
    st.builds("{}:{}".format, st.sampled_from(list(CHOICES)), st.sampled_from([*sum(CHOICES.values(), ())])),
    st.sampled_from(FLAGS),
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_parsing_never_fails_and_writing_back_gives_the_same_filter(text: str) -> None:
    query = Query.parse(text)
    assert Query.parse(str(query)).terms == query.terms
    assert is_clean(str(query))
    assert all(is_clean(str(fault)) for fault in query.faults)


def test_more_than_can_be_meant_is_not_read() -> None:
    query = Query.parse("a " * 200)
    assert len(query.terms) == 40
    assert "Only 40" in query.faults[0].what


NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "then"),
    [("24h", "2026-11-22T15:30"), ("7d", "2026-11-16T15:30"), ("2w", "2026-11-09T15:30")],
)
def test_spans_count_back_from_now(value: str, then: str) -> None:
    assert moment(value, NOW) == datetime.fromisoformat(f"{then}:00+00:00")


def test_days_begin_at_midnight_where_the_desk_stands_and_until_holds_the_day() -> None:
    here = datetime(2026, 11, 23).astimezone()
    assert moment("2026-11-23", NOW) == here
    assert moment("2026-11-23", NOW, end=True) == datetime(2026, 11, 24).astimezone()
    assert moment("today", here) == here
    assert moment("yesterday", here) == datetime(2026, 11, 22).astimezone()


@pytest.mark.parametrize("value", ["99999w", "0001-01-01", "9999-12-31", "", "7", "7m", "-1d", "2026-02-30"])
def test_absurd_times_do_no_harm(value: str) -> None:
    for end in (False, True):
        found = moment(value, NOW, end=end)
        assert found is None or found.tzinfo is not None
