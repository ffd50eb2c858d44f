"""Textual's terminal driver, made to survive what terminals and lines really do.

Measured with textual 8.2.8: a window of 65535 × 65535 cells (an SSH client chooses it) takes 6 GB; a line that drops
makes the kernel send SIGCONT, at which the driver starts a second time and loses sight of its first thread, which
then spins for ever; a write that fails ends the thread that writes, and the next frames wait for it without
end. This file touches names that Textual keeps to itself; the tests hold them in place and the version is pinned.
"""

from __future__ import annotations

import os
import select
import signal
import termios
import threading
import time
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import events
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from bodymap.tui.keyboard import Keyboard
from bodymap.tui.line_writer import LineWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.message import Message

LARGEST = (500, 200)
"""Columns and rows beyond which a window is treated as if it ended there."""
UNKNOWN = (80, 25)
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
BACKLOG = 200
"""Messages waiting in the application above which no more is read from the line."""
_TICK = 0.1
_HAND_BACK = (
    b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)

linux_driver.WriterThread = LineWriter  # type: ignore[attr-defined, assignment]


class Ends(Protocol):
    """What the driver needs of the application."""

    def told_to_end(self, number: int) -> None:
        """End with 128 + `number`. Called in the main thread, between any two steps of it."""

    @property
    def backlog(self) -> int:
        """How many messages wait to be handled."""


class TerminalDriver(LinuxDriver):
    """The driver of every screen of ours. Its application has the methods of `Ends`."""

    largest = LARGEST
    """Columns and rows beyond which a window is treated as if it ended there."""
    _stopped = False
    _before: Mapping[int, Any] = MappingProxyType({})
    """What signals did before the terminal was taken."""

    @property
    def _owner(self) -> Ends:
        return cast(Ends, self._app)

    # ----- starting and stopping

    def start_application_mode(self) -> None:
        """Take the terminal. From here on signals end the program in order; before, nothing was on the screen."""
        self._before = {number: signal.signal(number, self._told_to_end) for number in ENDING}
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:
            self._line_gone()

    def _line_gone(self) -> None:
        # A signal and no message: it reaches a main thread that waits, too.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGHUP)

    def _told_to_end(self, number: int, _: object) -> None:
        self._owner.told_to_end(number)

    def _sigtstp_application(self, *given: Any) -> None:
        self._stopped = True
        super()._sigtstp_application(*given)

    def _sigcont_application(self, *given: Any) -> None:
        """Start again, but only after a stop: a line that drops sends this signal too, and so may anybody."""
        if self._stopped:
            self._stopped = False
            super()._sigcont_application(*given)

    def close(self) -> None:
        """Wait until everything is written; signals do again what they did before."""
        super().close()
        for number, action in self._before.items():
            signal.signal(number, action)

    def hand_back(self) -> None:
        """Give the terminal back at once, without waiting for anything: the last step before an end by force."""
        with suppress(OSError):
            # Opened anew, because not to wait is a property of what is opened, and the shell has the same one open.
            line = os.open("/dev/tty", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
            with suppress(OSError):
                os.write(line, _HAND_BACK)
            os.close(line)
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    # ----- the size

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows: what the terminal says, then what COLUMNS and LINES say, then 80 × 25."""
        try:
            told = tuple(os.get_terminal_size(self.fileno))
        except OSError:
            told = (0, 0)
        width, height = (
            number or _from_environment(name) or unknown
            for number, name, unknown in zip(told, ("COLUMNS", "LINES"), UNKNOWN, strict=True)
        )
        return min(width, self.largest[0]), min(height, self.largest[1])

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes among the keys: nobody could tell them from what is typed."""

    # ----- writing and reading

    def write(self, data: str) -> None:
        """Write `data`; without a terminal nothing is written."""
        if self._writer_thread is not None:
            self._writer_thread.write(data)

    @property
    def gone(self) -> bool:
        """Whether the terminal behind standard input has hung up."""
        poller = select.poll()
        poller.register(self.fileno, select.POLLIN)
        try:
            return any(event & (select.POLLHUP | select.POLLERR) for _, event in poller.poll(0))
        except OSError:
            return True

    @property
    def deaf(self) -> bool:
        """Whether something that was written did not arrive."""
        return bool(getattr(self._writer_thread, "failed", False))

    def _run_input_thread(self) -> None:
        """Read until told to stop or the line is gone; nothing that comes can end this early."""
        keyboard = Keyboard()
        while not self.exit_event.is_set():
            busy = self._owner.backlog >= BACKLOG
            data: bytes | None = None
            try:
                if busy:
                    time.sleep(_TICK / 10)
                elif select.select([self.fileno], [], [], _TICK)[0]:
                    data = os.read(self.fileno, 4096)
            except BlockingIOError:
                pass
            except (OSError, ValueError):
                data = b""
            if data:
                found = keyboard.take(data)
            elif self.gone or self.deaf:
                self._line_gone()
                return
            else:
                if data is not None:
                    time.sleep(_TICK / 10)  # an end of file on a living line: do not spin
                found = keyboard.unheard() if busy else keyboard.idle()
            for message in found:
                with suppress(Exception):  # the loop may be closed, the window gone: there is more to read
                    self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Hand a message to the application, the mouse never outside of the window."""
        if isinstance(message, events.MouseEvent):
            width, height = self._app.size
            message._x = message._screen_x = min(max(message._x, 0), max(0, width - 1))
            message._y = message._screen_y = min(max(message._y, 0), max(0, height - 1))
        super().process_message(message)


def _from_environment(name: str) -> int:
    said = os.environ.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
