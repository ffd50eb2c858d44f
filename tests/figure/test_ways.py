"""Arrow keys: they go where the arrow points, are the same on both sides, and reach everything at every size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.figure import CROPS, VIEWS, Body, Grid, Place, load_body

BODY = load_body()
DIRECTIONS = ("left", "right", "up", "down")
OTHER = {"left": "right", "right": "left"}


def reached(grid: Grid, start: Place) -> set[Place]:
    seen, waiting = {start}, [start]
    while waiting:
        place = waiting.pop()
        for direction in DIRECTIONS:
            other = grid.neighbour(place, direction)
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


@given(st.integers(10, 200), st.integers(10, 120), st.sampled_from(VIEWS), st.sampled_from(CROPS))
@settings(max_examples=60, deadline=None)
def test_every_place_is_reached_from_every_other(columns: int, rows: int, view: str, crop: str) -> None:
    grid = BODY.grid(view, columns, rows, crop)
    for place in grid.places:
        assert reached(grid, place) == set(grid.places), place


@pytest.mark.parametrize(
    ("view", "region", "side", "direction", "to"),
    [
        ("back", "buttock-upper", "left", "down", "buttock-deep.left"),
        ("back", "buttock-deep", "left", "down", "buttock-lower.left"),
        ("back", "buttock-lower", "left", "down", "thigh-back.left"),
        ("back", "buttock-lower", "left", "up", "buttock-deep.left"),
        ("back", "thigh-back", "left", "right", "thigh-back.right"),
        ("back", "thigh-back", "left", "left", "thigh-outer.left"),
        ("back", "thigh-back", "left", "down", "knee-back.left"),
        ("back", "low-back", "left", "right", "lumbar-spine.midline"),
        ("back", "low-back", "right", "left", "lumbar-spine.midline"),
        ("back", "lumbar-spine", "midline", "right", "low-back.right"),
        ("back", "lumbar-spine", "midline", "up", "thoracolumbar-junction.midline"),
        ("back", "lumbar-spine", "midline", "down", "sacrum.midline"),
        ("back", "sacrum", "midline", "left", "sacroiliac.left"),
        ("back", "mid-back", "left", "right", "thoracolumbar-junction.midline"),
        ("back", "head-back", "left", "down", "neck-back.left"),
        ("back", "head-back", "left", "up", "head-back.left"),
        ("back", "elbow-back", "right", "down", "forearm-back.right"),
        ("back", "hand-back", "left", "left", "hand-back.left"),
        ("front", "groin", "left", "left", "saddle.midline"),
        ("front", "groin", "left", "right", "hip-front.left"),
        ("front", "saddle", "midline", "left", "groin.right"),
        ("front", "abdomen-upper", "left", "down", "abdomen-lower.left"),
        ("front", "abdomen-upper", "left", "left", "abdomen-upper.right"),
        ("front", "chest", "left", "right", "shoulder-front.left"),
        ("front", "knee-front", "right", "down", "shin.right"),
        ("front", "foot-top", "left", "down", "foot-top.left"),
    ],
)
def test_ways_a_person_expects(
    body: Body, view: str, region: str, side: str, direction: str, to: str
) -> None:
    for size in ((38, 20), (60, 60)):
        place = body.grid(view, *size).neighbour(Place(region, side), direction)
        assert f"{place.region}.{place.side}" == to


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_ways_are_the_same_on_both_sides(body: Body, view: str, crop: str) -> None:
    grid = body.grid(view, 61, 40, crop)
    for place in grid.places:
        if place.side == "midline":
            continue
        twin = Place(place.region, OTHER[place.side])
        for direction in DIRECTIONS:
            one = grid.neighbour(place, direction)
            two = grid.neighbour(twin, OTHER.get(direction, direction))
            assert two == Place(one.region, OTHER.get(one.side, one.side)), (place, direction)


@pytest.mark.parametrize("view", VIEWS)
def test_a_step_leads_in_the_direction_of_the_arrow(body: Body, view: str) -> None:
    grid = body.grid(view, 81, 60)

    def centre(place: Place) -> tuple[float, float]:
        cells = grid.cells(place)
        return sum(c for c, _ in cells) / len(cells), sum(r for _, r in cells) / len(cells)

    for place in grid.places:
        for direction, (dx, dy) in {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}.items():
            other = grid.neighbour(place, direction)
            if other != place:
                (x0, y0), (x1, y1) = centre(place), centre(other)
                assert (x1 - x0) * dx + (y1 - y0) * dy > 0, (place, direction, other)


def test_a_place_that_is_not_shown_stays_where_it_is(body: Body) -> None:
    palm = Place("palm", "left")
    assert body.grid("front", 38, 20, "close-up").neighbour(palm, "up") == palm
