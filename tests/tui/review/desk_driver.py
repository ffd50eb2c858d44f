"""A clinician at a desk without a terminal: presses, clicks, and reads what stands on the screen."""

from __future__ import annotations

from textual.pilot import Pilot

from bodymap.desk.rows import Row
from bodymap.tui.review.desk import Desk
from bodymap.tui.review.list_screen import ListScreen
from bodymap.tui.review.review_app import ReviewApp
from bodymap.tui.review.session_lines import SessionLines


class DeskDriver:
    """Wraps a running desk. Every step ends when all messages and all work behind the screen are done."""

    def __init__(self, app: ReviewApp, pilot: Pilot[int], desk: Desk) -> None:
        self.app = app
        self.pilot = pilot
        self.desk = desk

    async def settle(self) -> None:
        for _ in range(2):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*({" ": "space", ":": "colon", "-": "minus", "/": "slash"}.get(c, c) for c in text))

    async def click_at(self, column: int, row: int) -> None:
        assert await self.pilot.click(offset=(column, row))
        await self.settle()

    async def click_text(self, text: str) -> None:
        column, row = self.find(text)
        await self.click_at(column + len(text) // 2, row)

    @property
    def list(self) -> ListScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ListScreen)
        return screen

    @property
    def lines(self) -> SessionLines:
        return self.list.lines

    @property
    def current(self) -> Row:
        row = self.lines.current
        assert row is not None
        return row

    @property
    def notices(self) -> list[str]:
        return [str(notification.message) for notification in self.app._notifications]

    def rows(self) -> list[str]:
        """Return the screen as text, row by row, as the compositor would send it."""
        width = self.app.size.width
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).ljust(width) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows())

    def find(self, text: str) -> tuple[int, int]:
        """Return (column, row) of `text` on the screen."""
        for number, row in enumerate(self.rows()):
            if text in row:
                return row.index(text), number
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")
