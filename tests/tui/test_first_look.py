"""What stands in the first frame before the pack is there: kept only from an untouched screen, believed never."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from explorer_driver import UPPER
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from bodymap.common.settings import Settings
from bodymap.tui.first_look import SEEN_AHEAD, keep_look, look_path, read_look

ROW = Strip(
    [Segment("sits most ", Style.parse("bold #ffaf00 on #121212")), Segment("│", Style.parse("#888888"))]
)


def test_a_look_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "looks" / "one.json"
    keep_look(path, [ROW, ROW], {"questions": Region(0, 0, 11, 2), "causes": Region(5, 1, 6, 1)})
    look = read_look(path)
    assert [strip.text for strip in look["questions"]] == ["sits most │", "sits most │"]
    assert [segment.style for segment in look["questions"][0]] == [segment.style for segment in ROW]
    assert [strip.text for strip in look["causes"]] == ["most │"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"questions": 7}',
        b'{"questions": [[["a"]]]}',
        b'{"questions": [[["a", 7]]]}',
        b'{"questions": [[["a\\u001b[2J", ""]]]}',
        b'{"questions": [[["a\\u202e", ""]]]}',
        b'{"questions": [[["a\\nb", ""]]]}',
        b'{"questions": [[["a", "link http://127.0.0.1/"]]]}',
        b'{"questions": [[["a", "no such colour"]]]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_look_that_this_program_did_not_write_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(content)
    assert read_look(path) == {}


def test_a_look_that_others_may_write_is_none(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    keep_look(path, [ROW], {"questions": Region(0, 0, 11, 1)})
    assert read_look(path)
    path.chmod(0o666)
    assert read_look(path) == {}


def test_every_pack_window_and_set_of_colours_has_a_look_of_its_own(tmp_path: Path) -> None:
    settings = Settings(sessions=tmp_path)
    ways = [
        look_path(settings, (120, 40), "dark"),
        look_path(settings, (121, 40), "dark"),
        look_path(settings, (120, 40), "light"),
        look_path(settings._replace(ascii_only=True), (120, 40), "dark"),
    ]
    assert len(set(ways)) == len(ways)
    assert look_path(settings._replace(pack=tmp_path / "nowhere"), (120, 40), "dark") is None


async def test_only_an_untouched_screen_is_kept(open_explorer, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    async with open_explorer((120, 40)) as driver:
        await driver.mark(UPPER, 7)
        driver.explorer._first_look._path = path
        driver.explorer._keep_look()
        assert not path.exists()
        driver.explorer.action_undo()
        await driver.settle()
        driver.explorer._first_look._path = path
        driver.explorer._keep_look()
        look = json.loads(path.read_text())
        assert set(look) == set(SEEN_AHEAD)
        words = " ".join(text for row in look["questions"] for text, _ in row)
        assert "MOST TELLING NOW" in words
