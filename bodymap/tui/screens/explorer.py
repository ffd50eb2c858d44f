"""The explorer: where it hurts, what changes it, what fits, all live.

The state is the reactives of this screen. It flows down to the panes by binding; news comes up as messages; the
things a person can do are in `explorer_actions`.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.containers import Horizontal
from textual.reactive import reactive

from bodymap.common.trouble import Trouble
from bodymap.common.wording import BAND_WORDS
from bodymap.engine.findings import Findings
from bodymap.tui.changed_regions import ChangesScreen
from bodymap.tui.commands.table import EVERYWHERE, bindings_for
from bodymap.tui.messages import (
    CauseLit,
    CauseOpened,
    KnowledgeLoaded,
    PlacePointed,
    PlaceTurned,
    QuestionChosen,
)
from bodymap.tui.screens.explorer_actions import ExplorerActions
from bodymap.tui.screens.naming import Naming
from bodymap.tui.widgets.key_line import KeyLine
from bodymap.tui.widgets.lines import HeadLine, PlaceLine, TabLine
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.map_steps import START
from bodymap.tui.widgets.panes import MapPane, Pane
from bodymap.tui.widgets.too_small import SMALLEST, TooSmall

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.geometry import Size

    from bodymap.common.settings import Settings
    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy, Place
    from bodymap.tui.app import BodymapApp
    from bodymap.tui.visit import Knowledge, Visit

WIDE = 110
"""Columns from which the three panes stand side by side."""
SPACIOUS, AMPLE = 118, 150
"""Columns from which questions and causes take more room: the map of both views comes first."""
REST_SECONDS = 0.25
"""After the pack came nothing moves any more by then; a screen that was touched in between is not kept."""
ROOMY = 24
"""Rows below which decoration goes."""


class ExplorerScreen(ExplorerActions, Naming, ChangesScreen[None]):
    """Map, questions and causes. `pane` has the keyboard; `lit` is the cause whose regions the map shows."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    ExplorerScreen { layout: vertical; background: $background; color: $foreground; }
    ExplorerScreen > #panes { height: 1fr; }
    ExplorerScreen.-tiny > #panes, ExplorerScreen.-tiny > HeadLine, ExplorerScreen.-tiny > KeyLine,
    ExplorerScreen.-tiny > PlaceLine, ExplorerScreen.-tiny > TabLine,
    ExplorerScreen.-tiny > AlarmBanner { display: none; }
    """

    BINDINGS = bindings_for(EVERYWHERE)

    app: BodymapApp
    findings: reactive[Findings] = reactive(Findings(), repaint=False)
    place: reactive[Place] = reactive(START, repaint=False)
    view: reactive[str] = reactive("back", repaint=False)
    close_up: reactive[bool | None] = reactive(None, repaint=False)
    pane: reactive[str] = reactive("map", repaint=False, init=False)
    lit: reactive[str] = reactive("", repaint=False, init=False)
    lit_regions: reactive[tuple[frozenset[str], frozenset[str]]] = reactive(
        (frozenset(), frozenset()), repaint=False
    )
    lit_name: reactive[str] = reactive("", repaint=False)

    def __init__(
        self, settings: Settings, anatomy: Anatomy, body: Body, visit: Visit, look_path: Path | None = None
    ) -> None:
        """`look_path` is where to keep how the screen looks before anything is entered, if it is to be kept."""
        super().__init__()
        self.settings = settings
        self.anatomy = anatomy
        self.body = body
        self.visit = visit
        self._look_path = look_path
        self.set_reactive(ExplorerScreen.findings, visit.findings)

    def compose(self) -> ComposeResult:
        """Head line, alarms, tabs, the three panes, the place in words, the keys."""
        # What is known before the pack stands in the first frame already.
        head = HeadLine()
        head.set_reactive(HeadLine.saved, self.visit.state_words)
        yield head
        yield TabLine().data_bind(ExplorerScreen.pane)
        self.map_pane = MapPane(self.body, self.anatomy)
        self.map_pane.canvas.data_bind(
            ExplorerScreen.findings,
            ExplorerScreen.place,
            ExplorerScreen.view,
            ExplorerScreen.close_up,
            lit=ExplorerScreen.lit_regions,
        )
        self.map_pane.marks.data_bind(ExplorerScreen.findings, ExplorerScreen.lit_name)
        ink = "ascii" if self.settings.ascii_only else self.settings.ink or "ascii"
        self.map_pane.canvas.set_reactive(MapCanvas.ink, ink)
        self.panes = {
            "map": self.map_pane,
            "questions": Pane(id="question-pane"),
            "causes": Pane(id="cause-pane"),
        }
        self.panes["questions"].border_title = "2 What changes it "
        self.panes["causes"].border_title = "3 What fits "
        self.take_size(self.app.size)
        yield Horizontal(*self.panes.values(), id="panes")
        place_line = PlaceLine()
        place_line.set_reactive(PlaceLine.words, self._place_words())
        yield place_line
        yield KeyLine().data_bind(ExplorerScreen.pane)

    def on_mount(self) -> None:
        """Paint first; what is known is read behind the first frame."""
        self.call_after_refresh(self.load)

    @work(thread=True, exclusive=True, group="knowledge")
    def load(self) -> None:
        """Read and compile the pack away from the screen."""
        from bodymap.tui.visit import load_knowledge

        try:
            self.post_message(KnowledgeLoaded(load_knowledge(self.settings, self.anatomy)))
        except Exception as trouble:
            self.post_message(KnowledgeLoaded(None, trouble))
            return
        sheet = self.map_pane.canvas.sheet
        for _, grid in sheet.grids.values() if sheet else ():
            grid.neighbour(
                grid.places[0], "down"
            )  # the ways are worked out once; not while a key waits for them
        self.visit.sweep()

    def _keep_look(self) -> None:
        """Keep how the untouched screen looks at rest for the next start."""
        path, self._look_path = self._look_path, None
        untouched = not self.visit.begun and self.pane == "map" and not self.lit and self.is_current
        if path is not None and untouched and self.app.size == self.size:
            from bodymap.tui.first_look import keep_look

            keep_look(path, self._compositor.render_strips())

    @on(KnowledgeLoaded)
    async def use_knowledge(self, message: KnowledgeLoaded) -> None:
        """Furnish the panes that need the pack."""
        if message.knowledge is None:
            self.app.release()
            self.without_knowledge(message.trouble or LookupError("no pack"))
            return
        try:
            await self._furnish(message.knowledge)
        except Exception:
            self.app.given_up = True  # of no use without what the pack fills
            raise

    async def _furnish(self, knowledge: Knowledge) -> None:
        from bodymap.tui.widgets.alarm_banner import AlarmBanner
        from bodymap.tui.widgets.cause_area import CauseArea
        from bodymap.tui.widgets.question_area import QuestionArea

        with self.app.batch_update():
            self.banner, self.question_area, self.cause_area = AlarmBanner(), QuestionArea(), CauseArea()
            await self.panes["questions"].mount(self.question_area)
            await self.panes["causes"].mount(self.cause_area)
            await self.mount(self.banner, after=self.query_one(HeadLine))
            self.knowledge = knowledge
            self.query_one(HeadLine).title = knowledge.pack.title
            entered = self.visit.findings != Findings()  # before there was a pack
            try:
                self.visit.use(knowledge)
            except Trouble as trouble:
                self.tell_fault("The unfinished session cannot be picked up", str(trouble))
            if self.visit.warning:
                self.tell_fault("Picked up with a warning", self.visit.warning)
            self.set_reactive(ExplorerScreen.findings, self.visit.findings)
            self.mutate_reactive(ExplorerScreen.findings)
            # Told beforehand how wide they will be, lists and card are laid out once and not twice.
            widths = {id: pane.content_size.width or self.size.width for id, pane in self.panes.items()}
            self.question_area.card.fill(knowledge.pack.questions.values(), widths["questions"])
            self.cause_area.list.width = widths["causes"]
            self.assess()
            self.question_area.list.fill(
                knowledge.pack, self.findings, self.matters, self.next_question, widths["questions"]
            )
        self.call_after_refresh(self.app.release)
        self.set_timer(REST_SECONDS, self._keep_look)
        if entered:
            self.keep()
        gc.freeze()
        gc.enable()

    def assess(self) -> None:
        """Ask the engine anew and show what it says."""
        if self.knowledge is None:
            self.show_head()
            self.name_here()
            return
        previous, self.assessment = self.assessment, self.knowledge.engine.assess(self.findings)
        self.matters = self.knowledge.engine.still_matters(self.findings)
        pack = self.knowledge.pack
        self.cause_area.show(self.assessment, previous, pack)
        self.cause_area.read(self.assessment, pack, self.lit)
        self.question_area.list.update_rows(self.findings, self.matters, self.next_question)
        if len(self.assessment.alarms) > len(self.banner.alarms):
            worst = self.assessment.alarms[0].alarm.tier
            self.banner.folded = self.has_class("-small") and worst != "emergency"
        if self.assessment.alarms:
            from bodymap.report.wording import refs_words

            because = self.assessment.alarms[0].because
            self.banner.said = refs_words(because, pack, self.anatomy)
        self.banner.alarms = self.assessment.alarms
        self.show_card()
        self.show_head()
        self.name_here()

    def show_head(self) -> None:
        """Bring the head line and the tabs up to date."""
        head = self.query_one(HeadLine)
        head.saved = self.visit.state_words
        if self.assessment is None:
            return
        leader = self.assessment.causes[0]
        leads = not self.assessment.none_fits
        head.leading = (
            f"{leader.cause.name}: {BAND_WORDS[leader.band]}" if leads and self.has_class("-narrow") else ""
        )
        marks = len(self.findings.marks)
        answered = len(self.findings.answers)
        self.query_one(TabLine).notes = (str(marks) if marks else "", str(answered) if answered else "", "")

    def watch_findings(self, old: Findings, new: Findings) -> None:
        """Every change leads to a new assessment and a new unfinished file."""
        if old == new or not self.is_mounted:
            return
        self.visit.now(new)
        self.assess()
        self.keep()

    def watch_place(self) -> None:
        """Name the place at once."""
        if self.is_mounted:
            self.name_here()

    def watch_lit(self, cause: str) -> None:
        """Light the regions of a cause on the map and show it in short."""
        if self.knowledge is None or self.assessment is None:
            return
        entry = self.knowledge.pack.cause(cause) if cause else None
        self.lit_regions = (
            (frozenset(entry.usual), frozenset(entry.possible)) if entry else (frozenset(), frozenset())
        )
        self.lit_name = entry.name if entry else ""
        self.cause_area.read(self.assessment, self.knowledge.pack, cause)

    def watch_pane(self, pane: str) -> None:
        """On a narrow screen only the open pane is there."""
        self.show_panes()
        self.name_here()

    async def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size; what was entered stays."""
        self.take_size(event.size)
        if self.has_class("-tiny") and not self.query(TooSmall):
            await self.mount(TooSmall())
        elif not self.has_class("-tiny") and self.focused is None and self.is_current:
            self.call_after_refresh(self.action_go, self.pane)
        self.show_head()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the notice of a small screen nothing can be changed that cannot be seen."""
        return action == "leave" or not self.has_class("-tiny")

    def take_size(self, size: Size) -> None:
        """Set the classes that the layout hangs on, and show the panes that fit."""
        self.set_class(size.width < SMALLEST[0] or size.height < SMALLEST[1], "-tiny")
        self.set_class(size.width < WIDE, "-narrow")
        self.set_class(SPACIOUS <= size.width < AMPLE, "-spacious")
        self.set_class(size.width >= AMPLE, "-ample")
        self.set_class(size.height < ROOMY, "-small")
        self.show_panes()

    def show_panes(self) -> None:
        """Show all panes on a wide screen, the open one on a narrow one."""
        narrow = self.has_class("-narrow")
        for name, pane in self.panes.items():
            pane.display = not narrow or name == self.pane
            pane.set_class(name == self.pane, "-active")

    def on_descendant_focus(self) -> None:
        """The pane that holds the keyboard is the open one, however it got there."""
        focused = self.focused
        for name, pane in self.panes.items():
            if focused is not None and pane in focused.ancestors:
                self.pane = name

    @on(PlacePointed)
    def point(self, message: PlacePointed) -> None:
        """A press on the map moves the cursor there and marks the place if it was not."""
        self.map_pane.canvas.focus()
        self.go_to(message.place)
        self.action_mark()

    @on(PlaceTurned)
    def turn_strength(self, message: PlaceTurned) -> None:
        """The wheel over a place makes it stronger or weaker."""
        self.go_to(message.place)
        mark = self.findings.mark_at(*message.place)
        if mark is not None:
            self.action_strength(min(10, max(0, mark.intensity + message.step)))

    @on(QuestionChosen)
    def take_question(self, message: QuestionChosen) -> None:
        """Another question is in hand; a number typed for the one before is kept if it is one."""
        self.commit_number()
        self.asked_id = message.id
        self.show_card()
        self.name_here()

    @on(CauseLit)
    def light(self, message: CauseLit) -> None:
        """Light a cause."""
        self.lit = message.id
        self.name_here()

    @on(CauseOpened)
    def open(self, message: CauseOpened) -> None:
        """Read a cause."""
        self.lit = message.id
        self.action_open_cause()
