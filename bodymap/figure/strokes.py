"""Which character stands for the piece of line that runs through a cell.

A piece is named by the edges of the cell it touches and by its slope, as a person drawing with letters would: a line
from top to bottom is `|`, `/` or `\\`, a level one `-`, `_` or `'` by its height, the shoulder of a curve `.` or `'`.
"""

from __future__ import annotations

from typing import NamedTuple

from bodymap.figure.raster import CELL, HIGH, WIDE

_MIRROR = str.maketrans("/\\()", "\\/)(")
_STEEP = 6  # rows of dots from which on the piece of a curve counts as a slope
_LEANS = 2.4  # dots a line may stray sideways within a cell and still be upright
_BULGES = 0.8  # dots by which the middle of an upright line may stray before it is a bow
_LEVEL = 3  # rows of dots that a level line may cover
_SLIGHT = 3  # dots wide that a bulge from next door may be: the neighbour shows it
_CUT = 6  # dots in area that a mere cut corner may be


def mirrored(character: str) -> str:
    """Return the character that is the mirror image of `character`."""
    return character.translate(_MIRROR)


Cells = dict[tuple[int, int], int]


def trace(cells: Cells, middle: int, *, light: bool = False) -> dict[tuple[int, int], str]:
    """Return the character for every cell that a line runs through.

    `cells` holds the dots of the line by cell, as bits row by row, up to the column `middle`, of which only the left
    half is drawn. A steep line that changes column within a row would show twice or thrice, so its pieces are joined
    into one character. `light` dots the line.
    """
    traced: dict[tuple[int, int], str] = {}
    for (column, row), dots in sorted(cells.items(), key=lambda item: (item[0][1], item[0][0])):
        if (column, row) in traced:
            continue
        for count in (3, 2):
            group = [(column + step, row) for step in range(count)]
            if (
                column + count - 1 > middle
                or not all(cell in cells for cell in group)
                or _goes_on(cells, group)
            ):
                continue
            character, keeper = _joined([cells[cell] for cell in group])
            if character:
                traced.update(dict.fromkeys(group, ""))
                if group[keeper][0] == middle:
                    character = "|"
                traced[group[keeper]] = ":" if light else character
                break
        else:
            if light:
                traced[column, row] = _dotted(dots, whole=column != middle)
            elif column == middle:
                traced[column, row] = _balanced(dots)
            else:
                traced[column, row] = _character(dots)
    return {cell: character for cell, character in traced.items() if character}


class _Piece(NamedTuple):
    """The piece of line in a cell: its rows of dots, its width and height in dots, the edges it touches."""

    lines: list[int]
    wide: int
    high: int
    level: float
    edges: str
    """Of `"TBLR"`, in that order."""


def _piece(dots: int) -> _Piece:
    lines = [(dots >> (y * WIDE)) & CELL for y in range(HIGH)]
    every = 0
    for line in lines:
        every |= line
    rows = [y for y, line in enumerate(lines) if line]
    edges = ("T" if lines[0] else "") + ("B" if lines[-1] else "")
    edges += ("L" if every & 1 else "") + ("R" if every >> (WIDE - 1) else "")
    wide = every.bit_length() - ((every & -every).bit_length() - 1)
    level = sum([y * line.bit_count() for y, line in enumerate(lines)]) / dots.bit_count()
    return _Piece(lines, wide, rows[-1] - rows[0] + 1, level, edges)


def _character(dots: int) -> str:
    """Return the character for a piece of line, "" where the neighbours say all there is to say."""
    piece = _piece(_longest(dots))
    steep = _slope(piece.lines)
    if steep:
        return steep
    edges = piece.edges
    corner = len(edges) == 2 and edges not in ("TB", "LR")
    if (corner and piece.wide * piece.high <= _CUT) or (edges in ("L", "R") and piece.wide <= _SLIGHT):
        return ""
    if edges == "LR" and piece.high > _LEVEL:
        # The end of a curve that leaves by the very corner of the cell.
        rows = [y for y, line in enumerate(piece.lines) if line]
        return "." if rows[-1] >= HIGH * 3 // 4 else "'" if rows[0] < HIGH // 4 else "-"
    if edges in ("T", "B"):
        return "'" if edges == "T" else "."
    if edges in ("L", "R"):
        return ")" if edges == "L" else "("
    if corner and piece.high >= _STEEP:
        return "/" if edges in ("BR", "TL") else "\\"
    if corner:
        return "." if "B" in edges else "'"
    if piece.high >= _STEEP:
        held = [line for line in piece.lines if line]
        lean = _mean(held[-3:]) - _mean(held[:3])
        return "|" if abs(lean) <= _LEANS else "\\" if lean > 0 else "/"
    return _by_level(piece)


