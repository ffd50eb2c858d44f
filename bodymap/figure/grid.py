"""The body on a grid of cells: which place each cell belongs to, and where the lines of the drawing run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bodymap.figure.raster import HIGH, WIDE, Frame, coverage, fill, rim
from bodymap.figure.strokes import trace
from bodymap.figure.svg import Drawing
from bodymap.knowledge.anatomy import Place

Cell = tuple[int, int]

_HEADROOM = 0.1  # share of a cut window that may be shown above it
_OWNED = 0.5  # a cell belongs to the body when this much of it does, or when the outline runs through it


@dataclass(eq=False)
class Grid:
    """One view of the body on `columns` × `rows` cells. Cells are (column, row), (0, 0) at the top left.

    `places` are the places that own at least one cell, in the order of the regions file. In a grid too small
    for all of them the smallest are missing; `bodymap.figure.Body.fits_whole` tells beforehand.
    """

    view: str
    crop: str
    columns: int
    rows: int
    places: tuple[Place, ...]
    owners: dict[Cell, Place]
    lines: dict[Cell, str]
    """The outline as characters, for cells up to the middle column."""
    borders: list[int]
    """Rows of dots of the borders between regions, up to the midline."""
    body: list[int]
    """Rows of dots of the whole body up to the midline."""
    frame: Frame
    ways: Any = None
    cache: dict[Any, Any] = field(default_factory=dict)
    _cells: dict[Place, tuple[Cell, ...]] = field(default_factory=dict)

    def place_at(self, column: int, row: int) -> Place | None:
        """Return the place that owns a cell, or None beside the body or outside the grid."""
        return self.owners.get((column, row))

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """Return the cells of a place, row by row; none when it is not on this grid."""
        if not self._cells:
            found: dict[Place, list[Cell]] = {}
            for cell, owner in self.owners.items():
                found.setdefault(owner, []).append(cell)
            self._cells = {
                owner: tuple(sorted(cells, key=lambda cell: (cell[1], cell[0])))
                for owner, cells in found.items()
            }
        return self._cells.get(place, ())

    def neighbour(self, place: Place, direction: str) -> Place:
        """Return the place one step `"left"`, `"right"`, `"up"` or `"down"` on the picture, or `place` at the
        edge.
        """
        step: Place = self.ways.step(self, place, direction)
        return step

    @property
    def middle(self) -> int:
        """The column that the midline runs through."""
        return self.frame.axis // WIDE


def frame_for(columns: int, rows: int, top: float, bottom: float, reach: float, *, cut: bool) -> Frame:
    """Return how a window of the drawing, `top` to `bottom` and `reach` to either side, fits the grid.

    An odd number of columns is used, so that the midline runs through the middle of a column and both halves
    are equal. Uncut, the window keeps a little air above and below for the outline to sit in.
    """
    middle = (columns - 1) // 2
    axis = middle * WIDE + WIDE // 2
    air_above, air_below, beside = (0.0, 0.0, WIDE) if cut else (HIGH * 0.45, HIGH * 0.1, 1)
    tall = rows * HIGH - air_above - air_below
    scale = min(tall / (bottom - top), max(1.0, axis - beside) / reach)
    spare = tall - (bottom - top) * scale
    # What a tall pane has to spare shows more of the legs: further up the trunk would miss its arms.
    down = min(spare / 2, _HEADROOM * (bottom - top) * scale) if cut else air_above + spare / 2
    return Frame(columns=columns, rows=rows, scale=scale, axis=axis, top=top, down=down)


def make_grid(
    view: str, crop: str, drawing: Drawing, shown: dict[str, tuple[Place, ...]], frame: Frame
) -> Grid:
    """Place the regions `shown` (region id → its places, viewer's left first) on a grid."""
    height = frame.rows * HIGH
    body = [0] * height
    inside = [0] * height
    counts: dict[Cell, list[tuple[int, str]]] = {}
    beyond = 1 << (frame.axis - 1)
    for id in shown:
        filled = fill(drawing.sided.get(id) or drawing.midline[id], frame)
        lines = filled.lines
        if not lines:
            continue
        for y, dots in enumerate(lines, start=filled.first):
            body[y] |= dots
        # The border of a region: dots whose right or lower neighbour is not the region's.
        for y, (dots, below) in enumerate(zip(lines, [*lines[1:], 0], strict=True), start=filled.first):
            inside[y] |= dots & (dots >> 1 | beyond) & (below if y + 1 < height else dots)
        for column, row, count in coverage(filled):
            counts.setdefault((column, row), []).append((count, id))
    edge = rim(body, frame.axis, cut=crop == "close-up")
    outline_dots = by_cell(edge)
    borders = [dots & ~inner & ~line for dots, inner, line in zip(body, inside, edge, strict=True)]
    middle = frame.axis // WIDE
    traced = trace(outline_dots, middle)
    half: dict[Cell, str] = {}
    for cell, found in counts.items():
        total = sum([dots for dots, _ in found])
        whole = WIDE * HIGH // (2 if cell[0] == middle else 1)
        if total >= _OWNED * whole or cell in traced:
            half[cell] = max(found)[1] if len(found) > 1 else found[0][1]
    _give_each_a_cell(half, counts, shown, drawing, middle)
    owners: dict[Cell, Place] = {}
    for (column, row), id in half.items():
        places = shown[id]
        owners[column, row] = places[0]
        if column != middle:
            owners[2 * middle - column, row] = places[-1]
    present = set(owners.values())
    return Grid(
        view=view,
        crop=crop,
        columns=frame.columns,
        rows=frame.rows,
        places=tuple(place for places in shown.values() for place in sorted(places) if place in present),
        owners=owners,
        lines=traced,
        borders=borders,
        body=body,
        frame=frame,
    )


def by_cell(lines: list[int]) -> dict[Cell, int]:
    """Cut rows of dots into cells; a cell's dots are packed row by row, `WIDE` bits a row."""
    cells: dict[Cell, int] = {}
    full = (1 << WIDE) - 1
    for y, dots in enumerate(lines):
        row, shift = y // HIGH, y % HIGH * WIDE
        column = 0
        while dots:
            if not dots & full:
                skip = ((dots & -dots).bit_length() - 1) // WIDE
                dots >>= skip * WIDE
                column += skip
            cell = (column, row)
            cells[cell] = cells.get(cell, 0) | (dots & full) << shift
            dots >>= WIDE
            column += 1
    return cells


def _give_each_a_cell(
    half: dict[Cell, str],
    counts: dict[Cell, list[tuple[int, str]]],
    shown: dict[str, tuple[Place, ...]],
    drawing: Drawing,
    middle: int,
) -> None:
    """Give every region that lost all its cells to larger neighbours the cell it fills most, if one can be
    spared.

    A region is spared when another cell is left to it; a sided region cannot live in the middle column alone,
    since it needs a cell on each side. Very small grids cannot serve everybody: those left out stay out.
    """

    def counted(column: int, id: str) -> bool:
        return column != middle or len(shown[id]) == 1

    owned: dict[str, int] = {}
    for (column, _), id in half.items():
        owned[id] = owned.get(id, 0) + counted(column, id)
    wanted: dict[str, list[tuple[int, Cell]]] = {id: [] for id in shown if not owned.get(id)}
    if not wanted:
        return
    for cell, found in counts.items():
        for dots, id in found:
            if id in wanted and counted(cell[0], id):
                wanted[id].append((-dots, cell))
    for id, candidates in sorted(wanted.items(), key=lambda item: len(item[1])):
        for _, cell in sorted(candidates):
            holder = half.get(cell)
            if holder is not None and owned[holder] - counted(cell[0], holder) < 1:
                continue
            if holder is not None:
                owned[holder] -= counted(cell[0], holder)
            half[cell] = id
            owned[id] = owned.get(id, 0) + counted(cell[0], id)
            break
