"""The panes of a screen as tabs; the open one is reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from bodymap.tui.safe import Pressable, pressable, shown

if TYPE_CHECKING:
    from textual.content import Content


class DeskTabs(Pressable):
    """Tabs with literal titles; `tabs` are (number, title), `pane` is the number of the open one."""

    DEFAULT_CSS = "DeskTabs { height: 1; padding: 0 1; }"
    tabs: reactive[tuple[tuple[int, str], ...]] = reactive(())
    pane: reactive[int] = reactive(1)

    def render(self) -> Content:
        """Return the tabs."""
        parts: list[Content] = []
        for number, title in self.tabs:
            style = "bold reverse" if number == self.pane else "$quiet"
            parts += [pressable(f" {number} {title} ", f"screen.pane({number})", style), shown(" ")]
        return shown(*parts)
