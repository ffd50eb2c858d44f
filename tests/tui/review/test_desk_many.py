"""Many sessions: the heat map and the numbers are those of the filter that stands above them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bodymap.desk.aggregates import Heat, Series
from bodymap.knowledge.anatomy import Place
from bodymap.tui.review.many_screen import MAP, NUMBERS, ManyScreen
from bodymap.tui.review.many_texts import LEVELS, PLAIN_LEVELS, Many, spark, strengths


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_numbers_are_those_of_the_filter(open_desk, folder: Path, size) -> None:
    async with open_desk(size) as driver:
        await driver.press("slash")
        await driver.type("region:calf")
        await driver.press("enter", "ctrl+g")
        screen = driver.app.screen
        assert isinstance(screen, ManyScreen)
        assert "region:calf" in driver.rows()[1]
        assert "2 sessions" in driver.rows()[0]
        assert screen.map.strengths[Place("calf", "left")] == 9
        assert Place("knee-front", "right") not in screen.map.strengths
        screen.go_to(Place("calf", "right"))
        await driver.settle()
        assert "RIGHT calf: 2 sessions, 100 %, mean strength 6.0" in driver.text
        await driver.press("2")
        assert "BAND OF THE LEADING CAUSE" in driver.text


async def test_alarms_and_causes_over_time(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.press("ctrl+g")
        screen = driver.app.screen
        assert isinstance(screen, ManyScreen)
        assert "by day, 25 Nov 2026" in driver.text
        await driver.press("b")
        assert "by week, 23 Nov 2026" in driver.text
        await driver.press("b", "b")
        assert "by day" in driver.text


async def test_a_filter_that_lets_nothing_through(open_desk, folder: Path) -> None:
    async with open_desk((80, 24)) as driver:
        await driver.press("slash")
        await driver.type("text:xyzzy")
        await driver.press("enter", "ctrl+g")
        assert "0 sessions" in driver.rows()[0]
        assert "nothing is marked" in driver.text
        await driver.press("2", "1", "right", "f", "z", "escape")
        assert driver.app.screen is driver.list


async def test_panes_by_key_and_mouse(open_desk, folder: Path) -> None:
    async with open_desk((80, 24)) as driver:
        await driver.press("ctrl+g")
        screen = driver.app.screen
        assert isinstance(screen, ManyScreen)
        await driver.press("tab")
        assert screen.pane == NUMBERS
        await driver.click_text("1 Where")
        assert screen.pane == MAP
        assert driver.app.focused is screen.map


def many(heat: dict[tuple[str, str], Heat]) -> Many:
    empty = Series((date(2026, 11, 25),), {})
    return Many(100, heat, {}, empty, empty, "day")


def test_the_strongest_place_is_nine_and_none_is_nothing() -> None:
    heat = {("calf", "left"): Heat(1000, 1), ("calf", "right"): Heat(500, 1), ("palm", "left"): Heat(1, 1)}
    assert strengths(many(heat)) == {("calf", "left"): 9, ("calf", "right"): 4, ("palm", "left"): 1}


@pytest.mark.parametrize("levels", [LEVELS, PLAIN_LEVELS])
def test_columns_grow_with_what_they_count(levels: str) -> None:
    drawn = spark(tuple(range(9)), 8, levels)
    assert drawn[0] == " "
    heights = [levels.index(sign) for sign in drawn[1:]]
    assert heights == sorted(heights)
    assert heights[-1] == len(levels) - 1
