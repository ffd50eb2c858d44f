"""Sends only the cells that changed.

Textual's partial update cuts a changed row off on the right, but on the left it starts at the edge of the widget the
change lies in: one step of the cursor in the middle of the map would send the left half of every row it touches. Here
both ends are cut. The names used are Textual's own and private; a test holds them in place and the version is pinned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console


class TightUpdate(ChopsUpdate):
    """A partial update whose rows begin where the change begins."""

    def render_segments(self, console: Console) -> str:
        """Return the bytes for the terminal: for each changed stretch a cursor move and its cells."""
        sequences: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or start >= last or end <= first:
                    continue
                left = max(start, first)
                cells = strip.crop(left - start, min(end, last) - start)
                sequences.append(f"\x1b[{y + 1};{left + 1}H{cells.render(console)}")
        return "".join(sequences)


class TightCompositor(Compositor):
    """Textual's compositor with tight partial updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return the cells to send, or None when nothing changed."""
        update = super().render_partial_update()
        return None if update is None else TightUpdate(update.chops, update.spans, update.chop_ends)
