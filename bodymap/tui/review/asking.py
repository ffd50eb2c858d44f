"""Two small boxes: one asks for a line of text, one for a choice. Esc closes either without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from bodymap.tui.review.plain_input import PlainInput
from bodymap.tui.safe import Pressable, pressable, shown
from bodymap.tui.screens.page import Sheet, close
from bodymap.tui.widgets.plain_list import PlainList

if TYPE_CHECKING:
    from textual.app import ComposeResult

_CSS = """
    {name} {{ align: center middle; background: $background 60%; }}
    {name} > Vertical {{ width: 70; max-width: 100%; height: auto; max-height: 100%; background: $background;
        border: round $quiet; padding: 0 1; }}
    {name} .keys {{ height: auto; margin-top: 1; color: $quiet; }}
"""


class AskBox(Sheet[str | None]):
    """Asks for one line of text; dismisses with it, None where it was left empty or closed."""

    DEFAULT_CSS = _CSS.format(name="AskBox")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def __init__(self, heading: str, value: str, *, most: int) -> None:
        super().__init__()
        self._heading = heading
        self._value = value
        self._most = most

    def compose(self) -> ComposeResult:
        """Heading, line, keys."""
        with Vertical():
            yield Static(shown((self._heading, "bold $mine")), markup=False)
            yield PlainInput(self._value, self._most)
            yield Pressable(
                shown(
                    pressable("[ Enter: keep ]", "screen.keep", "bold"),
                    "  ",
                    pressable("[ Esc: leave it ]", "screen.close", "bold"),
                ),
                classes="keys",
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was written."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Close with what was written."""
        close(self, self.query_one(PlainInput).value.strip() or None)

    def action_close(self) -> None:
        """Close without an answer."""
        close(self, None)


class ChooseBox(Sheet[str | None]):
    """Offers (id, words); dismisses with the id chosen, None where it was closed."""

    DEFAULT_CSS = _CSS.format(name="ChooseBox") + "ChooseBox PlainList { height: auto; max-height: 16; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def __init__(self, heading: str, offered: list[tuple[str, str]]) -> None:
        super().__init__()
        self._heading = heading
        self._offered = offered

    def compose(self) -> ComposeResult:
        """Heading, choices, keys."""
        with Vertical():
            yield Static(shown((self._heading, "bold $mine")), markup=False)
            choices = PlainList()
            choices.add_options(Option(shown(words), id=id) for id, words in self._offered)
            yield choices
            yield Pressable(
                shown(
                    ("↑ ↓ Enter ", "bold"), "choose  ", pressable("[ Esc: leave it ]", "screen.close", "bold")
                ),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Begin on the first choice."""
        for choices in self.query(PlainList):
            choices.highlighted = 0
            choices.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with what was chosen."""
        event.stop()
        close(self, event.option_id)

    def action_close(self) -> None:
        """Close without an answer."""
        close(self, None)
