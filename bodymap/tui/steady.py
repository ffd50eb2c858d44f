"""The application underneath ours: it ends always and in order, and it goes on after faults of ours.

Knows nothing of bodies and packs.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, ScreenError
from textual.worker import WorkerFailed

from bodymap.tui import last_way
from bodymap.tui.faults import Faults, GoesOn
from bodymap.tui.terminal import TerminalDriver

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

INTERNAL = 70
"""EX_SOFTWARE of sysexits.h: the fault is ours."""
TELL_SECONDS = 5.0


class SteadyApp(GoesOn, App[int]):
    """An application on a terminal that may drop, with people who may type anything, and with faults of its own."""

    _first: Screen[None]
    """The screen that stays."""

    def __init__(self) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.faults = Faults()
        self.given_up = False
        """Whether the next fault ends the program."""
        self._told_fault = -TELL_SECONDS

    def on_mount(self) -> None:
        """Let nothing that fails beside the messages write on the screen, or after it."""
        asyncio.get_running_loop().set_exception_handler(self._task_failed)

    # ----- ending

    def run(self, **given: Any) -> int | None:
        """Run to the end; the last way out is closed behind it."""
        try:
            return super().run(**given)
        finally:
            if isinstance(self._driver, TerminalDriver):
                last_way.disarm()

    def told_to_end(self, number: int) -> None:
        """Leave with 128 + `number`, as shells expect of an end by a signal; by force where the way out hangs.

        Called by signals in the middle of anything, even while the main thread waits for the line.
        """
        self._arm_last_way(128 + number)
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed already
                self._loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Leave in order; by force where the way out hangs."""
        self._arm_last_way(return_code)
        super().exit(result, return_code, message)

    @property
    def line_is_gone(self) -> bool:
        """Whether the terminal has hung up, or refuses what is written to it."""
        return isinstance(self._driver, TerminalDriver) and (self._driver.gone or self._driver.deaf)

    def _arm_last_way(self, status: int) -> None:
        if isinstance(self._driver, TerminalDriver):
            last_way.arm(status, self._driver.hand_back)

    @property
    def backlog(self) -> int:
        """How many messages wait to be handled where keys and mouse go: nothing more is read while they are many."""
        try:
            pumps = {self, self.screen, self.focused or self}
        except ScreenError:
            pumps = {self}
        return sum(pump._message_queue.qsize() for pump in pumps)

    # ----- faults of our own

    def forgives(self, error: Exception, *, step: bool) -> bool:
        """Take note of a fault and return whether to go on: on a real terminal, once it shows something."""
        if not isinstance(self._driver, TerminalDriver):
            return False
        if self._exit:
            return True  # widgets that go meet others that have gone
        self.given_up = self.given_up or not (self._dom_ready and self.faults.add(error, step=step))
        if self.given_up:
            return False
        self.tell_fault()
        return True

    @property
    def fault(self) -> BaseException | None:
        """What ended the program, if a fault of ours did."""
        return self._exception.error if isinstance(self._exception, WorkerFailed) else self._exception

    def tell_fault(self) -> None:
        """Tell the person that a step failed."""
        if time.monotonic() - self._told_fault > TELL_SECONDS:
            self._told_fault = time.monotonic()
            with suppress(Exception):  # what failed may be what shows this
                self.notify(
                    "A step failed inside the program. What you entered is still here.",
                    severity="error",
                    timeout=TELL_SECONDS,
                    markup=False,
                )
            self.call_later(self._close_empty_page)

    def _close_empty_page(self) -> None:
        """Close a page that failed while it opened: it shows nothing and would only take the keys."""
        page = self.screen
        if page is not self._first and page.is_mounted and not page.children:
            self.pop_screen()

    def _task_failed(self, _: object, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Go on, or end without Textual's traceback, which prints local variables and so what a person entered.

        `start_explorer` raises the exception again once the terminal is its own; the command line says the rest.
        """
        if self.forgives(error, step=isinstance(error, WorkerFailed)):
            self.frame_failed()
            return
        self._arm_last_way(INTERNAL)
        self.before_end_by_fault()
        super()._handle_exception(error)

    def before_end_by_fault(self) -> None:
        """Do what there is to do before a fault ends the program."""

    def frame_failed(self) -> None:
        """Do what there is to do when what failed may be what was being sent."""

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """Close without showing anything."""
        self._close_messages_no_wait()
