"""The application of a visit: the explorer's, with every way out of it closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size

from bodymap.common.settings import Settings
from bodymap.tui.app import BodymapApp
from bodymap.tui.terminal import TerminalDriver

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.binding import BindingType
    from textual.screen import Screen

    from bodymap.kiosk.config import KioskConfig
    from bodymap.tui.kiosk.visit_screen import VisitScreen

CLEAR = "\x1b[0m\x1b[H\x1b[2J"
LARGEST = (300, 100)
"""Columns and rows beyond which a window is treated as if it ended there. Nothing of a visit is wider than 120 columns;
what more a line claims to have, which in a waiting room is no screen, would only cost memory.
"""


class KioskDriver(TerminalDriver):
    """The explorer's, for windows that people sit in front of."""

    largest = LARGEST


class KioskApp(BodymapApp, inherit_bindings=False):
    """No palette, no quitting, no selection, no notes, no files; one screen, blank before it ends, however it ends."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, config: KioskConfig, screen: VisitScreen) -> None:
        settings = Settings(config.sessions, config.pack, config.theme, config.ink, config.ascii_only)
        super().__init__(settings, screen)
        self.driver_class = KioskDriver
        self.blanked = False

    @property
    def size(self) -> Size:
        """The size of the window, cut as the driver cuts it."""
        return Size(*map(min, super().size, LARGEST))

    # ----- ending

    def blank(self) -> None:
        """Clear the terminal at once, and draw nothing on it any more."""
        if not self.blanked and self._driver is not None:
            self._driver.write(CLEAR)
        self.blanked = True

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, with nothing left to read."""
        self._arm_last_way(return_code)  # first: to blank may wait for a line that takes nothing more
        self.blank()
        super().exit(result, return_code, message)

    def forgives(self, error: Exception, *, step: bool) -> bool:
        """Go on after no fault: a visit that shows one thing and does another is worse than one that begins anew."""
        self.given_up = not self._exit
        return self._exit

    def before_end_by_fault(self) -> None:
        """Leave nothing to read."""
        self.blank()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.blanked:
            super()._display(screen, renderable)

    # ----- what is not there

    async def action_quit(self) -> None:
        """Stay: only the visit ends itself."""

    def action_suspend_process(self) -> None:
        """Stay: there is no shell to go to."""

    def action_command_palette(self) -> None:
        """Show no palette."""

    def action_screenshot(self, *_: object, **__: object) -> None:
        """Write no picture of what somebody said."""

    def copy_to_clipboard(self, text: str) -> None:
        """Give nothing to the clipboard."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing."""

    def notify(self, *_: object, **__: object) -> None:
        """Show no notes: everything there is to say stands on the screen."""

    def _set_pointer_shape(self, shape: str) -> None:
        """Send no word about the mouse pointer: nothing here needs another one."""
