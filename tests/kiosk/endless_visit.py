"""A visit as the kiosk starts it, but where it would end the next one begins in the same process.

So everything that a process holds on to adds up, which in a real kiosk ends with every visit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bodymap.cli import kiosk_child
from bodymap.kiosk.child import run_child
from bodymap.kiosk.config import KioskConfig


def load() -> Callable[[KioskConfig], int]:
    visit = kiosk_child.load()
    from bodymap.tui.kiosk.sitting import Sitting
    from bodymap.tui.kiosk.start import VisitScreen

    ends = VisitScreen.leave

    def leave(screen: VisitScreen, status: int) -> None:
        if screen.app.return_code:
            ends(screen, status)
        before = screen.sitting.visit
        screen.sitting = Sitting(screen.config, before._pack, before._engine, before._anatomy)
        screen.visit = screen.sitting.visit
        screen.words = screen._speak()
        screen.map.speak(screen.visit.language)
        screen.large = screen.config.large_type
        screen.open_box("")

    VisitScreen.leave = leave  # type: ignore[method-assign]
    return visit


if __name__ == "__main__":
    run_child(sys.argv[1:], load)
