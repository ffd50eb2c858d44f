"""The map: moving by anatomy, marking by keys and mouse, strength, feel, views and zoom."""

from __future__ import annotations

import pytest
from explorer_driver import UPPER, Driver
from textual.events import MouseScrollDown, MouseScrollUp

from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Anatomy, Place
from bodymap.tui.screens.choices import FeelBox
from bodymap.tui.widgets.map_steps import START
from bodymap.tui.widgets.plain_list import PlainList

MIDDLE = Place("lumbar-spine", "midline")


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_marking_by_key(open_explorer, key: str) -> None:
    async with open_explorer() as driver:
        assert driver.explorer.place == START
        assert driver.app.focused is driver.canvas
        await driver.press(key)
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 5),)
        assert "your low back, over the spine, seen from behind" in driver.place_line
        assert "5 of 10" in driver.place_line
        await driver.press("8", key)
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 8),), (
            "a mark is not made weaker by Enter"
        )


async def test_every_strength(open_explorer) -> None:
    async with open_explorer() as driver:
        for digit in range(10):
            await driver.press(str(digit))
            assert driver.findings.marks == (Mark("lumbar-spine", "midline", digit),)
        assert "9 of 10" in driver.place_line
        await driver.press("plus")
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 10),)
        assert "10 of 10" in driver.place_line
        await driver.press("0")
        assert "nothing hurts here" in driver.place_line
        assert "nothing hurts here" in driver.marks.render().plain


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_removing(open_explorer, key: str) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.press(key)
        assert driver.findings.marks == ()
        await driver.press(key)
        assert driver.findings.marks == ()


async def test_feel_by_letters_and_rows(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.press("q")
        assert isinstance(driver.app.screen, FeelBox)
        assert "your LEFT buttock, upper part" in driver.text
        for letter in "asbotniw":
            await driver.press(letter)
        assert driver.text.count("[x]") == 8
        await driver.press("s", "b")  # off again
        await driver.press("escape")
        mark = driver.mark_of(UPPER)
        assert mark is not None
        assert mark.qualities == ("ache", "shooting", "tingling", "numb", "tight", "weak")
        assert mark.intensity == 7
        assert "7 of 10" in driver.place_line
        for quality in mark.qualities:
            assert quality in driver.place_line


async def test_feel_marks_a_place_that_was_not(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("q", "a", "escape")
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 5, ("ache",)),)


async def test_worse_at_this_very_place(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.press("q")
        assert "Worse at this very place" in driver.text
        choices = driver.app.screen.query_one(PlainList)
        for _ in range(20):
            if choices.highlighted_option is not None and choices.highlighted_option.id == "sitting-worse":
                break
            await driver.press("down")
        await driver.press("enter", "escape")
        mark = driver.mark_of(UPPER)
        assert mark is not None
        assert mark.worse_with == ("sitting-worse",)


async def test_feel_survives_another_strength_and_zero_too(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("5", "q", "a", "escape", "9")
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 9, ("ache",)),)
        await driver.press("0")  # numb without pain is a finding: what is felt must not vanish with the pain
        assert driver.findings.marks == (Mark("lumbar-spine", "midline", 0, ("ache",)),)


async def test_other_side(open_explorer) -> None:
    async with open_explorer() as driver:
        driver.explorer.go_to(UPPER)
        await driver.press("t")
        assert driver.explorer.place == Place("buttock-upper", "right")
        assert "your RIGHT buttock" in driver.place_line
        await driver.press("t")
        assert driver.explorer.place == UPPER
        driver.explorer.go_to(MIDDLE)
        await driver.press("t")
        assert driver.explorer.place == MIDDLE


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (60, 20)])
async def test_turning_keeps_the_patients_side(
    open_explorer, anatomy: Anatomy, size: tuple[int, int]
) -> None:
    async with open_explorer(size) as driver:
        driver.explorer.go_to(UPPER)
        await driver.press("f")
        assert driver.explorer.view == "front"
        assert driver.explorer.place.side == "left"
        assert anatomy.regions[driver.explorer.place.region].view == "front"
        assert "from the front" in driver.place_line
        assert "FRONT" in driver.text
        await driver.press("f")
        assert driver.explorer.view == "back"
        assert driver.explorer.place.side == "left"


async def test_zoom_and_back(open_explorer) -> None:
    async with open_explorer((160, 50)) as driver:
        first = driver.canvas.sheet.close_up
        await driver.press("z")
        assert driver.canvas.sheet.close_up is not first
        await driver.press("z")
        assert driver.canvas.sheet.close_up is first


