"""`bodymap kiosk` before anybody sits down: its example, its PIN, and what keeps it from starting."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from command import PROGRAM, Home, clean_fault
from pty_terminal import Terminal

from bodymap.kiosk.pin import matches

PIN = "402871"


def test_print_config_is_a_config(home: Home) -> None:
    ended = home.run("kiosk", "--print-config")
    assert (ended.status, ended.err) == (0, "")
    file = home.folder / "kiosk.toml"
    file.write_text(ended.out, encoding="utf-8")
    program = (
        f"from bodymap.kiosk.config_file import load; from pathlib import Path; load(Path({str(file)!r}))"
    )
    assert home.code(program).status == 0
    assert "--hash-pin" in ended.out


def asked_for_a_pin(home: Home, *answers: str) -> Terminal:
    terminal = Terminal((*PROGRAM, "kiosk", "--hash-pin"), (100, 30), home.environment)
    for prompt, answer in zip(("PIN, 6 to 12", "once more"), answers, strict=False):
        terminal.until(prompt)
        terminal.press(answer, "enter")
    return terminal


def test_hash_pin_prints_the_line_and_never_the_pin(home: Home) -> None:
    with asked_for_a_pin(home, PIN, PIN) as terminal:
        assert terminal.wait() == 0
        assert PIN.encode() not in terminal.sent
        found = re.search(rb'pin_hash = "([^"]+)"', terminal.sent)
        assert found
        assert matches(PIN, found[1].decode())


@pytest.mark.parametrize(
    ("answers", "what"), [((PIN, "402872"), "not the same"), (("1234", "1234"), "has 6 to 12 digits")]
)
def test_hash_pin_says_what_is_wrong(home: Home, answers: tuple[str, ...], what: str) -> None:
    with asked_for_a_pin(home, *answers) as terminal:
        assert terminal.wait() == 3
        assert what.encode() in terminal.sent
        assert answers[0].encode() not in terminal.sent


def test_hash_pin_takes_no_pin_from_a_pipe(home: Home) -> None:
    ended = home.run("kiosk", "--hash-pin")
    assert ended.status == 5
    assert clean_fault(ended.err)


def test_it_does_not_start_without_a_terminal(home: Home) -> None:
    ended = home.run("kiosk")
    assert (ended.status, ended.out) == (5, "")
    assert clean_fault(ended.err)
    assert "ssh -t" in ended.err


def test_it_does_not_start_on_a_terminal_that_cannot_draw(home: Home) -> None:
    ended = home.in_terminal("kiosk", TERM="dumb")
    assert ended.status == 5
    assert "TERM" in ended.out
    assert "\x1b" not in ended.out


def test_the_two_that_only_print_do_not_go_together(home: Home) -> None:
    assert home.run("kiosk", "--print-config", "--hash-pin").status == 2


@pytest.mark.parametrize(
    ("text", "status", "what"),
    [
        ("warning_seconds = 10", 3, "kiosk.toml, line 1, warning_seconds"),
        ("clinik = 'x'", 3, "Did you mean “clinic”?"),
        ("languages = ['fr']", 3, "does not speak “fr”"),
        ("pack = 'rear-pian'", 3, "Did you mean “rear-pain”?"),
        ("sessions = '/dev/null/visits'", 4, "/dev/null"),
    ],
)
def test_a_mistake_is_said_before_the_terminal_is_taken(
    home: Home, text: str, status: int, what: str
) -> None:
    file = home.folder / "kiosk.toml"
    file.write_text(text, encoding="utf-8")
    ended = home.in_terminal("kiosk", "--config", str(file), BODYMAP_KIOSK="/nowhere/kiosk.toml")
    assert ended.status == status
    assert what in " ".join(ended.out.split())
    assert "\x1b" not in ended.out
    assert "Traceback" not in ended.out


def test_the_environment_names_the_file_too(home: Home) -> None:
    ended = home.in_terminal("kiosk", BODYMAP_KIOSK="/nowhere/kiosk.toml")
    assert ended.status == 3
    assert "/nowhere/kiosk.toml" in ended.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_said(home: Home) -> None:
    file = home.folder / "kiosk.toml"
    file.write_text("")
    file.chmod(0)
    assert "not allowed" in home.in_terminal("kiosk", "--config", str(file)).out


def test_help_and_example_pay_for_no_screen(home: Home) -> None:
    program = """
import sys
from bodymap.cli import run
status = run(sys.argv[1:] or ["kiosk", "--print-config"])
print(status, *sys.modules, file=sys.stderr)
"""
    ended = home.code(program)
    assert not {"textual", "rich"} & set(ended.err.split())


def test_where_sessions_go_is_weighed_as_everywhere(home: Home, tmp_path: Path) -> None:
    """An option beats the environment, which beats the file."""
    file = home.folder / "kiosk.toml"
    file.write_text("sessions = '/dev/null/of-the-file'")
    arguments = ("--sessions", "/dev/null/of-the-option", "kiosk", "--config", str(file))
    assert "of-the-option" in home.in_terminal(*arguments, BODYMAP_SESSIONS="/dev/null/of-the-variable").out
    assert (
        "of-the-variable"
        in home.in_terminal(*arguments[2:], BODYMAP_SESSIONS="/dev/null/of-the-variable").out
    )
    assert "of-the-file" in home.in_terminal(*arguments[2:]).out
