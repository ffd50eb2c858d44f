"""What a clinician can do with a session: review it, add to it, read its file, print it, go on to another."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from bodymap.common.person import person_here
from bodymap.common.trouble import Trouble
from bodymap.desk.today import fitting
from bodymap.sessions.review_file import (
    LONGEST_NAME,
    LONGEST_TEXT,
    NO_CAUSE,
    OTHER,
    ReviewEntry,
    append_review,
)
from bodymap.tui.review.base import DeskScreen
from bodymap.tui.review.messages import HandedOut, ReviewWritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.desk.rows import Row
    from bodymap.tui.review.list_screen import ListScreen
    from bodymap.tui.review.opened import Opened
    from bodymap.tui.review.shown_causes import ShownCauses
    from bodymap.tui.screens.reading import CausePage, ContrastPage


class SessionActs(DeskScreen):
    """Actions of the session screen; `opened` is replaced, never changed."""

    row: Row
    opened: Opened
    causes: ShownCauses

    def show_review(self) -> None:
        """Show what clinicians added; the screen does it."""

    def show_row(self, row: Row) -> None:
        """Show another session; the screen does it."""

    @property
    def list_screen(self) -> ListScreen:
        """The list below."""
        screen: ListScreen = self.app.screen_stack[0]  # type: ignore[assignment]
        return screen

    _pending: Callable[[], None] | None = None

    def when_read(self, act: Callable[[], None]) -> None:
        """Do something as soon as the session is there: keys may come faster than files."""
        if self.opened.read:
            act()
        else:
            self._pending = act

    def go_on(self) -> None:
        """Do what had to wait for the session."""
        act, self._pending = self._pending, None
        if act is not None:
            act()

    # ----- reviewing

    def with_name(self, then: Callable[[str], object]) -> None:
        """Call `then` with the clinician's name, asking for it the first time."""
        from bodymap.tui.review.asking import AskBox

        def take(name: str | None) -> None:
            if name:
                self.desk.name = name
                then(name)

        if self.desk.name:
            then(self.desk.name)
        else:
            self.app.push_screen(
                AskBox("Your name, as it shall stand beside what you add", person_here(), most=LONGEST_NAME),
                take,
            )

    def _ready(self) -> bool:
        """Return whether there is a session that something can be added to; say so where there is none."""
        if self.opened.session is None:
            self.tell("This session cannot be read, so nothing can be added to it.", wrong=True)
            return False
        if self.opened.review_trouble:
            self.tell(self.opened.review_trouble, wrong=True)
            return False
        return True

    def action_reviewed(self) -> None:
        """Mark as reviewed, or take that back."""
        self.when_read(self._reviewed)

    def _reviewed(self) -> None:
        if self._ready():
            said = self.opened.review.reviewed is None
            self.with_name(lambda name: self._add(ReviewEntry(_now(), name, reviewed=said)))

    def action_note(self) -> None:
        """Write a note."""
        self.when_read(self._note)

    def _note(self) -> None:
        from bodymap.tui.review.asking import AskBox

        def take(note: str | None) -> None:
            if note:
                self.with_name(lambda name: self._add(ReviewEntry(_now(), name, note=note)))

        if self._ready():
            self.app.push_screen(AskBox("A note beside this session", "", most=LONGEST_TEXT), take)

    def action_diagnosis(self) -> None:
        """Choose a working diagnosis."""
        self.when_read(self._diagnosis)

    def _diagnosis(self) -> None:
        from bodymap.tui.review.asking import AskBox, ChooseBox

        if not self._ready():
            return
        knowledge = self.desk.knowledge
        session = self.opened.session
        causes = (
            [(cause.id, cause.name) for cause in knowledge.pack.causes]
            if knowledge
            else [
                (cause.id, cause.name)
                for cause in (session.shown.ranking if session and session.shown else ())
            ]
        )

        def say(id: str, words: str | None) -> None:
            if words:
                self._diagnose(id, words)

        def take(id: str | None) -> None:
            if id == OTHER:
                self.app.push_screen(AskBox("Which one?", "", most=200), partial(say, OTHER))
            elif id:
                self._diagnose(id, "")

        offered = [*causes, (OTHER, "another one, in words"), (NO_CAUSE, "none of these")]
        self.app.push_screen(ChooseBox("Your working diagnosis", offered), take)

    def _diagnose(self, id: str, words: str) -> None:
        self.with_name(
            lambda name: self._add(
                ReviewEntry(_now(), name, working_diagnosis=id, diagnosis_words=words),
            )
        )

    @work(thread=True, group="review")
    def _add(self, entry: ReviewEntry) -> None:
        """Append to the review; it is durable when this says so."""
        row = self.row
        try:
            review = append_review(self.desk.folder, row.id, entry, path=row.path)
        except Trouble as trouble:
            self.post_message(ReviewWritten(row, None, str(trouble)))
        else:
            self.desk.log("reviewed", row.id)
            self.post_message(ReviewWritten(row, review))

    @on(ReviewWritten)
    def take_review(self, message: ReviewWritten) -> None:
        """Show what was added, or why it was not."""
        if message.review is None:
            self.tell(message.fault, wrong=True)
            return
        if message.row.path == self.row.path:
            self.opened = self.opened.with_review(message.review)
            self.show_review()
        self.list_screen.look()

    # ----- reading and handing out

    def note_opened(self) -> None:
        """Say once where the access log cannot be written."""
        if self.desk.log_trouble and not self.desk.log_told:
            self.desk.log_told = True
            self.tell(
                f"What is read here cannot be noted in the access log: {self.desk.log_trouble}", wrong=True
            )

    def action_raw(self) -> None:
        """Read the file as it is written."""
        from pathlib import Path

        from bodymap.common import toml
        from bodymap.tui.review.reading import RawPage

        try:
            content = toml.read_bytes(Path(self.row.path), toml.SESSION_BYTES)
        except Trouble as trouble:
            self.tell(str(trouble), wrong=True)
            return
        self.app.push_screen(RawPage(self.row, content.decode("utf-8", "replace")))

    def action_print(self) -> None:
        """Choose a form, then write the page."""
        self.when_read(self._print)

    def _print(self) -> None:
        from bodymap.tui.review.asking import ChooseBox
        from bodymap.tui.review.handing_out import FORMS

        if self.opened.session is None:
            self.tell("This session cannot be read, so there is no page of it.", wrong=True)
            return

        def take(form: str | None) -> None:
            if form:
                self._hand_out(form)

        self.app.push_screen(
            ChooseBox("A page of this session, written to a file", list(FORMS.items())), take
        )

    @work(thread=True, exclusive=True, group="print")
    def _hand_out(self, form: str) -> None:
        from bodymap.tui.review.handing_out import write_page

        session = self.opened.session
        if session is None:
            return
        try:
            self.desk.log("exported", session.id)  # before there is a page: the line may drop in between
            path = write_page(session, self.opened.pack, form)
        except Trouble as trouble:
            self.post_message(HandedOut("", str(trouble)))
        else:
            self.post_message(HandedOut(str(path)))

    @on(HandedOut)
    def take_handed_out(self, message: HandedOut) -> None:
        """Say where the page lies."""
        if message.fault:
            self.tell(message.fault, wrong=True)
        else:
            self.tell(f"The page is {message.path}")

    def action_read(self) -> None:
        """Read about the cause in hand as it stands today."""
        self.when_read(self._read)

    def _read(self) -> None:
        from bodymap.tui.screens.reading import CausePage

        self._page(CausePage)

    def action_contrast(self) -> None:
        """Contrast the cause in hand with the others, as they stand today."""
        self.when_read(self._contrast)

    def _contrast(self) -> None:
        from bodymap.tui.screens.reading import ContrastPage

        self._page(ContrastPage)

    def _page(self, kind: type[CausePage] | type[ContrastPage]) -> None:
        knowledge, session = self.desk.knowledge, self.opened.session
        today = self.opened.today
        assessment = today.assessment if today is not None else None
        cause = self.causes.current
        if knowledge is None or session is None or assessment is None or not cause:
            self.tell("Today's pack cannot assess this session, so there is nothing to read here.")
            return
        if all(entry.cause.id != cause for entry in assessment.causes):
            self.tell("Today's pack does not have this cause.")
            return

        # What today's pack cannot take is not known to it: the page must say what the ranking says.
        findings, _ = fitting(session.findings, knowledge.pack, knowledge.anatomy)

        def after(result: str | None) -> None:
            if result is not None and result.startswith("compare:"):
                self.causes.choose(result.removeprefix("compare:"))
                self.action_contrast()

        self.app.push_screen(
            kind(knowledge.engine, knowledge.pack, findings, assessment, cause),
            after,
        )

    # ----- going on

    def action_back(self) -> None:
        """Go back to the list."""
        if self.is_current:
            self.app.pop_screen()

    def action_neighbour(self, step: int) -> None:
        """Go to the next session of the list, or the one before."""
        row = self.list_screen.step_to(step)
        if row is None:
            self.tell("The list ends here.")
        else:
            self.show_row(row)

    def action_compare(self) -> None:
        """Pick this session; with another that was picked before, compare the two at once."""
        desk = self.desk
        if all(row.path != self.row.path for row in desk.picks):
            desk.pick(self.row)
        if len(desk.picks) == 2:
            from bodymap.tui.review.compare_screen import CompareScreen

            self.app.push_screen(CompareScreen(desk, *desk.picks))
            return
        self.tell(f"{self.row.code} is picked. Press = on the session to compare it with.")
        self.action_back()


def _now() -> datetime:
    return datetime.now().astimezone()
