"""Draws a grid with marks, a cause's area and the cursor, in one of three inks."""

from __future__ import annotations

from collections.abc import Mapping

from bodymap.common.trouble import Exit, Trouble, nearest
from bodymap.figure.grid import Cell, Grid
from bodymap.figure.inks import INKS, Base, Ink, base_for
from bodymap.figure.picture import Picture, Role
from bodymap.knowledge.anatomy import Place

_NOTHING: Mapping[Place, int] = {}
_TALL = 5
"""Rows from which the sides of the cursor's outline are dashed."""


def draw(
    grid: Grid,
    ink: str = "ascii",
    marks: Mapping[Place, int] = _NOTHING,
    usual: frozenset[str] = frozenset(),
    possible: frozenset[str] = frozenset(),
    cursor: Place | None = None,
) -> Picture:
    """Return the picture of `grid` in `ink`: `"ascii"`, `"blocks"` or `"braille"`.

    `marks` are intensities 0–10 by place: 1–9 stand as a digit in the middle of a fill that grows denser, 10
    as “10” where two cells are free and as “X” where not, 0 (nothing hurts here) as “o”. `usual` and
    `possible` are the region ids of a cause's area. The cursor's place is outlined with brackets. Places that
    are not on the grid are passed over. Raises `Trouble` for another ink.
    """
    if ink not in INKS:
        raise Trouble(f"The ink “{ink}” is unknown.", remedy=nearest(ink, INKS), exit=Exit.WRONG_USAGE)
    style = INKS[ink]
    base = base_for(grid, ink)
    text = [list(row) for row in base.text]
    roles = [bytearray(row) for row in base.roles]
    for place in grid.places:
        if place in marks:
            _mark(grid, base, style, place, marks[place], text, roles)
        elif place.region in usual:
            _spread(base.inner(grid, place), style.usual, Role.USUAL, text, roles)
        elif place.region in possible:
            _spread(base.inner(grid, place), style.possible, Role.POSSIBLE, text, roles)
    if cursor is not None:
        for (column, row), character in _frame(grid, base, style, cursor):
            if character:
                text[row][column] = character
            roles[row][column] = Role.CURSOR
    return Picture(tuple(map("".join, text)), tuple(map(bytes, roles)))


def _spread(
    cells: tuple[Cell, ...], character: str, role: Role, text: list[list[str]], roles: list[bytearray]
) -> None:
    for column, row in cells:
        text[row][column] = character
        roles[row][column] = role


def _mark(
    grid: Grid,
    base: Base,
    style: Ink,
    place: Place,
    intensity: int,
    text: list[list[str]],
    roles: list[bytearray],
) -> None:
    inner = base.inner(grid, place)
    column, row = base.heart(grid, place)
    if intensity <= 0:
        role, sign = Role.MARK_NONE, "o"
        for c, r in inner:
            roles[r][c] = role
    else:
        level = 0 if intensity <= 3 else 1 if intensity <= 6 else 2
        role = (Role.MARK_LOW, Role.MARK_MID, Role.MARK_HIGH)[level]
        _spread(inner, style.marks[level], role, text, roles)
        sign = str(intensity) if intensity < 10 else "X"
        if intensity >= 10 and (column + 1, row) in inner:
            sign = "10"
    for offset, character in enumerate(sign):
        text[row][column + offset] = character
        roles[row][column + offset] = role


def _frame(grid: Grid, base: Base, style: Ink, place: Place) -> list[tuple[Cell, str]]:
    """Return the cells that show the cursor on `place`, with their characters; "" keeps what is there.

    Every run of the place's cells in a row is bracketed at its ends, and level edges are barred. Runs of one
    cell are bracketed from outside. The cell where a digit may stand is never covered. The sides of a tall
    place are dashed: each bracket costs some forty bytes on the line, and the outline reads as well without.
    """
    key = ("frame", style.name, place)
    known: list[tuple[Cell, str]] | None = grid.cache.get(key)
    if known is not None:
        return known
    cells = grid.cells(place)
    own = set(cells)
    opening, closing, bar = style.brackets
    roomy = any({(c - 1, r), (c + 1, r), (c, r - 1), (c, r + 1)} <= own for c, r in cells)
    rows = [row for _, row in cells]
    dashed = range(min(rows) + 1, max(rows), 2) if cells and max(rows) - min(rows) + 1 >= _TALL else range(0)
    frame: dict[Cell, str] = {}
    for column, row in cells:
        starts, ends = (column - 1, row) not in own, (column + 1, row) not in own
        if starts and ends and not roomy:
            frame[column, row] = ""
            if column > 0:
                frame[column - 1, row] = opening
            if column + 1 < grid.columns:
                frame[column + 1, row] = closing
        elif starts != ends and row in dashed and {(column, row - 1), (column, row + 1)} <= own:
            continue
        elif starts != ends:
            frame[column, row] = opening if starts else closing
        elif roomy and ((column, row - 1) not in own or (column, row + 1) not in own):
            frame[column, row] = bar
    if cells:
        heart = base.heart(grid, place)
        if heart in frame:
            frame[heart] = ""
    known = grid.cache[key] = list(frame.items())
    return known
