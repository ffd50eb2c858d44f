"""Which character stands for the piece of line that runs through a cell.

Characters are described by the lines they draw inside a cell of 6 × 12 dots, as a common monospaced font
draws them. A piece of line that runs from the top of a cell to its bottom is named by its slope; any other
goes to the character whose own lines lie nearest.
"""

from __future__ import annotations

from bodymap.figure.raster import CELL, HIGH, WIDE

_FORMS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "|": ((2.5, 0, 2.5, 11),),
    "/": ((5, 0, 0, 11),),
    "\\": ((0, 0, 5, 11),),
    "_": ((0, 10.3, 5, 10.3),),
    "-": ((0.5, 6, 4.5, 6),),
    "'": ((2.5, 0.5, 2.5, 3),),
    ".": ((2.2, 9.5, 2.8, 9.5),),
}
_MIRROR = str.maketrans("/\\()", "\\/)(")
SYMMETRIC = "|_-'."


def mirrored(character: str) -> str:
    """Return the character that is the mirror image of `character`."""
    return character.translate(_MIRROR)


def _far(x: float, y: float, lines: tuple[tuple[float, float, float, float], ...]) -> float:
    """Return the distance of a dot from the nearest of `lines`; a cell's width counts as much as half its
    height.
    """
    nearest = 99.0
    for x0, y0, x1, y1 in lines:
        dx, dy = x1 - x0, y1 - y0
        along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
        nearest = min(nearest, ((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2) ** 0.5)
    return nearest


_TABLE: dict[str, tuple[tuple[float, ...], tuple[int, ...]]] = {}
_KNOWN: dict[tuple[int, bool], str] = {}


def _table() -> dict[str, tuple[tuple[float, ...], tuple[int, ...]]]:
    """For each character: how far each dot is from its lines, and areas along its lines that should hold
    dots.
    """
    if not _TABLE:
        for character, lines in _FORMS.items():
            dots = tuple(_far(x, y, lines) for y in range(HIGH) for x in range(WIDE))
            areas = []
            for x0, y0, x1, y1 in lines:
                for share in (0.1, 0.5, 0.9):
                    px, py = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
                    areas.append(
                        sum(
                            1 << (y * WIDE + x)
                            for y in range(HIGH)
                            for x in range(WIDE)
                            if abs(x - px) <= 2 and abs(y - py) <= 2.5
                        )
                    )
            _TABLE[character] = (dots, tuple(areas))
    return _TABLE


def character_for(dots: int, *, symmetric: bool) -> str:
    """Return the character for a cell's `dots` of line (bits row by row). `symmetric`: only its left half is
    given.
    """
    key = (dots, symmetric)
    known = _KNOWN.get(key)
    if known is None:
        if len(_KNOWN) > 20000:
            _KNOWN.clear()
        known = _KNOWN[key] = _choose(dots, symmetric)
    return known


def border_for(dots: int, *, symmetric: bool) -> str:
    """Return the light character for a cell's `dots` of a border between regions."""
    heights = _heights(dots)
    lowest, highest = (heights & -heights).bit_length() - 1, heights.bit_length() - 1
    if highest - lowest >= HIGH - 4:
        return ":"
    middle = (lowest + highest) / 2
    return "'" if middle < HIGH / 2 - 1 else "."


def _choose(dots: int, symmetric: bool) -> str:
    if symmetric:
        dots |= _reflected(dots)
    lines = [(dots >> (y * WIDE)) & CELL for y in range(HIGH)]
    if not symmetric:
        steep = _slope(lines)
        if steep:
            return steep
    found = [index for index in range(WIDE * HIGH) if dots >> index & 1]
    best, least = " ", 1e9
    for character, (far, areas) in _table().items():
        if symmetric and character not in SYMMETRIC:
            continue
        cost = sum([far[index] for index in found]) / len(found)
        cost += 1.6 * sum([1 for area in areas if not dots & area])
        if cost < least:
            best, least = character, cost
    return best


def _reflected(dots: int) -> int:
    whole = 0
    for y in range(HIGH):
        line = dots >> (y * WIDE) & CELL
        for x in range(WIDE):
            if line >> x & 1:
                whole |= 1 << (y * WIDE + WIDE - 1 - x)
    return whole


def trace(
    cells: dict[tuple[int, int], int], middle: int, least: int, *, light: bool = False
) -> dict[tuple[int, int], str]:
    """Return the character for every cell that a line runs through; `cells` holds the dots of the line by
    cell.

    A steep line that changes column within a row would show twice or thrice, so its pieces are joined into
    one character. Pieces of fewer than `least` dots are left out: a neighbour shows them. `light` dots the
    line.
    """
    traced: dict[tuple[int, int], str] = {}
    for (column, row), dots in sorted(cells.items(), key=lambda item: (item[0][1], item[0][0])):
        if (column, row) in traced:
            continue
        for count in (3, 2):
            group = [(column + step, row) for step in range(count)]
            if column + count - 1 >= middle or not all(cell in cells for cell in group):
                continue
            if _goes_on(cells, group):
                continue
            joined, keeper = _joined([cells[cell] for cell in group])
            if joined:
                traced.update(dict.fromkeys(group, ""))
                traced[group[keeper]] = ":" if light else joined
                break
        else:
            if dots.bit_count() * (2 if column == middle else 1) >= least:
                choose = border_for if light else character_for
                traced[column, row] = choose(dots, symmetric=column == middle)
    return {cell: character for cell, character in traced.items() if character.strip()}


def _heights(dots: int) -> int:
    """Return which of the cell's rows of dots hold any, as bits."""
    return sum([1 << y for y in range(HIGH) if dots >> (y * WIDE) & CELL])


_LEFT_EDGE = sum(1 << (y * WIDE) for y in range(HIGH))
_RIGHT_EDGE = _LEFT_EDGE << (WIDE - 1)


def _goes_on(cells: dict[tuple[int, int], int], group: list[tuple[int, int]]) -> bool:
    """Return whether the line leaves the group sideways: it is not steep then, nothing may be left out."""
    (first, row), (last, _) = group[0], group[-1]
    left = cells[first, row] & _LEFT_EDGE and cells.get((first - 1, row), 0) & _RIGHT_EDGE
    right = cells[last, row] & _RIGHT_EDGE and cells.get((last + 1, row), 0) & _LEFT_EDGE
    return bool(left or right)


def _joined(pieces: list[int]) -> tuple[str, int]:
    """Return the one character for a steep line through cells side by side and which of them it stands in,
    else "".
    """
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
    if max(line.bit_length() - (line & -line).bit_length() for line in held) > 3:
        return ""
    top, middle, bottom = (_mean(lines[a:b]) for a, b in ((0, 3), (4, 8), (HIGH - 3, HIGH)))
    lean = bottom - top
    if abs(lean) <= 2.4:
        bulge = middle - (top + bottom) / 2
        return "(" if bulge < -0.8 else ")" if bulge > 0.8 else "|"
    return "\\" if lean > 0 else "/"


def _mean(lines: list[int]) -> float:
    total = count = 0
    for line in lines:
        while line:
            lowest = line & -line
            total += lowest.bit_length() - 1
            count += 1
            line ^= lowest
    return total / count if count else 2.5
