"""What can be done in the list: filter, sort, jump to a code, pick, go on to a session, to two, to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from bodymap.common.trouble import Trouble
from bodymap.tui.review.base import DeskScreen
from bodymap.tui.review.filter_line import FilterLine
from bodymap.tui.review.messages import FilterLeft, RowChosen, TypedAhead

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.desk.rows import Row
    from bodymap.tui.review.session_lines import SessionLines

_CODE = 4


class ListActs(DeskScreen):
    """Actions of the list; the screen itself shows it and keeps up with the folder."""

    lines: SessionLines
    look: Callable[..., object]
    reload: Callable[..., None]
    say_fault: Callable[[str], None]
    news = ""
    fault = ""
    _before = ""
    """The filter before it was written anew."""
    _code = ""

    # ----- filter and sort

    async def action_filter(self) -> None:
        """Write the filter."""
        line = self.query_one(FilterLine)
        self.lines.filtering = True
        if not line.writing:
            self._before = self.desk.written
            self._forget_code()
            await line.write(self.desk.written)

    @on(TypedAhead)
    def take_ahead(self, message: TypedAhead) -> None:
        """Give the filter what was meant for it."""
        self.query_one(FilterLine).add(message.letter)

    def take_filter(self, written: str) -> None:
        """Filter as it is typed."""
        if written != self.desk.written:
            self._filter(written)

    @on(FilterLeft)
    async def leave_filter(self, message: FilterLeft) -> None:
        """Give the keyboard to the list; without `keep` the filter is what it was before."""
        self.lines.filtering = False
        self.lines.focus()
        if not message.keep and self.desk.written != self._before:
            self._filter(self._before)
        await self.query_one(FilterLine).rest(self.desk.written)

    def _filter(self, written: str) -> None:
        before = self.lines.current
        self.desk.filter(written)
        self.fault = ""
        position = None
        if before is not None and before.id:
            try:
                position = self.desk.index.position_of(before.id, self.desk.query, self.desk.order)
            except Trouble as trouble:
                self.say_fault(str(trouble))
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
        self.news = ""
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
            self.say_fault(str(trouble))
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
