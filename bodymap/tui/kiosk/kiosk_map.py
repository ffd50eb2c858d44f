"""The body in the kiosk: the explorer's map, which here leaves keys and presses to the screen around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.map_sheet import Headings

if TYPE_CHECKING:
    from textual import events

    from bodymap.knowledge.anatomy import Place


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
        """Return the place drawn at a cell of the screen, None beside the body."""
        origin = self.content_region.offset
        return self.sheet.place_at(column - origin.x, row - origin.y) if self.sheet and self.display else None

    def on_click(self, event: events.Click) -> None:
        """Leave it to the screen, which heard of the press already."""
        event.prevent_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Do nothing: strength is asked for by itself."""
        event.prevent_default()
