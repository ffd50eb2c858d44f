"""The Textual application: themes, palette, and which screen comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.geometry import Size

from bodymap.tui.changed_cells import ChangedCells, ShownCells
from bodymap.tui.filters import AsciiOnly, WithoutColour
from bodymap.tui.steady import SteadyApp
from bodymap.tui.terminal import LARGEST, TerminalDriver
from bodymap.tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from bodymap.common.settings import Settings

HELD_SECONDS = 5.0
"""A screen that takes longer to furnish is shown as it is."""


class BodymapApp(SteadyApp):
    """The program on a screen. Small on purpose: every screen brings its own state and styles."""

    TITLE = "bodymap"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "screen.copy_text", show=False)]
    CSS = """
    CommandPalette > Vertical { margin-top: 1; }
    """

    def __init__(self, settings: Settings, first: Screen[None], *, early: bool = False) -> None:
        """`early` says that `first` only stands there until another comes: what is typed waits for that one."""
        super().__init__()
        self.settings = settings
        self._first = first
        for theme in THEMES:
            self.register_theme(theme)
        names = {theme.name for theme in THEMES}
        wanted = settings.theme if settings.theme in names else DARK.name
        self.theme = DARK.name if self.no_color else wanted
        self._no_colour = WithoutColour(enabled=self.no_color)
        self._ascii = AsciiOnly(enabled=settings.ascii_only)
        self._shown = ShownCells()
        self._held = False
        self._waiting: list[events.InputEvent] | None = [] if early else None

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send only the cells that look different from what the terminal shows."""
        if self._held:
            return
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            changed = ChangedCells(renderable, self._shown)
            # Not even the cursor is put where it is: sshd takes a client for alive as long as we write to it.
            if self._can_write() and not changed.render_segments(self.console) and self._at_rest():
                return
            renderable = cast("RenderableType", changed)
        super()._display(screen, renderable)

    def _can_write(self) -> bool:
        """Whether Textual would write an update now."""
        there = self._running and not self._closed and not self.is_headless and self._driver is not None
        return there and not self._batch_count

    def _at_rest(self) -> bool:
        """Whether the terminal's cursor is where it belongs."""
        return self.screen.outer_size.clamp_offset(self.cursor_position) == self._previous_cursor_position

    async def go_on_with(self, screen: Screen[None]) -> None:
        """Open `screen` over the first one for good; nothing of it is sent until it says `release`."""
        self._first, self._held = screen, True
        self.set_timer(HELD_SECONDS, self.release)
        await self.push_screen(screen)

    def release(self) -> None:
        """Send what has been held back."""
        self._held, waiting, self._waiting = False, self._waiting, None
        if waiting is not None:
            self.screen.refresh()
            for event in waiting:
                self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Let keys and presses wait for the screen that they are meant for."""
        if self._waiting is not None and isinstance(event, events.InputEvent):
            self._waiting.append(event)
        elif not (isinstance(event, events.MouseDown) and self._goes(event.x, event.y)):
            await super().on_event(event)

    def _goes(self, x: int, y: int) -> bool:
        """Return whether a press lands on a widget that is just going: then it is one on nothing."""
        try:
            widget, _ = self.get_widget_at(x, y)
        except NoWidget:
            return False
        return widget.parent is None  # Textual asks where it lies to begin a selection of text

    @property
    def backlog(self) -> int:
        """How many messages wait to be handled, those included that wait for the screen."""
        return super().backlog + len(self._waiting or ())

    def frame_failed(self) -> None:
        """Know no more what the terminal shows."""
        self._shown.forget()

    def on_resize(self) -> None:
        """Draw everything anew: a window made small and large again keeps its size and loses what it showed."""
        self.action_draw_again()

    @on(TerminalDriver.SignalResume)
    def action_draw_again(self) -> None:
        """Send the whole screen, whatever the terminal shows: another program may have written on it."""
        self._shown.forget()
        self.screen.refresh()

    @property
    def size(self) -> Size:
        """The size of the window, cut to what any screen needs: before the first event nobody else cuts it."""
        size = super().size
        return Size(min(size.width, LARGEST[0]), min(size.height, LARGEST[1]))

    @property
    def COMMANDS(self) -> set[object]:  # type: ignore[override]  # noqa: N802
        """The palette's source, loaded when the palette is opened."""
        from bodymap.tui.commands.palette import TableProvider

        return {TableProvider}

    def action_command_palette(self) -> None:
        """Open the palette."""
        from bodymap.tui.commands.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return our filters in place of Textual's.

        Under NO_COLOR Textual turns colours to greys, which are colours. Its filter for ANSI colours runs over every
        cell; our themes have none to turn.
        """
        return [line_filter for line_filter in (self._no_colour, self._ascii) if line_filter.enabled]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in every theme."""
        return dict(DARK.variables)

    def get_default_screen(self) -> Screen[None]:
        """Open our screen as the first one, so that no empty screen is laid out before it."""
        return self._first

    async def action_quit(self) -> None:
        """Leave from wherever one is: the first screen knows what has to be kept before."""
        leave = getattr(self._first, "action_leave", None)
        if leave is None:
            self.exit(0)
        else:
            leave()

    def action_next_theme(self) -> None:
        """Change to the next of our themes."""
        names = [theme.name for theme in THEMES]
        if self.theme in names and not self.no_color:
            self.theme = names[(names.index(self.theme) + 1) % len(names)]
