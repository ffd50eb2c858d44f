"""The whole body: both drawings, and grids of them at any size, kept once made."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bodymap.common.places import data_folder
from bodymap.common.trouble import Exit, Trouble, nearest
from bodymap.figure.grid import Grid, frame_for, make_grid
from bodymap.figure.raster import HIGH, WIDE
from bodymap.figure.svg import Drawing, Point, read_drawing
from bodymap.figure.ways import Ways
from bodymap.knowledge.anatomy import Anatomy, Place, load_anatomy

VIEWS = ("back", "front")
CROPS = ("whole", "close-up")
LARGEST = 400
_KEPT_CELLS = 16_000
"""Cells of all grids that are kept, some 3 MB: whoever drags the corner of a window passes through a hundred sizes."""
_KEPT_GRIDS = 4
"""So many are kept whatever their size: both views, whole and close up."""
_KEPT_FITS = 256
_REFERENCE = (81, 48)  # the grid that arrow keys are worked out on

# The close-up shows the trunk from below the shoulder blades to the middle of the thigh, without arms:
# heights as shares of the drawing between crown and sole.
_CLOSE_TOP, _CLOSE_BOTTOM = 0.288, 0.612


@dataclass(eq=False)
class Body:
    """The drawings of the body with the regions they show. Make it with `load_body`."""

    anatomy: Anatomy
    drawings: dict[str, Drawing]
    _grids: dict[tuple[str, int, int, str], Grid] = field(default_factory=dict)
    _ways: dict[tuple[str, str], Ways] = field(default_factory=dict)
    _fits: dict[tuple[int, int], bool] = field(default_factory=dict)
    _smallest: dict[int, float] = field(default_factory=dict)

    def grid(self, view: str, columns: int, rows: int, crop: str = "whole") -> Grid:
        """Return the body seen from `"back"` or `"front"` on `columns` × `rows` cells, the same object each
        time.

        Sizes are held between 1 and 400. `crop` is `"whole"` or `"close-up"`. Raises `Trouble` for another
        view or crop.
        """
        if view not in VIEWS:
            raise Trouble(
                f"The view “{view}” is unknown.", remedy=nearest(view, VIEWS), exit=Exit.WRONG_USAGE
            )
        if crop not in CROPS:
            raise Trouble(
                f"The crop “{crop}” is unknown.", remedy=nearest(crop, CROPS), exit=Exit.WRONG_USAGE
            )
        columns, rows = max(1, min(columns, LARGEST)), max(1, min(rows, LARGEST))
        key = (view, columns, rows, crop)
        grid = self._grids.pop(key, None)
        if grid is None:
            grid = self._make(view, columns, rows, crop)
        self._grids[key] = grid  # as the last one: the first to go is the one that was used longest ago
        while len(self._grids) > _KEPT_GRIDS and sum(map(_cells, self._grids.values())) > _KEPT_CELLS:
            del self._grids[next(iter(self._grids))]
        return grid

    def fits_whole(self, columns: int, rows: int) -> bool:
        """Return whether every place of both views has at least two cells when the whole body is shown."""
        key = (columns, rows)
        if key not in self._fits:
            if len(self._fits) >= _KEPT_FITS:
                self._fits.clear()
            self._fits[key] = self._could_fit(columns, rows) and all(
                self._roomy(view, columns, rows) for view in VIEWS
            )
        return self._fits[key]

    def _could_fit(self, columns: int, rows: int) -> bool:
        """Return False where the smallest region has not the area of one cell: no need to draw then."""
        for drawing in self.drawings.values():
            if id(drawing) not in self._smallest:
                shapes = (*drawing.sided.values(), *drawing.midline.values())
                self._smallest[id(drawing)] = min(map(_area, shapes))
            frame = frame_for(columns, rows, drawing.top, drawing.bottom, drawing.reach, cut=False)
            if self._smallest[id(drawing)] * frame.scale**2 < WIDE * HIGH:
                return False
        return True

    def _roomy(self, view: str, columns: int, rows: int) -> bool:
        grid = self.grid(view, columns, rows)
        regions = (region for region in self.anatomy.regions.values() if region.view == view)
        return all(len(grid.cells(place)) >= 2 for region in regions for place in region.places)

    def _make(self, view: str, columns: int, rows: int, crop: str) -> Grid:
        drawing = self.drawings[view]
        top, bottom, reach, cut = drawing.top, drawing.bottom, drawing.reach, crop == "close-up"
        ids = [region.id for region in self.anatomy.regions.values() if region.view == view]
        if cut:
            tall = bottom - top
            top, bottom = top + _CLOSE_TOP * tall, top + _CLOSE_BOTTOM * tall
            ids = [id for id in ids if self.anatomy.regions[id].parent != "arm"]
            spans = [(drawing.sided.get(id) or drawing.midline[id]) for id in ids]
            reach = max(abs(u) for outline in spans for u, y in outline if top <= y <= bottom)
        frame = frame_for(columns, rows, top, bottom, reach, cut=cut)
        if cut:
            first = frame.top - frame.down / frame.scale
            last = first + frame.rows * HIGH / frame.scale
            ids = [id for id in ids if _shows(drawing, id, first, last)]
        viewer_left = "left" if view == "back" else "right"
        viewer_right = "right" if view == "back" else "left"
        shown: dict[str, tuple[Place, ...]] = {
            id: (Place(id, "midline"),)
            if id in drawing.midline
            else (Place(id, viewer_left), Place(id, viewer_right))
            for id in ids
        }
        grid = make_grid(view, crop, drawing, shown, frame)
        key = (view, crop)
        if key not in self._ways:
            self._ways[key] = Ways(lambda: self.grid(view, *_REFERENCE, crop))
        grid.ways = self._ways[key]
        return grid


def _cells(grid: Grid) -> int:
    return grid.columns * grid.rows


def _area(outline: list[Point]) -> float:
    pairs = zip(outline, outline[1:] + outline[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def _shows(drawing: Drawing, id: str, top: float, bottom: float) -> bool:
    outline = drawing.sided.get(id) or drawing.midline[id]
    return min(y for _, y in outline) < bottom and max(y for _, y in outline) > top


def load_body(anatomy: Anatomy | None = None, folder: Path | None = None) -> Body:
    """Read both drawings from `folder` (the shipped anatomy when None) and match them with the regions.

    Raises `Trouble` when a drawing cannot be read, lacks a region, or draws one that the regions file does
    not know.
    """
    folder = folder or data_folder() / "anatomy"
    anatomy = anatomy or load_anatomy(folder)
    drawings = {}
    for view in VIEWS:
        path = folder / f"{view}.svg"
        drawing = drawings[view] = read_drawing(path, left_is_left=view == "back")
        wanted = {region.id: len(region.sides) for region in anatomy.regions.values() if region.view == view}
        for id in (*drawing.sided, *drawing.midline):
            if id not in wanted:
                raise Trouble(
                    f"The {view} of the body has no region “{id}”.",
                    where=str(path),
                    remedy=nearest(id, wanted),
                )
        for id, sides in wanted.items():
            if id not in (drawing.sided if sides == 2 else drawing.midline):
                group = "left" if sides == 2 else "midline"
                raise Trouble(
                    f"The region “{id}” is not drawn.",
                    where=str(path),
                    remedy=f"Add its path to the group “{group}”.",
                )
    return Body(anatomy=anatomy, drawings=drawings)
