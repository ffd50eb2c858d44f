"""A line to write, into which nothing gets that cannot be shown."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from bodymap.common.text import clean


class PlainInput(Input):
    """A line to write, without a frame of its own. Nothing but text that can be shown gets in."""

    DEFAULT_CSS = """
    PlainInput, PlainInput:focus { height: 1; border: none; padding: 0; background: $bar; color: $foreground; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Without `layout`: it takes the room that there is, so a letter more moves nothing else."""

    def __init__(self, value: str, most: int) -> None:
        self._most = most
        super().__init__(clean(value, limit=most), max_length=most, select_on_focus=False, compact=True)
        self.cursor_blink = False  # every blink is written on the line

    def validate_value(self, value: str) -> str:
        """Let nothing in that cannot be shown: a paste may hold anything."""
        return clean(value, limit=self._most)
