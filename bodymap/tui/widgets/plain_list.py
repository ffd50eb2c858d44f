"""Textual's list without its frame: the pane around it is frame enough."""

from __future__ import annotations

from textual.widgets import OptionList


class PlainList(OptionList):
    """An `OptionList` without border and padding, its rows never parsed as markup."""

    DEFAULT_CSS = """
    PlainList { border: none; padding: 0; background: $background; scrollbar-size-vertical: 1;
        scrollbar-color: $faint; scrollbar-background: $background; }
    PlainList:focus { border: none; background-tint: $foreground 0%; }
    PlainList > .option-list--option-disabled { color: $mine; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    @property
    def current(self) -> str:
        """The id of the row under the cursor, or ""."""
        option = self.highlighted_option
        return option.id if option is not None and option.id else ""

    def action_page_up(self) -> None:
        """Move up by a page; a list that is hidden has no lines to count."""
        if self._lines:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down by a page; a list that is hidden has no lines to count."""
        if self._lines:
            super().action_page_down()  # type: ignore[no-untyped-call]
