"""What stands there while the explorer is loaded: kept only from an untouched screen, believed never."""

from __future__ import annotations

from pathlib import Path

import pytest
from explorer_driver import UPPER
from pty_terminal import Terminal
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from bodymap.common.places import cache_folder
from bodymap.common.settings import Settings
from bodymap.tui.first_look import keep_look, look_path, read_look

ROW = Strip(
    [Segment("sits most ", Style.parse("bold #ffaf00 on #121212")), Segment("│", Style.parse("#888888"))]
)


def test_a_look_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "looks" / "one.json"
    keep_look(path, [ROW, ROW])
    look = read_look(path)
    assert [strip.text for strip in look] == ["sits most │", "sits most │"]
    assert [segment.style for segment in look[0]] == [segment.style for segment in ROW]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{}",
        b"7",
        b"[7]",
        b'[[["a"]]]',
        b'[[["a", 7]]]',
        b'[[["a\\u001b[2J", ""]]]',
        b'[[["a\\u202e", ""]]]',
        b'[[["a\\nb", ""]]]',
        b'[[["a", "link http://127.0.0.1/"]]]',
        b'[[["a", "no such colour"]]]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_look_that_this_program_did_not_write_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(content)
    assert read_look(path) == ()


def test_a_look_that_others_may_write_is_none(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    keep_look(path, [ROW])
    assert read_look(path)
    path.chmod(0o666)
    assert read_look(path) == ()


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
        driver.explorer._look_path = path
        driver.explorer._keep_look()
        look = [strip.text.rstrip() for strip in read_look(path)]
        assert look == driver.text.splitlines()
        path.unlink()
        await driver.mark(UPPER, 7)
        driver.explorer._look_path = path
        driver.explorer._keep_look()
        driver.explorer.action_undo()  # leaves arrows behind, and so it is no untouched screen
        await driver.settle()
        driver.explorer._look_path = path
        driver.explorer._keep_look()
        assert not path.exists()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_what_is_typed_before_the_explorer_is_there_counts(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Terminal(size=size) as terminal:
        terminal.until(lambda: list((cache_folder() / "looks").glob("*.json")) != [])
    with Terminal(size=size) as terminal:
        terminal.until("your low back, over the spine")
        terminal.press("7")
        terminal.until("7 of 10")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
