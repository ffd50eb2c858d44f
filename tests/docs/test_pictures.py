"""The pictures show the program as it is, in words, and fetch nothing from anywhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from make_pictures import PICTURES, SCENES, Scene, take

ROOT = Path(__file__).parents[2]


def words(picture: str) -> str:
    """Everything that is written in a picture, row by row, with single spaces."""
    rows: dict[str, list[str]] = {}
    for row, text in re.findall(r'<text [^>]*y="(\d+)"[^>]*>([^<]*)</text>', picture):
        rows.setdefault(row, []).append(unescape(text))
    return "\n".join(" ".join(parts) for parts in rows.values())


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_it_shows_what_it_should(scene: Scene) -> None:
    said = words((PICTURES / f"{scene.name}.svg").read_text(encoding="utf-8"))
    assert [text for text in scene.shows if text not in said] == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_program_still_looks_like_that(scene: Scene, tmp_path: Path) -> None:
    """Two thirds of the words will do: a reworded line needs no new picture, a changed screen does."""
    now = set(words(take(scene, tmp_path).read_text(encoding="utf-8")).split())
    then = set(words((PICTURES / f"{scene.name}.svg").read_text(encoding="utf-8")).split())
    assert len(now & then) >= 2 / 3 * len(now | then), sorted(now ^ then)


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.iterdir()} == {scene.name for scene in SCENES}


@pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_nothing_is_fetched(path: Path) -> None:
    picture = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    assert not re.search(r"https?:|@import|@font-face|url\(|<script|<image", picture)
