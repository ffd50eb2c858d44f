"""How the main states look, at four sizes and in every theme. What they say is asserted before each picture is taken.

`pytest tests/tui/test_snapshots.py --snapshot-update` takes the pictures anew; look at them before they are committed.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import pytest
from explorer_driver import UPPER, Driver
from textual.pilot import Pilot

from bodymap.knowledge.anatomy import Place
from bodymap.tui.app import BodymapApp
from bodymap.tui.screens.reading import CausePage, ContrastPage, HelpPage

LOWER = Place("thigh-back", "left")
TLJ = "thoracolumbar-joint-dysfunction"
Step = Callable[[Driver], Awaitable[None]]


async def start(driver: Driver) -> None:
    assert not driver.findings.marks
    assert driver.head == "nothing entered yet"


async def story(driver: Driver) -> None:
    """Two marks, two answers, and the leading cause lit."""
    await driver.mark(LOWER, 3)
    await driver.mark(UPPER, 7)
    await driver.say(sits_most_of_day="yes", bending_forward_worse="no")
    await driver.choose_cause(TLJ)
    driver.explorer.action_go("map")
    await driver.settle()
    assert driver.explorer.lit == TLJ
    assert driver.explorer.assessment is not None
    assert driver.explorer.assessment.causes[0].cause.id == TLJ


async def questions(driver: Driver) -> None:
    await story(driver)
    await driver.choose_question("twisting-worse")
    assert driver.explorer.pane == "questions"


async def causes(driver: Driver) -> None:
    await story(driver)
    driver.explorer.action_go("causes")
    await driver.settle()
    assert driver.explorer.pane == "causes"


async def emergency(driver: Driver) -> None:
    await story(driver)
    await driver.say(bladder_bowel_change="yes", saddle_numbness="yes")
    assert "GET HELP NOW" in driver.text


async def help_page(driver: Driver) -> None:
    await driver.press("question_mark")
    assert isinstance(driver.app.screen, HelpPage)


async def cause_page(driver: Driver) -> None:
    await causes(driver)
    await driver.press("enter")
    assert isinstance(driver.app.screen, CausePage)


async def contrast_page(driver: Driver) -> None:
    await causes(driver)
    await driver.press("c")
    assert isinstance(driver.app.screen, ContrastPage)


WIDE, MIDDLE, NARROW, SMALL = (160, 50), (120, 40), (80, 24), (60, 20)
MAIN: tuple[Step, ...] = (start, story, emergency, cause_page)
PANES: tuple[Step, ...] = (questions, causes)
"""States of their own only where a pane is a tab."""
THEMES = ("dark", "light", "high-contrast")
PICTURES = [
    *((size, theme, step) for size in (WIDE, MIDDLE, NARROW, SMALL) for theme in THEMES for step in MAIN),
    *((size, theme, step) for size in (NARROW, SMALL) for theme in THEMES for step in PANES),
    *((size, "dark", contrast_page) for size in (MIDDLE, NARROW)),
    (NARROW, "dark", help_page),
    *((NARROW, "no-colour", step) for step in (story, causes, emergency)),
]


def name(picture: tuple[tuple[int, int], str, Step]) -> str:
    (columns, rows), theme, step = picture
    return f"{columns}x{rows}-{theme}-{step.__name__}"


@pytest.mark.parametrize("picture", PICTURES, ids=name)
def test_picture(
    picture: tuple[tuple[int, int], str, Step],
    make_app: Callable[..., BodymapApp],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size, theme, step = picture
    # The plugin makes this folder in the first process of pytest-xdist alone, and the others miss it.
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", ""))
    if theme == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(theme=None if theme == "no-colour" else theme)

    async def before(pilot: Pilot[int]) -> None:
        driver = Driver(app, pilot)
        await driver.settle()
        await step(driver)
        await driver.settle()
        assert app.theme == theme or theme == "no-colour"

    assert snap_compare(app, terminal_size=size, run_before=before)
