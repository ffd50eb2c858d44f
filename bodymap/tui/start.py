"""From settings to a running explorer, with as little as possible before the first frame."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from bodymap.tui.environment import prefer_palette, purge_environment

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from bodymap.common.settings import Settings
    from bodymap.tui.first_look import Look


def start_explorer(settings: Settings, resume: bool | str) -> int:
    """Run the explorer; returns the exit status. Raises `Trouble` where the pack turned out to be of no use."""
    # Imports and widgets make tens of thousands of objects that all live on: collecting between them only costs time.
    # The screen turns it on again once everything is there.
    gc.disable()
    purge_environment()
    prefer_palette()
    from bodymap.tui.app import BodymapApp
    from bodymap.tui.visit import Visit

    visit = Visit(settings, resume)

    def explorer(look_path: Path | None = None) -> Screen[None]:
        from bodymap.figure import load_body
        from bodymap.knowledge.anatomy import load_anatomy
        from bodymap.tui.screens.explorer import ExplorerScreen

        anatomy = load_anatomy()
        return ExplorerScreen(settings, anatomy, load_body(anatomy), visit, look_path)

    path, look = (None, ()) if resume else _last_look(settings)
    if look:
        from bodymap.tui.screens.look import LookScreen

        app = BodymapApp(settings, LookScreen(look, explorer), early=True)
    else:
        app = BodymapApp(settings, explorer(path))
    app.run()
    from bodymap.tui.closing import close

    return close(app, visit, settings)


def _last_look(settings: Settings) -> tuple[Path | None, Look]:
    """Return how the explorer looked the last time in such a window; where that is not known, where to keep it."""
    from bodymap.tui.first_look import look_path, read_look

    try:
        columns, rows = os.get_terminal_size(0)
    except OSError:  # it has just gone
        return None, ()
    path = look_path(settings, (columns, rows), f"{settings.theme} {os.environ.get('NO_COLOR', '')}")
    look = read_look(path) if path else ()
    return path, look if len(look) == rows else ()