async def test_close_up_opens_by_itself_where_the_whole_body_is_too_small(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        assert driver.canvas.sheet.close_up is True
        assert driver.explorer.close_up is None


async def test_that_is_all(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER)
        await driver.press("e")
        assert driver.findings.map_complete
        assert "Everything that hurts is marked" in driver.text
        await driver.press("e")
        assert not driver.findings.map_complete


def reached_by_arrows(driver: Driver) -> set[Place]:
    """Return every place that the arrow keys alone lead to from where the cursor is."""
    start = driver.explorer.place
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        for direction in ("up", "down", "left", "right"):
            driver.explorer.go_to(here)
            driver.explorer.action_move(direction)
            if driver.explorer.place not in seen:
                seen.add(driver.explorer.place)
                left.append(driver.explorer.place)
    driver.explorer.go_to(start)
    return seen


async def test_arrows_alone_reach_every_place_of_both_views(open_explorer, anatomy: Anatomy) -> None:
    async with open_explorer((160, 50)) as driver:
        driver.explorer.close_up = False
        await driver.settle()
        assert set(driver.canvas.sheet.grids) == {"back", "front"}
        assert reached_by_arrows(driver) == set(anatomy.places)


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize("close_up", [None, True, False])
async def test_arrows_reach_every_place_that_is_shown(
    open_explorer, size: tuple[int, int], close_up: bool | None
) -> None:
    async with open_explorer(size) as driver:
        driver.explorer.close_up = close_up
        await driver.settle()
        sheet = driver.canvas.sheet
        shown = {place for _, grid in sheet.grids.values() for place in grid.places}
        reached = reached_by_arrows(driver)
        assert shown <= reached
        if len(sheet.grids) == 1:
            await driver.press("f")
            sheet = driver.canvas.sheet
            assert {place for _, grid in sheet.grids.values() for place in grid.places} <= reached_by_arrows(
                driver
            )


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
async def test_every_place_is_shown_by_itself_or_by_zoom(
    open_explorer, anatomy: Anatomy, size: tuple[int, int]
) -> None:
    async with open_explorer(size) as driver:
        shown: set[Place] = set()
        for close_up in (True, False):
            for view in ("back", "front"):
                driver.explorer.close_up = close_up
                driver.explorer.view = view
                await driver.settle()
                for _, grid in driver.canvas.sheet.grids.values():
                    shown |= set(grid.places)
        assert shown == set(anatomy.places)


async def test_keys_move_the_cursor(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("left")
        assert driver.explorer.place.side == "left"
        await driver.press("right")
        assert driver.explorer.place.side == "midline"
        assert driver.place_line.startswith("your ")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_click_marks_and_the_wheel_changes(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        await driver.click_place(UPPER)
        assert driver.findings.marks == (Mark("buttock-upper", "left", 5),)
        assert driver.explorer.place == UPPER
        await driver.click_place(UPPER)
        assert driver.findings.marks == (Mark("buttock-upper", "left", 5),), (
            "a second click takes nothing away"
        )
        canvas = driver.canvas
        column, row = driver.cell_of(UPPER)
        for kind, wanted in ((MouseScrollUp, 6), (MouseScrollUp, 7), (MouseScrollDown, 6)):
            canvas.post_message(kind(canvas, column, row, 0, 0, 0, False, False, False, column, row))
            await driver.settle()
            mark = driver.mark_of(UPPER)
            assert mark is not None
            assert mark.intensity == wanted


async def test_the_wheel_stops_at_both_ends_and_marks_nothing(open_explorer) -> None:
    async with open_explorer() as driver:
        canvas = driver.canvas
        column, row = driver.cell_of(UPPER)

        async def turn(kind: type[MouseScrollUp] | type[MouseScrollDown]) -> None:
            canvas.post_message(kind(canvas, column, row, 0, 0, 0, False, False, False, column, row))
            await driver.settle()

        await turn(MouseScrollUp)
        assert driver.findings.marks == ()
        for strength, kind in ((10, MouseScrollUp), (0, MouseScrollDown)):
            await driver.mark(UPPER, strength)
            await turn(kind)
            mark = driver.mark_of(UPPER)
            assert mark is not None
            assert mark.intensity == strength


async def test_a_click_beside_the_body_marks_nothing(open_explorer) -> None:
    async with open_explorer((160, 50)) as driver:
        region = driver.canvas.content_region
        await driver.click_at(region.x, region.bottom - 1)
        await driver.click_at(region.x, region.y)
        assert driver.findings.marks == ()


async def test_every_mark_shows_its_strength_as_a_digit(open_explorer) -> None:
    async with open_explorer((160, 50)) as driver:
        await driver.mark(UPPER, 7)
        await driver.mark(Place("buttock-upper", "right"), 3)
        sheet = driver.canvas.sheet
        drawn = "".join(sheet.rows[1:])
        assert "7" in drawn
        assert "3" in drawn
        assert " 7 LEFT buttock, upper part" in driver.text
        assert " 3 RIGHT buttock, upper part" in driver.text


async def test_the_cursor_is_never_out_of_sight(open_explorer) -> None:
    """Whatever the zoom, the place that the keys act on is drawn."""
    async with open_explorer((160, 50)) as driver:
        driver.explorer.go_to(Place("face", "left"))
        await driver.press("z")
        sheet = driver.canvas.sheet
        assert any(driver.explorer.place in grid.places for _, grid in sheet.grids.values())
