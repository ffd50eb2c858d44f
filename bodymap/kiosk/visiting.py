"""One visit as its supervisor sees it: a process, what it says of itself, and when it has been silent for too long."""

from __future__ import annotations

import contextlib
import math
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bodymap.kiosk.child import CRASH
from bodymap.kiosk.config import KioskConfig, encode
from bodymap.kiosk.heartbeat import BEAT

_CRASH = re.compile(re.escape(CRASH) + rb"([A-Za-z0-9_./: -]{1,200})")
_MOST_HEARD = 4096


class Limits(NamedTuple):
    """Seconds: from the beginning to the first beat, between two beats, and for ending in order when told to."""

    start: float = 30.0
    beat: float = 10.0
    end: float = 6.0


class Visiting:
    """The process of one visit, in a process group of its own. It starts ahead, and touches nothing until it begins."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], limits: Limits) -> None:
        """Start `command` with its two pipes as last arguments, on our terminal. Raises `OSError`."""
        self._limits = limits
        self.began = self.deadline = math.inf
        """When it began, and when it will have been silent for too long."""
        self.beaten = False
        """Whether it ever said that it lives."""
        self.crash = ""
        """Kind and place of the exception that it says it ended with."""
        self._heard = b""
        down, self._down = os.pipe()
        self.up, up = os.pipe()
        os.set_blocking(self.up, False)
        try:
            self._process = subprocess.Popen(
                [*command, str(down), str(up)],
                stdin=0,
                stdout=1,
                stderr=1,  # screens are drawn on standard error
                env=dict(environment),
                cwd="/",
                pass_fds=(down, up),
                process_group=0,
                umask=0o077,
            )
        except OSError:
            self.close()
            raise
        finally:
            os.close(down)
            os.close(up)
        self.group = self._process.pid

    def begin(self, config: KioskConfig, now: float) -> None:
        """Send the settings, for which it waits."""
        self.began, self.deadline = now, now + self._limits.start
        with contextlib.suppress(OSError):
            os.write(self._down, encode(config))

    def hear(self, now: float) -> bool:
        """Take in what it said; returns False once it can say nothing more."""
        while True:
            try:
                part = os.read(self.up, _MOST_HEARD)
            except BlockingIOError:
                return True
            if not part:
                return False
            *lines, self._heard = (self._heard + part[-_MOST_HEARD:]).split(b"\n")
            self._heard = self._heard[-_MOST_HEARD:]
            for line in lines:
                if line + b"\n" == BEAT:
                    self.deadline, self.beaten = now + self._limits.beat, True
                elif found := _CRASH.fullmatch(line):
                    self.crash = found[1].decode("ascii")

    def forgive(self, now: float) -> None:
        """Begin to count the silence anew: it was not the visit that stood still."""
        self.deadline = now + self._limits.beat

    def ended(self) -> int | None:
        """Return its status as a shell counts it (128 + signal), None while it runs."""
        status = self._process.poll()
        return status if status is None or status >= 0 else 128 - status

    def tell(self, number: int) -> None:
        """Send it a signal, and wake it where somebody stopped it."""
        for each in (number, signal.SIGCONT):
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(each)

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.group, signal.SIGKILL)

    def close(self) -> None:
        """Give back the pipes."""
        for descriptor in (self._down, self.up):
            with contextlib.suppress(OSError):
                os.close(descriptor)
