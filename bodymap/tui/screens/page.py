"""A page that opens over the explorer: a title, text to scroll, a line of keys; Esc closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from bodymap.tui.safe import Pressable, pressable, shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content


Result = TypeVar("Result")


def close(screen: ModalScreen[Result], result: Result) -> None:
    """Close `screen` with `result` unless that is under way already: keys can come faster than pages go."""
    if not screen.is_current:
        return
    if screen.is_mounted:
        screen.dismiss(result)
    else:  # painted and pressed before it is quite there
        screen.call_after_refresh(close, screen, result)


class Sheet(ModalScreen[Result]):
    """What opens over the explorer: keys work from when it is there to when it goes, not before and not after."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse keys that were pressed before this page came, or arrive when it has gone."""
        return self.is_current and self.is_mounted


class Page(Sheet[str | None]):
    """Base of the reading pages. Subclasses give `heading`, `body()` and `keys()`."""

    DEFAULT_CSS = """
    Page { align: center middle; background: $background 60%; }
    Page > Vertical { width: 92%; max-width: 100; height: 92%; background: $background; border: round $quiet; }
    Page .heading { height: auto; padding: 0 2; text-style: bold; background: $panel; }
    Page .text { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }
    Page .keys { height: 1; padding: 0 2; background: $panel; color: $quiet; }
    Page.-narrow > Vertical { width: 100%; height: 100%; border: none; }
    Page.-narrow .text { padding: 0 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False),
        Binding("down,j", "scroll('down')", "Down", show=False),
        Binding("up,k", "scroll('up')", "Up", show=False),
        Binding("pagedown,space", "scroll('page_down')", "Page down", show=False),
        Binding("pageup", "scroll('page_up')", "Page up", show=False),
        Binding("home", "scroll('home')", "Top", show=False),
        Binding("end", "scroll('end')", "End", show=False),
    ]

    def heading(self) -> Content:
        """Return the title."""
        raise NotImplementedError

    def body(self) -> Content:
        """Return the text."""
        raise NotImplementedError

    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Return (key as written, what it does, action) beyond Esc and the arrows."""
        return ()

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical():
            yield Static(self.heading(), classes="heading", markup=False)
            with VerticalScroll(classes="text"):
                yield Static(self.body(), classes="body", markup=False)
            yield Pressable(self._key_line(), classes="keys")

    def _key_line(self) -> Content:
        parts = [pressable("Esc close", "screen.close", "bold"), shown("  ↑ ↓ scroll  ")]
        for written, label, action in self.keys():
            parts += [pressable(f"{written} {label}", f"screen.{action}", "bold"), shown("  ")]
        return shown(*parts)

    def refill(self) -> None:
        """Show the text anew after a change of state."""
        if not self.is_mounted:
            return
        self.query_one(".heading", Static).update(self.heading())
        self.query_one(".body", Static).update(self.body())
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def on_mount(self) -> None:
        """Let the keyboard scroll at once."""
        for text in self.query(VerticalScroll):  # none, where the page is closed while it opens
            text.focus()

    def action_scroll(self, direction: str) -> None:
        """Scroll the text without animation: over a slow line a still page is worth more."""
        text = self.query_one(VerticalScroll)
        getattr(text, f"scroll_{direction}")(animate=False)

    def action_close(self) -> None:
        """Go back to what was open before."""
        close(self, None)
