"""What the screens of the desk have in common: sizes, help, colours, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.reactive import reactive

from bodymap.common.text import clean
from bodymap.tui.changed_regions import ChangesScreen
from bodymap.tui.commands.table import EVERYWHERE, Command, bindings_for, commands_for
from bodymap.tui.review.commands import REVIEW, TITLES
from bodymap.tui.review.list_layout import fit
from bodymap.tui.safe import shown
from bodymap.tui.widgets.key_line import KeyLine
from bodymap.tui.widgets.lines import HeadLine
from bodymap.tui.widgets.too_small import SMALLEST, TooSmall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content
    from textual.geometry import Size

    from bodymap.tui.review.desk import Desk
    from bodymap.tui.review.review_app import ReviewApp

WIDE = 110
"""Columns from which a map stands beside what is written."""


class DeskKeys(KeyLine):
    """The key line of the desk."""

    TABLE = REVIEW
    also: reactive[str] = reactive("")
    """The place whose commands come behind those of the pane: the screen the pane is on."""

    def commands_here(self) -> tuple[Command, ...]:
        """Return the commands of the pane, then those of its screen."""
        here = commands_for(self.pane, REVIEW)
        return (*here, *commands_for(self.also, REVIEW)) if self.also != self.pane else here


class DeskHead(HeadLine):
    """The top line of the desk: on it `title` is never cut, what leads as far as there is room."""

    def render(self) -> Content:
        """Return title, what leads, state."""
        room = max(0, self.size.width - 2)
        left, right = clean(self.title), clean(self.saved)
        if room >= 100:
            left = f"bodymap review · {left}"
        right = (
            fit(right, max(0, room - cell_len(left) - 2)).rstrip()
            if cell_len(left + right) + 2 > room
            else right
        )
        space = room - cell_len(left) - cell_len(right)
        middle = clean(self.leading)
        if middle and space >= 12:
            middle = fit(middle, space - 6).rstrip() if cell_len(middle) > space - 6 else middle
        else:
            middle = ""
        gap = "   " if middle else ""
        rest = " " * max(1, space - len(gap) - cell_len(middle))
        return shown((left, "bold $foreground"), gap, (middle, "$cause"), rest, (right, "$quiet"))


class DeskScreen(ChangesScreen[None]):
    """A screen of the desk. `HERE` are the places of the table whose commands work in it."""

    SCOPED_CSS = False  # the size classes stand on the screen, above its widgets
    DEFAULT_CSS = """
    DeskScreen { layout: vertical; background: $background; color: $foreground; }
    DeskScreen.-tiny > * { display: none; }
    DeskScreen.-tiny > TooSmall { display: block; }
    """
    TABLE: ClassVar[tuple[Command, ...]] = REVIEW
    BINDINGS: ClassVar = bindings_for(EVERYWHERE, REVIEW)
    HERE: ClassVar[tuple[str, ...]] = (EVERYWHERE,)

    app: ReviewApp

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def PLACES(self) -> Mapping[str, str]:  # noqa: N802 - the palette asks a screen for its places
        """The places of the table that are on this screen."""
        return {place: TITLES[place] for place in self.HERE}

    def take_size(self, size: Size) -> None:
        """Set the classes that the layout hangs on."""
        self.set_class(size.width < SMALLEST[0] or size.height < SMALLEST[1], "-tiny")
        self.set_class(size.width < WIDE, "-narrow")
        self.set_class(size.height < 30, "-low")

    async def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size."""
        self.take_size(event.size)
        if self.has_class("-tiny") and not self.query(TooSmall):
            await self.mount(TooSmall())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the notice of a small screen, and on a screen that goes, nothing is done."""
        return action == "leave" or (self.is_current and self.is_mounted and not self.has_class("-tiny"))

    def action_help(self) -> None:
        """Show every key."""
        from bodymap.tui.review.reading import DeskHelp

        self.app.push_screen(DeskHelp())

    def action_next_theme(self) -> None:
        """Change the colours."""
        self.app.action_next_theme()

    def action_leave(self) -> None:
        """Leave the program: everything a clinician added was written when it was added."""
        self.app.exit(0)

    def tell(self, what: str, *, wrong: bool = False) -> None:
        """Say one sentence for some seconds."""
        self.notify(
            what, severity="error" if wrong else "information", timeout=6 if wrong else 4, markup=False
        )
