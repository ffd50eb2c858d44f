"""`bodymap kiosk` as a service starts it: nobody gets out of it but staff, and the next person finds it fresh."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from pty_terminal import Terminal, environment

from bodymap.kiosk.pin import hash_pin
from bodymap.kiosk.terminal_reset import RESET

BODYMAP = (sys.executable, "-m", "bodymap", "kiosk", "--config")
PIN = "402871"


class Kiosk(Terminal):
    """The real program with settings of its own."""

    def __init__(self, folder: Path, settings: str = "", **changes: str) -> None:
        self.sessions = folder / "visits"
        file = folder / "kiosk.toml"
        file.write_text(f'sessions = "{self.sessions}"\n{settings}', encoding="utf-8")
        super().__init__((*BODYMAP, str(file)), (80, 24), environment(**changes))
        self.resets = 0

    def welcome(self) -> int:
        """Wait for the first screen of a visit that is new, and return its process."""
        self.until(lambda: self.sent.count(RESET) > self.resets)
        self.resets = self.sent.count(RESET)
        self.until("Begin")
        return min(self.visits, key=lambda process: process.create_time()).pid

    @property
    def visits(self) -> list[psutil.Process]:
        return psutil.Process(self.pid).children()


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM], ids=lambda number: number.name
)
def test_a_killed_visit_is_followed_by_a_new_welcome(number: signal.Signals, tmp_path: Path) -> None:
    with Kiosk(tmp_path) as kiosk:
        first = kiosk.welcome()
        kiosk.press("1")
        kiosk.until(lambda: not kiosk.shows("1  Begin"))
        os.kill(first, number)
        assert kiosk.welcome() != first
        assert not kiosk.sessions.exists()


KEYS = [bytes([number]) for number in range(32)] + [
    b"\x7f",
    b"\xff",
    b"\x1c",
    b"\x1a",
    b"\x1b[3;5u",
    b"\x1b[122;5u",
]


def test_no_control_key_ends_stops_or_leaves_it(tmp_path: Path) -> None:
    """Among them ^C, ^Z, ^\\, ^D, ^Q and ^P, first while a visit starts, then in it."""
    with Kiosk(tmp_path, 'languages = ["en"]\n') as kiosk:  # they choose a language too
        kiosk.until("One moment")
        for key in (b"\x03", b"\x1a", b"\x1c", b"\x04", b"\x13"):
            kiosk.write(key)
        first = kiosk.welcome()
        for key in KEYS:
            kiosk.write(key)
        # And it still hears what it is told.

        def asked() -> bool:
            if kiosk.shows("End and clear"):
                kiosk.click_words("End and clear")
            return kiosk.shows("Yes, clear it now")

        kiosk.until(asked)
        assert not kiosk.ended()
        assert psutil.Process(kiosk.pid).status() != psutil.STATUS_STOPPED
        assert [child.pid for child in kiosk.visits if child.pid == first] == [first]
        assert {child.name() for child in kiosk.visits} <= {psutil.Process(first).name()}
        assert b"Traceback" not in kiosk.sent
        assert b"\x1b]52" not in kiosk.sent.replace(RESET, b"")


def test_variables_change_nothing(tmp_path: Path) -> None:
    traces = tmp_path / "traces"
    hostile = {
        "TEXTUAL_DRIVER": "antigravity:Nothing",
        "TEXTUAL_LOG": str(traces),
        "TEXTUAL_PRESS": "ctrl+q",
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_DEBUG": "1",
        "BROWSER": "/bin/sh",
        "PYTHONINSPECT": "1",
        "PYTHONBREAKPOINT": "os.system",
        "BODYMAP_DEBUG": "1",
    }
    with Kiosk(tmp_path, f'pin_hash = "{hash_pin(PIN)}"\n', **hostile) as kiosk:
        kiosk.welcome()
        kiosk.write(b"\x03")
        kiosk.press("1")
        kiosk.until(lambda: not kiosk.shows("1  Begin"))
        os.kill(kiosk.pid, signal.SIGTERM)
        assert kiosk.wait() == 128 + signal.SIGTERM
        assert b">>>" not in kiosk.sent
        assert b"Traceback" not in kiosk.sent
    assert {path.name for path in tmp_path.iterdir()} == {"kiosk.toml"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_of_the_system_ends_it_with_nothing_left(number: signal.Signals, tmp_path: Path) -> None:
    with Kiosk(tmp_path) as kiosk:
        kiosk.welcome()
        kiosk.until(lambda: len(kiosk.visits) == 2)
        everything = kiosk.visits
        os.kill(kiosk.pid, number)
        assert kiosk.wait() == 128 + number
        assert psutil.wait_procs(everything, 30)[1] == []
        assert kiosk.sent.endswith(RESET)


def test_a_dropped_line_ends_it_with_nothing_left(tmp_path: Path) -> None:
    with Kiosk(tmp_path) as kiosk:
        kiosk.welcome()
        everything = kiosk.visits
        kiosk.close()
        assert kiosk.wait() == 128 + signal.SIGHUP
        assert psutil.wait_procs(everything, 30)[1] == []


def test_staff_leave_by_pin_and_nobody_else(tmp_path: Path) -> None:
    with Kiosk(tmp_path, f'pin_hash = "{hash_pin(PIN)}"\n', XDG_CACHE_HOME=str(tmp_path / "cache")) as kiosk:
        kiosk.welcome()
        kiosk.click_words("Staff")
        kiosk.until("Erase")
        kiosk.press(*"111111", "enter")
        kiosk.until("not the right PIN")
        assert (tmp_path / "cache/bodymap/kiosk/tries").read_text().split()[0] == "1"
        assert not kiosk.ended()
        kiosk.press(*PIN, "enter")
        while not kiosk.ended():  # too early: it is said, and tried again
            if kiosk.shows("Please try again"):
                kiosk.press(*PIN, "enter")
            kiosk.read(0.5)
        assert kiosk.wait() == 0
        assert kiosk.sent.endswith(RESET)


def test_without_a_pin_nothing_offers_a_way_out(tmp_path: Path) -> None:
    with Kiosk(tmp_path) as kiosk:
        kiosk.welcome()
        assert not kiosk.shows("Staff")
