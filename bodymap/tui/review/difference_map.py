"""Two sessions as one map: what is felt in the second alone, in the first alone, in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from bodymap.figure import Role
from bodymap.figure.inks import base_for
from bodymap.tui.review.on_map import DeskMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bodymap.knowledge.anatomy import Place
    from bodymap.tui.widgets.map_sheet import Sheet

SIGNS = {
    "gained": ("+", Role.MARK_HIGH),
    "lost": ("-", Role.USUAL),
    "changed": ("~", Role.MARK_LOW),
    "same": ("=", Role.OUTLINE),
}
"""For each kind of place the sign that fills it, and the role that gives it its colour."""


class DifferenceMap(DeskMap):
    """The map with each place filled by what became of it; `kinds` are those of `PlacePair`."""

    kinds: reactive[Mapping[Place, str]] = reactive({}, repaint=False)

    def on_mount(self) -> None:
        """Draw anew when the sessions change their places."""
        self.watch(self, "kinds", self._redraw, init=False)

    def _draw(self) -> Sheet:
        """Fill the places of the sheet with their signs; the cursor stays in sight."""
        sheet = super()._draw()
        rows = [list(row) for row in sheet.rows]
        roles = [bytearray(row) for row in sheet.roles]
        for start, grid in sheet.grids.values():
            base = base_for(grid, self.ink)
            for place in grid.places:
                if self.kinds.get(place) not in SIGNS:
                    continue
                sign, role = SIGNS[self.kinds[place]]
                heart = base.heart(grid, place)
                for column, row in base.inner(grid, place):
                    x, y = start + column, row + 1
                    if roles[y][x] != Role.CURSOR or (column, row) == heart:
                        rows[y][x] = sign
                        roles[y][x] = role
        return sheet._replace(
            rows=tuple("".join(row) for row in rows), roles=tuple(bytes(row) for row in roles)
        )
