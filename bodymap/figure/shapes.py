"""The drawings of the body as they are, for pages that can show them: one path a place, and where its number stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from bodymap.common.places import data_folder
from bodymap.figure.body import Body
from bodymap.figure.svg import Point
from bodymap.knowledge.anatomy import Place

_PATH = re.compile(r'<path id="([a-z0-9-]{1,60})" d="([MLCZ0-9.\s-]*)"')
_BLANK = re.compile(r"\s+")
_FINE = 10  # points tried across a region, each way


@dataclass(frozen=True, slots=True)
class Shape:
    """One region of one view: its outline as SVG path data, in units of the drawing, and a point well inside.

    The outline is that of the patient's left, or of the midline; the other side is its mirror image about the
    drawing's `middle`. `heart` is on that side too.
    """

    region: str
    path: str
    heart: Point
    midline: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One view as shapes: `"back"` or `"front"`, its regions by id, and the box that holds them all."""

    view: str
    middle: float
    top: float
    bottom: float
    reach: float
    shapes: dict[str, Shape]

    def heart(self, place: Place) -> Point:
        """Return where the number of a mark stands, in units of the drawing."""
        x, y = self.shapes[place.region].heart
        return (2 * self.middle - x if place.side == "right" else x, y)


def load_sheet(body: Body, view: str, folder: Path | None = None) -> Sheet:
    """Return the drawing of a `view` that `body` was read from (the shipped one when `folder` is None).

    `body` has checked the file: its paths hold M, L, C, Z and numbers alone. Raises `OSError` where it is gone.
    """
    return _load(body, view, folder or data_folder() / "anatomy")


@cache
def _load(body: Body, view: str, folder: Path) -> Sheet:
    text = (folder / f"{view}.svg").read_text(encoding="utf-8")
    found = re.search(r'viewBox="0 0 (\d{1,5})', text)
    middle = int(found[1]) / 2 if found else 200.0
    drawing = body.drawings[view]
    sign = -1 if view == "back" else 1
    shapes = {}
    for id, path in _PATH.findall(text):
        outline = drawing.sided.get(id) or drawing.midline.get(id)
        if outline:
            u, y = _inmost(outline)
            shapes[id] = Shape(
                id, _BLANK.sub(" ", path).strip(), (round(middle + sign * u, 1), y), id in drawing.midline
            )
    return Sheet(view, middle, drawing.top, drawing.bottom, drawing.reach, shapes)


def _inmost(outline: list[Point]) -> Point:
    """Return a point of the outline's inside that is far from its edge."""
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, bottom = min(y for _, y in outline), max(y for _, y in outline)
    best, widest = ((left + right) / 2, (top + bottom) / 2), -1.0
    for row in range(1, _FINE):
        y = top + (bottom - top) * row / _FINE
        for column in range(1, _FINE):
            point = (left + (right - left) * column / _FINE, y)
            if _inside(point, outline):
                space = min(_distance(point, a, b) for a, b in pairwise(outline))
                if space > widest:
                    best, widest = point, space
    return (round(best[0], 1), round(best[1], 1))


def _inside(point: Point, outline: list[Point]) -> bool:
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            odd = not odd
    return odd


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the square of the distance of a point from a straight piece."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    dx, dy = x1 - x0, y1 - y0
    along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / ((dx * dx + dy * dy) or 1.0)))
    return (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2
