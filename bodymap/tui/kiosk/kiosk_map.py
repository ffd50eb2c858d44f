"""The body in the kiosk: the explorer's map, which here leaves keys and presses to the screen around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.map_sheet import Headings

if TYPE_CHECKING:
    from textual import events

    from bodymap.knowledge.anatomy import Place


_UNDER_A_FINGER = sorted(
    ((aside, below) for aside in range(-3, 4) for below in (-1, 0, 1)),
    key=lambda cell: cell[0] ** 2 + (2 * cell[1]) ** 2,
)
"""The cells that a finger covers, the one in its middle first, as columns and rows from there. A row is two columns."""


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

    def pointed(self, column: int, row: int) -> Place | None:
        """Return the place drawn at a cell of the screen, else the nearest under a finger there; None where none is."""
        if not (self.sheet and self.display):
            return None
        origin = self.content_region.offset
        for aside, below in _UNDER_A_FINGER:
            place = self.sheet.place_at(column - origin.x + aside, row - origin.y + below)
            if place is not None:
                return place
        return None

    def on_click(self, event: events.Click) -> None:
        """Leave it to the screen, which heard of the press already."""
        event.prevent_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()
