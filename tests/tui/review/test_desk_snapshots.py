"""How the desk looks in its main states. What they say is asserted before each picture is taken.

`pytest tests/tui/review/test_desk_snapshots.py --snapshot-update` takes the pictures anew; look at them first.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from desk_driver import DeskDriver
from textual.pilot import Pilot

from bodymap.common.settings import Settings
from bodymap.sessions import Session
from bodymap.tui.review.compare_screen import CompareScreen
from bodymap.tui.review.desk import Desk
from bodymap.tui.review.list_screen import ListScreen
from bodymap.tui.review.many_screen import ManyScreen
from bodymap.tui.review.review_app import ReviewApp
from bodymap.tui.review.session_screen import SessionScreen

People = dict[str, Session]
Step = Callable[[DeskDriver, People], Awaitable[None]]


async def sessions(driver: DeskDriver, people: People) -> None:
    assert driver.lines.count == len(people)


async def session(driver: DeskDriver, people: People) -> None:
    await driver.press(*people["leading"].code, "enter")
    assert isinstance(driver.app.screen, SessionScreen)


async def emergency(driver: DeskDriver, people: People) -> None:
    await driver.press("enter")
    assert "EMERGENCY" in driver.rows()[1]


async def fits(driver: DeskDriver, people: People) -> None:
    await session(driver, people)
    await driver.press("2")
    assert "as shown" in driver.text


async def said(driver: DeskDriver, people: People) -> None:
    await session(driver, people)
    await driver.press("3")
    assert "WHERE IT HURTS" in driver.text


async def compared(driver: DeskDriver, people: People) -> None:
    await driver.press(*people["leading"].code, "space", *people["read-long-ago"].code, "equals_sign", "2")
    assert isinstance(driver.app.screen, CompareScreen)


async def many(driver: DeskDriver, people: People) -> None:
    await driver.press("ctrl+g")
    assert isinstance(driver.app.screen, ManyScreen)


MIDDLE, NARROW = (120, 40), (80, 24)
PICTURES = [
    *((size, "dark", step) for size in (MIDDLE, NARROW) for step in (sessions, emergency, compared, many)),
    (NARROW, "dark", fits),
    *((MIDDLE, "dark", step) for step in (session, said)),
    *((NARROW, theme, sessions) for theme in ("light", "high-contrast", "no-colour")),
    ((60, 20), "dark", sessions),
]


def name(picture: tuple[tuple[int, int], str, Step]) -> str:
    (columns, rows), theme, step = picture
    return f"{columns}x{rows}-{theme}-{step.__name__}"


@pytest.mark.parametrize("picture", PICTURES, ids=name)
def test_picture(
    picture: tuple[tuple[int, int], str, Step],
    folder: Path,
    people: People,
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size, theme, step = picture
    # The plugin makes this folder in the first process of pytest-xdist alone, and the others miss it.
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", ""))
    if theme == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    settings = Settings(sessions=folder, theme=None if theme == "no-colour" else theme)
    desk = Desk(settings)
    app = ReviewApp(settings, ListScreen(desk))

    async def before(pilot: Pilot[int]) -> None:
        driver = DeskDriver(app, pilot, desk)
        await driver.settle()
        await step(driver, people)
        await driver.settle()

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        desk.index.close()
