"""The body in the kiosk: the explorer's map, which here leaves keys and presses to the screen around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.map_sheet import Headings

if TYPE_CHECKING:
    from textual import events

    from bodymap.knowledge.anatomy import Place


_FINGER = (3, 1)
"""Columns and rows that a finger covers to each side of its middle."""
_AROUND = sorted(
    ((aside, below) for aside in range(-12, 13) for below in range(-5, 6)),
    key=lambda cell: cell[0] ** 2 + (2 * cell[1]) ** 2,
)
"""Cells around another, the nearest first, as columns and rows from there. A row is as high as two columns are wide."""


class KioskMap(MapCanvas, can_focus=False, inherit_bindings=False):
    """The map without keys of its own."""

    DEFAULT_CSS = "KioskMap { layer: body; position: absolute; display: none; }"
    ALLOW_SELECT = False
    keyboard_here = True
    """Whether arrow keys move the cursor now."""

    @property
    def held(self) -> bool:
        """Whether the keyboard moves the cursor: it then looks so."""
        return self.keyboard_here

    def hold(self, here: bool) -> None:
        """Take note of whether arrow keys move the cursor."""
        if here != self.keyboard_here:
            self.keyboard_here = here
            self._styles_now = {}
            self.refresh()

    def speak(self, language: str) -> None:
        """Write the words above the views in another language."""
        _ = translator(language).gettext
        self.headings = Headings(
            back=_("BACK"),
            front=_("FRONT"),
            your_left=_("your left"),
            your_right=_("your right"),
            left=_("left"),
            right=_("right"),
        )
        self._redraw()

    def pointed(self, column: int, row: int) -> tuple[Place, ...]:
        """Return the places around a cell of the screen, the nearest first; none where a finger there touches none."""
        if not (self.sheet and self.display):
            return ()
        origin = self.content_region.offset
        found: dict[Place, None] = {}
        for aside, below in _AROUND:
            if not found and (abs(aside) > _FINGER[0] or abs(below) > _FINGER[1]):
                continue
            place = self.sheet.place_at(column - origin.x + aside, row - origin.y + below)
            if place is not None:
                found[place] = None
        return tuple(found)

    def on_click(self, event: events.Click) -> None:
        """Leave it to the screen, which heard of the press already."""
        event.prevent_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()
