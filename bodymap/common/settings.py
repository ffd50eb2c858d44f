"""What a run of the program was told: where sessions go, which pack, how to look. A plain value without
behaviour.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

INKS = ("ascii", "blocks", "braille")
THEMES = ("dark", "light", "high-contrast")


class Settings(NamedTuple):
    """The settings of one run, after option, environment and configuration file have been weighed.

    `sessions` is the folder of session files (it need not exist yet); `pack` a pack folder, or None for
    the shipped one; `theme` and `ink` are None where nothing was said; `ascii_only` is true where the
    terminal cannot be trusted with anything beyond ASCII, whatever `ink` says.
    """

    sessions: Path
    pack: Path | None = None
    theme: str | None = None
    ink: str | None = None
    ascii_only: bool = False
