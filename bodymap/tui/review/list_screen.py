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
from bodymap.tui.review.base import DeskHead, DeskKeys, DeskScreen
from bodymap.tui.review.commands import LIST
from bodymap.tui.review.desk import ORDERS
from bodymap.tui.review.filter_line import FilterLine
from bodymap.tui.review.messages import (
    FilterLeft,
    FilterTyped,
    FolderRefreshed,
    Furnished,
    RowChosen,
    RowPointed,
)
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
_CODE = 4


class ListScreen(DeskScreen):
    """The desk's first screen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    ListScreen .headings { height: 1; color: $quiet; }
    ListScreen .headings.-fault { color: $mine; text-style: bold; }
    """
    HERE: ClassVar = (LIST, EVERYWHERE)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = SessionLines(self._rows)
        self._before = ""
        """The filter before it was written anew."""
        self._code = ""
        self._total = 0
        self._fault = ""
        self._news = ""
        self._looked = False

    def compose(self) -> ComposeResult:
        """Head, filter, headings, the lines, the row in words, the keys."""
        self.take_size(self.app.size)
        yield DeskHead()
        yield FilterLine()
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
            self._say_fault(str(trouble))
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
            self._say_fault(str(trouble))
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
        head.leading = self._news or ("" if self._looked else "reading the folder …")
        head.saved = f"{made_up}{ORDERS[desk.order]}"
        headings = self.query_one(".headings", Pressable)
        fault = self._fault or next((str(fault) for fault in desk.query.faults), "")
        headings.set_class(bool(fault), "-fault")
        words = f" {fault}" if fault else layout.headings(self.lines.columns)
        headings.update(shown(words), layout=False)
        if not self.query_one(FilterLine).writing:
            self.query_one(FilterLine).show(desk.written)

    def _say_fault(self, fault: str) -> None:
        self._fault = fault
        if self.is_mounted:
            self.call_later(self.show_head)

    @on(RowPointed)
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
        except Trouble as fault:
            self.post_message(FolderRefreshed(None, fault))
            return
        trouble = found.trouble
        if trouble is None and self._total and not index.folder.exists():
            trouble = Trouble(
                "The folder is gone.", where=str(index.folder), remedy="It was moved or removed."
            )
        self.post_message(FolderRefreshed(found, trouble))

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
        if changed or first or fault != self._fault:
            self._fault = fault
            if found is not None and found.added and not first:
                self._news = f"{found.added:,} new"
            # At its start the list waits for the first session; later the cursor stays on its own.
            self.reload(keep=self.lines.current)

    @work(thread=True, exclusive=True, group="knowledge")
    def furnish(self) -> None:
        """Load figure and pack away from the screen."""
        try:
            self.post_message(Furnished(self.desk.furnish()))
        except Exception as trouble:
            self.post_message(Furnished(None, trouble))

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

    # ----- filter and sort

    async def action_filter(self) -> None:
        """Write the filter."""
        line = self.query_one(FilterLine)
        if not line.writing:
            self._before = self.desk.written
            self._forget_code()
            await line.write(self.desk.written)

    @on(FilterTyped)
    def take_filter(self, message: FilterTyped) -> None:
        """Filter as it is typed."""
        if message.text != self.desk.written:
            self._filter(message.text)

    @on(FilterLeft)
    async def leave_filter(self, message: FilterLeft) -> None:
        """Give the keyboard to the list; without `keep` the filter is what it was before."""
        self.lines.focus()
        if not message.keep and self.desk.written != self._before:
            self._filter(self._before)
        await self.query_one(FilterLine).rest(self.desk.written)

    def _filter(self, written: str) -> None:
        before = self.lines.current
        self.desk.filter(written)
        self._fault = ""
        position = None
        if before is not None and before.id:
            try:
                position = self.desk.index.position_of(before.id, self.desk.query, self.desk.order)
            except Trouble as trouble:
                self._say_fault(str(trouble))
        self.reload(position or 0)

    def action_unreviewed(self) -> None:
        """Show only what nobody has reviewed, or all again."""
        words = self.desk.written.split()
        if "unreviewed" in words:
            words = [word for word in words if word != "unreviewed"]
        else:
            words.append("unreviewed")
        self._filter(" ".join(words))

    def action_sort(self) -> None:
        """Sort in the next way, from the top."""
        self.desk.turn_order()
        self.reload(0)

    def action_check(self) -> None:
        """Look at every file of the folder."""
        self._news = ""
        self.look(whole=True)
        self.tell("Every file of the folder is looked at.")

    # ----- jumping to a code

    def action_type_code(self, letter: str) -> None:
        """Take a letter of a code; with the fourth, jump to the newest session that has it."""
        from bodymap.sessions.ids import ALPHABET

        if letter not in ALPHABET:
            self.tell(f"No code has {letter} in it: {' '.join(ALPHABET)}")
            return
        self._code = letter if len(self._code) >= _CODE else self._code + letter
        self.query_one(FilterLine).show_code(self._code)
        if len(self._code) == _CODE:
            self._jump(self._code)

    def _jump(self, code: str) -> None:
        desk = self.desk
        try:
            position = desk.index.position_of(code, desk.query, desk.order)
            elsewhere = position is None and desk.index.position_of(code) is not None
        except Trouble as trouble:
            self._say_fault(str(trouble))
            return
        if elsewhere:  # the code that a person says counts for more than a filter
            self._filter("")
            position = desk.index.position_of(code, desk.query, desk.order)
            self.tell(f"{code} did not fit the filter, which was taken back.")
        if position is None:
            self.tell(f"There is no session with the code {code}.", wrong=True)
        else:
            self.lines.cursor = position

    def _forget_code(self) -> None:
        self._code = ""
        self.query_one(FilterLine).show_code("")

    def action_take_back(self) -> None:
        """Take back the code that is being typed, else the filter, else what is picked."""
        if self._code:
            self._forget_code()
        elif self.desk.written:
            self._filter("")
        elif self.desk.picks:
            self.desk.picks = []
            self._show_picks()

    # ----- going on from here

    @on(RowChosen)
    def action_open(self) -> None:
        """Open the session under the cursor."""
        row = self.lines.current
        if row is None or not self.is_current:
            return
        self._forget_code()
        if row.trouble:
            from bodymap.tui.review.reading import BadFilePage

            self.app.push_screen(BadFilePage(row))
            return
        from bodymap.tui.review.session_screen import SessionScreen

        self.app.push_screen(SessionScreen(self.desk, row))

    def action_pick(self) -> None:
        """Pick the session under the cursor for comparing, or let go of it."""
        row = self.lines.current
        if row is not None and not row.trouble:
            self.desk.pick(row)
            self._show_picks()

    def _show_picks(self) -> None:
        self.lines.picks = self.desk.pick_letters
        self.lines.refresh()

    def action_compare(self) -> None:
        """Compare what is picked; a single pick with the session under the cursor."""
        picks = list(self.desk.picks)
        row = self.lines.current
        if len(picks) == 1 and row is not None and not row.trouble and row.path != picks[0].path:
            picks.append(row)
        if len(picks) != 2:
            self.tell("Pick one session with Space, then press = on another.")
            return
        from bodymap.tui.review.compare_screen import CompareScreen

        self.app.push_screen(CompareScreen(self.desk, picks[0], picks[1]))

    def action_many(self) -> None:
        """Map and numbers over all that the filter lets through."""
        from bodymap.tui.review.many_screen import ManyScreen

        self.app.push_screen(ManyScreen(self.desk))

    def step_to(self, step: int) -> Row | None:
        """Move the cursor by a row that can be opened and return it, None at the end of the list."""
        number = self.lines.cursor + step
        while (row := self.lines.row(number)) is not None and row.trouble:
            number += step
        if row is not None:
            self.lines.cursor = number
        return row
