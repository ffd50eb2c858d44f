"""Turns outlines into rows of fine dots. A cell is `WIDE` by `HIGH` dots; a row of dots is one integer, dot 0
leftmost.

Only the half of the body on the viewer's left is drawn, from the left edge to the midline; the other half is
its mirror image. Whole rows of dots are handled by single integer operations, which keeps plain Python fast
enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from bodymap.figure.svg import Point

WIDE = 6
HIGH = 12
CELL = (1 << WIDE) - 1


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a drawing lies on a grid: `scale` dots a unit; the midline is dot `axis`; height `top` is dot row
    `down`.
    """

    columns: int
    rows: int
    scale: float
    axis: int
    top: float
    down: float


def fill(outline: list[Point], frame: Frame, *, stretch: float = 1.0) -> dict[int, int]:
    """Return the rows of dots inside `outline`, by dot row; rows without dots are absent.

    A dot belongs to the shape its centre lies in, so shapes that share an edge neither overlap nor leave a
    gap.
    """
    scale, axis, count = frame.scale, frame.axis, frame.rows * HIGH
    across = scale * stretch
    offset = frame.down - frame.top * scale - 0.5
    points = [(axis - u * across, y * scale + offset) for u, y in outline]
    crossings: dict[int, list[float]] = {}
    x0, y0 = points[-1]
    for x1, y1 in points:
        if y0 != y1:
            if y0 < y1:
                low, high, x, y = y0, y1, x0, y0
            else:
                low, high, x, y = y1, y0, x1, y1
            first, last = max(0, ceil(low)), min(count, ceil(high))
            if first < last:
                slope = (x1 - x0) / (y1 - y0)
                x += (first - y) * slope
                for row in range(first, last):
                    if row in crossings:
                        crossings[row].append(x)
                    else:
                        crossings[row] = [x]
                    x += slope
        x0, y0 = x1, y1
    filled: dict[int, int] = {}
    for row, edges in crossings.items():
        edges.sort()
        dots = 0
        for index in range(0, len(edges) - 1, 2):
            begin = max(0, int(edges[index] + 0.5))
            end = min(axis, int(edges[index + 1] + 0.5))
            if begin < end:
                dots |= (1 << end) - (1 << begin)
        if dots:
            filled[row] = dots
    return filled


def coverage(filled: dict[int, int], row: int) -> list[tuple[int, int]]:
    """Return (column, dots) for every cell of cell row `row` that holds dots of a shape."""
    lines = [dots for y in range(row * HIGH, row * HIGH + HIGH) if (dots := filled.get(y))]
    if not lines:
        return []
    some = every = lines[0]
    for dots in lines[1:]:
        some |= dots
        every &= dots
    if len(lines) < HIGH:
        every = 0
    cells = []
    column = ((some & -some).bit_length() - 1) // WIDE
    some >>= column * WIDE
    every >>= column * WIDE
    while some:
        if some & CELL:
            if every & CELL == CELL:
                cells.append((column, WIDE * HIGH))
            else:
                shift = column * WIDE
                cells.append((column, sum([(dots >> shift & CELL).bit_count() for dots in lines])))
        some >>= WIDE
        every >>= WIDE
        column += 1
    return cells


def rim(filled: list[int], axis: int) -> list[int]:
    """Return, for rows of dots, those on the inner rim of the shape.

    Beyond the first and last row, and beyond the midline, the shape is taken to go on: a cut is not an edge.
    """
    last = 1 << (axis - 1)
    edge = []
    for y, dots in enumerate(filled):
        if not dots:
            edge.append(0)
            continue
        above = filled[y - 1] if y else dots
        below = filled[y + 1] if y + 1 < len(filled) else dots
        right = dots >> 1 | (dots & last)
        edge.append(dots & ~(dots << 1 & right & above & below))
    return edge
