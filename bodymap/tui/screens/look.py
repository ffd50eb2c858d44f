"""What stands there while the explorer is loaded: how it looked when it was last at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.tui.app import BodymapApp
    from bodymap.tui.first_look import Look


class LookScreen(Screen[None]):
    """A picture of the explorer. As soon as it is painted it gives way to the real one."""

    app: BodymapApp

    def __init__(self, look: Look, following: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self._look = look
        self._following = following

    def render_line(self, y: int) -> Strip:
        """Return a row of the look."""
        return self._look[y] if y < len(self._look) else Strip.blank(self.size.width, self.rich_style)

    def on_mount(self) -> None:
        """Paint first."""
        self.call_after_refresh(self._go_on)

    async def _go_on(self) -> None:
        try:
            await self.app.go_on_with(self._following())
        except Exception:
            self.app.given_up = True  # nothing follows on this picture
            raise
