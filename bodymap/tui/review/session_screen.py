"""One session: where it hurts, what was shown for it, what would be said today, what was and was not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.common.wording import BAND_WORDS
from bodymap.knowledge.anatomy import Place
from bodymap.tui.commands.table import EVERYWHERE, bindings_for
from bodymap.tui.review.base import DeskHead, DeskKeys
from bodymap.tui.review.commands import FITS, PLACE, REVIEW, SESSION
from bodymap.tui.review.messages import CauseChosen, SessionOpened
from bodymap.tui.review.on_map import MapScreen
from bodymap.tui.review.opened import Opened, open_session
from bodymap.tui.review.session_acts import SessionActs
from bodymap.tui.review.session_texts import (
    alarm_rows,
    day_and_time,
    latest,
    mark_rows_in,
    reasons_shown,
    review_rows,
    said_rows,
)
from bodymap.tui.review.shown_causes import ShownCauses
from bodymap.tui.review.tabs import DeskTabs
from bodymap.tui.review.today_words import today_places, today_rows, why_today
from bodymap.tui.safe import lines
from bodymap.tui.widgets.lines import PlaceLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from bodymap.desk.rows import Row
    from bodymap.tui.review.desk import Desk

MAP, CAUSES, SAID, NOTES = 1, 2, 3, 4
_TITLES = {MAP: "Where", CAUSES: "What fits", SAID: "What was said", NOTES: "Review"}


class SessionScreen(SessionActs, MapScreen):
    """A session; `pane` is the number of the open one. On a wide screen the map stands beside the others."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    SessionScreen > #session { height: 1fr; }
    SessionScreen .alarms { height: auto; max-height: 6; padding: 0 1; background: $alarm-ground;
        color: $alarm-text; display: none; }
    SessionScreen .alarms.-any { display: block; }
    SessionScreen .alarms.-mention { background: $panel; color: $foreground; }
    SessionScreen #where { width: 1fr; }
    SessionScreen #beside { width: 62; border-left: solid $faint; }
    SessionScreen.-narrow #beside { width: 1fr; border-left: none; }
    SessionScreen .marks { height: auto; max-height: 8; padding: 0 1; }
    SessionScreen.-low .marks { max-height: 3; }
    SessionScreen .latest { height: 2; padding: 0 1; background: $panel; }
    SessionScreen.-low .latest { height: 1; }
    SessionScreen .headings, SessionScreen .differs { height: auto; padding: 0; }
    SessionScreen .differs { padding: 0 1; }
    SessionScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    SessionScreen #reasons { border-top: solid $faint; }
    SessionScreen VerticalScroll:focus { background: $background; }
    """
    BINDINGS: ClassVar = bindings_for(SESSION, REVIEW)
    HERE: ClassVar = (SESSION, FITS, PLACE, EVERYWHERE)

    pane: reactive[int] = reactive(CAUSES, repaint=False, init=False)
    lit: reactive[str] = reactive("", repaint=False, init=False)

    def __init__(self, desk: Desk, row: Row) -> None:
        super().__init__(desk)
        self.row = row
        self.opened = Opened(row)
        self._strengths = {Place(region, side): strength for region, side, strength in row.marks}
        self.start_at(self._strengths)
        self.causes = ShownCauses()

    def compose(self) -> ComposeResult:
        """Head, alarms, tabs, map and panes, the latest review, the line in words, the keys."""
        self.take_size(self.app.size)
        self.map = self.new_map(self._strengths)
        self.set_reactive(SessionScreen.pane, MAP if self.has_class("-narrow") else CAUSES)
        yield DeskHead()
        yield Static(classes="alarms", markup=False)
        tabs = DeskTabs(id="tabs")
        yield tabs
        with Horizontal(id="session"):
            with Vertical(id="where"):
                yield self.map
                yield Static(classes="marks", markup=False)
            with Vertical(id="beside"):
                with Vertical(id="fits"):
                    yield Static(classes="headings", markup=False)
                    yield self.causes
                    yield Static(classes="differs", markup=False)
                    with VerticalScroll(id="reasons"):
                        yield Static(classes="text", markup=False)
                with VerticalScroll(id="said"):
                    yield Static(classes="text", markup=False)
                with VerticalScroll(id="notes"):
                    yield Static(classes="text", markup=False)
                yield Static(classes="latest", markup=False)
        yield PlaceLine()
        keys = DeskKeys()
        keys.set_reactive(DeskKeys.also, SESSION)
        yield keys

    def on_mount(self) -> None:
        """Show what the list knew of it at once; read the file behind that."""
        self.show_panes()
        self.show_head()
        self.name_here()
        self.read()

    @work(thread=True, exclusive=True, group="session")
    def read(self) -> None:
        """Read the session away from the screen."""
        self.post_message(SessionOpened(open_session(self.desk, self.row)))

    @on(SessionOpened)
    def take_opened(self, message: SessionOpened) -> None:
        """Fill the panes."""
        if message.opened.row.path != self.row.path:
            return
        self.opened = message.opened
        session = self.opened.session
        if session is None:
            self.tell(self.opened.trouble, wrong=True)
        else:
            self.map.strengths = {Place(*mark.place): mark.intensity for mark in session.findings.marks}
        self.fill()
        self.note_opened()
        self.go_on()

    def show_row(self, row: Row) -> None:
        """Show another session in the same panes."""
        self.row, self.opened, self._pending = row, Opened(row), None
        self.lit = ""
        strengths = {Place(region, side): strength for region, side, strength in row.marks}
        self.map.strengths = strengths
        if strengths:
            self.go_to(max(strengths, key=lambda place: strengths[place]))
        self.show_head()
        self.read()

    # ----- what is shown

    def fill(self) -> None:
        """Write everything that is known into the panes, in one go."""
        with self.app.batch_update():
            self._fill()

    def _fill(self) -> None:
        opened, session = self.opened, self.opened.session
        self.show_head()
        self.show_review()
        if session is None:
            return
        knowledge = self.desk.knowledge
        todays = knowledge.pack if knowledge else None
        alarms = self.query_one(".alarms", Static)
        found = session.shown.alarms if session.shown else ()
        alarms.set_class(bool(found), "-any")
        alarms.set_class(bool(found) and found[0].tier == "mention", "-mention")
        alarms.update(alarm_rows(session, opened.pack or todays, brief=self.has_class("-low")))
        room = 3 if self.has_class("-low") else 8
        self.query_one(".marks", Static).update(
            mark_rows_in(room, session, opened.pack or todays, self.anatomy)
        )
        self.query_one("#said .text", Static).update(said_rows(session, opened.pack, todays, self.anatomy))
        self.call_after_refresh(self.show_all_of, self.map)
        ranking = session.shown.ranking if session.shown else ()
        scale = (
            todays.bands["strong"] * 2
            if todays
            else max((cause.score_range[1] for cause in ranking), default=1)
        )
        self.causes.show(ranking, today_places(opened.today), scale)
        self.query_one("#fits .headings", Static).update(
            self.causes.headings(day_and_time(session.started)[:-6])
        )
        self.query_one(".differs", Static).update(lines(*today_rows(opened.today, todays)))
        self.name_here()

    def show_review(self) -> None:
        """Show what clinicians added."""
        knowledge = self.desk.knowledge
        pack = self.opened.pack or (knowledge.pack if knowledge else None)
        self.query_one("#notes .text", Static).update(review_rows(self.opened, pack))
        self.query_one(".latest", Static).update(latest(self.opened.review, pack))
        self.show_head()

    def show_head(self) -> None:
        """Write the top line: code and time, what leads, whether it was reviewed."""
        row, session, head = self.row, self.opened.session, self.query_one(DeskHead)
        head.title = f"{row.code} · {day_and_time(row.started)}"
        shown_then = session.shown if session else None
        if shown_then is not None and shown_then.ranking:
            leader = shown_then.ranking[0]
            head.leading = (
                "none fits" if shown_then.none_fits else f"{leader.name}: {BAND_WORDS[leader.band]}"
            )
        reviewed = self.opened.review.reviewed
        by = reviewed.by if reviewed else row.reviewed_by
        said = [f"reviewed by {by}" if by else "not reviewed", "made up" if row.sample else ""]
        said += ["unfinished" if row.state == "unfinished" else "", row.warning and "doubtful"]
        head.saved = " · ".join(filter(None, said))

    @on(CauseChosen)
    def take_cause(self, message: CauseChosen) -> None:
        """Light a cause on the map and say why it stood where it stood."""
        self.lit = message.id
        if message.read:
            self.action_read()

    def watch_lit(self, id: str) -> None:
        """Show the reasons of the cause in hand, and where it is felt."""
        session = self.opened.session
        cause = (
            next((c for c in session.shown.ranking if c.id == id), None)
            if session and session.shown
            else None
        )
        if cause is not None:
            todays = self.desk.knowledge.pack if self.desk.knowledge else None
            reasons = [reasons_shown(cause, self.opened.pack), *why_today(self.opened.today, id, todays)]
            self.query_one("#reasons .text", Static).update(lines(*reasons))
            self.query_one("#reasons", VerticalScroll).scroll_home(animate=False)
        knowledge = self.desk.knowledge
        known = next((c for c in knowledge.pack.causes if c.id == id), None) if knowledge else None
        self.lit_regions = (
            (frozenset(known.usual), frozenset(known.possible)) if known else (frozenset(), frozenset())
        )
        self.name_here()

    def here_words(self) -> str:
        """Return the place or the cause under the cursor, in words."""
        session = self.opened.session
        if self.pane == CAUSES and session is not None and session.shown is not None:
            cause = next((c for c in session.shown.ranking if c.id == self.lit), None)
            if cause is not None:
                return f"{cause.name}: {BAND_WORDS[cause.band]} when it was shown"
        if self.pane in (SAID, NOTES):
            return f"{_TITLES[self.pane]}, {self.row.code}"
        words = self.anatomy.named(self.place)
        strength = self.map.strengths.get(self.place)
        return words if strength is None else f"{strength} of 10 · {words}"

    def action_reasons(self, direction: str) -> None:
        """Turn the pages of the reasons."""
        getattr(self.query_one("#reasons", VerticalScroll), f"scroll_{direction}")(animate=False)

    # ----- panes

    def show_panes(self) -> None:
        """Show the open pane, on a wide screen the map beside it; give it the keyboard."""
        narrow = self.has_class("-narrow")
        self.query_one("#where").display = not narrow or self.pane == MAP
        self.query_one("#beside").display = not narrow or self.pane != MAP
        written = self.pane if self.pane != MAP else (self._written or CAUSES)
        self._written = written
        for number, id in ((CAUSES, "fits"), (SAID, "said"), (NOTES, "notes")):
            self.query_one(f"#{id}").display = number == written
        tabs = self.query_one(DeskTabs)
        tabs.tabs = tuple(_TITLES.items())
        tabs.pane = self.pane
        self.query_one(DeskKeys).pane = {MAP: PLACE, CAUSES: FITS}.get(self.pane, SESSION)
        here = {MAP: self.map, CAUSES: self.causes}.get(self.pane)
        self.set_focus(
            here or self.query_one(f"#{'said' if self.pane == SAID else 'notes'}"), scroll_visible=False
        )

    _written = 0

    def watch_pane(self) -> None:
        """Show another pane."""
        self.show_panes()
        self.name_here()

    async def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size."""
        low = self.has_class("-low")
        await super().on_resize(event)
        self.show_panes()
        if low != self.has_class("-low"):
            self.fill()

    def on_descendant_focus(self) -> None:
        """The pane that has the keyboard is the open one, however it came to it."""
        if self.focused is self.map:
            self.pane = MAP
        elif self.focused is self.causes:
            self.pane = CAUSES

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self.pane = number

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.pane = self.pane % 4 + 1

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.pane = (self.pane - 2) % 4 + 1
