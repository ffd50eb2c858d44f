"""A person in front of an explorer without a terminal: presses, clicks, and reads what stands on the screen."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Place
from bodymap.tui.app import BodymapApp
from bodymap.tui.screens.explorer import ExplorerScreen
from bodymap.tui.widgets.alarm_banner import AlarmBanner
from bodymap.tui.widgets.cause_list import CauseList
from bodymap.tui.widgets.lines import HeadLine, PlaceLine
from bodymap.tui.widgets.map_canvas import MapCanvas
from bodymap.tui.widgets.panes import MarkList
from bodymap.tui.widgets.question_list import QuestionList

UPPER = Place("buttock-upper", "left")


class Driver:
    """Wraps a running app. Every step ends when all messages and all work behind the screen are done."""

    def __init__(self, app: BodymapApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    # ----- doing

    async def settle(self) -> None:
        """Wait until nothing is under way: messages, workers, and the messages of the workers."""
        for _ in range(2):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def click_text(self, text: str, widget: Widget | None = None) -> None:
        """Click in the middle of `text` where it stands on the screen (within `widget` if given)."""
        column, row = self.find(text, widget)
        await self.click_at(column + len(text) // 2, row)

    async def click_at(self, column: int, row: int) -> None:
        assert await self.pilot.click(offset=(column, row))
        await self.settle()

    async def click_place(self, place: Place) -> None:
        column, row = self.cell_of(place)
        await self.click_at(column, row)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def mark(self, place: Place, strength: int = 5) -> None:
        """Put a mark by the screen's own actions, wherever the cursor is."""
        self.explorer.go_to(place)
        self.explorer.action_strength(strength)
        await self.settle()

    async def say(self, **answers: str | int) -> None:
        """Give answers (underscores for hyphens) as one change each."""
        for id, value in answers.items():
            self.explorer.findings = self.explorer.findings.with_answer(id.replace("_", "-"), value)
            await self.settle()

    async def choose_question(self, id: str) -> None:
        """Put the cursor of the questions on a row, with the keyboard in the questions."""
        self.explorer.action_go("questions")
        questions = self.questions
        questions.highlighted = questions.get_option_index(id)
        await self.settle()

    async def choose_cause(self, id: str) -> None:
        self.explorer.action_go("causes")
        causes = self.causes
        causes.highlighted = causes.get_option_index(id)
        await self.settle()

    # ----- reading

    @property
    def explorer(self) -> ExplorerScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ExplorerScreen)
        return screen

    @property
    def findings(self) -> Findings:
        return self.explorer.findings

    def mark_of(self, place: Place) -> Mark | None:
        return self.findings.mark_at(*place)

    @property
    def place_line(self) -> str:
        return self.explorer.query_one(PlaceLine).words

    @property
    def head(self) -> str:
        return self.explorer.query_one(HeadLine).saved

    @property
    def canvas(self) -> MapCanvas:
        return self.explorer.query_one(MapCanvas)

    @property
    def marks(self) -> MarkList:
        return self.explorer.query_one(MarkList)

    @property
    def questions(self) -> QuestionList:
        return self.explorer.query_one(QuestionList)

    @property
    def causes(self) -> CauseList:
        return self.explorer.query_one(CauseList)

    @property
    def note(self) -> Static:
        return self.explorer.query_one(".note", Static)

    @property
    def banner(self) -> AlarmBanner:
        return self.explorer.query_one(AlarmBanner)

    @property
    def notices(self) -> list[str]:
        return [str(notification.message) for notification in self.app._notifications]

    def rows(self) -> list[str]:
        """Return the screen as text, row by row, as the compositor would send it."""
        width = self.app.size.width
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).ljust(width) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows())

    @property
    def box(self) -> str:
        """The words of the box that is open, rows joined without a gap: a path may be broken anywhere."""
        region = self.app.screen.query_one(Vertical).region
        inner = [
            row[region.x + 2 : region.right - 2] for row in self.rows()[region.y + 1 : region.bottom - 1]
        ]
        return "".join("".join(inner).split())

    def find(self, text: str, widget: Widget | None = None) -> tuple[int, int]:
        """Return (column, row) of `text` on the screen."""
        region = widget.region if widget is not None else self.app.screen.region
        for number, row in enumerate(self.rows()):
            if region.y <= number < region.bottom:
                at = row.find(text, region.x, region.right)
                if at >= 0:
                    return at, number
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def cell_of(self, place: Place) -> tuple[int, int]:
        """Return (column, row) on the screen of a cell of a place, well inside it."""
        canvas = self.canvas
        assert canvas.sheet is not None
        for start, grid in canvas.sheet.grids.values():
            cells = grid.cells(place)
            if cells:
                column, row = cells[len(cells) // 2]
                at = canvas.content_region.offset + Offset(start + column, row + 1)
                return at.x, at.y
        raise AssertionError(f"{place} is not on the map")
