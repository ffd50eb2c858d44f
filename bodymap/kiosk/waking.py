"""Signals as something to wait for, beside pipes and the terminal."""

from __future__ import annotations

import os
import resource
import signal
from types import FrameType

_IGNORED = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGPIPE)
_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Waking:
    """The signals of this process: the keyboard's are ignored, those that end it are remembered, all wake it."""

    def __init__(self) -> None:
        """Take over the signals; from here on none of them ends this process by itself."""
        self.descriptor, self._written = os.pipe()
        """Becomes readable when a signal came."""
        for end in (self.descriptor, self._written):
            os.set_blocking(end, False)
        self.told = 0
        """The signal that asked for the end, 0 where none did."""
        signal.set_wakeup_fd(self._written, warn_on_full_buffer=False)
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        for number in (*_ENDING, signal.SIGCHLD):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if number in _ENDING and not self.told:
            self.told = number

    def drain(self) -> None:
        """Take in that something came."""
        try:
            while os.read(self.descriptor, 256):
                pass
        except BlockingIOError:
            return


def keep_private() -> None:
    """Let no core hold what a person entered, and no file be readable by others."""
    # One byte where that is possible: none would keep Linux from writing a core into a file, but not from handing it to
    # a program that collects cores; with one byte it does neither.
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    limit = 0 if most == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    os.umask(0o077)
