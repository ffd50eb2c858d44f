"""The index against what lies in the folder: every filter, every order, every change, found by plain counting too."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


def numbers(index: SessionIndex, text: str = "", order: Order = Order.NEWEST) -> list[int]:
    """Return the numbers of the sessions that a filter lets through, in order."""
    query = Query.parse(text, index.names())
    rows = index.rows(query, order, 0, 1000)
    assert index.count(query) == len(rows)
    for place, row in enumerate(rows):
        if row.id:
            assert index.position_of(row.id, query, order) == place
    return [int(row.id[-12:], 16) if row.id else -1 for row in rows]


def test_a_folder_that_is_not_there_holds_nothing(index: SessionIndex, folder: Path) -> None:
    done = index.refresh()
    assert (done.added, done.trouble, index.count(), index.rows()) == (0, None, 0, [])
    assert not folder.exists()
    put(folder, made(1))
    assert index.refresh().added == 1
    assert index.place == folder / ".index.sqlite"


def test_a_row_says_what_the_session_says(index: SessionIndex, folder: Path) -> None:
    marks = (("buttock-upper", "left", 7), ("lumbar-spine", "midline", 0))
    session = made(1, marks=marks, alarm="steroid-fracture", tier="same-day")
    (path,) = put(folder, session)
    index.refresh()
    (row,) = index.rows()
    assert (row.id, row.code, row.path, row.started) == (session.id, session.code, path, session.started)
    assert (row.state, row.language, row.pack) == (
        "finished",
        "en",
        ("rear-pain", "1.0.0", "0123456789abcdef" * 4),
    )
    assert (row.tier, row.alarms, row.marks) == ("same-day", ("steroid-fracture",), marks)
    assert (row.leader, row.leader_name, row.band) == (
        "discogenic-pain",
        "Name of discogenic-pain",
        "possible",
    )
    assert (row.none_fits, row.trouble, row.warning, row.sample) == (False, "", "", False)
    assert (row.reviewed_by, row.reviewed_at) == ("", None)


@pytest.fixture
def filled(index: SessionIndex, folder: Path) -> SessionIndex:
    put(
        folder,
        made(1, marks=(("buttock-upper", "left", 5), ("calf", "right", 3))),
        made(2, marks=(("buttock-deep", "right", 9),), leader="low-back-joint-dysfunction", band="weak"),
        made(3, alarm="aneurysm", started=NOON - timedelta(days=40)),
        made(4, leader="", band="weak", finished=False, marks=(("calf", "left", 0),)),
        made(5, alarm="steroid-fracture", tier="same-day", places=("your LEFT knee, seen from behind",)),
    )
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [5, 4, 2, 1, 3]),
        ("region:buttock", [5, 2, 1, 3]),
        ("region:buttock-deep", [2]),
        ("region:deep", [2]),
        ("region:calf", [1]),
        ("-region:buttock", [4]),
        ("region:buttock side:right", [2]),
        ("side:right", [2, 1]),
        ("-side:right", [5, 4, 3]),
        ("region:buttock side:left region:calf", [1][:0]),
        ("cause:low-back", [2]),
        ("cause:joint band:weak", [2]),
        ("cause:none", [4]),
        ("band:possible", [5, 1, 3]),
        ("alarm:aneurysm", [3]),
        ("alarm:fracture", [5]),
        ("tier:emergency", [3]),
        ("tier:none", [4, 2, 1]),
        ("-tier:none", [5, 3]),
        ("state:unfinished", [4]),
        ("unreviewed", [5, 4, 2, 1, 3]),
        ("reviewed", []),
        ("bad", []),
        ("text:knee", [5]),
        ("text:kne", [5]),
        ('text:"left knee"', [5]),
        ('text:"knee left"', []),
        ("knee", [5]),
        ("-knee", [4, 2, 1, 3]),
        ("text:said", [5, 3]),
        ("since:2026-11-01", [5, 4, 2, 1]),
        ("until:2026-11-01", [3]),
        ("until:2026-11-23", [5, 4, 2, 1, 3]),
        ("until:2026-11-22", [3]),
        ("side:", [5, 4, 2, 1, 3]),
    ],
)
def test_a_filter_lets_through_what_it_says(filled: SessionIndex, text: str, expected: list[int]) -> None:
    assert numbers(filled, text) == expected


def test_codes_are_found_as_they_are_typed(filled: SessionIndex) -> None:
    (row,) = filled.rows(Query.parse("state:unfinished"))
    for text in (f"code:{row.code}", row.code.lower(), f"code:{row.code[:3]}"):
        assert row in filled.rows(Query.parse(text))
    assert filled.position_of(row.code.lower(), order=Order.NEWEST) == 1
    assert filled.position_of("XXXX") is None


def test_orders(filled: SessionIndex) -> None:
    assert numbers(filled, order=Order.URGENT) == [3, 5, 4, 2, 1]
    assert numbers(filled, order=Order.OLDEST) == [3, 1, 2, 4, 5]
    assert numbers(filled, order=Order.ALARM) == [3, 5, 4, 2, 1]
    assert numbers(filled, order=Order.BAND) == [5, 1, 3, 2, 4]
    assert numbers(filled, order=Order.CAUSE) == [5, 1, 3, 2, 4]
    assert numbers(filled, order=Order.READ) == [5, 4, 2, 1, 3]
    codes = [row.code for row in filled.rows(order=Order.CODE)]
    assert codes == sorted(codes)
    assert len(numbers(filled, order=Order.CODE)) == 5


def test_parts_of_the_list_join_without_gap(filled: SessionIndex) -> None:
    for order in Order:
        every = filled.rows(order=order)
        assert [row for start in range(6) for row in filled.rows(order=order, start=start, count=1)] == every
        assert filled.rows(order=order, start=3, count=99) == every[3:]
        assert filled.rows(order=order, start=99) == []


def test_nothing_new_is_nothing_read(filled: SessionIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> object:
        raise AssertionError("a file was read again")

    monkeypatch.setattr("bodymap.desk.worker.read_day", refuse)
    assert filled.refresh()[:3] == (0, 0, 0)
    assert filled.check()[:3] == (0, 0, 0)


def test_what_comes_changes_and_goes_is_seen(filled: SessionIndex, folder: Path) -> None:
    put(folder, made(6), made(0, started=NOON - timedelta(days=400)))
    assert filled.refresh()[:3] == (2, 0, 0)
    assert numbers(filled) == [6, 5, 4, 2, 1, 3, 0]
    (path,) = put(folder, made(4, band="strong"))
    assert filled.refresh()[:3] == (0, 1, 0)
    assert numbers(filled, "band:strong") == [4]
    assert numbers(filled, "state:unfinished") == []
    path.unlink()
    assert filled.refresh()[:3] == (0, 0, 1)
    assert numbers(filled) == [6, 5, 2, 1, 3, 0]


def test_a_day_that_is_gone_takes_its_lines_with_it(filled: SessionIndex, folder: Path) -> None:
    old = folder / f"{NOON - timedelta(days=40):%Y/%m/%d}"
    for path in [*old.iterdir()]:
        path.unlink()
    old.rmdir()
    assert filled.refresh()[:3] == (0, 0, 1)
    assert numbers(filled) == [5, 4, 2, 1]


def test_what_is_changed_in_place_is_found_by_a_check(filled: SessionIndex, folder: Path) -> None:
    (path,) = folder.rglob(f"{made(1).id}.toml")
    for day in folder.glob("*/*/*"):
        os.utime(day, (1_000_000_000, 1_000_000_000))
    filled.refresh()
    path.write_bytes(path.read_bytes()[:200])
    assert filled.refresh()[:3] == (0, 0, 0)
    done = filled.check()
    assert (done.changed, done.bad) == (1, 1)
    assert "cut off" in filled.rows(Query.parse("bad"))[0].trouble


def test_days_are_in_the_order_of_time_across_offsets(index: SessionIndex, folder: Path) -> None:
    late = datetime.fromisoformat("2026-11-24T00:10:00+14:00")
    put(folder, made(1, started=late), made(2, started=datetime.fromisoformat("2026-11-23T10:00:00-10:00")))
    index.refresh()
    assert numbers(index) == [2, 1]
