"""Turns outlines into rows of fine dots. A cell is `WIDE` by `HIGH` dots; a row of dots is one integer, dot 0
leftmost.

Only the half of the body on the viewer's left is drawn, from the left edge to the midline; the other half is
its mirror image. Whole rows of dots are handled by single integer operations, which keeps plain Python fast
enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from bodymap.figure.svg import Point

WIDE = 6
HIGH = 12
CELL = (1 << WIDE) - 1


class Frame(NamedTuple):
    """Where a drawing lies on a grid: `scale` dots a unit; the midline is dot `axis`; height `top` is dot row
    `down`.
    """

    columns: int
    rows: int
    scale: float
    axis: int
    top: float
    down: float


class Filled(NamedTuple):
    """The rows of dots inside a shape, from dot row `first` on."""

    first: int
    lines: list[int]


def fill(outline: list[Point], frame: Frame) -> Filled:
    """Return the dots inside `outline`.

    A dot belongs to the shape its centre lies in: shapes that share an edge neither overlap nor leave a gap.
    """
    scale, axis = frame.scale, frame.axis
    offset = frame.down - frame.top * scale - 0.5
    points = [(axis - u * scale, y * scale + offset) for u, y in outline]
    heights = [y for _, y in points]
    start = max(0, ceil(min(heights)))
    stop = min(frame.rows * HIGH, ceil(max(heights)))
    if start >= stop:
        return Filled(0, [])
    crossings: list[list[float]] = [[] for _ in range(start, stop)]
    x0, y0 = points[-1]
    for x1, y1 in points:
        # From the upper end to the lower, so that two shapes round a shared edge in the same way.
        low, high, x, y = (y0, y1, x0, y0) if y0 < y1 else (y1, y0, x1, y1)
        first, last = ceil(low), ceil(high)
        if first < last:
            if first < start:
                first = start
            if last > stop:
                last = stop
            slope = (x1 - x0) / (y1 - y0)
            x += (first - y) * slope
            for row in range(first - start, last - start):
                crossings[row].append(x)
                x += slope
        x0, y0 = x1, y1
    lines = []
    for edges in crossings:
        if len(edges) > 2:
            edges.sort()
        dots = 0
        for index in range(0, len(edges) - 1, 2):
            begin, end = int(edges[index] + 0.5), int(edges[index + 1] + 0.5)
            if begin > end:
                begin, end = end, begin
            if begin < 0:
                begin = 0
            if end > axis:
                end = axis
            if begin < end:
                dots |= (1 << end) - (1 << begin)
        lines.append(dots)
    return Filled(start, lines)


def coverage(filled: Filled) -> Iterator[tuple[int, int, int]]:
    """Yield (column, row, number of dots) for every cell that holds dots of a shape."""
    first, every_line = filled
    for row in range(first // HIGH, (first + len(every_line) - 1) // HIGH + 1):
        lines = every_line[max(0, row * HIGH - first) : (row + 1) * HIGH - first]
        some, every = 0, -1
        for dots in lines:
            some |= dots
            every &= dots
        if not some:
            continue
        if len(lines) < HIGH:
            every = 0
        column = ((some & -some).bit_length() - 1) // WIDE
        some >>= column * WIDE
        every >>= column * WIDE
        while some:
            if every & CELL == CELL:
                yield column, row, WIDE * HIGH
            elif some & CELL:
                shift = column * WIDE
                yield column, row, sum([(dots >> shift & CELL).bit_count() for dots in lines])
            some >>= WIDE
            every >>= WIDE
            column += 1


def rim(filled: list[int], axis: int, *, cut: bool) -> list[int]:
    """Return, for rows of dots, those on the inner rim of the shape.

    Beyond the midline the shape goes on; beyond the first and last row too when it is `cut` there: a cut is no edge.
    """
    last = 1 << (axis - 1)
    edge = []
    for y, dots in enumerate(filled):
        beyond = dots if cut else 0
        above = filled[y - 1] if y else beyond
        below = filled[y + 1] if y + 1 < len(filled) else beyond
        right = dots >> 1 | (dots & last)
        edge.append(dots & ~(dots << 1 & right & above & below))
    return edge
