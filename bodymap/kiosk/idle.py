"""When nobody is there any more: a clock that only counts what it is told, and never skips the warning."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

LONGEST_STEP = 5.0
"""Seconds between two looks beyond which the machine slept or its clock was moved, and nobody saw the warning."""


class Idle(NamedTuple):
    """How it stands: `left` is the whole seconds until the next state, 0 once it is over."""

    state: Literal["active", "warning", "over"]
    left: int


class IdleClock:
    """Counts the seconds since the last touch; all times are seconds of one clock, best `time.monotonic`.

    Idle time that passed while the machine slept counts, so that nobody finds what somebody else left the day before.
    The warning does not pass in anybody's sleep: after a step that no waking machine makes it starts again, whole.
    Look about once a second; as long as looks come less than `LONGEST_STEP` apart a visit that nobody touches ends.
    """

    def __init__(self, idle_seconds: float, warning_seconds: float, now: float) -> None:
        """The warning fills the last `warning_seconds` of `idle_seconds`; raises `ValueError` where it does not fit."""
        if not 0 < warning_seconds < idle_seconds:
            raise ValueError("the warning has to be shorter than the idle time")
        self._quiet = idle_seconds - warning_seconds
        self._warning = warning_seconds
        self._last = now
        self._idle = 0.0
        self._warned: float | None = None
        self._over = False

    def touch(self, now: float) -> None:
        """Somebody is there: start from the beginning, however often; after the end nothing changes."""
        self._last = now
        self._idle = 0.0
        self._warned = None

    def look(self, now: float) -> Idle:
        """Return how it stands at `now`."""
        step = now - self._last
        self._last = now
        if self._over:
            return Idle("over", 0)
        if self._warned is None:
            self._idle += max(0.0, step)
            if self._idle < self._quiet:
                return Idle("active", math.ceil(self._quiet - self._idle))
            self._warned = 0.0
        elif 0 <= step <= LONGEST_STEP:
            self._warned += step
        else:
            self._warned = 0.0
        if self._warned < self._warning:
            return Idle("warning", math.ceil(self._warning - self._warned))
        self._over = True
        return Idle("over", 0)
