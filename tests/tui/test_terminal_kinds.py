"""Terminals that can do less, faults that a person meets, and the private names of Textual that we touch."""

from __future__ import annotations

import fcntl
import inspect
import os
import re
import struct
import subprocess
import sys
import termios
from importlib.metadata import version
from pathlib import Path

import pytest
from pty_terminal import BODYMAP, ROOT, TITLE, Terminal, environment
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump

from bodymap.common.places import data_folder
from bodymap.tui.filters import in_ascii
from bodymap.tui.line_writer import LineWriter
from bodymap.tui.terminal import LARGEST, UNKNOWN, TerminalDriver

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


STRICT = """
from bodymap.tui import filters
plain = filters.in_ascii
def strict(text):
    assert all(letter in "?\\u00bf" or "?" not in plain(letter) for letter in set(text)), text
    return plain(text)
filters.in_ascii = strict
from bodymap.cli import main
main()
"""
"""The program with a filter that fails at a sign it has no likeness for, instead of showing a question mark."""


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
@pytest.mark.parametrize(
    "locale", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": "en_US.ISO-8859-1", "LC_ALL": "en_US.ISO-8859-1"}]
)
def test_without_utf8_everything_is_ascii(locale: dict[str, str], size: tuple[int, int]) -> None:
    with Terminal((sys.executable, "-c", STRICT), size, env=environment(**locale)) as terminal:
        tour(terminal)
        assert bytes(terminal.sent).isascii()
        terminal.press("enter", "ctrl+q")
        assert terminal.wait() == 0
        assert b"failed inside" not in terminal.sent, "a sign was shown for which there is no likeness"


def test_every_letter_of_the_shipped_texts_has_a_likeness() -> None:
    letters = {
        letter for path in data_folder().rglob("*.toml") for letter in path.read_text(encoding="utf-8")
    }
    lost = {letter for letter in letters - set("?¿\n") if in_ascii(letter) in ("?", "")}
    assert lost == set()
    assert in_ascii("Dolor según el médico: ¿dónde, cuándo? No · sí") == (
        "Dolor segun el medico: ?donde, cuando? No . si"
    )
    assert not {letter for letter in map(chr, range(0x2580, 0x25A0)) if in_ascii(letter) == "?"}, (
        "bars of lists"
    )
    assert in_ascii("骨") == "??", "cell for cell"


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


def test_the_driver_still_starts_and_stops_where_we_reach_in() -> None:
    assert issubclass(TerminalDriver, LinuxDriver)
    start = inspect.getsource(LinuxDriver.start_application_mode)
    for name in (
        "self._writer_thread = WriterThread(self._file)",
        "Thread(target=self._run_input_thread",
        "self._get_terminal_size()",
        "self._query_in_band_window_resize()",
        "self.attrs_before = termios.tcgetattr(self.fileno)",
    ):
        assert name in start, name
    assert linux_driver.WriterThread is LineWriter  # type: ignore[attr-defined]
    assert "self.exit_event.set()" in inspect.getsource(LinuxDriver.disable_input)
    assert "signal.SIGCONT, self._sigcont_application" in inspect.getsource(LinuxDriver.__init__)
    assert "self._writer_thread.stop()" in inspect.getsource(LinuxDriver.close)


def test_our_writer_can_all_that_textuals_can() -> None:
    theirs = {name for name in vars(WriterThread) if not name.startswith("__")}
    assert theirs - set(vars(LineWriter)) == set()


def test_the_parser_still_is_what_we_feed() -> None:
    parser = XTermParser()
    assert parser.mouse_pixels is False
    assert list(parser.feed("7"))
    assert list(parser.tick()) == []


def test_messages_are_still_handled_where_we_reach_in() -> None:
    assert "await self._dispatch_message(message)" in inspect.getsource(MessagePump._process_messages_loop)
    assert MessagePump._dispatch_message.__module__ == "bodymap.tui.faults"


def test_the_app_still_fails_where_we_reach_in() -> None:
    source = inspect.getsource(App)
    assert "self._fatal_error()" in source
    assert "self._exception = error" in source
    assert "app._loop = asyncio.get_running_loop()" in source
    assert callable(App._close_messages_no_wait)
    app: App[int] = App()
    assert app._exception is None
    assert app._driver is None


@pytest.mark.parametrize(
    ("told", "said", "size"),
    [
        ((65535, 65535), {}, LARGEST),
        ((80, 24), {"COLUMNS": "200", "LINES": "100"}, (80, 24)),
        ((0, 0), {"COLUMNS": "132", "LINES": "43"}, (132, 43)),
        ((0, 0), {"COLUMNS": "99999", "LINES": "99999"}, LARGEST),
        ((0, 0), {"COLUMNS": "-5", "LINES": "9" * 5000}, UNKNOWN),
        ((0, 0), {}, UNKNOWN),
    ],
)
def test_our_driver_asks_the_terminal_and_caps_the_window(
    told: tuple[int, int], said: dict[str, str], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    master, slave = os.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", told[1], told[0], 0, 0))
        driver = TerminalDriver.__new__(TerminalDriver)
        driver.fileno = slave
        assert driver._get_terminal_size() == size
    finally:
        os.close(master)
        os.close(slave)


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
