"""A person in front of the kiosk without a terminal: presses, touches, and reads what stands on the screen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from bodymap.knowledge.anatomy import Place
from bodymap.tui.kiosk.board import Target
from bodymap.tui.kiosk.kiosk_app import KioskApp
from bodymap.tui.kiosk.scene import Act
from bodymap.tui.kiosk.visit_screen import VisitScreen
from bodymap.tui.widgets.map_steps import step_on
from bodymap.visit import GuidedVisit, Step

SitDown = Callable[..., AbstractAsyncContextManager["Person"]]
_ROUNDS = 4
"""From the application to the screen, to a worker, back to the screen, and one for what is shown then."""


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Person:
    """Every step ends when all messages and all work behind the screen are done. A second passes before each press."""

    def __init__(self, app: KioskApp, pilot: Pilot[int], clock: Clock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock
        self.presses = 0

    @property
    def screen(self) -> VisitScreen:
        screen = self.app._first
        assert isinstance(screen, VisitScreen)
        return screen

    @property
    def visit(self) -> GuidedVisit:
        return self.screen.visit

    @property
    def step(self) -> Step:
        """The step that the screen shows."""
        return self.screen.step

    @property
    def ended(self) -> bool:
        return self.app._exit

    @property
    def text(self) -> str:
        """What stands on the screen, row by row."""
        rows = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)

    @property
    def held(self) -> Act | None:
        """What the keyboard is on."""
        at = self.screen.focus_at
        held = None if at is None else self.screen.board.targets[at].act
        assert held == self.screen.held
        return held

    async def settle(self) -> None:
        """Return once every message is handled, and what workers were sent off to do, and what came of that.

        Each round passes through every queue once. The pilot's own pauses watch the processor instead, for a tenth of a
        second a press.
        """
        for _ in range(_ROUNDS):
            await self.pilot._wait_for_screen()
            for worker in tuple(self.app.workers):
                with suppress(WorkerCancelled):  # one that comes next may take its place
                    await worker.wait()
            if not self.ended:
                self.screen._on_timer_update()

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.clock.now += 1.1
            self.presses += 1
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await self.settle()

    async def hold(self, key: str, times: int, apart: float) -> None:
        """Hold a key down: it repeats so many times, with so many seconds between."""
        for _ in range(times):
            self.clock.now += apart
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await self.settle()

    def target(self, verb: str, value: str = "") -> Target:
        board = self.screen.board
        at = board.of(Act(verb, value))
        assert at is not None, f"nothing does {verb} {value} here:\n{self.text}"
        return board.targets[at]

    async def touch(self, verb: str, value: str = "") -> None:
        """Press a target with the mouse, or a finger, in its middle."""
        box = self.target(verb, value).box
        await self.touch_at(box.x + box.width // 2, box.y + box.height // 2)

    async def touch_place(self, place: Place) -> None:
        canvas = self.screen.map
        assert canvas.display
        assert canvas.sheet is not None
        for start, grid in canvas.sheet.grids.values():
            if cells := grid.cells(place):
                column, row = sorted(cells)[len(cells) // 2]
                origin = canvas.content_region.offset
                await self.touch_at(origin.x + start + column, origin.y + 1 + row)
                return
        raise AssertionError(f"{place} is not drawn")

    def way_to(self, goal: Place) -> list[str]:
        """Return the fewest arrow keys from where the cursor is to a place that is drawn."""
        sheet, anatomy = self.screen.map.sheet, self.visit.anatomy
        here = self.screen.place
        waiting: deque[tuple[Place, list[str]]] = deque([(here, [])])
        seen = {here}
        while waiting:
            place, keys = waiting.popleft()
            if place == goal:
                return keys
            for key in ("left", "right", "up", "down"):
                there = step_on(sheet, anatomy.regions[place.region].view, place, key)
                if there not in seen:
                    seen.add(there)
                    waiting.append((there, [*keys, key]))
        raise AssertionError(f"no way to {goal} from {here}:\n{self.text}")

    async def touch_at(self, x: int, y: int) -> None:
        self.clock.now += 1.1
        self.presses += 1
        for happens in (events.MouseDown, events.MouseUp):
            self.app.post_message(happens(None, x, y, 0, 0, 1, False, False, False, x, y))
        await self.settle()

    async def wait(self, seconds: float) -> None:
        """Let time pass, the screen looking at its clock once a second."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.clock.now = min(end, self.clock.now + 1)
            self.screen.look_at_clock()
        await self.settle()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    # ----- whole ways

    async def begin(self) -> None:
        await self.press("1")

    async def reach(self, *kinds: str, value: str = "no") -> Step:
        """Answer what comes, straight to the visit, until the screen shows a step of one of the kinds."""
        from guided import reach

        if self.visit.step.kind == "welcome":
            self.visit.choose("begin")
        step = reach(self.visit, *kinds, value=value)
        self.screen.arrive()
        await self.settle()
        return step

    async def walk_to(self, kind: str) -> None:
        """Go on with the keyboard until a step of a kind comes: no to every question, nothing from every list."""
        for _ in range(60):
            if self.step.kind == kind:
                return
            keys = {
                "welcome": "1",
                "question": "2",
                "several": "5",
                "where": "2",
                "results": "1",
                "number": "9",
                "consent": "2",
            }
            key = keys[self.step.kind]
            if self.step.kind == "several":
                key = str(len(self.step.choices) + 1)
            await self.press(key)
            if self.step.kind == "number" and key == "9":
                await self.press("enter")
        raise AssertionError(f"no {kind} came, but {self.step.kind}")
