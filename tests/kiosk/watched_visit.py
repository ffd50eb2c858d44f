"""A visit as the kiosk starts it, that follows two orders: to crash over what was said, and to live faster.

An order is a file in the folder of the first argument. `crash`: the next step that should be shown raises an exception
whose message and whose local variables hold every answer. `hurry`: a second counts as so many as the file says.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bodymap.cli import kiosk_child
from bodymap.kiosk.child import run_child
from bodymap.kiosk.config import KioskConfig

ORDERS = Path(sys.argv[1])


class Clock:
    """Seconds that pass as they do, or faster."""

    def __init__(self) -> None:
        self._seen = self._told = time.monotonic()

    def __call__(self) -> float:
        now = time.monotonic()
        hurry = ORDERS / "hurry"
        self._told += (now - self._seen) * (float(hurry.read_text()) if hurry.exists() else 1)
        self._seen = now
        return self._told


def load() -> Callable[[KioskConfig], int]:
    visit = kiosk_child.load()
    from bodymap.tui.kiosk import start
    from bodymap.tui.kiosk.visit_state import VisitState

    shows = VisitState._board

    def board(screen: VisitState) -> object:
        if (ORDERS / "crash").exists():
            said = repr(screen.visit.findings)
            raise ValueError(f"{said} {screen.step!r} {screen.typed}")
        return shows(screen)

    VisitState._board = board  # type: ignore[assignment,method-assign]
    start.VisitScreen = partial(start.VisitScreen, clock=Clock())  # type: ignore[assignment,misc]
    return visit


if __name__ == "__main__":
    run_child(sys.argv[2:], load)
