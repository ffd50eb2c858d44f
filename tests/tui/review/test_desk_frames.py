"""What stands in the first frame, and what a letter of a filter no longer costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.scrollbar import ScrollBar

from bodymap.tui.review.list_screen import ListScreen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_frame_needs_neither_folder_nor_pack(
    open_desk, folder: Path, people, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with open_desk(size) as driver:
        expected = driver.rows()
    monkeypatch.setattr(ListScreen, "look", lambda self: None)
    monkeypatch.setattr(ListScreen, "furnish", lambda self: None)
    async with open_desk(size) as driver:
        assert driver.desk.knowledge is None
        assert driver.rows()[2:-2] == expected[2:-2]
        places, *_ = driver.rows()[-3].split("  ")
        assert places == expected[-3].split("  ")[0]
        await driver.press("down", "slash")
        await driver.type("calf")
        assert driver.lines.count, "keys work before the pack is there"


async def test_a_list_that_stays_in_view_leaves_its_scroll_bar_alone(
    open_desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[object] = []
    async with open_desk() as driver:
        await driver.press("slash")
        monkeypatch.setattr(ScrollBar, "refresh", lambda self, *regions, **how: painted.append(self))
        counts = set()
        for letter in "region:calf":
            await driver.type(letter)
            counts.add(driver.lines.count)
        assert len(counts) > 1
        assert not painted, "each time would be a frame of its own"


async def test_a_first_letter_reads_no_texts_from_the_index(open_desk, folder: Path) -> None:
    asked: list[str] = []
    async with open_desk() as driver:
        with driver.desk.index.reading() as listing:
            listing.connection.set_trace_callback(asked.append)
        await driver.press("slash")
        await driver.type("l")
        assert driver.desk.written == "l"
        assert any("MATCH" in statement for statement in asked)
        assert not any("text/" in statement for statement in asked)


async def test_only_lines_that_look_different_are_painted_anew(open_desk, folder: Path, people) -> None:
    painted: list[int] = []
    async with open_desk() as driver:
        lines, paint = driver.lines, driver.lines.render_line
        lines.render_line = lambda y: painted.append(y) or paint(y)
        await driver.press("slash")
        await driver.type("region:buttoc")
        before = driver.rows()
        painted.clear()
        await driver.type("k")
        assert driver.rows()[3:-3] == before[3:-3]
        assert not painted
        driver.desk.pick(driver.current)
        driver.list.reload()
        await driver.settle()
        assert painted == [lines.cursor - lines.top]
        assert driver.rows()[3].startswith("A")
