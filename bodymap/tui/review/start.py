"""From settings to the desk, with as little as possible before the first frame."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bodymap.tui.environment import prefer_palette, purge_environment

if TYPE_CHECKING:
    from bodymap.common.settings import Settings


def start_review(settings: Settings, *, demo: bool) -> int:
    """Run the desk; returns the exit status."""
    # Imports make tens of thousands of objects that all live on; the list turns collecting on again.
    gc.disable()
    purge_environment()
    prefer_palette()
    with ExitStack() as stack:
        if demo:
            from tempfile import TemporaryDirectory

            from bodymap.tui.review.demo import fill

            folder = Path(stack.enter_context(TemporaryDirectory(prefix="bodymap-demo-")))
            settings = settings._replace(sessions=folder / "sessions")
            fill(settings)
        from bodymap.tui.closing import finish, leave_line
        from bodymap.tui.review.desk import Desk
        from bodymap.tui.review.list_screen import ListScreen
        from bodymap.tui.review.review_app import ReviewApp

        desk = Desk(settings, demo=demo)
        app = ReviewApp(settings, ListScreen(desk))
        try:
            app.run()
        finally:
            desk.index.close()
        leave_line(app)
        return finish(app, [], settings)
