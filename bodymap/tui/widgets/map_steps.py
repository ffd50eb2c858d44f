"""Where a step of the cursor leads on a map as it is drawn: by anatomy, and across to the other view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.knowledge.anatomy import Place

if TYPE_CHECKING:
    from bodymap.figure import Body, Grid
    from bodymap.tui.widgets.map_sheet import Sheet

START = Place("lumbar-spine", "midline")


def step_on(sheet: Sheet, view: str, place: Place, direction: str) -> Place:
    """Return the place a step away; past the edge of one view lies the other, where both are shown.

    A place that is not drawn leads to one that is; where there is no way, `place` itself is returned.
    """
    _, grid = sheet.grids[view]
    if place not in grid.places:
        return grid.places[0] if START not in grid.places else START
    target = grid.neighbour(place, direction)
    if target == place and direction in ("left", "right") and len(sheet.grids) > 1:
        other = "front" if view == "back" else "back"
        if (direction == "right") == (other == "front"):
            target = across(grid, sheet.grids[other][1], place, direction)
    return target


def behind_on(body: Body, sheet: Sheet, view: str, place: Place) -> Place:
    """Return the place of the other view that lies behind `place`, whether that view is shown or not."""
    here, other = sheet.grids[view][1], "front" if view == "back" else "back"
    if other in sheet.grids:
        there = sheet.grids[other][1]
    else:
        there = body.grid(other, here.columns, here.rows, here.crop)
    return behind(here, there, place)


def _middle(grid: Grid, place: Place) -> tuple[float, float]:
    cells = grid.cells(place)
    if not cells:
        return (grid.columns / 2, grid.rows / 2)
    return (sum(column for column, _ in cells) / len(cells), sum(row for _, row in cells) / len(cells))


def across(here: Grid, there: Grid, place: Place, direction: str) -> Place:
    """Return the place of the other view at the height of `place`, nearest to the edge that is crossed."""
    _, height = _middle(here, place)
    edge = 0 if direction == "right" else there.columns

    def distance(candidate: Place) -> float:
        return min(abs(column - edge) + 4 * abs(row - height) for column, row in there.cells(candidate))

    return min(there.places, key=distance)


def behind(here: Grid, there: Grid, place: Place) -> Place:
    """Return the place of the other view that lies where `place` does in the body, on the patient's same side."""
    column, row = _middle(here, place)
    column = here.columns - 1 - column  # seen from the other side left and right change places

    def distance(candidate: Place) -> float:
        there_column, there_row = _middle(there, candidate)
        return (there_column - column) ** 2 + 4 * (there_row - row) ** 2

    sides = [candidate for candidate in there.places if candidate.side == place.side]
    return min(sides or there.places, key=distance)
