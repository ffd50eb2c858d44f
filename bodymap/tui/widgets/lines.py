"""One-line parts of a screen: the head line, the tabs of a narrow screen, and the place under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from bodymap.common.text import clean
from bodymap.tui.safe import Pressable, pressable, shown

if TYPE_CHECKING:
    from textual.content import Content

PANES = (("map", "Where"), ("questions", "What changes it"), ("causes", "What fits"))


class HeadLine(Static):
    """The top line: what this is, what leads, whether it is saved."""

    DEFAULT_CSS = """
    HeadLine { height: 1; padding: 0 1; background: $panel; color: $quiet; }
    """
    title: reactive[str] = reactive("")
    leading: reactive[str] = reactive("")
    saved: reactive[str] = reactive("")

    def render(self) -> Content:
        """Return the line: title left, the leading cause after it, the state of the file right."""
        room = max(0, self.size.width - 2)
        right = self.saved
        left = f"bodymap · {self.title}" if self.title else "bodymap"
        if self.leading and len(left) + len(self.leading) + len(right) + 8 > room:
            left = "bodymap"
        middle = self.leading
        space = room - len(left) - len(right) - len(middle)
        if space < 4 and middle:
            middle = middle[: max(0, len(middle) + space - 5)].rstrip() + "…"
            space = room - len(left) - len(right) - len(middle)
        gap = "   " if middle else ""
        return shown(
            (left, "bold $foreground"),
            gap,
            (middle, "$cause"),
            " " * max(1, space - len(gap)),
            (right, "$quiet"),
        )


class TabLine(Pressable):
    """The three panes as tabs, where only one of them fits."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    TabLine { height: 1; padding: 0 1; display: none; }
    .-narrow TabLine { display: block; }
    """
    pane: reactive[str] = reactive("map")
    notes: reactive[tuple[str, str, str]] = reactive(("", "", ""))

    def render(self) -> Content:
        """Return the tabs, the open one reversed."""
        parts = []
        for number, ((name, title), note) in enumerate(zip(PANES, self.notes, strict=True)):
            label = f" {number + 1} {title}{f' · {note}' if note else ''} "
            style = "bold reverse" if name == self.pane else "$quiet"
            parts += [pressable(label, f"screen.go('{name}')", style), shown(" ")]
        return shown(*parts)


class PlaceLine(Widget):
    """Always names what is under the cursor, in words.

    Drawn by hand because it changes with every step of the cursor: one style, and only as far as the words reach.
    """

    DEFAULT_CSS = "PlaceLine { height: 1; color: $foreground; text-style: bold; }"
    words: reactive[str] = reactive("", repaint=False)

    def watch_words(self, old: str, new: str) -> None:
        """Refresh from the first column to the end of the longer words."""
        self.refresh(Region(0, 0, min(self.size.width, 1 + max(cell_len(old), cell_len(new))), 1))

    def render_line(self, y: int) -> Strip:
        """Return the words, one column in."""
        text = set_cell_size(f" {clean(self.words)}", self.size.width)
        return Strip([Segment(text, self.rich_style)], self.size.width)
