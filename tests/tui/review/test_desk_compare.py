"""Two sessions: maps, the map of the difference, and words that pass no judgement."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from desk_driver import DeskDriver
from desk_names import keep
from textual import events

from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Place
from bodymap.sessions import Session
from bodymap.tui.review.compare_screen import CHANGES, DIFFERENCE, MAPS, CompareScreen
from bodymap.tui.review.session_screen import SessionScreen

JUDGING = re.compile(r"\b(?:better|worse(?!:)|improv\w*|deteriorat\w*|recover\w*|heal\w*)\b", re.IGNORECASE)


async def open_both(driver: DeskDriver, one: Session, other: Session) -> CompareScreen:
    await driver.press(*one.code, "space", *other.code, "equals_sign")
    screen = driver.app.screen
    assert isinstance(screen, CompareScreen)
    return screen


async def test_the_older_one_is_the_first(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        screen = await open_both(driver, people["leading"], people["read-long-ago"])
        assert screen.comparison is not None
        assert screen.comparison.first.id == people["read-long-ago"].id
        first, second = screen.maps
        assert first.strengths[Place("low-back", "left")] == 4
        assert second.strengths[Place("thigh-back", "left")] == 3
        await driver.press("s")
        assert screen.comparison.first.id == people["leading"].id
        assert first.strengths[Place("thigh-back", "left")] == 3


async def test_the_map_of_the_difference(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        screen = await open_both(driver, people["read-long-ago"], people["leading"])
        await driver.press("2")
        assert screen.pane == DIFFERENCE
        assert screen.difference.kinds == {
            Place("low-back", "left"): "lost",
            Place("buttock-upper", "left"): "same",
            Place("thigh-back", "left"): "gained",
            Place("iliac-crest", "left"): "gained",
        }
        sheet = screen.difference.sheet
        assert sheet is not None
        start, grid = sheet.grids["back"]

        def signs(place: Place) -> set[str]:
            return {sheet.rows[row + 1][start + column] for column, row in grid.cells(place)}

        assert "+" in signs(Place("thigh-back", "left"))
        assert "-" in signs(Place("low-back", "left"))
        assert "=" in signs(Place("buttock-upper", "left"))
        assert not signs(Place("thigh-back", "right")) & {"+", "-", "~"}


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_what_is_not_alike_in_words_without_a_judgement(open_desk, folder: Path, people, size) -> None:
    async with open_desk(size) as driver:
        await open_both(driver, people["read-long-ago"], people["leading"])
        await driver.press("3")
        seen = driver.text
        for _ in range(4):
            await driver.press("pagedown")
            seen += "\n" + driver.text
        for words in (
            "overlap (Jaccard)",
            "0.62",
            "LEFT back of the thigh",
            "bending forward",
            "CAUSES AS SHOWN",
        ):
            assert words in " ".join(seen.split()), words
        # An answer such as “what makes it worse” is what was said; the desk itself judges nothing.
        said = " ".join(seen.split()).replace("makes it worse", "")
        assert not JUDGING.findall(said)


async def test_packs_that_are_not_the_same_are_said(open_desk, own_folders: Path, people) -> None:
    older = people["read-long-ago"]
    keep(
        own_folders,
        people["leading"],
        replace(older, pack=replace(older.pack, version="0.1", sha256="0" * 64)),
    )
    async with open_desk() as driver:
        await open_both(driver, older, people["leading"])
        assert "different packs" in driver.text


async def test_the_place_under_the_cursor_with_both(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        screen = await open_both(driver, people["read-long-ago"], people["leading"])
        screen.go_to(Place("thigh-back", "left"))
        await driver.settle()
        assert "LEFT back of the thigh" in driver.rows()[-2]
        assert "→ 3/10" in driver.rows()[-2]


async def test_keys_that_come_together_are_done_in_their_order(open_desk, folder: Path, people) -> None:
    """On a slow line many keys come at once."""
    async with open_desk() as driver:
        first, second = driver.list.lines.row(0), driver.list.lines.row(1)
        for key, character in (("space", " "), ("down", None), ("equals_sign", "=")):
            driver.app.post_message(events.Key(key, character))
        await driver.settle()
        screen = driver.app.screen
        assert isinstance(screen, CompareScreen)
        assert {row.id for row in screen._pair} == {first.id, second.id}


async def test_picking_in_a_session_and_in_the_list(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await driver.press("equals_sign")
        assert "Pick one session" in driver.notices[-1]
        await driver.press(*people["leading"].code, "enter", "equals_sign")
        assert driver.app.screen is driver.list
        line = next(row for row in driver.rows()[3:-3] if people["leading"].code in row)
        assert line.startswith("A")
        await driver.press(*people["stenosis"].code, "enter")
        assert isinstance(driver.app.screen, SessionScreen)
        await driver.press("equals_sign")
        assert isinstance(driver.app.screen, CompareScreen)
        await driver.press("escape", "escape", "escape", "escape")
        assert driver.app.screen is driver.list
        assert not driver.desk.picks


async def test_panes(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        screen = await open_both(driver, people["read-long-ago"], people["leading"])
        order = [screen.pane]
        for _ in range(3):
            await driver.press("tab")
            order.append(screen.pane)
        assert order == [MAPS, DIFFERENCE, CHANGES, MAPS]
        await driver.click_text("2 Difference")
        assert screen.pane == DIFFERENCE
        await driver.press("escape")
        assert driver.app.screen is driver.list


async def test_a_place_that_the_anatomy_does_not_know(open_desk, own_folders: Path, people) -> None:
    session = people["leading"]
    findings = replace(session.findings, marks=(*session.findings.marks, Mark("third-arm", "left", 4)))
    keep(own_folders, people["read-long-ago"], replace(session, findings=findings, places=()))
    async with open_desk() as driver:
        await open_both(driver, people["read-long-ago"], session)
        await driver.press("3", "pagedown")
        assert "LEFT third-arm" in driver.text
        await driver.press("escape", "ctrl+g", "2")
        assert "LEFT third-arm" in driver.text
        await driver.press("escape", *session.code, "enter", "3", "home")
        assert "LEFT third-arm" in driver.text
