"""The application of the desk: the explorer's own, with other screens."""

from __future__ import annotations

from bodymap.tui.app import BodymapApp


class ReviewApp(BodymapApp):
    """The desk. Screens, colours, writing and ending are those of the explorer."""

    TITLE = "bodymap review"
    ALLOW_SELECT = False

    # The desk is what an account is locked into over SSH: what Textual itself could start or write is not there.

    def action_suspend_process(self) -> None:
        """Stay: there may be no shell to go to."""

    def action_screenshot(self, *_: object, **__: object) -> None:
        """Write no picture of what somebody said."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Start no browser."""
