"""What stands at the top of every screen: how far the visit is, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from bodymap.tui.kiosk.board import SMALLEST, Box, Words
from bodymap.tui.kiosk.shelves import target_of

if TYPE_CHECKING:
    from bodymap.tui.kiosk.board import Target
    from bodymap.tui.kiosk.scene import Scene

MARGIN = 2
_BAR = 12


def head_of(scene: Scene, frame: Box) -> tuple[list[Target], tuple[Box, int] | None, list[Words]]:
    """Return the way out at the top right, the bar of progress and the words beside it at the top left."""
    words, share = [], None
    if scene.progress:
        words.append(Words(frame.x + MARGIN, frame.y + 1, (scene.progress,), "quiet"))
        bar = Box(frame.x + MARGIN + cell_len(scene.progress) + 2, frame.y + 1, _BAR, 1)
        share = (bar, scene.share)
    if scene.end is None:
        return [], share, words
    width = min(frame.width - 2 * MARGIN, cell_len(scene.end.label) + 4)
    box = Box(frame.x + frame.width - MARGIN - width, frame.y, width, SMALLEST[1])
    return [target_of(scene.end, box)], share, words
