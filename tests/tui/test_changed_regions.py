"""Only what a change touches is drawn: the screen ends up as if all of it had been drawn anew."""

from __future__ import annotations

import random

import pytest
from textual.app import App
from textual.widget import Widget

from bodymap.tui.changed_cells import ChangedCells, cells_of

KEYS = (
    *("up", "down", "left", "right", "right", "down", "space", "7", "x", "t", "f", "z"),
    *("tab", "y", "n", "u", "enter", "escape", "1", "2", "3", "question_mark", "ctrl+z", "ctrl+y"),
)


def seen(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a person can tell apart: of an empty cell the ground alone."""
    return [(text, codes if text.strip() else codes.rpartition(";")[2]) for text, codes in cells]


def sent(app) -> list[list[tuple[str, str]]]:
    """What was sent to the terminal so far."""
    return [seen(app._shown._rows[row]) for row in range(app.size.height)]


def whole(app) -> list[list[tuple[str, str]]]:
    """What the screen looks like when all of it is drawn."""
    system = app.console._color_system
    return [seen(cells_of(strip, system)) for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_what_was_sent_is_what_is_there(open_explorer, monkeypatch, size: tuple[int, int]) -> None:
    def display(app: App[int], screen: object, update: object) -> None:
        """Write an update as a terminal would have it; without one Textual writes none."""
        if isinstance(update, ChangedCells):
            update.render_segments(app.console)

    monkeypatch.setattr(App, "_display", display)
    async with open_explorer(size=size) as driver:
        dice = random.Random(size[0])
        for _ in range(60):
            key = dice.choice(KEYS)
            await driver.press(key)
            assert sent(driver.app) == whole(driver.app), key


async def test_a_cursor_that_moves_has_its_map_and_the_line_of_words_drawn(
    open_explorer, monkeypatch
) -> None:
    async with open_explorer(size=(120, 40)) as driver:
        drawn: list[str] = []
        draw = Widget.render_lines

        def noted(widget: Widget, crop: object) -> object:
            drawn.append(type(widget).__name__)
            return draw(widget, crop)  # type: ignore[arg-type]

        await driver.press("down", "right")
        monkeypatch.setattr(Widget, "render_lines", noted)
        await driver.press("up")
        assert sorted(drawn) == ["MapCanvas", "PlaceLine"]
