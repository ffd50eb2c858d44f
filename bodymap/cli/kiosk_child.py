"""One visit in a process of its own: what the lock of the kiosk starts afresh for every person."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bodymap.kiosk.child import run_child

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.kiosk.config import KioskConfig


def load() -> Callable[[KioskConfig], int]:
    """Import what runs a visit: that takes longest, and is done before anybody needs it."""
    from bodymap.tui.kiosk import load as load_visit

    return load_visit()


if __name__ == "__main__":
    run_child(sys.argv[1:], load)
