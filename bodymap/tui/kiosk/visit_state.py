"""What the screen of a visit remembers, and how it shows it. What keys and presses do is added on top of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from bodymap.kiosk.idle import IdleClock
from bodymap.kiosk.pin import PinCheck
from bodymap.knowledge.anatomy import Place
from bodymap.tui.changed_regions import ChangesScreen
from bodymap.tui.kiosk.board import Board
from bodymap.tui.kiosk.board_view import BoardView
from bodymap.tui.kiosk.kiosk_map import KioskMap
from bodymap.tui.kiosk.layout import lay_out
from bodymap.tui.kiosk.looks import TALL
from bodymap.tui.kiosk.scenes import Scenes
from bodymap.tui.widgets.map_sheet import close_up_by_itself
from bodymap.tui.widgets.map_steps import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.figure import Body
    from bodymap.kiosk.config import KioskConfig
    from bodymap.tui.kiosk.kiosk_app import KioskApp
    from bodymap.tui.kiosk.scene import Act, Scene
    from bodymap.tui.kiosk.sitting import Sitting
    from bodymap.visit import Step

MOST_NEAR = 6
"""Places that are offered where the one that was touched was not meant."""
SMALLEST = (60, 20)
"""Columns and rows that every screen fits into."""


class VisitState(ChangesScreen[None], inherit_bindings=False):
    """One visit on the screen: the step in hand, or a question of the screen's own before it.

    `box` names that question: "ending", "idle", "near", "pin" or "sure"; "blank" shows nothing, "" the step.
    """

    ALLOW_SELECT = False
    CSS = """
    VisitState { layers: board body; }
    """

    def __init__(
        self,
        config: KioskConfig,
        sitting: Sitting,
        body: Body,
        clock: Callable[[], float] = time.monotonic,
        *,
        drawn: str = TALL,
    ) -> None:
        """`drawn` says which drawn letters the terminal can show, see `lay_out`."""
        super().__init__()
        self.config, self.sitting, self.body, self.clock = config, sitting, body, clock
        self.visit = sitting.visit
        self.idle = IdleClock(config.idle_seconds, config.warning_seconds, clock())
        self.left = 0
        """Whole seconds of the warning that are left."""
        self.box = ""
        self.before_warning: tuple[str, Act | None] = ("", None)
        """The question that stood there before the warning came, and what had the keyboard."""
        self.large = config.large_type
        self.drawn = drawn
        self.page = 0
        self.typed = ""
        """The digits under way; `typing` is whether the next one is added to them."""
        self.typing = False
        self.note = ""
        self.place: Place = START
        self.touched: tuple[Place, ...] = ()
        """Places beside the one that was touched, the nearest first; none where keys went there."""
        self.view = "back"
        self.close_up: bool | None = None
        self.focus_at: int | None = None
        """Which target of the board has the keyboard; `held` is what that does, wherever it stands."""
        self.held: Act | None = None
        self.pin_check = PinCheck(config.pin_hash)
        self.words = self._speak()
        self.step: Step = self.visit.step
        self.board_view = BoardView()
        self.map = KioskMap(body)
        self.map.ink = config.ink or "ascii"
        self.map.speak(self.visit.language)

    def _speak(self) -> Scenes:
        return Scenes(self.visit.language, staff=bool(self.config.pin_hash))

    @property
    def board(self) -> Board:
        """What stands on the screen."""
        return self.board_view.board

    @property
    def on_map(self) -> bool:
        """Whether the arrow keys move over the body."""
        return self.box == "" and self.step.kind == "where" and self.focus_at is None

    @property
    def kiosk(self) -> KioskApp:
        """The application around this screen."""
        return cast("KioskApp", self.app)

    # ----- showing

    def arrive(self) -> None:
        """Show the step in hand from its beginning."""
        self.step = self.visit.step
        self.page, self.note, self.typing = 0, "", False
        self.typed = "" if self.step.value is None else str(self.step.value)
        if self.step.kind == "where" and self.step.place is None and not self.visit.findings.marks:
            self.close_up = None
        self.show(afresh=True)

    def open_box(self, box: str) -> None:
        """Put a question of the screen's own before the step; "" takes it away."""
        self.box, self.typed, self.note, self.page, self.typing = box, "", "", 0, True
        if not box:
            self.arrive()
        else:
            self.show(afresh=True)

    def show(self, *, afresh: bool = False) -> None:
        """Show what there is; the keyboard stays where it was unless it begins `afresh`."""
        board = self._board()
        if afresh:
            self.held = None if board.first is None else board.targets[board.first].act
        self.focus_at = None if self.held is None else board.of(self.held)
        self.board_view.show(board, self.focus_at)
        self._show_map(board)

    def focus_on(self, place: int | None) -> None:
        """Give the keyboard to a target; None gives it to the body, or to nothing."""
        self.focus_at = place
        self.held = None if place is None else self.board.targets[place].act
        self.board_view.show(self.board, place)
        self.map.hold(self.on_map)

    @property
    def tiny(self) -> bool:
        """Whether the window is too small to show anything but that it is."""
        columns, rows = self.app.size
        return columns < SMALLEST[0] or rows < SMALLEST[1]

    def _board(self) -> Board:
        columns, rows = self.app.size
        if self.box == "blank":
            return Board(columns, rows)
        drawn = self.drawn
        if self.tiny:
            return lay_out(self.words.small(columns, rows), columns, rows, drawn=drawn)
        board = lay_out(self._scene(), columns, rows, large=self.large, drawn=drawn, page=self.page)
        if self.step.kind == "where" and not self.box and board.figure is not None:
            close_up = self.close_up
            if close_up is None:
                close_up = close_up_by_itself(self.body, board.figure.width, board.figure.height)
            if close_up:
                board = lay_out(self._scene(close_up=True), columns, rows, large=self.large, drawn=drawn)
        return board

    def _scene(self, *, close_up: bool = False) -> Scene:
        if self.box == "ending":
            return self.words.ending(saved=self.visit.state.saved is True)
        if self.box == "idle":
            return self.words.idle(self.left)
        if self.box == "pin":
            return self.words.pin(len(self.typed), self.note)
        if self.box == "sure":
            return self.words.sure()
        if self.box == "near":
            anatomy = self.visit.anatomy
            return self.words.near([(place, anatomy.named(place)) for place in self.touched[:MOST_NEAR]])
        if self.step.kind == "where":
            named = self.visit.anatomy.named(self.place)
            return self.words.map(self.step, named, view=self.view, close_up=close_up, both=not self.large)
        return self.words.step(self.step, typed=self.typed, note=self.note, large=self.large)

    # ----- the body

    def _show_map(self, board: Board) -> None:
        box = board.figure
        self.map.display = box is not None and not self.box
        if box is None or self.box:
            return
        self.map.styles.offset = (box.x, box.y)
        self.map.styles.width, self.map.styles.height = box.width, box.height
        self.map.findings = self.visit.findings
        if self.step.kind == "confirm" and self.step.place is not None:
            self._light(self.step.place)
        else:
            self.map.place, self.map.view, self.map.close_up = self.place, self.view, self.close_up
        self.map.hold(self.on_map or self.step.kind == "confirm")

    def _light(self, place: Place) -> None:
        """Show one place on a small body."""
        view = self.visit.anatomy.regions[place.region].view
        close = self.body.grid(view, 40, 20, "close-up")
        self.map.place, self.map.view, self.map.close_up = place, view, place in close.places
