"""The kiosk on the screen: one visit, one idea at a time. `run_visit` is all that the lock around it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.kiosk.config import KioskConfig


def run_visit(config: KioskConfig) -> int:
    """Run one visit on this terminal and return how it ended: 0, or `STAFF_EXIT` after the right PIN.

    Raises what ended it otherwise, with the terminal given back: `Trouble` where the pack cannot be used.
    """
    from bodymap.tui.kiosk.start import start_visit

    return start_visit(config)
