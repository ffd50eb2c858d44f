"""Grids: every place has a cell, sides are the patient's own, both halves are equal, any size works."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.common.trouble import Trouble
from bodymap.figure import CROPS, VIEWS, Body, Grid, Place, load_body

BODY = load_body()
SIZES = [(38, 18), (38, 20), (39, 20), (50, 34), (60, 60), (78, 20), (80, 45), (24, 20), (120, 22)]
CLOSE_BACK = {
    "thoracolumbar-junction", "low-back", "lumbar-spine", "iliac-crest", "sacroiliac", "sacrum", "tailbone",
    "buttock-upper", "buttock-deep", "buttock-lower", "hip-outer", "thigh-back",
}  # fmt: skip
CLOSE_FRONT = {"abdomen-upper", "abdomen-lower", "groin", "hip-front", "saddle", "thigh-front", "thigh-inner"}


def regions_of(grid: Grid) -> set[str]:
    return {place.region for place in grid.places}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_place_owns_a_cell_from_38_by_18_on(body: Body, view: str, size: tuple[int, int]) -> None:
    grid = body.grid(view, *size)
    wanted = [place for place in body.anatomy.places if body.anatomy.regions[place.region].view == view]
    assert list(grid.places) == wanted
    assert all(grid.cells(place) for place in wanted)


@pytest.mark.parametrize("size", SIZES)
def test_the_close_up_shows_the_low_back_and_pelvis_without_arms(body: Body, size: tuple[int, int]) -> None:
    back, front = (body.grid(view, *size, "close-up") for view in ("back", "front"))
    assert regions_of(back) >= CLOSE_BACK
    assert regions_of(front) >= CLOSE_FRONT
    assert not any(body.anatomy.regions[id].parent == "arm" for id in regions_of(back) | regions_of(front))
    for region in ("sacroiliac", "buttock-deep", "groin"):
        view = body.anatomy.regions[region].view
        place = Place(region, "left")
        near, far = body.grid(view, *size, "close-up"), body.grid(view, *size)
        assert len(near.cells(place)) >= 2
        assert len(near.cells(place)) > len(far.cells(place)) or size[1] > 40


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize(("view", "left_on"), [("back", -1), ("front", 1)])
def test_the_patients_left_is_where_it_belongs(body: Body, view: str, left_on: int, crop: str) -> None:
    grid = body.grid(view, 61, 40, crop)
    for place in grid.places:
        columns = [column for column, _ in grid.cells(place)]
        offset = sum(columns) / len(columns) - grid.middle
        if place.side == "midline":
            assert offset == 0
        else:
            assert offset * (left_on if place.side == "left" else -left_on) > 0, place


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_both_halves_are_equal(body: Body, view: str, size: tuple[int, int], crop: str) -> None:
    grid = body.grid(view, *size, crop)
    other = {"left": "right", "right": "left", "midline": "midline"}
    for (column, row), place in grid.owners.items():
        mirrored = grid.place_at(2 * grid.middle - column, row)
        if column != grid.middle:
            assert mirrored == Place(place.region, other[place.side])


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_silhouette_has_no_holes(body: Body, view: str, crop: str) -> None:
    for size in SIZES:
        grid = body.grid(view, *size, crop)
        outside = {(-1, -1)}
        waiting = [(-1, -1)]
        while waiting:
            column, row = waiting.pop()
            for cell in ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)):
                inside = -1 <= cell[0] <= grid.columns and -1 <= cell[1] <= grid.rows
                if inside and cell not in outside and grid.place_at(*cell) is None:
                    outside.add(cell)
                    waiting.append(cell)
        free = {
            (column, row)
            for column in range(grid.columns)
            for row in range(grid.rows)
            if grid.place_at(column, row) is None
        }
        # Between arm and trunk, and between the legs, a small grid may close a gap; it lies beside the body still.
        trapped = {cell for cell in free - outside if not _beside(body, view, crop, size, cell)}
        assert not trapped, (size, trapped)


def _beside(body: Body, view: str, crop: str, size: tuple[int, int], cell: tuple[int, int]) -> bool:
    """Whether the middle of a cell lies outside every outline of the drawing."""
    grid = body.grid(view, *size, crop)
    x, y = cell[0] if cell[0] <= grid.middle else 2 * grid.middle - cell[0], cell[1]
    lines = grid.body[y * 12 : (y + 1) * 12]
    return sum((line >> (x * 6) & 63).bit_count() for line in lines) <= 36


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_place_at_and_cells_say_the_same(body: Body, view: str, crop: str) -> None:
    grid = body.grid(view, 50, 34, crop)
    found = {cell: place for place in grid.places for cell in grid.cells(place)}
    for column in range(-1, grid.columns + 1):
        for row in range(-1, grid.rows + 1):
            assert grid.place_at(column, row) == found.get((column, row))


@given(st.integers(10, 200), st.integers(10, 200), st.sampled_from(VIEWS), st.sampled_from(CROPS))
@settings(max_examples=60, deadline=None)
def test_any_size_works(columns: int, rows: int, view: str, crop: str) -> None:
    grid = BODY.grid(view, columns, rows, crop)
    assert (grid.columns, grid.rows) == (columns, rows)
    assert grid.places
    assert all(0 <= column < columns and 0 <= row < rows for column, row in grid.owners)
    assert set(grid.owners.values()) == set(grid.places)


@pytest.mark.parametrize("size", [(-5, 3), (1, 1), (2, 2), (3, 1), (1, 50), (65535, 65535)])
def test_absurd_sizes_are_held_in_bounds(body: Body, size: tuple[int, int]) -> None:
    for crop in CROPS:
        grid = body.grid("back", *size, crop)
        assert 1 <= grid.columns <= 400
        assert 1 <= grid.rows <= 400


def test_few_bodies_are_kept_and_those_in_use_among_them() -> None:
    body = load_body()
    shown = [body.grid(view, 58, 33) for view in VIEWS]
    for rows in range(20, 80):
        for view in VIEWS:
            body.grid(view, 58, rows, "close-up")
        assert [body.grid(view, 58, 33) for view in VIEWS] == shown, "what is used stays"
    kept = body._grids.values()
    assert sum(grid.columns * grid.rows for grid in kept) <= 16_000
    large = [body.grid(view, 200, 190, crop) for view in VIEWS for crop in CROPS]
    assert large == [body.grid(view, 200, 190, crop) for view in VIEWS for crop in CROPS], (
        "one window's all stay"
    )
    assert len(body._grids) == 4


def test_the_whole_fits_where_every_place_has_two_cells(body: Body) -> None:
    assert not body.fits_whole(38, 20)
    assert body.fits_whole(60, 60)
    for columns, rows in ((38, 20), (44, 40), (60, 60), (100, 30)):
        counts = [
            len(body.grid(body.anatomy.regions[place.region].view, columns, rows).cells(place))
            for place in body.anatomy.places
        ]
        assert body.fits_whole(columns, rows) == (min(counts) >= 2)


def test_unknown_views_and_crops_are_named(body: Body) -> None:
    with pytest.raises(Trouble, match="“side”"):
        body.grid("side", 38, 20)
    with pytest.raises(Trouble, match="“close”") as caught:
        body.grid("back", 38, 20, "close")
    assert "close-up" in caught.value.remedy


def test_a_tall_close_up_shows_more_of_the_legs_and_no_bare_shoulder(body: Body) -> None:
    tall = regions_of(body.grid("back", 30, 60, "close-up"))
    assert {"calf", "heel"} <= tall
    assert "neck-back" not in tall
    assert "shoulder-front" not in regions_of(body.grid("front", 30, 60, "close-up"))
