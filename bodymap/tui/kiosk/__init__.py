"""The kiosk on the screen: one visit, one idea at a time. `run_visit` is all that the lock around it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.kiosk.config import KioskConfig


def load() -> Callable[[KioskConfig], int]:
    """Import what a visit takes, which needs longest of all it does, and return `run_visit`."""
    from bodymap.tui.environment import prefer_palette, purge_environment

    purge_environment()
    prefer_palette()
    from bodymap.tui.kiosk.start import start_visit

    return start_visit


def run_visit(config: KioskConfig) -> int:
    """Run one visit on this terminal and return how it ended: 0, `STAFF_EXIT` after the right PIN, 128 + signal.

    Raises what ended it otherwise, with the terminal given back and blank: `Trouble` where the pack cannot be used.
    """
    return load()(config)
