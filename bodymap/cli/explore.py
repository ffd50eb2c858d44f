"""The way into the explorer, checked before Textual is loaded."""

from __future__ import annotations

from bodymap.cli.terminal import check_terminal
from bodymap.common.settings import Settings


def explore(settings: Settings, resume: bool | str = False) -> int:
    """Start the explorer and return its exit status; raises `Trouble` (exit 5) where there is no usable
    terminal.

    `resume` is True for the newest unfinished session, or the id or code of one.
    """
    check_terminal()
    from bodymap.tui import run_explorer

    return run_explorer(settings, resume)
