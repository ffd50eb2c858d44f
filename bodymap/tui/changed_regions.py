"""Draws only the widgets that a change touches.

Textual draws every widget that meets the smallest rectangle around all changes: a cursor that moves at the top of
the screen and a line of words at its foot have all of it drawn anew, only for most of it to be thrown away. Here the
widgets behind one that covers a change, and those beside it, are left alone. The names used are Textual's own and
private; tests hold them in place and the version is pinned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.strip import Strip

Result = TypeVar("Result")


class ChangedRegions(Compositor):
    """Puts the widgets of a screen together; of a screen that is there already, only what changed."""

    _changed: set[Region] | None = None
    """While a change is drawn: where. None while all is drawn."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed since the last time."""
        self._changed = {region.intersection(self.size.region) for region in self._dirty_regions}
        try:
            return super().render_partial_update()
        finally:
            self._changed = None

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield where each widget lies, what of it is seen, and the lines of that; those in front come first."""
        if self._changed is None:
            yield from super()._get_renders(crop)
            return
        left = [region for region in self._changed if region]
        for widget, (region, clip) in self.visible_widgets.items():
            if not left:
                return
            seen = region.intersection(clip)
            met = [one for one in left if seen.overlaps(one)]
            if not met:
                continue
            # All columns, because a line is cut where widgets end; of the lines only those that changed.
            first = max(seen.y, min(one.y for one in met))
            last = min(seen.bottom, max(one.bottom for one in met))
            seen = Region(seen.x, first, seen.width, last - first)
            yield region, seen, widget.render_lines(seen.translate(-region.offset))
            left = [one for one in left if not seen.contains_region(one)]


class ChangesScreen(Screen[Result]):
    """A screen that draws what has changed and nothing else."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = ChangedRegions()
