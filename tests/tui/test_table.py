"""The table of commands is the one truth: keys, key line, help and palette all say the same."""

from __future__ import annotations

from collections import Counter

import pytest
from explorer_driver import Driver
from textual._xterm_parser import XTermParser
from textual.content import Content
from textual.events import Key

from bodymap.tui.app import BodymapApp
from bodymap.tui.commands.palette import TableProvider
from bodymap.tui.commands.table import (
    CAUSES,
    COMMANDS,
    EVERYWHERE,
    MAP,
    PLACES,
    QUESTIONS,
    Command,
    bindings_for,
    commands_for,
)
from bodymap.tui.safe import PRESSED
from bodymap.tui.screens.explorer import ExplorerScreen
from bodymap.tui.screens.reading import HelpPage
from bodymap.tui.widgets.key_line import KeyLine

PANES = (MAP, QUESTIONS, CAUSES)
LISTS_OWN = ("up", "down")


def qualified(action: str) -> str:
    return action if "." in action else f"screen.{action}"


def test_every_action_exists() -> None:
    for command in COMMANDS:
        for _, action in command.keys:
            if command.where != MAP and action in LISTS_OWN:
                continue
            owner, _, name = qualified(action).partition("(")[0].partition(".")
            holder = {"screen": ExplorerScreen, "app": BodymapApp}[owner]
            assert callable(getattr(holder, f"action_{name}", None)), f"{command.written}: {action}"


def test_no_key_is_bound_twice() -> None:
    for pane in PANES:
        keys = Counter(
            key for command in (*commands_for(pane), *commands_for(EVERYWHERE)) for key, _ in command.keys
        )
        assert [key for key, times in keys.items() if times > 1] == []


def test_no_key_of_the_lists_is_taken_from_them() -> None:
    """The table names `up` and `down` for help alone; a binding would stop the lists from moving."""
    for pane in (QUESTIONS, CAUSES):
        assert not {"up", "down"} & {binding.key for binding in bindings_for(pane)}  # type: ignore[union-attr]


def test_every_place_and_text_is_filled() -> None:
    for command in COMMANDS:
        assert command.where in PLACES
        assert command.written
        assert command.help.endswith(".")
        assert command.help[0].isupper()


@pytest.mark.parametrize("character", ["?", "+", "A", "a", "x", "0", "9"])
def test_keys_have_the_names_that_terminals_lead_to(character: str) -> None:
    (event,) = [event for event in XTermParser().feed(character) if isinstance(event, Key)]
    assert event.key in {key for command in COMMANDS for key, _ in command.keys}


async def test_every_key_works_where_the_table_says(open_explorer) -> None:
    async with open_explorer() as driver:
        for pane in PANES:
            driver.explorer.action_go(pane)
            await driver.settle()
            active = driver.explorer.active_bindings
            for command in (*commands_for(pane), *commands_for(EVERYWHERE)):
                for key, action in command.keys:
                    assert key in active, f"{key} in {pane}"
                    if pane != MAP and action in LISTS_OWN:
                        continue
                    # The palette's key is Textual's own; the action is the same one.
                    bound = active[key].binding.action.removeprefix("app.")
                    assert bound == qualified(action).removeprefix("app."), f"{key} in {pane}"
                    assert active[key].enabled


async def test_help_names_every_command(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("question_mark")
        assert isinstance(driver.app.screen, HelpPage)
        text = driver.app.screen.body().plain
        for where, title in PLACES.items():
            section = text.split(title + "\n")[1].split("\n\n")[0]
            for command in commands_for(where):
                assert f"{command.written} {command.help}" in " ".join(section.split())
        await driver.press("escape")
        assert driver.app.screen is driver.explorer


def offered(driver: Driver) -> list[Command]:
    """Return the commands that the key line shows now, read from its text."""
    line = driver.explorer.query_one(KeyLine).render()
    assert isinstance(line, Content)
    found, rest = [], line.plain
    while rest.strip():
        commands = (*commands_for(driver.explorer.pane), *commands_for(EVERYWHERE))
        (command,) = [c for c in commands if c.label and rest.startswith(f"{c.written} {c.label}  ")]
        found.append(command)
        rest = rest[len(f"{command.written} {command.label}  ") :]
    return found


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24), (60, 20)])
async def test_key_line_shows_keys_that_work_and_fits(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        for pane in PANES:
            driver.explorer.action_go(pane)
            await driver.settle()
            shown = offered(driver)
            assert [c for c in shown if c.action == "help"], "help is always in reach"
            assert [c for c in shown if c.where == pane], "the keys of this pane come first"
            line = driver.explorer.query_one(KeyLine)
            content = line.render()
            assert isinstance(content, Content)
            assert len(content.plain.rstrip()) <= line.size.width - 2


async def test_words_of_the_key_line_can_be_pressed(open_explorer) -> None:
    async with open_explorer((160, 50)) as driver:
        for pane in PANES:
            driver.explorer.action_go(pane)
            await driver.settle()
            content = driver.explorer.query_one(KeyLine).render()
            assert isinstance(content, Content)
            actions = [
                span.style.meta[PRESSED]
                for span in content.spans
                if not isinstance(span.style, str) and PRESSED in span.style.meta
            ]
            assert actions == [qualified(command.action) for command in offered(driver) if command.single]
        driver.explorer.action_go("map")
        await driver.settle()
        await driver.click_text("Enter mark", driver.explorer.query_one(KeyLine))
        assert len(driver.findings.marks) == 1
        await driver.click_text("x remove", driver.explorer.query_one(KeyLine))
        assert not driver.findings.marks


async def test_palette_offers_every_single_action(open_explorer) -> None:
    async with open_explorer() as driver:
        provider = TableProvider(driver.app.screen)
        texts = [hit.text async for hit in provider.discover()]
        wanted = [
            command.help.rstrip(".")
            for command in COMMANDS
            if command.single and command.action != "app.command_palette"
        ]
        assert texts == wanted
        for text in wanted:
            hits = [hit.text async for hit in provider.search(text[:20])]
            assert text in hits


async def test_palette_holds_nothing_but_our_commands(open_explorer) -> None:
    async with open_explorer() as driver:
        assert {TableProvider} == driver.app.COMMANDS


async def test_palette_runs_what_is_chosen(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("enter", "tab", "ctrl+p")
        for letter in "close-up":
            await driver.pilot.press("minus" if letter == "-" else letter)
        await driver.settle()
        before = driver.canvas.sheet.close_up
        await driver.press("enter")
        await driver.press("enter")
        assert driver.app.screen is driver.explorer
        assert driver.canvas.sheet.close_up is not before
        assert len(driver.findings.marks) == 1