def _longest(dots: int) -> int:
    """Return the largest of the pieces of line in a cell: two lines side by side cannot both be shown."""
    longest, left = 0, dots
    while left:
        piece = left & -left
        while True:
            wider = piece | (piece << 1 & ~_LEFT_EDGE) | (piece >> 1 & ~_RIGHT_EDGE)
            wider = (wider | wider << WIDE | wider >> WIDE) & dots
            if wider == piece:
                break
            piece = wider
        if piece.bit_count() > longest.bit_count():
            longest = piece
        left &= ~piece
    return longest


def _by_level(piece: _Piece) -> str:
    if piece.level < HIGH / 3:
        return "'"
    if piece.level < HIGH * 2 / 3:
        return "-"
    return "_" if piece.wide > WIDE // 2 else "."


def _balanced(dots: int) -> str:
    """Return the character for the middle column, equal on both sides; `dots` is the left half of its line."""
    piece = _piece(dots)
    if piece.high >= HIGH - 3 or piece.edges.startswith("TB"):
        return "|"
    if piece.high > _LEVEL:
        return "'" if "T" in piece.edges else "."
    return _by_level(piece._replace(wide=2 * piece.wide))


def _dotted(dots: int, *, whole: bool) -> str:
    """Return the light character for a piece of a border between regions."""
    if dots.bit_count() < (_SLIGHT + 1 if whole else 2):
        return ""
    piece = _piece(dots)
    if piece.high >= HIGH - 3:
        return ":"
    rows = [y for y, line in enumerate(piece.lines) if line]
    return "'" if rows[0] + rows[-1] < HIGH - 2 else "."


_LEFT_EDGE = sum(1 << (y * WIDE) for y in range(HIGH))
_RIGHT_EDGE = _LEFT_EDGE << (WIDE - 1)


def _goes_on(cells: Cells, group: list[tuple[int, int]]) -> bool:
    """Return whether the line leaves the group sideways: it is not steep then, nothing may be left out."""
    (first, row), (last, _) = group[0], group[-1]
    left = cells[first, row] & _LEFT_EDGE and cells.get((first - 1, row), 0) & _RIGHT_EDGE
    right = cells[last, row] & _RIGHT_EDGE and cells.get((last + 1, row), 0) & _LEFT_EDGE
    return bool(left or right)


def _joined(pieces: list[int]) -> tuple[str, int]:
    """Return the one character for a steep line through cells side by side, else "", and which of them holds it."""
    lines = []
    for y in range(HIGH):
        line = 0
        for index, piece in enumerate(pieces):
            line |= (piece >> (y * WIDE) & CELL) << (index * WIDE)
        lines.append(line)
    return _slope(lines), min(len(pieces) - 1, int(_mean(lines) + 0.5) // WIDE)


def _slope(lines: list[int]) -> str:
    """Return the character of a line that runs through rows of dots from top to bottom, else ""."""
    held = [line for line in lines if line]
    if not (lines[0] | lines[1]) or not (lines[-1] | lines[-2]) or len(held) < HIGH - 2:
        return ""
    if max(line.bit_length() - (line & -line).bit_length() for line in held) > _SLIGHT:
        return ""
    top, middle, bottom = (_mean(lines[a:b]) for a, b in ((0, 3), (4, 8), (HIGH - 3, HIGH)))
    lean = bottom - top
    if abs(lean) <= _LEANS:
        bulge = middle - (top + bottom) / 2
        return "(" if bulge < -_BULGES else ")" if bulge > _BULGES else "|"
    return "\\" if lean > 0 else "/"


def _mean(lines: list[int]) -> float:
    """Return the mean column of the dots in rows of dots, the middle of a cell when there are none."""
    total = count = 0
    for line in lines:
        while line:
            lowest = line & -line
            total += lowest.bit_length() - 1
            count += 1
            line ^= lowest
    return total / count if count else (WIDE - 1) / 2
