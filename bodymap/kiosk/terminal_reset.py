"""The terminal between two visits: everything a visit may have left on it or in it is taken back."""

from __future__ import annotations

import contextlib
import os
import select
import termios
from typing import Any

RESET = (
    b"\x1b\\"  # ends whatever sequence a killed visit was in the middle of
    b"\x1b[?2026l"  # show what is drawn, at once
    b"\x1b[?9l\x1b[?1000l\x1b[?1001l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # no mouse
    b"\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # no reports of focus, pastes, sizes
    b"\x1b[<9u\x1b[=0u\x1b[>4;0m"  # plain keys: kitty's protocol, xterm's modifyOtherKeys
    b"\x1b[0m\x1b[2J"  # the screen that is up, the other one perhaps
    b"\x1b[?1049l"
    b"\x1b[<9u\x1b[=0u"  # kitty counts its modes for each screen
    b"\x1b[!p\x1b[r\x1b[?6l\x1b[?7h\x1b[?1l\x1b>\x1b[4l\x1b(B\x0f\x1b[0m"  # margins, wrapping, keys, characters
    b"\x1b[0 q\x1b[?25h"  # cursor
    b"\x1b]0;bodymap\x07"  # title
    b"\x1b]52;c;\x07\x1b]52;p;\x07"  # an empty clipboard, and an empty selection
    b"\x1b[H\x1b[2J\x1b[3J"  # screen, then what terminals push into the scrollback by clearing it
)
"""Bytes that bring a terminal back to its ordinary state and forget what it showed. A visit never writes to the
clipboard, but many terminals select what they show and copy it by themselves.
"""

_CHUNK = 256


class HeldTerminal:
    """The terminal on standard input and output, held for as long as the kiosk runs."""

    def __init__(self) -> None:
        """Raises `OSError` or `termios.error` where standard input is no terminal."""
        self._saved = termios.tcgetattr(0)
        self._own = _own_way(1)
        self._out = 1 if self._own is None else self._own
        self._pending = b""

    @property
    def output(self) -> int:
        """The descriptor on which to wait for room while something is `pending`."""
        return self._out

    @property
    def pending(self) -> bool:
        """Whether something has still to be written."""
        return bool(self._pending)

    def reset(self, text: str = "") -> None:
        """Forget the last visit and begin to write `text` on an empty screen; `send` goes on where that takes time.

        Keys that were pressed and output that was not shown yet are thrown away. No key is echoed, none sends a signal
        and none stops the output until the next visit, or the end, sets that up anew.
        """
        with contextlib.suppress(termios.error):
            termios.tcflow(1, termios.TCOON)
        with contextlib.suppress(termios.error):
            termios.tcflush(0, termios.TCIOFLUSH)
        self._set(_silent(self._saved))
        self._pending = RESET + text.replace("\n", "\r\n").encode()
        self.send()

    def forget_keys(self) -> None:
        """Throw away what was pressed while nobody was there to read it."""
        with contextlib.suppress(termios.error):
            termios.tcflush(0, termios.TCIFLUSH)

    def send(self) -> bool:
        """Write what is pending without ever waiting; returns whether it is all out."""
        poller = select.poll()
        poller.register(self._out, select.POLLOUT)
        while self._pending and poller.poll(0):
            try:
                written = os.write(self._out, self._pending[:_CHUNK])
            except BlockingIOError:
                break
            except OSError:
                self._pending = b""  # a terminal that is gone shows nothing any more
                break
            self._pending = self._pending[written:]
        return not self._pending

    def give_to(self, group: int) -> None:
        """Let keys and changes of size go to this process group, where the terminal is ours to give."""
        with contextlib.suppress(OSError):
            os.tcsetpgrp(0, group)

    def give_back(self) -> None:
        """Leave the terminal as it was found, but empty."""
        self.give_to(os.getpgrp())
        self.reset()
        self._set(self._saved)
        if self._own is not None:
            os.close(self._own)
            self._own, self._out = None, 1

    def _set(self, modes: list[Any]) -> None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, modes)


def _own_way(descriptor: int) -> int | None:
    """Return a way to the same terminal on which writing never waits, None where it cannot be opened.

    Not the one at hand, made non-blocking: the visit shares that one, and its output would be cut off.
    """
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None


def _silent(saved: list[Any]) -> list[Any]:
    incoming, outgoing, control, local, *speeds, characters = saved
    characters = list(characters)
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    incoming &= ~(termios.IXON | termios.IXOFF)
    local &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
    return [incoming, outgoing, control, local, *speeds, characters]
