"""The last way out: when the program has been told to end and the way out hangs, it ends all the same.

No thread and no lock: an alarm of the system, which interrupts even a main thread that waits for a dead line.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 5.0
"""How long an orderly end may take."""


def arm(status: int, hand_back: Callable[[], None], seconds: float = SECONDS) -> None:
    """End this process with `status` in `seconds` unless `disarm` comes first; `hand_back` must not wait for anything.

    Only the main thread may call this. Arming again replaces the status, not the moment.
    """

    def leave(*_: object) -> None:
        try:
            hand_back()
        finally:
            os._exit(status)

    signal.signal(signal.SIGALRM, leave)
    if not signal.getitimer(signal.ITIMER_REAL)[0]:
        # Again and again, should the first one come at a moment when it is lost.
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)


def disarm() -> None:
    """Forget the last way out: the end has been reached in order."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
