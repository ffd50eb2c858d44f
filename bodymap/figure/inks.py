"""The three inks, and the bare body drawn in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from bodymap.figure.grid import Cell, Grid, by_cell
from bodymap.figure.picture import Role
from bodymap.figure.raster import HIGH, WIDE, rim
from bodymap.figure.strokes import mirrored, trace
from bodymap.knowledge.anatomy import Place


@dataclass(frozen=True, slots=True)
class Ink:
    """The characters of one ink: fills for low, middle and high marks, a cause's area, the cursor's left,
    right, level.
    """

    name: str
    marks: tuple[str, str, str]
    usual: str
    possible: str
    brackets: tuple[str, str, str]


INKS = {
    "ascii": Ink("ascii", ("+", "*", "#"), ":", ".", ("[", "]", "=")),
    "blocks": Ink("blocks", ("░", "▒", "▓"), ":", "·", ("[", "]", "=")),
    "braille": Ink("braille", ("⢌", "⢕", "⣿"), "⠒", "⠂", ("[", "]", "=")),
}


_ROOM, _ROOM_FOR_DOTS = 0.6, 0.8
"""Dots a unit of the drawing from which on there is room for borders between regions; in blocks and braille a border in
a narrow region would look like the area of a cause."""


@dataclass(eq=False)
class Base:
    """The bare body: rows of characters and roles, and the cells of each place that may be filled."""

    text: list[list[str]]
    roles: list[bytearray]
    closed: frozenset[Cell]
    """Cells that fills leave alone: those of the outline, and beside the body."""
    _inner: dict[Place, tuple[Cell, ...]] = field(default_factory=dict)
    _hearts: dict[Place, Cell] = field(default_factory=dict)

    def inner(self, grid: Grid, place: Place) -> tuple[Cell, ...]:
        """Return the cells of a place that the outline leaves free, or its heart when there is none."""
        if place not in self._inner:
            free = tuple(cell for cell in grid.cells(place) if cell not in self.closed)
            self._inner[place] = free or (self.heart(grid, place),)
        return self._inner[place]

    def heart(self, grid: Grid, place: Place) -> Cell:
        """Return the cell of a place nearest its middle, off the outline where possible: where its digit
        stands.
        """
        if place not in self._hearts:
            cells = grid.cells(place)
            x = sum(column for column, _ in cells) / len(cells)
            y = sum(row for _, row in cells) / len(cells)
            self._hearts[place] = min(
                cells,
                key=lambda cell: (
                    cell in self.closed,
                    round((cell[0] - x) ** 2 + 4 * (cell[1] - y) ** 2, 6),
                    cell[1],
                    abs(cell[0] - grid.middle),
                ),
            )
        return self._hearts[place]


def base_for(grid: Grid, ink: str) -> Base:
    """Return the bare body in an ink, made once for each grid."""
    base: Base | None = grid.cache.get(ink)
    if base is None:
        base = grid.cache[ink] = _ascii(grid) if ink == "ascii" else _dots(grid, ink)
    return base


def _blank(grid: Grid) -> tuple[list[list[str]], list[bytearray]]:
    text = [[" "] * grid.columns for _ in range(grid.rows)]
    roles = [bytearray(grid.columns) for _ in range(grid.rows)]
    for column, row in grid.owners:
        roles[row][column] = Role.BODY
    return text, roles


def _border(grid: Grid, text: list[list[str]], roles: list[bytearray], signs: str, room: float) -> None:
    """Dot the borders between regions with `signs` for what is high, low and upright, where there is room."""
    if grid.frame.scale < room:
        return
    for (column, row), sign in trace(by_cell(grid.borders), grid.middle, light=True).items():
        for c in (column, 2 * grid.middle - column):
            if (c, row) in grid.owners:
                text[row][c] = signs["'.:".index(sign)]
                roles[row][c] = Role.BORDER


def _ascii(grid: Grid) -> Base:
    text, roles = _blank(grid)
    _border(grid, text, roles, "'.:", _ROOM)
    closed = set()
    for (column, row), character in grid.lines.items():
        for c, sign in ((column, character), (2 * grid.middle - column, mirrored(character))):
            text[row][c] = sign
            roles[row][c] = Role.OUTLINE
            closed.add((c, row))
    return Base(text, roles, frozenset(closed))


_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def _dots(grid: Grid, ink: str) -> Base:
    """Draw with 2 × 2 (blocks) or 2 × 4 (braille) dots a cell: the rim of the body."""
    text, roles = _blank(grid)
    _border(grid, text, roles, "'.:" if ink == "blocks" else "⠁⠄⠅", _ROOM_FOR_DOTS)
    down = 2 if ink == "blocks" else 4
    step_y, step_x = HIGH // down, WIDE // 2
    width = grid.middle * 2 + 1  # dots up to the midline
    coarse = []
    for y in range(grid.rows * down):
        lines = grid.body[y * step_y : (y + 1) * step_y]
        dots = 0
        for x in range(width):
            window = ((1 << step_x) - 1) << (x * step_x)
            if sum([(line & window).bit_count() for line in lines]) * 2 >= step_x * step_y:
                dots |= 1 << x
        coarse.append(dots)
    edge = rim(coarse, width, cut=grid.crop == "close-up")
    closed = set()
    for row in range(grid.rows):
        for column in range(grid.columns):
            bits = 0
            inside = False
            for v in range(down):
                for h in range(2):
                    x = column * 2 + h
                    x = x if x < width else 2 * width - 1 - x
                    if not 0 <= x < width:
                        continue
                    inside = inside or bool(coarse[row * down + v] >> x & 1)
                    if edge[row * down + v] >> x & 1:
                        bits |= 1 << (v * 2 + h) if ink == "blocks" else _BRAILLE[v][h]
            if bits:
                text[row][column] = _QUADRANTS[bits] if ink == "blocks" else chr(0x2800 + bits)
                roles[row][column] = Role.OUTLINE
            elif not inside:
                text[row][column] = " "
            if bits or not inside:
                closed.add((column, row))
    return Base(text, roles, frozenset(closed))
