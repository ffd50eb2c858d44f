"""Pictures: their shape, what marks, causes and the cursor look like, and that colour is never the only sign."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.common.trouble import Trouble
from bodymap.figure import CROPS, INKS, VIEWS, Body, Picture, Place, Role, draw, load_body

BODY = load_body()
BACK = Place("buttock-upper", "left")


def places(view: str) -> list[Place]:
    return [place for place in BODY.anatomy.places if BODY.anatomy.regions[place.region].view == view]


@given(
    st.integers(10, 200),
    st.integers(10, 90),
    st.sampled_from(VIEWS),
    st.sampled_from(CROPS),
    st.sampled_from(sorted(INKS)),
    st.dictionaries(st.sampled_from(BODY.anatomy.places), st.integers(0, 10), max_size=8),
    st.frozensets(st.sampled_from(sorted(BODY.anatomy.regions)), max_size=6),
    st.frozensets(st.sampled_from(sorted(BODY.anatomy.regions)), max_size=6),
    st.none() | st.sampled_from(BODY.anatomy.places),
)
@settings(max_examples=80, deadline=None)
def test_a_picture_has_the_shape_of_its_grid(
    columns: int,
    rows: int,
    view: str,
    crop: str,
    ink: str,
    marks: dict[Place, int],
    usual: frozenset[str],
    possible: frozenset[str],
    cursor: Place | None,
) -> None:
    grid = BODY.grid(view, columns, rows, crop)
    picture = draw(grid, ink, marks, usual, possible, cursor)
    assert len(picture.rows) == len(picture.roles) == rows
    assert all(len(row) == columns for row in picture.rows)
    assert all(len(roles) == columns for roles in picture.roles)
    assert all(row.isprintable() for row in picture.rows)
    assert set(itertools.chain.from_iterable(picture.roles)) <= set(Role)
    if ink == "ascii":
        assert all(row.isascii() for row in picture.rows)


@pytest.mark.parametrize("ink", sorted(INKS))
@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_bare_picture_is_symmetrical(view: str, crop: str, ink: str) -> None:
    swap = str.maketrans("/\\()▘▝▖▗▌▐▞▚▛▜▙▟", "\\/)(▝▘▗▖▐▌▚▞▜▛▟▙")
    for size in ((38, 18), (51, 34), (60, 60)):
        grid = BODY.grid(view, *size, crop)
        for row in draw(grid, ink).rows:
            half = row[: grid.middle]
            other = row[grid.middle + 1 : 2 * grid.middle + 1][::-1]
            if ink == "braille":
                assert [sign == " " for sign in half] == [sign == " " for sign in other]
            else:
                assert half.translate(swap) == other


@pytest.mark.parametrize("ink", sorted(INKS))
@pytest.mark.parametrize("view", VIEWS)
def test_every_place_can_be_marked_and_seen_at_80_by_24(view: str, ink: str) -> None:
    grid = BODY.grid(view, 38, 18)
    bare = draw(grid, ink)
    for place in places(view):
        for intensity, sign in ((0, "o"), (4, "4"), (9, "9")):
            marked = draw(grid, ink, {place: intensity})
            changed = marked.changed(bare)
            assert changed
            assert all(grid.place_at(*cell) == place for cell in changed)
            assert (
                sum(row.count(sign) for row in marked.rows) == sum(row.count(sign) for row in bare.rows) + 1
            )


@pytest.mark.parametrize("ink", sorted(INKS))
@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_marks_causes_and_the_cursor_show_without_colour(view: str, crop: str, ink: str) -> None:
    grid = BODY.grid(view, 60, 45, crop)
    for place in grid.places:
        only = frozenset([place.region])
        looks = [
            draw(grid, ink).rows,
            draw(grid, ink, {place: 2}).rows,
            draw(grid, ink, {place: 5}).rows,
            draw(grid, ink, {place: 8}).rows,
            draw(grid, ink, {place: 0}).rows,
            draw(grid, ink, usual=only).rows,
            draw(grid, ink, possible=only).rows,
            draw(grid, ink, cursor=place).rows,
        ]
        assert len(set(looks)) == len(looks), place


def test_ten_is_written_out_where_there_is_room() -> None:
    roomy = draw(BODY.grid("back", 60, 45, "close-up"), marks={BACK: 10})
    assert any("10" in row for row in roomy.rows)
    tight = draw(BODY.grid("back", 38, 18), marks={Place("sacroiliac", "left"): 10})
    assert sum(row.count("X") for row in tight.rows) == 1


@pytest.mark.parametrize("crop", CROPS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_cursor_never_hides_the_digit_of_its_place(view: str, crop: str) -> None:
    for size in ((38, 18), (60, 45)):
        grid = BODY.grid(view, *size, crop)
        for place in grid.places:
            picture = draw(grid, marks={place: 7}, cursor=place)
            assert sum(row.count("7") for row in picture.rows) == 1, place
            assert any(Role.CURSOR in roles for roles in picture.roles)


def test_fills_stay_inside_the_body() -> None:
    everywhere = frozenset(BODY.anatomy.regions)
    for view, crop, ink in itertools.product(VIEWS, CROPS, INKS):
        grid = BODY.grid(view, 50, 34, crop)
        filled = draw(grid, ink, usual=everywhere)
        for column, row in filled.changed(draw(grid, ink)):
            assert grid.place_at(column, row) is not None


def test_changed_names_exactly_the_cells_that_differ() -> None:
    grid = BODY.grid("back", 80, 20)
    one, two = draw(grid, cursor=BACK), draw(grid, cursor=Place("buttock-deep", "left"))
    cells = two.changed(one)
    assert one.changed(one) == ()
    assert set(cells) == {
        (column, row)
        for row in range(20)
        for column in range(80)
        if (one.rows[row][column], one.roles[row][column]) != (two.rows[row][column], two.roles[row][column])
    }
    assert len(cells) < 40
    smaller = Picture(("ab",), (b"\0\0",))
    assert smaller.changed(one) == ((0, 0), (1, 0))


def test_an_unknown_ink_is_named() -> None:
    with pytest.raises(Trouble, match="“brail”") as caught:
        draw(BODY.grid("back", 38, 18), "brail")
    assert "braille" in caught.value.remedy


def test_drawing_leaves_the_grid_as_it_was(body: Body) -> None:
    grid = body.grid("back", 44, 30)
    before = draw(grid)
    draw(grid, "ascii", {BACK: 9}, frozenset(["calf"]), frozenset(["heel"]), BACK)
    assert draw(grid) == before
