"""From the settings of a kiosk to a running visit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bodymap.engine import compile_pack
from bodymap.figure import load_body
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.tui.kiosk.kiosk_app import KioskApp
from bodymap.tui.kiosk.looks import TALL, WIDE
from bodymap.tui.kiosk.sitting import Sitting
from bodymap.tui.kiosk.visit_screen import VisitScreen

if TYPE_CHECKING:
    from bodymap.kiosk.config import KioskConfig

_QUARTERS = ("foot", "xterm-kitty", "xterm-ghostty", "alacritty", "wezterm", "contour", "rio")
"""How TERM begins on terminals that draw block characters themselves. Elsewhere the font decides, and fonts with half
blocks but no quarter blocks are common: a question set in these would not be seen at all.
"""


def start_visit(config: KioskConfig) -> int:
    """Run one visit; see `run_visit`."""
    anatomy = load_anatomy()
    pack = load_pack(config.pack)
    body = load_body(anatomy)
    sitting = Sitting(config, pack, compile_pack(pack, anatomy), anatomy)
    app = KioskApp(config, VisitScreen(config, sitting, body, drawn=_drawn(config)))
    app.run()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _drawn(config: KioskConfig) -> str:
    """Return which drawn letters to use: what the clinic says, else what this terminal can be trusted with."""
    if config.ascii_only or config.letters == "plain":
        return ""
    if config.letters is not None:
        return config.letters
    return TALL if os.environ.get("TERM", "").startswith(_QUARTERS) else WIDE
