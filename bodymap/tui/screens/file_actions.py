"""Keeping what was said: autosave, save with a receipt, start over, leave."""

from __future__ import annotations

from textual import work

from bodymap.common.places import home_folder
from bodymap.common.trouble import Trouble
from bodymap.engine.findings import Findings
from bodymap.tui.messages import KeysHandled, SaveDone
from bodymap.tui.safe import shown
from bodymap.tui.screens.explorer_state import ExplorerState
from bodymap.tui.widgets.lines import HeadLine


class FileActions(ExplorerState):
    """Nothing here waits for the disk: workers write, and post a message when it is done."""

    def keep(self) -> None:
        """Write the unfinished session behind the screen."""
        if self.knowledge is not None and self.assessment is not None:
            self._keep()

    @work(thread=True, group="disk")
    def _keep(self) -> None:
        assert self.knowledge is not None
        assert self.assessment is not None
        try:
            self.visit.keep(self.knowledge, self.findings, self.assessment)
        except Trouble as trouble:
            self.post_message(SaveDone(finished=False, fault=str(trouble)))
        else:
            self.post_message(SaveDone(finished=False))

    def action_save(self) -> None:
        """Save what was said; the receipt comes when it is durable."""
        self.commit_number()
        if self.findings == Findings():
            self.notify("There is nothing to save yet.", timeout=3, markup=False)
        elif self.knowledge is None or self.assessment is None:
            self.notify(
                "The knowledge pack is not there yet; what you entered stays.", timeout=3, markup=False
            )
        elif self.visit.receipt and not self.visit.changed:
            self._receipt(*self.visit.receipt)
        else:
            self._save()

    @work(thread=True, group="disk")
    def _save(self) -> None:
        assert self.knowledge is not None
        assert self.assessment is not None
        try:
            code, path = self.visit.finish(self.knowledge, self.findings, self.assessment)
        except Trouble as trouble:
            self.post_message(SaveDone(finished=True, fault=str(trouble)))
        else:
            self.post_message(SaveDone(finished=True, code=code, path=path))

    def on_save_done(self, message: SaveDone) -> None:
        """Show the receipt of a save; an autosave only shows when it fails, and then once."""
        failed_before, self.visit.fault = self.visit.fault, message.fault
        self.query_one(HeadLine).saved = self.visit.state_words
        if message.fault:
            if message.finished or not failed_before:
                heading = "Not saved" if message.finished else "What you enter cannot be kept on the disk"
                self.tell_fault(heading, message.fault)
        elif message.finished:
            self._receipt(message.code, message.path)

    def _receipt(self, code: str, path: str) -> None:
        from bodymap.tui.screens.choices import Box

        rows = [
            shown(""),
            shown("Your code   ", (" ".join(code), "bold")),
            shown(""),
            shown("Say it aloud to the clinician, who finds your answers by it."),
            shown(("The file: ", "$quiet"), _short(path)),
            shown(("Read it with: ", "$quiet"), f"bodymap show {code}"),
        ]
        self.app.push_screen(Box("Saved", rows, yes="Enter: go on"))

    def action_start_over(self) -> None:
        """Ask, then begin with an empty map."""
        from bodymap.tui.screens.choices import Box

        if self.findings == Findings():
            self.notify("The map is empty already.", timeout=3, markup=False)
            return

        def decide(sure: bool | None) -> None:
            if sure:
                self._start_over()

        rows = [
            shown(f"{len(self.findings.marks)} marks and {len(self.findings.answers)} answers go."),
            shown("A saved file stays as it is. Undo (^z) brings them back until you leave."),
        ]
        self.app.push_screen(Box("Start over?", rows, yes="y: start over", no="n: go on here"), decide)

    @work(thread=True, group="disk")
    def _start_over(self) -> None:
        if self.knowledge is None:
            return
        try:
            self.visit.start_over(self.knowledge)
        except Trouble as trouble:
            self.post_message(SaveDone(finished=False, fault=str(trouble)))
        else:
            self.app.call_from_thread(self._clear)

    def _clear(self) -> None:
        self.lit = ""
        self.findings = Findings()

    def action_leave(self) -> None:
        """Leave; what was not saved is on the disk as an unfinished session first."""
        self.commit_number()
        if self.knowledge is None or self.assessment is None:
            self._leave_without_knowledge()
        else:
            self._leave()

    @work(thread=True, group="disk")
    def _leave_without_knowledge(self) -> None:
        try:
            self.visit.rescue()
        except Trouble as trouble:
            self.app.call_from_thread(self._leave_anyway, str(trouble))
        else:
            self.app.call_from_thread(self.app.exit, 0)

    def without_knowledge(self, trouble: Exception) -> None:
        """End where the pack cannot be used: nothing could be asked, assessed or saved.

        It is said with the words and the status of every other command once the terminal is free.
        """
        self.visit.trouble = trouble
        self.app.call_later(self._end_behind_keys, int(trouble.exit) if isinstance(trouble, Trouble) else 70)

    def _end_behind_keys(self, status: int) -> None:
        """End once the keys that have waited for this screen have been handled, for what they enter is kept."""
        (self.focused or self).post_message(KeysHandled(status))

    def on_keys_handled(self, message: KeysHandled) -> None:
        """End: the keys have come this far before."""
        self.app.exit(return_code=message.status)

    @work(thread=True, group="disk")
    def _leave(self) -> None:
        assert self.knowledge is not None
        assert self.assessment is not None
        try:
            self.visit.keep(self.knowledge, self.findings, self.assessment)
        except Trouble as trouble:
            self.app.call_from_thread(self._leave_anyway, str(trouble))
        else:
            self.app.call_from_thread(self.app.exit, 0)

    def _leave_anyway(self, fault: str) -> None:
        from bodymap.tui.screens.choices import Box

        def decide(sure: bool | None) -> None:
            if sure:
                self.visit.let_go = True
                self.app.exit(0)

        rows = [shown(fault), shown("If you leave now, what you entered is gone.")]
        self.app.push_screen(
            Box("It cannot be kept on the disk", rows, yes="y: leave without it", no="n: stay"), decide
        )

    def tell_fault(self, heading: str, fault: str) -> None:
        """Show what went wrong and wait until it was read."""
        from bodymap.tui.screens.choices import Box

        self.app.push_screen(
            Box(heading, [shown(fault), shown("Nothing you entered is lost.")], yes="Enter: go on")
        )


def _short(path: str) -> str:
    """Return a path with the person's home written as ~, as a shell would take it."""
    home = str(home_folder())
    return f"~{path.removeprefix(home)}" if path.startswith(f"{home}/") else path
