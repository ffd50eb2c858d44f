"""The two drawings: every region there, no holes, no overlaps, and every way a drawing can be wrong is said."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble
from bodymap.figure import VIEWS, Body, load_body
from bodymap.figure.grid import frame_for
from bodymap.figure.raster import HIGH, fill
from bodymap.figure.svg import parse_drawing

ANATOMY = data_folder() / "anatomy"
SQUARE = '<svg viewBox="0 0 100 100"><g id="left"><path id="a" d="{}"/></g></svg>'
GOOD = "M 10 10 L 40 10 C 40 20 40 30 40 40 Z"


def test_every_region_is_drawn_and_there_are_at_least_74_places(body: Body) -> None:
    drawn = {id for drawing in body.drawings.values() for id in (*drawing.sided, *drawing.midline)}
    assert drawn == set(body.anatomy.regions)
    assert len(body.anatomy.places) >= 74


@pytest.mark.parametrize("view", VIEWS)
def test_regions_neither_overlap_nor_leave_holes(body: Body, view: str) -> None:
    drawing = body.drawings[view]
    frame = frame_for(161, 80, drawing.top, drawing.bottom, drawing.reach, cut=False)
    seen = [0] * (80 * HIGH)
    twice = total = 0
    for outline in (*drawing.sided.values(), *drawing.midline.values()):
        filled = fill(outline, frame)
        for y, dots in enumerate(filled.lines, start=filled.first):
            twice += (seen[y] & dots).bit_count()
            seen[y] |= dots
    total = sum(dots.bit_count() for dots in seen)
    assert twice < total / 1000
    # A hole is dry ground that water from outside does not reach.
    width = frame.axis + 2
    full = (1 << width) - 1
    water = [0] * len(seen)
    water[0] = full
    land = [dots << 1 for dots in seen]
    changed = True
    while changed:
        changed = False
        for order in (range(len(seen)), range(len(seen) - 1, -1, -1)):
            for y in order:
                near = water[y] | (water[y - 1] if y else 0) | (water[y + 1] if y + 1 < len(seen) else 0) | 1
                while True:
                    spread = (near | near << 1 | near >> 1) & full & ~land[y]
                    if spread == near & ~land[y]:
                        break
                    near = spread
                if spread != water[y]:
                    water[y] = spread
                    changed = True
    holes = sum((full & ~land[y] & ~water[y] & ~(1 << (width - 1))).bit_count() for y in range(len(seen)))
    assert holes <= 2


@pytest.mark.parametrize("view", VIEWS)
def test_drawings_hold_plain_commands_only_and_open_as_xml(view: str) -> None:
    from xml.etree import ElementTree

    root = ElementTree.parse(ANATOMY / f"{view}.svg").getroot()
    assert root.get("viewBox")
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        assert {sign for sign in path.get("d", "") if sign.isalpha()} <= set("MLCZ")


def test_proportions_are_those_of_a_person(body: Body) -> None:
    front = body.drawings["front"]
    tall = front.bottom - front.top
    head = max(y for _, y in front.sided["face"]) - front.top
    assert 7 <= tall / head <= 8
    shoulders = 2 * max(u for u, _ in front.sided["shoulder-front"])
    hips = 2 * max(u for u, _ in front.sided["hip-front"])
    waist = 2 * max(
        u for u, y in front.sided["abdomen-lower"] if y < min(v for _, v in front.sided["hip-front"])
    )
    assert waist < hips < shoulders
    assert 1.9 <= shoulders / head <= 2.6
    crotch = min(y for _, y in front.sided["thigh-inner"])
    assert 0.45 < (crotch - front.top) / tall < 0.58


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ("", "closed outline"),
        ("M 1 1 L 2 2 L 3 3", "closed outline"),
        ("m 1 1 L 2 2 Z", "other than"),
        ("M 1 1 A 1 1 0 0 0 3 3 Z", "other than"),
        ("M 1 1 L 2 2 L 3 3 Z M 1 1 L 2 2 Z", "closed outline"),
        ("M 1 1 L 2 Z", "takes 2 numbers"),
        ("M 1 1 L 2 2 3 3 Z", "takes 2 numbers"),
        ("M 1 1 C 2 2 3 3 4 Z", "takes 6 numbers"),
        ("M 1 1 L 1.2.3 2 L 3 3 Z", "not numbers"),
        ("M 1 1 L 1-2 2 L 3 3 Z", "not numbers"),
        ("M 1 1 L 9e9 2 L 3 3 Z", "other than"),
        ("M 1 1 L nan 2 L 3 3 Z", "other than"),
        ("M 1 1 L 2 2 Z 5", "takes 0 numbers"),
        ("M 1 1 L 2 2 Z", "too few points"),
        ("M 1 1 L 999 2 L 3 3 Z", "outside the viewBox"),
        ("M 60 10 L 90 10 L 90 40 Z", "must lie left"),
        ("M 1 1 " + "L 2 2 " * 500 + "Z", "More than 400"),
    ],
)
def test_a_wrong_shape_is_named_with_file_and_element(shape: str, says: str) -> None:
    with pytest.raises(Trouble) as caught:
        parse_drawing(SQUARE.format(shape), "back.svg", left_is_left=True)
    assert says in caught.value.what
    assert caught.value.where.startswith("back.svg")
    assert "“a”" in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no viewBox"),
        ('<svg viewBox="5 5 10 10"></svg>', "no viewBox"),
        ('<svg viewBox="0 0 10 10"></svg>', "no regions"),
        ('<svg viewBox="0 0 99 99"><g id="left"><path d="M 1 1 Z"/></g></svg>', "needs an id"),
        (SQUARE.format(GOOD).replace("</g>", ""), "not closed"),
        (SQUARE.format(GOOD).replace("<g ", '<g transform="scale(2)" '), "group is transformed"),
        (SQUARE.format(GOOD).replace("<path ", '<path transform="scale(2)" '), "path is transformed"),
        (SQUARE.format(GOOD).replace("<path", "<!-- <path").replace("/></g>", "/> --></g>"), "no regions"),
        (SQUARE.format(GOOD).replace("</g>", f'<path id="a" d="{GOOD}"/></g>'), "drawn twice"),
    ],
)
def test_a_wrong_file_is_refused(text: str, says: str) -> None:
    with pytest.raises(Trouble, match=says):
        parse_drawing(text, "back.svg", left_is_left=True)


@given(st.text(alphabet='MLCZmz0123456789. -+e"<>/=\n', max_size=60))
def test_no_shape_ends_in_anything_but_trouble(shape: str) -> None:
    with contextlib.suppress(Trouble):
        parse_drawing(SQUARE.format(shape), "back.svg", left_is_left=True)


def copied(folder: Path) -> Path:
    shutil.copytree(ANATOMY, folder / "anatomy")
    return folder / "anatomy"


def test_a_missing_region_an_unknown_one_and_a_wrong_group_are_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / "back.svg").read_text(encoding="utf-8")
    (folder / "back.svg").write_text(text.replace('id="calf"', 'id="claf"'), encoding="utf-8")
    with pytest.raises(Trouble, match="no region “claf”") as caught:
        load_body(folder=folder)
    assert "calf" in caught.value.remedy
    regions = (folder / "regions.toml").read_text(encoding="utf-8")
    extra = '\n[[regions]]\nid = "elsewhere"\nname = "x"\nview = "back"\nparent = "leg"\n'
    (folder / "back.svg").write_text(text, encoding="utf-8")
    (folder / "regions.toml").write_text(regions + extra, encoding="utf-8")
    with pytest.raises(Trouble, match="“elsewhere” is not drawn"):
        load_body(folder=folder)
    (folder / "regions.toml").write_text(
        regions.replace('id = "calf"\n', 'id = "calf"\nmidline = true\n'), encoding="utf-8"
    )
    with pytest.raises(Trouble, match="“calf” is not drawn") as caught:
        load_body(folder=folder)
    assert "midline" in caught.value.remedy


def test_a_link_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    back = folder / "back.svg"
    back.unlink()
    with pytest.raises(Trouble, match="no such file"):
        load_body(folder=folder)
    back.symlink_to(folder / "front.svg")
    with pytest.raises(Trouble, match="symbolic link"):
        load_body(folder=folder)
    back.unlink()
    back.write_bytes(b"<svg " + b" " * 300_000)
    with pytest.raises(Trouble, match="at most"):
        load_body(folder=folder)
    back.write_bytes(b"\xff\xfe")
    with pytest.raises(Trouble, match="UTF-8"):
        load_body(folder=folder)
