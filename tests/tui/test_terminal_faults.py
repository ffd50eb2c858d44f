"""Faults of our own: a step that fails costs that step, what was entered stays, and nobody reads a traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from explorer_driver import UPPER
from pty_terminal import TITLE, Terminal, environment, restored
from textual.events import MouseDown

from bodymap.tui.widgets.lines import PlaceLine

BROKEN = """
import sys
from bodymap.cli import main
{broken}
sys.argv = ["bodymap"]
main()
"""
KEY = """
from bodymap.tui.screens.map_actions import MapActions
def broken(self): raise KeyError("my secret")
MapActions.action_zoom = broken
"""
WORKER = """
from bodymap.tui.visit import Visit
def broken(self, *given): raise KeyError("my secret")
Visit.keep = broken
"""
PAGE = """
from bodymap.tui.screens.reading import HelpPage
def broken(self): raise KeyError("my secret")
HelpPage.body = broken
"""
DRAWING = """
from bodymap.tui.widgets.lines import PlaceLine
draw = PlaceLine.render_line
def broken(self, y):
    if " of 10" in self.words: raise KeyError("my secret")
    return draw(self, y)
PlaceLine.render_line = broken
"""
TASK = """
import asyncio
from bodymap.tui.screens.map_actions import MapActions
async def fails(): raise KeyError("my secret")
def broken(self): asyncio.get_running_loop().create_task(fails())
MapActions.action_zoom = broken
"""
LOADING = """
import bodymap.tui.visit
def broken(*given): raise KeyError("my secret")
bodymap.tui.visit.load_knowledge = broken
"""
FURNISHING = """
from bodymap.tui.screens.explorer import ExplorerScreen
def broken(self): raise KeyError("my secret")
ExplorerScreen.show_head = broken
"""
SENTENCE = "failed inside the program (KeyError)"


def broken(how: str, **env: str) -> Terminal:
    return Terminal((sys.executable, "-c", BROKEN.format(broken=how)), env=environment(**env))


@pytest.mark.parametrize(
    ("how", "keys"),
    [(KEY, "z"), (PAGE, "?"), (TASK, "z")],
    ids=["key", "page", "task"],
)
def test_a_step_that_fails_costs_that_step(how: str, keys: str, own_folders: Path) -> None:
    with broken(how) as terminal:
        terminal.until(TITLE)
        terminal.press("6")
        terminal.until("6 of 10")
        terminal.press(keys)
        terminal.until("A step failed inside the program.")
        terminal.press("7")
        terminal.until("7 of 10")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        restored(bytes(terminal.sent))
        assert SENTENCE in terminal.words
        assert b"my secret" not in terminal.sent
    (file,) = own_folders.rglob("*.toml")
    assert "intensity = 7" in file.read_text()


def test_work_that_fails_does_not_end_it() -> None:
    with broken(WORKER) as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("A step failed inside the program.")
        terminal.press("8")
        terminal.until("8 of 10")
        terminal.press("ctrl+s")
        terminal.until("Your code")


def test_where_it_failed_is_told_to_who_asks() -> None:
    with broken(KEY, BODYMAP_DEBUG="1") as terminal:
        terminal.until(TITLE)
        terminal.press("z")
        terminal.until("A step failed inside the program.")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"in broken" in terminal.sent
        assert terminal.sent.index(b"in broken") > terminal.sent.index(b"\x1b[?1049l")


def test_a_key_that_fails_may_be_held(own_folders: Path) -> None:
    with broken(KEY) as terminal:
        terminal.until(TITLE)
        terminal.write(b"z" * 150)
        terminal.press("7")
        terminal.until("7 of 10")


def test_steps_that_fail_without_end_end_it() -> None:
    with broken(KEY) as terminal:
        terminal.until(TITLE)
        for _ in range(100):
            if terminal.ended():
                break
            terminal.write(b"z" * 100)
        assert terminal.wait() == 70
        restored(bytes(terminal.sent))


def test_a_screen_that_cannot_be_drawn_ends_it(own_folders: Path) -> None:
    with broken(DRAWING) as terminal:
        terminal.until(TITLE)
        for number in range(60):
            if terminal.ended():
                break
            terminal.press("67"[number % 2])
            terminal.read(0.05)
        assert terminal.wait() == 70
        restored(bytes(terminal.sent))
        assert "The program itself failed (KeyError); this is not your fault." in terminal.words
        assert b"my secret" not in terminal.sent
    (file,) = own_folders.rglob("*.toml")
    assert "intensity = " in file.read_text()


@pytest.mark.parametrize("how", [LOADING, FURNISHING], ids=["loading", "furnishing"])
def test_an_explorer_that_cannot_become_whole_ends(how: str) -> None:
    with broken(how) as terminal:
        assert terminal.wait() == 70
        restored(bytes(terminal.sent))
        assert "The program itself failed (KeyError); this is not your fault." in terminal.words
        assert b"my secret" not in terminal.sent


@pytest.mark.parametrize(
    ("opens", "does"),
    [
        ("help", "scroll('down')"),
        ("alarms", "close"),
        ("feel", "switch('ache')"),
        ("start_over", "answer(True)"),
    ],
)
async def test_a_key_that_arrives_when_its_page_has_gone_does_nothing(
    open_explorer, opens: str, does: str
) -> None:
    """Typed ahead, the first key closes the page, and the next one finds it empty."""
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.explorer.run_action(f"screen.{opens}")
        await driver.settle()
        page = driver.app.screen
        assert page is not driver.explorer
        await driver.press("escape")
        assert driver.app.screen is driver.explorer
        before = driver.findings
        assert not await driver.app.run_action(does, page)
        assert driver.app.screen is driver.explorer
        assert driver.findings == before


async def test_a_press_on_what_is_just_going_is_one_on_nothing(open_explorer) -> None:
    async with open_explorer() as driver:
        line = driver.explorer.query_one(PlaceLine)
        x, y = line.region.offset
        parent = line.parent
        line._detach()  # as Textual does with a widget before the screen is laid out without it
        driver.app.post_message(MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        await driver.pilot.pause()
        line._attach(parent)
        before = driver.findings
        await driver.press("7")
        assert driver.findings != before


async def test_two_presses_beside_the_palette_close_it_once(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("ctrl+p")
        palette = driver.app.screen
        assert palette is not driver.explorer
        palette.dismiss()
        palette.dismiss()
        await driver.settle()
        assert driver.app.screen is driver.explorer
        await driver.press("7")
        assert driver.findings.marks[0].intensity == 7
