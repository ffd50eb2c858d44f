"""From settings to a running explorer, with as little as possible before the first frame."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.common.settings import Settings


def start_explorer(settings: Settings, resume: bool | str) -> int:
    """Run the explorer; returns the exit status."""
    # Imports and widgets make tens of thousands of objects that all live on: collecting between them only costs time.
    # The screen turns it on again once everything is there.
    gc.disable()
    _purge_environment()
    _prefer_palette()
    from bodymap.figure import load_body
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.tui.app import BodymapApp
    from bodymap.tui.screens.explorer import ExplorerScreen
    from bodymap.tui.visit import Visit

    anatomy = load_anatomy()
    body = load_body(anatomy)
    visit = Visit(settings, resume)
    app = BodymapApp(settings, ExplorerScreen(settings, anatomy, body, visit))
    status = app.run()
    if visit.kept:
        sys.stderr.write("Not saved yet, but kept: “bodymap --resume” picks it up.\n")
    if app._exception is not None:
        raise app._exception
    if app.return_code:
        return app.return_code
    return status or 0


def _purge_environment() -> None:
    """Forget Textual's own variables: some import code, write files or press keys."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]


def _prefer_palette() -> None:
    """Have Textual write colours as numbers of the 256-colour palette even where the terminal knows all of them.

    Our themes use palette colours only, so nothing looks different, and every step of the cursor costs a third less
    on the line. Terminals with fewer colours are left to Textual.
    """
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
