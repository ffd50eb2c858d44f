"""What can be done in the causes and everywhere."""

from __future__ import annotations

from bodymap.tui.screens.file_actions import FileActions
from bodymap.tui.screens.map_actions import MapActions
from bodymap.tui.screens.question_actions import QuestionActions

ORDER = ("map", "questions", "causes")


class ExplorerActions(QuestionActions, MapActions, FileActions):
    """Reading and comparing causes, panes, undo, alarms, help; the rest comes from its bases."""

    def action_open_cause(self) -> None:
        """Read about the cause in hand."""
        from bodymap.tui.screens.reading import CausePage

        cause = self.cause_area.list.current or self.lit
        if not cause or self.assessment is None or self.knowledge is None or not self.is_current:
            return  # two quick presses open one page

        def after(result: str | None) -> None:
            if result and result.startswith("compare:"):
                self.lit = result.removeprefix("compare:")
                self.action_contrast()

        engine, pack = self.knowledge.engine, self.knowledge.pack
        self.app.push_screen(CausePage(engine, pack, self.findings, self.assessment, cause), after)

    def action_contrast(self) -> None:
        """Compare the cause in hand with the best of the others."""
        from bodymap.tui.screens.reading import ContrastPage

        cause = self.lit or self.cause_area.list.current
        if cause and self.assessment is not None and self.knowledge is not None:
            self.app.push_screen(
                ContrastPage(
                    self.knowledge.engine, self.knowledge.pack, self.findings, self.assessment, cause
                )
            )

    # ----- everywhere

    def action_go(self, pane: str) -> None:
        """Give the keyboard to a pane."""
        if self.knowledge is None:
            return
        self.commit_number()
        widgets = {
            "map": self.map_pane.canvas,
            "questions": self.question_area.list,
            "causes": self.cause_area.list,
        }
        # What is hidden takes no focus, and hiding what has it sends the focus astray: show, focus, then hide.
        self.panes[pane].display = True
        self.set_focus(widgets[pane], scroll_visible=False)
        self.pane = pane

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.action_go(ORDER[(ORDER.index(self.pane) + 1) % 3])

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.action_go(ORDER[(ORDER.index(self.pane) - 1) % 3])

    def action_undo(self) -> None:
        """Take back the last change."""
        self._step(self.visit.undo(), "Nothing to take back.")

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self._step(self.visit.redo(), "Nothing to bring back.")

    def _step(self, moved: bool, otherwise: str) -> None:
        if moved:
            self.findings = self.visit.findings
        else:
            self.notify(otherwise, timeout=3, markup=False)

    def action_alarms(self) -> None:
        """Show every alarm with what was said."""
        from bodymap.tui.screens.reading import AlarmPage

        if self.assessment is not None and self.knowledge is not None:
            self.app.push_screen(AlarmPage(self.assessment, self.knowledge.pack, self.anatomy))

    def action_fold_alarms(self) -> None:
        """Make the alarm banner one line, or whole again; it never goes away."""
        if self.knowledge is not None:
            self.banner.folded = not self.banner.folded

    def action_help(self) -> None:
        """Show every key."""
        from bodymap.tui.screens.reading import HelpPage

        self.app.push_screen(HelpPage(self.knowledge.pack if self.knowledge else None))

    def action_next_theme(self) -> None:
        """Change the colours."""
        self.app.action_next_theme()  # type: ignore[attr-defined]
