"""The application of the desk: the explorer's own, with other screens."""

from __future__ import annotations

from bodymap.tui.app import BodymapApp


class ReviewApp(BodymapApp):
    """The desk. Screens, colours, writing and ending are those of the explorer."""

    TITLE = "bodymap review"
    ALLOW_SELECT = False
