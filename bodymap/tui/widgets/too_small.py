"""What stands on a screen that is too small for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from bodymap.tui.safe import shown

if TYPE_CHECKING:
    from textual.content import Content

SMALLEST = (60, 20)
"""Columns and rows that the explorer needs."""


class TooSmall(Static):
    """Says the size there is, the size it takes, and that nothing is lost."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    TooSmall { display: none; width: 100%; height: 100%; padding: 0 1;
        content-align: center middle; text-align: center; }
    .-tiny TooSmall { display: block; }
    """

    def render(self) -> Content:
        """Return the sizes and the remedy."""
        size = self.screen.size
        return shown(
            (f"This window has {size.width} columns and {size.height} rows.\n", "bold"),
            f"bodymap needs {SMALLEST[0]} × {SMALLEST[1]}. Make the window larger or the letters smaller.\n"
            "Nothing you entered is lost.",
        )
