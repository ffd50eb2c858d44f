"""The part of a screen that has to do with a map: where its cursor is, and moving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.reactive import reactive

from bodymap.knowledge.anatomy import Place
from bodymap.tui.commands.table import bindings_for
from bodymap.tui.messages import PlacePointed
from bodymap.tui.review.base import DeskScreen
from bodymap.tui.review.commands import PLACE, REVIEW
from bodymap.tui.widgets.lines import PlaceLine
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.map_steps import START, behind_on, step_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bodymap.tui.review.desk import Desk


class DeskMap(MapCanvas, inherit_bindings=False):
    """The explorer's map, to be read and not to be marked: `strengths` are what it shows, by place."""

    BINDINGS: ClassVar = bindings_for(PLACE, REVIEW)
    strengths: reactive[Mapping[Place, int]] = reactive({}, repaint=False)

    def on_mount(self) -> None:
        """Show other strengths when they come."""
        self.watch(self, "strengths", self._redraw, init=False)

    def marks_shown(self) -> Mapping[Place, int]:
        """Return what stands on the map."""
        return self.strengths


class MapScreen(DeskScreen):
    """A screen of the desk with one map or several that move together."""

    place: reactive[Place] = reactive(START, repaint=False)
    view: reactive[str] = reactive("back", repaint=False)
    close_up: reactive[bool | None] = reactive(None, repaint=False)
    lit_regions: reactive[tuple[frozenset[str], frozenset[str]]] = reactive(
        (frozenset(), frozenset()), repaint=False
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.anatomy, self.body = desk.figure()

    def new_map(self, strengths: Mapping[Place, int], kind: type[DeskMap] = DeskMap) -> DeskMap:
        """Return a map whose cursor is this screen's. To be called while composing: only then can it be bound."""
        canvas = kind(self.body)
        settings = self.desk.settings
        canvas.set_reactive(MapCanvas.ink, "ascii" if settings.ascii_only else settings.ink or "ascii")
        canvas.set_reactive(DeskMap.strengths, strengths)
        canvas.data_bind(MapScreen.place, MapScreen.view, MapScreen.close_up, lit=MapScreen.lit_regions)
        return canvas

    @property
    def canvas(self) -> MapCanvas | None:
        """The map that moves: the one with the keyboard, else the first that is shown."""
        if isinstance(self.focused, MapCanvas):
            return self.focused
        return next((canvas for canvas in self.query(MapCanvas) if canvas.display and canvas.sheet), None)

    def go_to(self, place: Place) -> None:
        """Put the cursor on a place, in the view where it is drawn."""
        self.view = self.anatomy.regions[place.region].view
        self.place = place

    def start_at(self, strengths: Mapping[Place, int]) -> None:
        """Put the cursor on the strongest place before anything is shown."""
        known = [place for place in strengths if place.region in self.anatomy.regions]
        if known:
            place = max(known, key=lambda place: strengths[place])
            self.set_reactive(MapScreen.place, place)
            self.set_reactive(MapScreen.view, self.anatomy.regions[place.region].view)

    def show_all_of(self, *maps: MapCanvas) -> None:
        """Show the whole body where the close-up would hide a place that is marked, unless somebody chose."""
        for canvas in maps:
            if self.close_up is None and canvas.sheet is not None and canvas.sheet.close_up:
                rows, columns = canvas.sheet.size[1] - 1, next(iter(canvas.sheet.grids.values()))[1].columns
                drawn = {
                    place
                    for view in ("back", "front")
                    for place in self.body.grid(view, columns, rows, "close-up").places
                }
                if not drawn.issuperset(
                    place for place in canvas.marks_shown() if place.region in self.anatomy.regions
                ):
                    self.close_up = False

    def watch_place(self) -> None:
        """Name the place at once."""
        if self.is_mounted:
            self.name_here()

    def name_here(self) -> None:
        """Write what is under the cursor into the bottom line."""
        self.query_one(PlaceLine).words = self.here_words()

    def here_words(self) -> str:
        """Return what is under the cursor, in words."""
        return self.anatomy.words(self.place)

    @on(PlacePointed)
    def point(self, message: PlacePointed) -> None:
        """A press on the map moves the cursor there."""
        self.go_to(message.place)

    def action_move(self, direction: str) -> None:
        """Move by anatomy."""
        canvas = self.canvas
        if canvas is not None and canvas.sheet is not None:
            self.go_to(step_on(canvas.sheet, self.view, self.place, direction))

    def action_turn(self) -> None:
        """Go to the other view."""
        canvas = self.canvas
        if canvas is not None and canvas.sheet is not None:
            self.go_to(behind_on(self.body, canvas.sheet, self.view, self.place))

    def action_zoom(self) -> None:
        """Between the whole body and the close-up."""
        canvas = self.canvas
        if canvas is not None and canvas.sheet is not None:
            self.close_up = not canvas.sheet.close_up
