"""Many sessions: where they hurt on one figure, how well causes fit, causes and alarms over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.common.trouble import Trouble
from bodymap.knowledge.anatomy import Place
from bodymap.tui.commands.table import EVERYWHERE, bindings_for
from bodymap.tui.review.base import DeskHead, DeskKeys
from bodymap.tui.review.commands import MANY, PLACE, REVIEW
from bodymap.tui.review.many_texts import Many, count_many, many_rows, mean, scale_words, strengths
from bodymap.tui.review.messages import Counted
from bodymap.tui.review.on_map import DeskMap, MapScreen
from bodymap.tui.review.tabs import DeskTabs
from bodymap.tui.safe import shown
from bodymap.tui.widgets.lines import PlaceLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from bodymap.desk.aggregates import By
    from bodymap.tui.review.desk import Desk

MAP, NUMBERS = 1, 2
_TITLES = ((MAP, "Where"), (NUMBERS, "How many"))
_SPANS: tuple[By, ...] = ("day", "week", "month")


class ManyScreen(MapScreen):
    """All sessions that the filter of the list lets through."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    ManyScreen .filter { height: 1; padding: 0 1; }
    ManyScreen #many { height: 1fr; }
    ManyScreen #where { width: 1fr; }
    ManyScreen .scale { height: 1; padding: 0 1; color: $quiet; }
    ManyScreen #numbers { width: 62; border-left: solid $faint; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    ManyScreen.-narrow #numbers { width: 1fr; border-left: none; }
    """
    BINDINGS: ClassVar = bindings_for(MANY, REVIEW)
    HERE: ClassVar = (MANY, PLACE, EVERYWHERE)

    pane: reactive[int] = reactive(MAP, repaint=False, init=False)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.many: Many | None = None
        self._by: By | None = None

    def compose(self) -> ComposeResult:
        """Head, filter, tabs, map, numbers, the line in words, the keys."""
        self.take_size(self.app.size)
        self.map: DeskMap = self.new_map({})
        yield DeskHead()
        yield Static(classes="filter", markup=False)
        yield DeskTabs()
        with Horizontal(id="many"):
            with Vertical(id="where"):
                yield self.map
                yield Static(classes="scale", markup=False)
            with VerticalScroll(id="numbers"):
                yield Static(classes="text", markup=False)
        yield PlaceLine()
        keys = DeskKeys()
        keys.set_reactive(DeskKeys.also, MANY)
        yield keys

    def on_mount(self) -> None:
        """Say which filter it is; count behind that."""
        written = str(self.desk.query)
        filter_words = (written, "bold $mine") if written else ("none: all sessions", "$quiet")
        self.query_one(".filter", Static).update(shown(("filter  ", "$quiet"), filter_words))
        self.query_one(DeskHead).title = "Many sessions"
        self.query_one(DeskHead).leading = "counting …"
        self.show_panes()
        self.name_here()
        self.count()

    @work(thread=True, exclusive=True, group="many")
    def count(self) -> None:
        """Count away from the screen."""
        try:
            self.post_message(Counted(count_many(self.desk.index, self.desk.query, self._by)))
        except Trouble as trouble:
            self.post_message(Counted(None, str(trouble)))

    @on(Counted)
    def take_counted(self, message: Counted) -> None:
        """Show the sums."""
        head = self.query_one(DeskHead)
        head.leading = ""
        if message.many is None:
            self.tell(message.fault, wrong=True)
            return
        first, self.many = self.many is None, message.many
        head.title = f"{message.many.sessions:,} session{'s' if message.many.sessions != 1 else ''}"
        head.saved = "made up" if self.desk.demo else ""
        marks = {Place(*place): number for place, number in strengths(message.many).items()}
        self.map.strengths = marks
        known = {place: number for place, number in marks.items() if place.region in self.anatomy.regions}
        if first and known:
            self.go_to(max(known, key=lambda place: known[place]))
        self._show_scale()
        self._fill()
        self.name_here()

    def _show_scale(self) -> None:
        """Say what the numbers on the map mean, and where it leaves something out."""
        if self.many is not None:
            close_up = self.map.sheet is not None and self.map.sheet.close_up
            more = " · close-up (z)" if close_up else ""
            self.query_one(".scale", Static).update(shown(scale_words(self.many), more), layout=False)

    def watch_close_up(self) -> None:
        """Say whether this is all of the body."""
        if self.is_mounted:
            self.call_after_refresh(self._show_scale)

    def _fill(self) -> None:
        if self.many is None:
            return
        width = max(40, self.query_one("#numbers").scrollable_content_region.width)
        pack = self.desk.knowledge.pack if self.desk.knowledge else None
        plain = self.desk.settings.ascii_only
        self.query_one("#numbers .text", Static).update(
            many_rows(self.many, pack, self.anatomy, width, plain=plain)
        )

    def here_words(self) -> str:
        """Return the place under the cursor with its numbers."""
        words = self.anatomy.named(self.place)
        heat = self.many.heat.get((self.place.region, self.place.side)) if self.many else None
        if heat is None:
            return f"{words}: in no session"
        share = heat.sessions * 100 // self.many.sessions if self.many and self.many.sessions else 0
        return f"{words}: {heat.sessions:,} sessions, {share} %, mean strength {mean(heat)}"

    # ----- panes

    def show_panes(self) -> None:
        """Show the open pane, on a wide screen both."""
        narrow = self.has_class("-narrow")
        self.query_one("#where").display = not narrow or self.pane == MAP
        self.query_one("#numbers").display = not narrow or self.pane == NUMBERS
        tabs = self.query_one(DeskTabs)
        tabs.tabs, tabs.pane = _TITLES, self.pane
        self.query_one(DeskKeys).pane = PLACE if self.pane == MAP else MANY
        self.set_focus(self.map if self.pane == MAP else self.query_one("#numbers"), scroll_visible=False)

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
        self.pane = MAP if self.focused is self.map else NUMBERS

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self.pane = number

    def action_next_pane(self) -> None:
        """Go to the other pane."""
        self.pane = 3 - self.pane

    def action_previous_pane(self) -> None:
        """Go to the other pane."""
        self.pane = 3 - self.pane

    def action_span(self) -> None:
        """Count by the next span."""
        now = self.many.by if self.many else "day"
        self._by = _SPANS[(_SPANS.index(now) + 1) % len(_SPANS)]
        self.count()

    def action_back(self) -> None:
        """Go back to the list."""
        if self.is_current:
            self.app.pop_screen()
