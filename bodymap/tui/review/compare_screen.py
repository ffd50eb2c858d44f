"""Two sessions: maps side by side, one map of the difference, and everything that is not alike, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.common.trouble import Trouble
from bodymap.desk.comparing import Comparison, compare
from bodymap.knowledge.anatomy import Place
from bodymap.report.comparing import between_words, place_line
from bodymap.sessions.reader import read_session
from bodymap.tui.commands.table import EVERYWHERE, bindings_for
from bodymap.tui.review.base import DeskHead, DeskKeys
from bodymap.tui.review.commands import COMPARE, PLACE, REVIEW
from bodymap.tui.review.compare_texts import (
    KINDS,
    alarm_rows,
    answer_rows,
    joined,
    overlap_rows,
    place_rows,
    ranking_rows,
)
from bodymap.tui.review.difference_map import SIGNS, DifferenceMap
from bodymap.tui.review.messages import Compared
from bodymap.tui.review.on_map import DeskMap, MapScreen
from bodymap.tui.review.session_texts import day_and_time
from bodymap.tui.review.tabs import DeskTabs
from bodymap.tui.safe import shown
from bodymap.tui.widgets.lines import PlaceLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from bodymap.desk.rows import Row
    from bodymap.tui.review.desk import Desk

MAPS, DIFFERENCE, CHANGES = 1, 2, 3
_TITLES = ((MAPS, "Side by side"), (DIFFERENCE, "Difference"), (CHANGES, "What is not alike"))


class CompareScreen(MapScreen):
    """Two sessions, the older one first until they are swapped."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    CompareScreen #maps, CompareScreen #difference { height: 1fr; }
    CompareScreen #maps > Vertical { width: 1fr; }
    CompareScreen #maps > #second { border-left: solid $faint; }
    CompareScreen .title { height: 1; padding: 0 1; text-style: bold; }
    CompareScreen #changes { height: 16; border-top: solid $faint; }
    CompareScreen.-narrow #changes { height: 1fr; border-top: none; }
    CompareScreen VerticalScroll { width: 1fr; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    CompareScreen #right { border-left: solid $faint; }
    CompareScreen.-narrow #right { display: none; }
    """
    BINDINGS: ClassVar = bindings_for(COMPARE, REVIEW)
    HERE: ClassVar = (COMPARE, PLACE, EVERYWHERE)

    pane: reactive[int] = reactive(MAPS, repaint=False, init=False)
    _drawn = MAPS

    def __init__(self, desk: Desk, one: Row, other: Row) -> None:
        super().__init__(desk)
        first, second = sorted((one, other), key=lambda row: row.started)
        self._pair = (first, second)
        self.comparison: Comparison | None = None
        self.start_at(
            {Place(region, side): strength for region, side, strength in (*second.marks, *first.marks)}
        )

    def compose(self) -> ComposeResult:
        """Head, tabs, maps, changes, the line in words, the keys."""
        self.take_size(self.app.size)
        self.maps = tuple(self.new_map(_strengths(row)) for row in self._pair)
        difference = self.new_map({}, DifferenceMap)
        assert isinstance(difference, DifferenceMap)
        self.difference = difference
        yield DeskHead()
        yield DeskTabs()
        with Horizontal(id="maps"):
            for name, canvas in zip(("first", "second"), self.maps, strict=True):
                with Vertical(id=name):
                    yield Static(classes="title", markup=False)
                    yield canvas
        with Vertical(id="difference"):
            legend = "   ".join(f"{SIGNS[kind][0]} {words}" for kind, words in KINDS.items())
            yield Static(shown(legend), classes="title", markup=False)
            yield self.difference
        with Horizontal(id="changes"):
            for name in ("left", "right"):
                with VerticalScroll(id=name):
                    yield Static(classes="text", markup=False)
        yield PlaceLine()
        keys = DeskKeys()
        keys.set_reactive(DeskKeys.also, COMPARE)
        yield keys

    def on_mount(self) -> None:
        """Show the maps that the list knows; read both files behind that."""
        self.show_panes()
        self._show_titles()
        self.name_here()
        self.read()

    @work(thread=True, exclusive=True, group="session")
    def read(self) -> None:
        """Read and compare away from the screen."""
        first, second = self._pair
        try:
            found = compare(read_session(first.path), read_session(second.path))
        except Trouble as trouble:
            self.post_message(Compared(None, str(trouble)))
            return
        for row in self._pair:
            self.desk.log("opened", row.id)
        self.post_message(Compared(found))

    @on(Compared)
    def take_compared(self, message: Compared) -> None:
        """Fill maps and panes."""
        self.comparison = message.comparison
        if message.comparison is None:
            self.tell(message.fault, wrong=True)
            return
        self._fill()

    def _fill(self) -> None:
        found = self.comparison
        if found is None:
            return
        pack = self.desk.knowledge.pack if self.desk.knowledge else None
        for canvas, session in zip(self.maps, (found.first, found.second), strict=True):
            canvas.strengths = {Place(*mark.place): mark.intensity for mark in session.findings.marks}
        self.call_after_refresh(self.show_all_of, *self.maps)
        self.difference.kinds = {pair.place: pair.kind for pair in found.places}
        width = max(40, self.query_one("#left").scrollable_content_region.width - 1)
        overlap, places = overlap_rows(found), place_rows(found, self.anatomy, pack)
        alarms, answers, causes = (
            alarm_rows(found, pack),
            answer_rows(found, pack),
            ranking_rows(found, width),
        )
        narrow = self.has_class("-narrow")
        left = joined(alarms, overlap, places, causes, answers) if narrow else joined(alarms, overlap, places)
        self.query_one("#left .text", Static).update(left)
        self.query_one("#right .text", Static).update(joined(causes, answers))
        self._show_titles()
        self.name_here()

    def _show_titles(self) -> None:
        head = self.query_one(DeskHead)
        first, second = self._pair
        head.title = f"{first.code} and {second.code}"
        head.leading = between_words(self.comparison).rstrip(".") if self.comparison else ""
        head.saved = "as they were recorded"
        for letter, row, title in zip(
            ("first", "second"), self._pair, self.query("#maps .title"), strict=True
        ):
            assert isinstance(title, Static)
            title.update(shown((f"{letter}  {row.code}", "bold $mine"), f"  {day_and_time(row.started)}"))

    def here_words(self) -> str:
        """Return the place under the cursor with what it is in both."""
        found = self.comparison
        pair = next((pair for pair in found.places if pair.place == self.place), None) if found else None
        return place_line(pair, self.anatomy) if pair else self.anatomy.words(self.place)

    # ----- panes

    def show_panes(self) -> None:
        """Show the open pane; on a wide screen what is not alike stands below the map."""
        narrow = self.has_class("-narrow")
        if self.pane != CHANGES:
            self._drawn = self.pane
        for number, id in ((MAPS, "maps"), (DIFFERENCE, "difference")):
            self.query_one(f"#{id}").display = self._drawn == number and not (narrow and self.pane == CHANGES)
        self.query_one("#changes").display = not narrow or self.pane == CHANGES
        tabs = self.query_one(DeskTabs)
        tabs.tabs, tabs.pane = _TITLES, self.pane
        self.query_one(DeskKeys).pane = COMPARE if self.pane == CHANGES else PLACE
        here = {MAPS: self.maps[0], DIFFERENCE: self.difference, CHANGES: self.query_one("#left")}[self.pane]
        if self.focused is not self.maps[1] or self.pane != MAPS:
            self.set_focus(here, scroll_visible=False)

    def watch_pane(self) -> None:
        """Show another pane."""
        self.show_panes()

    async def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size."""
        await super().on_resize(event)
        self.show_panes()
        self.call_after_refresh(self._fill)

    def on_descendant_focus(self) -> None:
        """The pane that has the keyboard is the open one."""
        focused = self.focused
        if isinstance(focused, DeskMap):
            self.pane = DIFFERENCE if focused is self.difference else MAPS
        elif isinstance(focused, VerticalScroll):
            self.pane = CHANGES

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self.pane = number

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.pane = self.pane % 3 + 1

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.pane = (self.pane - 2) % 3 + 1

    def action_swap(self) -> None:
        """Change the two sessions' places."""
        self._pair = (self._pair[1], self._pair[0])
        if self.comparison is not None:
            self.comparison = compare(self.comparison.second, self.comparison.first)
        self._fill()

    def action_back(self) -> None:
        """Go back."""
        if self.is_current:
            self.app.pop_screen()


def _strengths(row: Row) -> dict[Place, int]:
    return {Place(region, side): strength for region, side, strength in row.marks}
