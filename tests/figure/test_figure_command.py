"""`bodymap figure` from the outside: what it prints, and what it says when it cannot."""

from __future__ import annotations

import pytest

from bodymap.cli import run
from bodymap.common.trouble import Exit


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["figure", *arguments]) == Exit.DONE
    return capsys.readouterr().out


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["figure", *arguments]) == Exit.WRONG_USAGE
    streams = capsys.readouterr()
    assert streams.out == ""
    return streams.err


def test_the_picture_of_the_issue(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(
        capsys, "--view", "back", "--width", "60", "--ink", "ascii", "--mark", "buttock-upper.left=7",
        "--cause", "thoracolumbar-joint-dysfunction",
    )  # fmt: skip
    assert "BACK" in text
    assert "FRONT" not in text
    assert "your LEFT buttock, upper part, seen from behind" in text
    assert "::::" in text
    assert max(map(len, text.splitlines())) <= 60
    assert {letter for letter in text if not letter.isascii()} <= {"·"}


def test_both_views_stand_side_by_side_with_the_patients_own_sides(
    capsys: pytest.CaptureFixture[str],
) -> None:
    heading = printed(capsys, "--width", "80", "--height", "20").splitlines()[0]
    assert heading.split() == ["left", "BACK", "right", "right", "FRONT", "left"]


@pytest.mark.parametrize("ink", ["ascii", "blocks", "braille"])
@pytest.mark.parametrize("crop", ["whole", "close-up", "auto"])
def test_every_ink_and_crop_prints_the_height_asked_for(
    capsys: pytest.CaptureFixture[str], ink: str, crop: str
) -> None:
    text = printed(capsys, "--ink", ink, "--crop", crop, "--height", "18", "--width", "80")
    assert len(text.splitlines()) == 1 + 18 + 2
    assert "\x1b" not in text


def test_a_mark_outside_the_close_up_opens_the_whole_body(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--width", "80", "--height", "18", "--mark", "palm.left=3", "--mark", "sacrum=10")
    assert "not in this picture" not in text
    near = printed(capsys, "--width", "80", "--height", "18", "--crop", "close-up", "--mark", "palm.left=3")
    assert "not in this picture" in near


def test_colour_only_where_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    marks = ("--mark", "calf.left=9", "--height", "20")
    plain = printed(capsys, *marks)
    coloured = printed(capsys, *marks, "--colour", "always")
    assert "\x1b[38;5;209m" in coloured
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
    assert "\x1b[38" not in printed(capsys, *marks, "--colour", "always")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--mark", "buttock-uper.left=7"), "Did you mean “buttock-upper”?"),
        (("--mark", "buttock-upper.left=11"), "0 to 10"),
        (("--mark", "buttock-upper.left=-1"), "0 to 10"),
        (("--mark", "buttock-upper.left=²"), "0 to 10"),
        (("--mark", "buttock-upper.left"), "REGION.SIDE=N"),
        (("--mark", "buttock-upper=4"), "buttock-upper.left or buttock-upper.right"),
        (("--mark", "buttock-upper.midline=4"), "buttock-upper.left or buttock-upper.right"),
        (("--mark", "sacrum.left=4"), "sacrum.midline"),
        (("--mark", ""), "REGION.SIDE=N"),
        (("--cause", "thoracolumbar"), "thoracolumbar-joint-dysfunction"),
        (("--ink", "oil"), "oil"),
        (("--width", "3"), "10"),
    ],
)
def test_wrong_usage_is_said_with_a_remedy(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert says in said(capsys, *arguments)
