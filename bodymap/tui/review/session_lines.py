"""The list itself: only what the window shows is asked for and drawn, so that 100,000 sessions scroll like 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bodymap.tui.commands.table import bindings_for
from bodymap.tui.review import list_layout as layout
from bodymap.tui.review.commands import LIST, REVIEW
from bodymap.tui.review.messages import RowChosen, TypedAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from textual import events

    from bodymap.desk.rows import Row

    _Line = tuple[Row | None, str, bool]

_STEPS = ("up", "down", "pageup", "pagedown", "home", "end")
_BLOCK = 32
"""Rows that are asked for at a time."""
_INKS = {
    layout.PLAIN: ("foreground", False),
    layout.QUIET: ("quiet", False),
    layout.MINE: ("mine", True),
    layout.CAUSE: ("foreground", False),
    layout.ALARM: ("alarm", False),
    layout.URGENT: ("alarm-text", True),
}


class SessionLines(ScrollView, can_focus=True):
    """One line for each session. `cursor` is the number of the row under the cursor; rows come from `source`."""

    DEFAULT_CSS = """
    SessionLines { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    """
    BINDINGS: ClassVar = [
        *bindings_for(LIST, REVIEW),
        *(Binding(key, f"step('{key}')", show=False) for key in _STEPS),
    ]
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0, repaint=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Without `layout`, which would lay the whole screen out anew at every letter of a filter: the bar is always there,
    so nothing moves."""

    def __init__(self, source: Callable[[int, int], Sequence[Row]], pointed: Callable[[], None]) -> None:
        """`source` returns the rows from a number on, at most so many; `pointed` is called when another row, or
        another session in it, has come under the cursor: at once, so that the words for it are in the same frame.
        """
        super().__init__(id="sessions")
        self._source = source
        self._pointed = pointed
        self._blocks: dict[int, Sequence[Row]] = {}
        self._styles_now: dict[tuple[str, bool], Style] = {}
        self._painted: dict[int, _Line] = {}
        """What was painted last, by line of the window: a letter of a filter often leaves what is in view as it is."""
        self.count = 0
        self.filtering = False
        """Whether a filter is being written: from its key on, before it has the keyboard."""
        self.picks: Mapping[Path, str] = {}
        self.today = layout.today()

    # ----- what is shown

    def show(self, count: int, cursor: int, top: int | None = None) -> None:
        """Show `count` rows anew, with the cursor on a row and the row `top` uppermost where one is given."""
        self._blocks = {}
        today, self.today = self.today, layout.today()
        self.count = count
        self._measure()
        self.set_reactive(SessionLines.cursor, max(0, min(cursor, count - 1)))
        if top is not None:
            self.scroll_to(y=max(0, min(top, count - self.size.height)), animate=False)
        self._keep_in_view()
        changed = [line for line in range(self.size.height) if self._painted.get(line) != self._at(line)]
        if today != self.today or 2 * len(changed) > self.size.height or not self.size:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, line, self.size.width, 1) for line in changed))
        self._pointed()

    def _at(self, line: int) -> _Line:
        """Return the row on a line of the window, the letter it is picked by, and whether the cursor is on it."""
        number = self.top + line
        row = self.row(number)
        return row, self.picks.get(row.path, "") if row is not None else "", number == self.cursor

    def row(self, number: int) -> Row | None:
        """Return a row, None where there is none."""
        if not 0 <= number < self.count:
            return None
        start = number - number % _BLOCK
        block = self._blocks.get(start)
        if block is None:
            if len(self._blocks) > 8:
                self._blocks.clear()
            block = self._blocks[start] = self._source(start, _BLOCK)
        return block[number - start] if number - start < len(block) else None

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    @property
    def top(self) -> int:
        """The number of the uppermost row that is shown."""
        return self.scroll_offset.y

    @property
    def columns(self) -> layout.Columns:
        """The columns at this width; before the first layout, at the one it will have."""
        return layout.columns_for(self.scrollable_content_region.width or self.app.size.width - 1)

    def render_line(self, y: int) -> Strip:
        """Return one line of the window."""
        width = self.scrollable_content_region.width
        row, pick, here = self._painted[y] = self._at(y)
        if row is None:
            return Strip.blank(width, self._style(layout.PLAIN, here=False))
        parts = layout.line_parts(row, layout.columns_for(width), width, self.today, pick)
        return Strip([Segment(text, self._style(kind, here)) for text, kind in parts], width).crop(0, width)

    def _style(self, kind: str, here: bool) -> Style:
        style = self._styles_now.get((kind, here))
        if style is None:
            colours = self.app.theme_variables
            ink, bold = _INKS[kind]
            ground = self.rich_style.bgcolor
            if kind == layout.URGENT:
                ground = Color.parse(colours["alarm-ground"]).rich_color
            elif here:
                blurred = "" if self.has_focus else "blurred-"
                ground = Color.parse(colours[f"block-cursor-{blurred}background"]).rich_color
            style = Style(
                color=Color.parse(colours[ink]).rich_color,
                bgcolor=ground,
                bold=bold or here or None,
                underline=(here and kind == layout.URGENT) or None,
            )
            self._styles_now[kind, here] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        self._styles_now = {}
        super().notify_style_update()

    def watch_has_focus(self, focus: bool) -> None:
        """The cursor looks different with and without the keyboard."""
        super().watch_has_focus(focus)
        self._styles_now = {}
        self._repaint(self.cursor)

    def on_resize(self) -> None:
        """Keep the cursor in the window."""
        self._measure()
        self._keep_in_view()

    def _measure(self) -> None:
        """Tell the bar how many rows there are; where all are seen it says nothing."""
        size = Size(self.size.width, max(self.count, self.size.height))
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)

    # ----- the cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines that changed, and say where the cursor is."""
        if not self.is_mounted:
            return
        self._repaint(old)
        self._repaint(new)
        self._keep_in_view()
        self._pointed()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.count - 1))

    def _repaint(self, number: int) -> None:
        line = number - self.scroll_offset.y
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def _keep_in_view(self) -> None:
        height = self.size.height
        if height <= 0:
            return
        if self.cursor < self.top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= self.top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    async def on_key(self, event: events.Key) -> None:
        """What is typed behind the key of the filter is for the filter, even before it is open."""
        if self.filtering and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self.post_message(TypedAhead(event.character))
            return
        if event.key == "slash":
            self.filtering = True

    def action_step(self, key: str) -> None:
        """Move the cursor: by a binding like all keys, so that keys that come together are done in their order."""
        page = max(1, self.size.height - 1)
        steps = {
            "up": -1,
            "down": 1,
            "pageup": -page,
            "pagedown": page,
            "home": -self.count,
            "end": self.count,
        }
        self.cursor += steps[key]

    def on_click(self, event: events.Click) -> None:
        """One press points at a session, a second opens it."""
        number = self.top + event.screen_offset.y - self.region.y
        if number >= self.count:
            return
        if number == self.cursor:
            self.post_message(RowChosen())
        else:
            self.cursor = number
