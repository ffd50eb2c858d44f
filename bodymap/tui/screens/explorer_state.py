"""What the explorer holds: declared once, so that each file of actions can be read on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.reactive import reactive
    from textual.screen import Screen

    from bodymap.engine import Assessment
    from bodymap.engine.findings import Findings
    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy, Place
    from bodymap.knowledge.pack import Question
    from bodymap.tui.visit import Knowledge, Visit
    from bodymap.tui.widgets.alarm_banner import AlarmBanner
    from bodymap.tui.widgets.cause_area import CauseArea
    from bodymap.tui.widgets.panes import MapPane, Pane
    from bodymap.tui.widgets.question_area import QuestionArea

    Base = Screen[None]
else:
    # Making a class below Screen costs a millisecond of the time to the first frame; only the explorer itself needs it.
    Base = object


class ExplorerState(Base):
    """The state that actions change; `ExplorerScreen` gives the reactives their watchers."""

    findings: reactive[Findings]
    place: reactive[Place]
    view: reactive[str]
    close_up: reactive[bool | None]
    pane: reactive[str]
    lit: reactive[str]
    anatomy: Anatomy
    body: Body
    visit: Visit
    map_pane: MapPane
    question_area: QuestionArea
    cause_area: CauseArea
    banner: AlarmBanner
    panes: dict[str, Pane]

    def __init__(self) -> None:
        super().__init__()
        self.knowledge: Knowledge | None = None
        self.assessment: Assessment | None = None
        self.matters: frozenset[str] = frozenset()
        self.asked_id = ""
        self.typed = ""

    def commit_number(self, *, loud: bool = False) -> None:
        """Keep a typed number; `QuestionActions` does it."""

    @property
    def next_question(self) -> Question | None:
        """The question the engine would ask now."""
        if self.assessment is None or not self.assessment.next_questions:
            return None
        return self.assessment.next_questions[0].question
