"""The filter: a line to read while the list has the keyboard, a line to write once it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from bodymap.tui.review.messages import FilterLeft
from bodymap.tui.review.plain_input import PlainInput
from bodymap.tui.safe import Pressable, pressable, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

MOST = 400
"""Letters of a filter."""


class FilterInput(PlainInput):
    """The filter being written."""

    DEFAULT_CSS = "FilterInput, FilterInput:focus { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go(False)", "Back", show=False, priority=True),
        Binding("down,tab", "go(True)", "To the list", show=False, priority=True),
    ]

    def __init__(self, value: str, typed: Callable[[str], None]) -> None:
        """`typed` is called at every change, at once, so that the list is in the same frame."""
        super().__init__(value, MOST)
        self._typed = typed

    def watch_value(self, value: str) -> None:
        """Tell what the filter is by now."""
        if self.is_mounted:
            self._typed(value)

    def action_go(self, keep: bool) -> None:
        """Leave, keeping the filter or taking it back."""
        self.post_message(FilterLeft(keep))


class FilterLine(Horizontal):
    """“filter:” and what it is; at its right end the code that is being typed."""

    DEFAULT_CSS = """
    FilterLine { height: 1; padding: 0 1; }
    FilterLine > .label { width: 9; color: $quiet; }
    FilterLine > .text { width: 1fr; }
    FilterLine > .code { width: 14; text-align: right; }
    """

    def __init__(self, typed: Callable[[str], None]) -> None:
        """`typed` is called with the filter whenever a letter of it changes."""
        super().__init__()
        self._typed = typed
        self._ahead = ""

    def compose(self) -> ComposeResult:
        """Label, text, code."""
        yield Pressable(pressable("/ filter", "screen.filter"), classes="label")
        yield Pressable(self._words(""), classes="text")
        yield Pressable(shown(""), classes="code")

    @staticmethod
    def _words(written: str) -> Content:
        if written:
            return pressable(written, "screen.filter", "bold $mine")
        return pressable("type a code to jump, / to filter", "screen.filter", "$faint")

    def show(self, written: str) -> None:
        """Show the filter at rest."""
        self.query_one(".text", Pressable).update(self._words(written), layout=False)

    def show_code(self, code: str) -> None:
        """Show how much of a code was typed."""
        parts = (("code ", "$quiet"), (f"{code:·<4}", "bold $mine")) if code else ("",)
        self.query_one(".code", Pressable).update(shown(*parts), layout=False)

    @property
    def writing(self) -> bool:
        """Whether the filter is being written."""
        return bool(self.query(FilterInput))

    async def write(self, written: str) -> None:
        """Let the person write."""
        if self.writing:
            return
        self.query_one(".text").display = False
        line = FilterInput(written + self._ahead, self._typed)
        self._ahead = ""
        written_ahead = line.value
        await self.mount(line, after=0)
        line.focus()
        self._typed(written_ahead)

    def add(self, letter: str) -> None:
        """Write a letter where the cursor of the filter is, or keep it until the filter is there."""
        if self.writing:
            self.query_one(FilterInput).insert_text_at_cursor(letter)
        else:
            self._ahead += letter

    async def rest(self, written: str) -> None:
        """Show the filter at rest again."""
        await self.query(FilterInput).remove()
        self.query_one(".text").display = True
        self.show(written)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        event.stop()
        self.post_message(FilterLeft(True))
