"""From settings to a running explorer, with as little as possible before the first frame."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

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
    _purge_environment()
    _prefer_palette()
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


def _purge_environment() -> None:
    """Forget Textual's own variables: some import code, write files or press keys.

    Forget COLUMNS and LINES too where the terminal tells its size itself: they are as old as the shell that set
    them. Where they are all there is, the driver weighs them.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    try:
        told = os.get_terminal_size(0)
    except OSError:
        return
    for name, number in zip(("COLUMNS", "LINES"), told, strict=True):
        if number or not _is_size(os.environ.get(name, "")):
            os.environ.pop(name, None)


def _is_size(said: str) -> bool:
    return said.isascii() and said.isdigit() and 0 < int(said[:9]) <= 500


def _prefer_palette() -> None:
    """Have Textual write colours as numbers of the 256-colour palette even where the terminal knows all of them.

    Our themes use palette colours only, so nothing looks different, and every step of the cursor costs a third less
    on the line. Terminals with fewer colours are left to Textual.
    """
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
