"""The screens, drawn with Textual. Nothing below this room knows that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.common.settings import Settings


def run_explorer(settings: Settings, resume: bool | str = False) -> int:
    """Open the explorer and return the exit status. Raises `Trouble` before the screen is taken where it cannot run."""
    from bodymap.tui.start import start_explorer

    return start_explorer(settings, resume)
