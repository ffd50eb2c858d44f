"""The map as rows of cells: both views put side by side, with headings, and where each cell leads.

No widget: given a size and a state it is a pure function, so that it can be tested without a screen and drawn before
the event loop runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bodymap.figure import Body, draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bodymap.figure import Grid
    from bodymap.knowledge.anatomy import Place

HEADING = 100
"""Role code of the words above a view, beside the codes of `bodymap.figure.Role`."""
SPACE = 0

BOTH_VIEWS_FROM = 43
"""Columns from which back and front stand side by side: with fewer some place would be left one cell."""


class Headings(NamedTuple):
    """The words above the views: what they show, and the person's own sides, in full and as one word."""

    back: str = "BACK"
    front: str = "FRONT"
    your_left: str = "your left"
    your_right: str = "your right"
    left: str = "left"
    right: str = "right"


class MapState(NamedTuple):
    """What the map shows: the cursor's place, the marks, a cause's regions, and the zoom (None: by itself)."""

    place: Place
    marks: Mapping[Place, int]
    usual: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    close_up: bool | None = None
    view: str = "back"
    headings: Headings = Headings()


class Sheet(NamedTuple):
    """The drawn map: `rows` of text and of role codes, and the grids with the column each starts at."""

    rows: tuple[str, ...]
    roles: tuple[bytes, ...]
    grids: Mapping[str, tuple[int, Grid]]
    close_up: bool

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (len(self.rows[0]), len(self.rows))

    def place_at(self, column: int, row: int) -> Place | None:
        """Return the place drawn at a cell, or None beside the body."""
        for start, grid in self.grids.values():
            if start <= column < start + grid.columns and 1 <= row <= grid.rows:
                return grid.place_at(column - start, row - 1)
        return None

    def changed(self, other: Sheet) -> list[tuple[int, int, int]]:
        """Return (row, first column, column after the last) for every stretch that differs from `other`."""
        stretches: list[tuple[int, int, int]] = []
        for number, (text, old_text) in enumerate(zip(self.rows, other.rows, strict=True)):
            roles, old_roles = self.roles[number], other.roles[number]
            if text == old_text and roles == old_roles:
                continue
            differing = [
                column
                for column in range(len(text))
                if text[column] != old_text[column] or roles[column] != old_roles[column]
            ]
            start = previous = differing[0]
            for column in differing[1:]:
                if column > previous + 1:
                    stretches.append((number, start, previous + 1))
                    start = column
                previous = column
            stretches.append((number, start, previous + 1))
        return stretches


def close_up_by_itself(body: Body, columns: int, rows: int) -> bool:
    """Return whether a map of this size shows the close-up where nobody asked for either."""
    width = (columns - 1) // 2 if columns >= BOTH_VIEWS_FROM else columns
    return not body.fits_whole(width, max(1, rows - 1))


def draw_sheet(body: Body, columns: int, rows: int, ink: str, state: MapState) -> Sheet:
    """Draw the map into `columns` × `rows` cells."""
    height = max(1, rows - 1)
    gap = 1 if columns % 2 else 2
    if columns >= BOTH_VIEWS_FROM:
        widths = dict.fromkeys(("back", "front"), (columns - gap) // 2)
    else:
        widths = {state.view: columns}
    close_up = close_up_by_itself(body, columns, rows) if state.close_up is None else state.close_up
    crop = "close-up" if close_up else "whole"
    texts: list[list[str]] = [[] for _ in range(height + 1)]
    roles: list[list[bytes]] = [[] for _ in range(height + 1)]
    grids: dict[str, tuple[int, Grid]] = {}
    start = 0
    for view, width in widths.items():
        if start:
            for row in range(height + 1):
                texts[row].append(" " * gap)
                roles[row].append(bytes([SPACE]) * gap)
            start += gap
        grid = body.grid(view, width, height, crop)
        grids[view] = (start, grid)
        cursor = state.place if state.place in grid.places else None
        picture = draw(
            grid, ink=ink, marks=state.marks, usual=state.usual, possible=state.possible, cursor=cursor
        )
        texts[0].append(_heading(view, width, state.headings))
        roles[0].append(bytes([HEADING]) * width)
        for row in range(height):
            texts[row + 1].append(picture.rows[row])
            roles[row + 1].append(picture.roles[row])
        start += width
    return Sheet(
        tuple("".join(parts)[:columns] for parts in texts),
        tuple(b"".join(parts)[:columns] for parts in roles),
        grids,
        close_up,
    )


def _heading(view: str, width: int, words: Headings) -> str:
    """Return the words above a view, with the patient's own sides where they stand in the picture."""
    title = words.back if view == "back" else words.front
    longest = max(len(words.back), len(words.front))
    for left, right in ((words.your_left, words.your_right), (words.left, words.right)):
        if longest + len(left) + len(right) + 2 * _APART <= width:
            if view == "front":
                left, right = right, left
            side = (width - len(title)) // 2
            return f"{left:<{side}}{title}{right:>{width - side - len(title)}}"
    return title.center(width)


_APART = 3
"""Columns between the words above a view."""
