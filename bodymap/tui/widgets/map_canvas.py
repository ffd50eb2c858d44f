"""The body on the screen: keys move a cursor by anatomy, the mouse points, and only changed cells are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from bodymap.engine.findings import Findings
from bodymap.figure import Body, Role
from bodymap.knowledge.anatomy import Place
from bodymap.tui.commands.table import MAP, bindings_for
from bodymap.tui.messages import PlacePointed, PlaceTurned
from bodymap.tui.widgets.map_sheet import HEADING, Headings, MapState, Sheet, draw_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

_CURSOR = int(Role.CURSOR)
BLANK = 101
"""Role code of a cell that shows nothing but its ground."""
_INKS: dict[int, tuple[str, bool]] = {
    Role.SPACE: ("foreground", False),
    Role.OUTLINE: ("outline", False),
    Role.BORDER: ("faint", False),
    Role.BODY: ("faint", False),
    Role.USUAL: ("cause", True),
    Role.POSSIBLE: ("cause", False),
    Role.MARK_LOW: ("mine", False),
    Role.MARK_MID: ("mine", False),
    Role.MARK_HIGH: ("mine", True),
    Role.MARK_NONE: ("success", False),
    Role.CURSOR: ("cursor", False),
    HEADING: ("quiet", False),
}
"""For each role the colour of the theme and whether it is bold. No component classes: to match styles to a dozen of
them costs as much of the first frame as to draw the body."""


class MapCanvas(Widget, can_focus=True):
    """The map. Reactives: `findings`, `place` under the cursor, `lit` regions (usual, possible), `close_up`, `ink`."""

    DEFAULT_CSS = "MapCanvas { height: 1fr; overflow: hidden; }"
    BINDINGS = bindings_for(MAP)

    findings: reactive[Findings] = reactive(Findings(), layout=False, repaint=False)
    place: reactive[Place] = reactive(Place("lumbar-spine", "midline"), repaint=False)
    view: reactive[str] = reactive("back", repaint=False)
    lit: reactive[tuple[frozenset[str], frozenset[str]]] = reactive((frozenset(), frozenset()), repaint=False)
    close_up: reactive[bool | None] = reactive(None, repaint=False)
    ink: reactive[str] = reactive("ascii", repaint=False)
    headings = Headings()

    def __init__(self, body: Body, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._body = body
        self._styles_now: dict[int, Style] = {}
        self.sheet: Sheet | None = None

    def on_resize(self) -> None:
        """Draw anew at the new size; nothing else changes."""
        if self.sheet is None or self.sheet.size != (self.size.width, self.size.height):
            self.sheet = None
            self._redraw()

    def render_line(self, y: int) -> Strip:
        """Return one row of the map."""
        if self.sheet is None:
            self.sheet = self._draw()
        if y >= len(self.sheet.rows):
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(self._segments(self.sheet.rows[y], self.sheet.roles[y]), len(self.sheet.rows[y]))

    def _segments(self, text: str, roles: bytes) -> list[Segment]:
        """Return a row in as few pieces as look the same.

        A blank shows only its ground, so it joins the piece before or after it: every change of style costs some
        twenty bytes on the line.
        """
        segments: list[Segment] = []
        start, now = 0, BLANK
        for column, character in enumerate(text):
            role = roles[column]
            if role == now or (character == " " and role != _CURSOR and now != _CURSOR):
                continue
            if character == " " and role != _CURSOR:
                role = BLANK
            elif now == BLANK and role != _CURSOR:
                now = role
                continue
            if column > start:
                segments.append(Segment(text[start:column], self._style(now)))
            start, now = column, role
        segments.append(Segment(text[start:], self._style(now)))
        return segments

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        self._styles_now = {}
        super().notify_style_update()

    def watch_has_focus(self, focus: bool) -> None:
        """The cursor looks different with and without the keyboard; nothing else does."""
        super().watch_has_focus(focus)
        self._styles_now = {}
        if self.sheet is not None:
            rows = [number for number, roles in enumerate(self.sheet.roles) if _CURSOR in roles]
            if rows:
                self.refresh(Region(0, rows[0], self.size.width, rows[-1] - rows[0] + 1))

    def on_mount(self) -> None:
        """Every part of the state leads to the same redraw."""
        for name in ("findings", "place", "view", "lit", "close_up", "ink"):
            self.watch(self, name, self._redraw, init=False)

    def _redraw(self) -> None:
        """Draw the sheet and refresh only the cells that differ from what is shown."""
        if not self.size or not self.is_attached:
            self.sheet = None  # hidden or not there yet: what is drawn next must be new
            return
        old, self.sheet = self.sheet, self._draw()
        if old is None or old.size != self.sheet.size:
            self.refresh()
        elif changed := self.sheet.changed(old):  # without a region, refresh() would send everything
            self.refresh(*(Region(start, row, end - start, 1) for row, start, end in changed))

    def marks_shown(self) -> Mapping[Place, int]:
        """Return the intensities that stand on the map, by place."""
        return {Place(*mark.place): mark.intensity for mark in self.findings.marks}

    def _draw(self) -> Sheet:
        state = MapState(
            place=self.place,
            marks=self.marks_shown(),
            usual=self.lit[0],
            possible=self.lit[1],
            close_up=self.close_up,
            view=self.view,
            headings=self.headings,
        )
        return draw_sheet(self._body, self.size.width, self.size.height, self.ink, state)

    @property
    def held(self) -> bool:
        """Whether the keyboard moves the cursor: it then looks so."""
        return self.has_focus

    def _style(self, role: int) -> Style:
        style = self._styles_now.get(role)
        if style is None:
            ground = self.rich_style.bgcolor
            if role == BLANK:
                style = Style(bgcolor=ground)
            else:
                name, bold = _INKS[role]
                colours = self.app.theme_variables
                ink = Color.parse(colours[name]).rich_color
                if role == _CURSOR and self.held:
                    ink, ground = Color.parse(colours["background"]).rich_color, ink
                style = Style(color=ink, bgcolor=ground, bold=bold or None)
            self._styles_now[role] = style
        return style

    def _pointed(self, event: events.MouseEvent) -> Place | None:
        offset = event.screen_offset - self.content_region.offset
        return self.sheet.place_at(offset.x, offset.y) if self.sheet else None

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which place was pressed."""
        place = self._pointed(event)
        if place is not None:
            self.post_message(PlacePointed(place))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Tell the screen that the wheel turned up over a place."""
        self._turned(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Tell the screen that the wheel turned down over a place."""
        self._turned(event, -1)

    def _turned(self, event: events.MouseEvent, step: int) -> None:
        place = self._pointed(event)
        if place is not None:
            event.stop()
            self.post_message(PlaceTurned(place, step))
