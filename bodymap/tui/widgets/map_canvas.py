"""The body on the screen: keys move a cursor by anatomy, the mouse points, and only changed cells are sent.

The canvas is cut into narrow upright tiles. Textual's partial update re-sends a changed row from the left edge of the
widget it lies in, so a change in the middle of a wide widget costs the whole left half; in a tile it costs a few cells.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from bodymap.engine.findings import Findings
from bodymap.figure import Body, Role
from bodymap.knowledge.anatomy import Place
from bodymap.tui.commands.table import MAP, bindings_for
from bodymap.tui.messages import PlacePointed, PlaceTurned
from bodymap.tui.widgets.map_sheet import HEADING, MapState, Sheet, draw_sheet

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

TILE = 8
_COMPONENTS = {
    Role.SPACE: "space",
    Role.OUTLINE: "outline",
    Role.BORDER: "border",
    Role.BODY: "body",
    Role.USUAL: "usual",
    Role.POSSIBLE: "possible",
    Role.MARK_LOW: "mark-low",
    Role.MARK_MID: "mark-mid",
    Role.MARK_HIGH: "mark-high",
    Role.MARK_NONE: "mark-none",
    Role.CURSOR: "cursor",
    HEADING: "heading",
}


class MapTile(Widget):
    """An upright slice of the map."""

    DEFAULT_CSS = f"MapTile {{ width: {TILE}; height: 100%; }}"

    def __init__(self, canvas: MapCanvas, start: int) -> None:
        super().__init__()
        self._canvas = canvas
        self._start = start

    def render_line(self, y: int) -> Strip:
        """Return one row of this slice."""
        return self._canvas.strip(y, self._start, self._start + self.size.width)


class MapCanvas(Widget, can_focus=True):
    """The map. Reactives: `findings`, `place` under the cursor, `lit` regions (usual, possible), `close_up`, `ink`."""

    DEFAULT_CSS = """
    MapCanvas {
        layout: horizontal;
        height: 1fr;
        overflow: hidden;
        & > .map--outline { color: $outline; }
        & > .map--border { color: $faint; }
        & > .map--body { color: $faint; }
        & > .map--usual { color: $cause; text-style: bold; }
        & > .map--possible { color: $cause; }
        & > .map--mark-low { color: $mine; }
        & > .map--mark-mid { color: $mine; }
        & > .map--mark-high { color: $mine; text-style: bold; }
        & > .map--mark-none { color: $success; }
        & > .map--cursor { color: $cursor; text-style: bold; }
        & > .map--heading { color: $quiet; }
        &:focus > .map--cursor { color: $background; background: $cursor; }
        &:nocolor:focus > .map--cursor { text-style: reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"map--{name}" for name in _COMPONENTS.values()}
    BINDINGS = bindings_for(MAP)

    findings: reactive[Findings] = reactive(Findings(), layout=False, repaint=False)
    place: reactive[Place] = reactive(Place("lumbar-spine", "midline"), repaint=False)
    view: reactive[str] = reactive("back", repaint=False)
    lit: reactive[tuple[frozenset[str], frozenset[str]]] = reactive((frozenset(), frozenset()), repaint=False)
    close_up: reactive[bool | None] = reactive(None, repaint=False)
    ink: reactive[str] = reactive("ascii", repaint=False)

    def __init__(self, body: Body, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._body = body
        self._styles_now: dict[int, Style] = {}
        self.sheet: Sheet | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew at the new size; nothing else changes. Tiles wait until the first frame is out."""
        self.sheet = None
        self._redraw()
        if len(self.children) * TILE < event.size.width:
            self.call_after_refresh(self._add_tiles)

    def _add_tiles(self) -> None:
        have, width = len(self.children) * TILE, self.size.width
        if have < width:
            self.mount(*(MapTile(self, start) for start in range(have, width, TILE)))

    def render_line(self, y: int) -> Strip:
        """Return a whole row: what the first frame shows before there are tiles."""
        return self.strip(y, 0, self.size.width)

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        self._styles_now = {}
        super().notify_style_update()
        for tile in self.children:
            tile.refresh()

    def watch_has_focus(self, focus: bool) -> None:
        """The cursor looks different with and without the keyboard."""
        super().watch_has_focus(focus)
        self.notify_style_update()

    def on_mount(self) -> None:
        """Every part of the state leads to the same redraw."""
        for name in ("findings", "place", "view", "lit", "close_up", "ink"):
            self.watch(self, name, self._redraw, init=False)

    def _redraw(self) -> None:
        """Draw the sheet and refresh only the cells that differ from what is shown."""
        if not self.size or not self.is_attached:
            return
        old, self.sheet = self.sheet, self._draw()
        if old is None or len(old.rows) != len(self.sheet.rows) or not self.children:
            self.refresh()
            for tile in self.children:
                tile.refresh()
            return
        tiles = self.children
        for row, start, end in self.sheet.changed(old):
            for number in range(start // TILE, min((end - 1) // TILE + 1, len(tiles))):
                left = max(start - number * TILE, 0)
                right = min(end - number * TILE, TILE)
                tiles[number].refresh(Region(left, row, right - left, 1))

    def _draw(self) -> Sheet:
        state = MapState(
            place=self.place,
            marks={Place(*mark.place): mark.intensity for mark in self.findings.marks},
            usual=self.lit[0],
            possible=self.lit[1],
            close_up=self.close_up,
            view=self.view,
        )
        return draw_sheet(self._body, self.size.width, self.size.height, self.ink, state)

    def strip(self, row: int, start: int, end: int) -> Strip:
        """Return the cells of one row from column `start` to before `end`, padded with blanks."""
        if self.sheet is None:
            self.sheet = self._draw()
        sheet = self.sheet
        if row >= len(sheet.rows):
            return Strip.blank(end - start, self.rich_style)
        text, roles = sheet.rows[row], sheet.roles[row]
        segments: list[Segment] = []
        column = start
        for role, run in groupby(roles[start:end]):
            length = len(list(run))
            segments.append(Segment(text[column : column + length], self._style(role)))
            column += length
        if column < end:
            segments.append(Segment(" " * (end - column), self._style(Role.SPACE)))
        return Strip(segments, end - start)

    def _style(self, role: int) -> Style:
        style = self._styles_now.get(role)
        if style is None:
            style = self.rich_style + self.get_component_rich_style(
                f"map--{_COMPONENTS[Role(role) if role != HEADING else role]}"
            )
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
