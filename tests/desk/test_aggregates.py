"""Sums from the bits of the index against sums by plain counting over the same sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.desk.aggregates import MOST_SPANS, alarms_over_time, bands, causes_over_time, heat
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order, Row
from bodymap.desk.sample import sample_sessions, write_samples
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack

UNTIL = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FILTERS = [
    "",
    "region:buttock",
    "cause:joint -side:left",
    "tier:none since:2026-11-20",
    "tier:emergency",
    "bad",
]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionIndex]:
    folder = tmp_path_factory.mktemp("sampled")
    for _ in write_samples(folder, sample_sessions(400, 5, load_pack(), load_anatomy(), until=UNTIL)):
        pass
    index = SessionIndex(folder)
    index.refresh()
    yield index
    index.close()


def rows(index: SessionIndex, query: Query) -> list[Row]:
    return index.rows(query, Order.NEWEST, 0, 1000)


@pytest.mark.parametrize("text", FILTERS)
def test_heat_is_the_sum_over_the_marks(sampled: SessionIndex, text: str) -> None:
    query = Query.parse(text)
    sessions: Counter[tuple[str, str]] = Counter()
    intensity: Counter[tuple[str, str]] = Counter()
    for row in rows(sampled, query):
        for region, side, strength in row.marks:
            if strength:
                sessions[region, side] += 1
                intensity[region, side] += strength
    assert heat(sampled, query) == {place: (count, intensity[place]) for place, count in sessions.items()}


@pytest.mark.parametrize("text", FILTERS)
def test_bands_are_those_of_the_leading_causes(sampled: SessionIndex, text: str) -> None:
    query = Query.parse(text)
    counted = Counter(row.band or "none" for row in rows(sampled, query))
    assert Counter(bands(sampled, query)) == counted


def span(day: date, by: str) -> date:
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[by]


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("text", FILTERS)
def test_over_time_counts_causes_and_alarms_in_their_spans(sampled: SessionIndex, text: str, by: str) -> None:
    query = Query.parse(text)
    causes: Counter[tuple[str, date]] = Counter()
    alarms: Counter[tuple[str, date]] = Counter()
    for row in rows(sampled, query):
        start = span(row.started.date(), by)
        causes[row.leader or "none", start] += 1
        for alarm in row.alarms:
            alarms[alarm, start] += 1
    for series, counted in (
        (causes_over_time(sampled, query, by), causes),  # type: ignore[arg-type]
        (alarms_over_time(sampled, query, by), alarms),  # type: ignore[arg-type]
    ):
        found = {
            (id, start): count
            for id, counts in series.counts.items()
            for start, count in zip(series.starts, counts, strict=True)
            if count
        }
        assert found == dict(counted)
        assert list(series.starts) == sorted(set(series.starts))


def test_a_span_without_sessions_is_a_zero_and_a_clock_in_1970_does_no_harm(tmp_path: Path) -> None:
    old, new = NOON.replace(year=1970), NOON + timedelta(days=21)
    put(tmp_path, made(1, started=old), made(2), made(3, started=new, leader="", alarm="aneurysm"))
    index = SessionIndex(tmp_path)
    index.refresh()
    series = causes_over_time(index, Query.parse("since:2026-01-01"), "week")
    assert series.counts == {"discogenic-pain": (1, 0, 0, 0), "none": (0, 0, 0, 1)}
    assert len(causes_over_time(index, Query(), "day").starts) == MOST_SPANS
    assert causes_over_time(index, Query(), "month").starts[0] == date(1970, 11, 1)
    assert alarms_over_time(index, Query(), "month").counts["aneurysm"][-1] == 1
    index.close()
    empty = SessionIndex(tmp_path / "nothing")
    assert (heat(empty, Query()), causes_over_time(empty, Query()).starts) == ({}, ())
    empty.close()
