"""The desk's table of commands is the one truth: keys, key line, help and palette all say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bodymap.tui.commands.palette import TableProvider
from bodymap.tui.commands.table import EVERYWHERE, commands_for
from bodymap.tui.review.commands import COMPARE, FITS, LIST, MANY, PLACE, REVIEW, SESSION, TITLES
from bodymap.tui.review.compare_screen import CompareScreen
from bodymap.tui.review.list_screen import ListScreen
from bodymap.tui.review.many_screen import ManyScreen
from bodymap.tui.review.reading import DeskHelp
from bodymap.tui.review.review_app import ReviewApp
from bodymap.tui.review.session_screen import SessionScreen

SCREENS = {LIST: ListScreen, SESSION: SessionScreen, COMPARE: CompareScreen, MANY: ManyScreen}
TOGETHER = ((LIST,), (SESSION, FITS), (SESSION, PLACE), (COMPARE, PLACE), (MANY, PLACE))
"""Places whose keys work at the same time."""


@pytest.mark.parametrize("place", SCREENS)
def test_every_action_exists(place: str) -> None:
    screen = SCREENS[place]
    for where in screen.HERE:
        for command in commands_for(where, REVIEW):
            for _, action in command.keys:
                owner, _, name = (
                    (action if "." in action else f"screen.{action}").partition("(")[0].partition(".")
                )
                if name not in ("up", "down"):
                    holder = {"screen": screen, "app": ReviewApp}[owner]
                    assert callable(getattr(holder, f"action_{name}", None)), f"{command.written}: {action}"


@pytest.mark.parametrize("places", TOGETHER)
def test_no_key_is_bound_twice(places: tuple[str, ...]) -> None:
    keys = Counter(
        key
        for place in (*places, EVERYWHERE)
        for command in commands_for(place, REVIEW)
        for key, _ in command.keys
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_place_and_text_is_filled() -> None:
    for command in REVIEW:
        assert command.where in TITLES
        assert command.written
        assert command.help.endswith(".")
        assert command.help[0].isupper()


async def test_help_shows_every_key_on_every_screen(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        for keys in ((), ("enter",), ("ctrl+g",)):
            await driver.press(*keys, "question_mark")
            page = driver.app.screen
            assert isinstance(page, DeskHelp)
            told = page.body().plain
            for command in REVIEW:
                assert command.written in told
                assert " ".join(command.help.split()) in " ".join(told.split())
            await driver.press("escape")
            if keys:
                await driver.press("escape")
        assert driver.app.screen is driver.list


@pytest.mark.parametrize(("key", "place"), [(None, LIST), ("enter", SESSION), ("ctrl+g", MANY)])
async def test_the_palette_offers_what_this_screen_can_do(open_desk, folder: Path, key, place: str) -> None:
    async with open_desk() as driver:
        if key:
            await driver.press(key)
        screen = driver.app.screen
        provider = TableProvider(screen)
        offered = [hit.text async for hit in provider.discover()]
        wanted = [
            command.help.rstrip(".")
            for command in REVIEW
            if command.where in screen.HERE and command.single and command.action != "app.command_palette"
        ]
        assert place in screen.HERE
        assert offered == wanted


async def test_a_command_of_the_palette_works(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.press("ctrl+p")
        await driver.type("every file")
        await driver.press("enter")
        assert any("Every file of the folder" in notice for notice in driver.notices)


async def test_the_key_line_can_be_pressed(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.click_text("Enter open")
        assert isinstance(driver.app.screen, SessionScreen)
        await driver.click_text("r reviewed")
        assert "Your name" in driver.text
        await driver.click_text("[ Esc: leave it ]")
        await driver.press("3")
        await driver.click_text("Esc back")
        assert driver.app.screen is driver.list
        await driver.click_text("^g many")
        assert isinstance(driver.app.screen, ManyScreen)


async def test_quitting_from_anywhere(open_desk, folder: Path) -> None:
    for keys in ((), ("enter",), ("enter", "w"), ("ctrl+g",), ("slash",)):
        async with open_desk() as driver:
            await driver.press(*keys)
            await driver.pilot.press("ctrl+q")
            await driver.pilot.pause()
            assert driver.app._exit, keys


async def test_themes(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        seen = []
        for _ in range(3):
            seen.append(driver.app.theme)
            await driver.press("ctrl+t")
        assert sorted(seen) == ["dark", "high-contrast", "light"]
