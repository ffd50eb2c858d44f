"""The list of sessions: newest first, emergencies that nobody has read above all, live while kiosks write."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.worker import get_current_worker

from bodymap.common.trouble import Trouble
from bodymap.tui.commands.table import EVERYWHERE
from bodymap.tui.review import list_layout as layout
from bodymap.tui.review.base import DeskHead, DeskKeys
from bodymap.tui.review.commands import LIST
from bodymap.tui.review.desk import ORDERS
from bodymap.tui.review.filter_line import FilterLine
from bodymap.tui.review.list_acts import ListActs
from bodymap.tui.review.messages import FolderRefreshed, Furnished
from bodymap.tui.review.row_words import RowWords
from bodymap.tui.review.session_lines import SessionLines
from bodymap.tui.safe import Pressable, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from bodymap.desk.rows import Row
    from bodymap.tui.review.desk import Desk

REFRESH_SECONDS = 2.0
"""How often the folder is looked at while the list stands there."""


class ListScreen(ListActs):
    """The desk's first screen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    ListScreen .headings { height: 1; color: $quiet; }
    ListScreen .headings.-fault { color: $mine; text-style: bold; }
    """
    HERE: ClassVar = (LIST, EVERYWHERE)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = SessionLines(self._rows, self.name_row)
        self._total = 0
        self._looked = False

    def compose(self) -> ComposeResult:
        """Head, filter, headings, the lines, the row in words, the keys."""
        self.take_size(self.app.size)
        yield DeskHead()
        yield FilterLine(self.take_filter)
        yield Pressable(classes="headings")
        yield self.lines
        yield RowWords(self.desk)
        keys = DeskKeys()
        keys.set_reactive(DeskKeys.pane, LIST)
        yield keys

    def on_mount(self) -> None:
        """Show what the index has; look at the folder behind the first frame."""
        self.lines.focus()
        self.reload(0)
        self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        self.look()
        self.furnish()
        self.set_interval(REFRESH_SECONDS, self.look)

    # ----- what the list shows

    def _rows(self, start: int, count: int) -> Sequence[Row]:
        try:
            return self.desk.index.rows(self.desk.query, self.desk.order, start, count)
        except Trouble as trouble:
            self.say_fault(str(trouble))
            return []

    def reload(self, cursor: int | None = None, *, keep: Row | None = None) -> None:
        """Show the list anew: with the cursor on row number `cursor`, or on the session `keep` where it is in it."""
        desk, lines = self.desk, self.lines
        top = lines.top
        try:
            count = desk.index.count(desk.query)
            self._total = desk.index.count()
            if cursor is None and keep is not None:
                cursor = desk.index.position_of(keep.id, desk.query, desk.order) if keep.id else None
        except Trouble as trouble:
            self.say_fault(str(trouble))
            return
        if cursor is None:
            cursor = lines.cursor
        # What stood under the cursor stays where it stood, unless the newest are in view: then they push down.
        moved = cursor - lines.cursor
        lines.picks = desk.pick_letters
        lines.show(count, cursor, top + moved if top else None)
        self.show_head()

    def show_head(self) -> None:
        """Bring the lines above the list up to date."""
        desk, head = self.desk, self.query_one(DeskHead)
        if desk.written.strip():
            head.title = f"{self.lines.count:,} of {self._total:,}"
        else:
            head.title = f"{self._total:,} session{'' if self._total == 1 else 's'}"
        made_up = "made up · " if desk.demo else ""
        head.leading = self.news or ("" if self._looked else "reading the folder …")
        head.saved = f"{made_up}{ORDERS[desk.order]}"
        headings = self.query_one(".headings", Pressable)
        fault = self.fault or next((str(fault) for fault in desk.query.faults), "")
        headings.set_class(bool(fault), "-fault")
        words = f" {fault}" if fault else layout.headings(self.lines.columns)
        headings.update(shown(words), layout=False)
        if not self.query_one(FilterLine).writing:
            self.query_one(FilterLine).show(desk.written)

    def say_fault(self, fault: str) -> None:
        """Show a fault in the place of the headings."""
        self.fault = fault
        if self.is_mounted:
            self.call_later(self.show_head)

    def name_row(self) -> None:
        """Write the row under the cursor in words."""
        row = self.lines.current
        self.query_one(RowWords).show(row, self._empty_words() if row is None else "")

    def _empty_words(self) -> str:
        if not self._looked:
            return "The folder is being read."
        if self._total:
            return "No session fits this filter. Esc takes it back."
        return f"There are no sessions in {self.desk.folder} yet."

    async def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out anew."""
        await super().on_resize(event)
        self.show_head()

    def on_screen_resume(self) -> None:
        """Show what was picked in a session."""
        if self.lines.picks != self.desk.pick_letters:
            self.lines.picks = self.desk.pick_letters
            self.lines.refresh()

    # ----- keeping up with the folder

    @work(thread=True, exclusive=True, group="folder")
    def look(self, *, whole: bool = False) -> None:
        """Bring the index up to the folder."""
        worker = get_current_worker()
        told = time.monotonic()

        def going_on(done: int, days: int) -> bool:
            nonlocal told
            if time.monotonic() - told > 1:
                told = time.monotonic()
                self.post_message(FolderRefreshed(None))
            return not worker.is_cancelled

        index = self.desk.index
        try:
            found = (index.check if whole else index.refresh)(going_on)
            if self.desk.names is None or found.added or found.changed:
                self.desk.names = index.names()
                with index.reading() as listing:
                    listing.read_texts()
        except Trouble as fault:
            self.post_message(FolderRefreshed(None, fault))
            return
        self.post_message(FolderRefreshed(found, found.trouble))

    @on(FolderRefreshed)
    def take_refreshed(self, message: FolderRefreshed) -> None:
        """Show what came; the cursor stays on its session."""
        found = message.found
        first = not self._looked
        self._looked = self._looked or found is not None or message.trouble is not None
        fault = str(message.trouble) if message.trouble is not None else ""
        if found is None and not fault:  # in the midst of reading much
            self.reload(keep=self.lines.current)
            return
        changed = found is not None and bool(found.added or found.changed or found.gone)
        if changed or first or fault != self.fault:
            self.fault = fault
            if found is not None and found.added and not first:
                self.news = f"{found.added:,} new"
            # At its start the list waits for the first session; later the cursor stays on its own.
            self.reload(keep=self.lines.current)

    @work(thread=True, exclusive=True, group="knowledge")
    def furnish(self) -> None:
        """Load figure and pack away from the screen."""
        try:
            self.post_message(Furnished(self.desk.furnish()))
        except Exception as trouble:
            self.post_message(Furnished(None, trouble))
        self.desk.tidy()

    @on(Furnished)
    def take_furnished(self, message: Furnished) -> None:
        """Name places in full from now on; say where the pack cannot be used."""
        if isinstance(message.trouble, Trouble):
            self.tell(f"{message.trouble} Sessions are shown with what they hold.", wrong=True)
        elif message.trouble is not None:
            raise message.trouble
        self.name_row()
        gc.freeze()
        gc.enable()
