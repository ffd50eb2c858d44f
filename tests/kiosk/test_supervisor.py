"""The process that holds the terminal: whatever becomes of a visit, the next one is there and finds nothing of it."""

from __future__ import annotations

import os
import signal
import termios
import time
from pathlib import Path

import psutil
import pyte
import pytest
from fake_visit import CANARY
from locked import Locked, running
from pty_terminal import Terminal

from bodymap.kiosk.supervisor import PAUSES
from bodymap.kiosk.terminal_reset import RESET

KILLS = [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGHUP, signal.SIGABRT]


def after_reset(line: Terminal) -> bytes:
    """Return what was sent from the last reset on."""
    sent = bytes(line.sent)
    return sent[sent.rindex(RESET) :]


@pytest.mark.parametrize("number", KILLS, ids=lambda number: number.name)
def test_a_visit_that_is_killed_is_followed_by_a_fresh_one(number: signal.Signals, tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        os.kill(first, number)
        second = line.visit(other_than=first)
        assert not running(first)
        assert running(second)
        assert RESET in line.sent[line.sent.index(f"visit {first}".encode()) :]
        assert "visit 1 " in line.log


@pytest.mark.parametrize("key", ["q", "x"], ids=["ended", "crashed"])
def test_a_visit_that_ends_is_followed_by_a_fresh_one(key: str, tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press(key)
        assert line.visit(other_than=first) != first
        assert ("ValueError" in line.log) is (key == "x")


def ahead(line: Locked, visit: int) -> psutil.Process:
    """Wait until the process of the next visit is there beside that of this one, and return it."""
    found: list[psutil.Process] = []

    def started() -> bool:
        found[:] = [child for child in psutil.Process(line.pid).children() if child.pid != visit]
        return bool(found)

    line.until(started)
    return found[0]


def test_the_next_visit_starts_ahead_and_waits(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        waiting = ahead(line, first)
        line.press("z")
        line.until(lambda: "z" in line.noted("keys"))
        assert len(line.noted("environment")) == 1, "it has not begun"
        os.kill(first, signal.SIGKILL)
        assert line.visit(other_than=first) == waiting.pid
        line.press("z")
        line.until(lambda: line.noted("keys") == ["z", "z"])


def test_one_that_died_while_it_waited_is_not_missed(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        waiting = ahead(line, first)
        waiting.kill()
        line.press("q")
        second = line.visit(other_than=first)
        assert second != waiting.pid
        assert "killed" not in line.log


def test_what_waits_ends_with_the_supervisor_however_that_ends(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with Locked(tmp_path, under_shell=True) as line:
            first = line.visit()
            supervisor = psutil.Process(first).parent()
            assert supervisor is not None
            line.until(lambda supervisor=supervisor: len(supervisor.children()) == 2)
            both = supervisor.children()
            supervisor.send_signal(number)
            assert psutil.wait_procs(both, 30)[1] == []


def test_a_visit_that_hangs_is_killed(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("h")
        line.until("hanging")
        line.visit(other_than=first)
        assert not running(first)
        assert "fell silent" in line.log


def test_a_visit_that_is_stopped_is_killed(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        os.kill(first, signal.SIGSTOP)
        line.visit(other_than=first)
        assert not running(first)


@pytest.mark.parametrize("shared", [False, True])
def test_a_terminal_that_stops_reading_does_not_stop_the_supervisor(shared: bool, tmp_path: Path) -> None:
    with Locked(tmp_path, shared=shared) as line:
        first = psutil.Process(line.visit())
        line.press("f")
        first.wait(60)  # nobody reads what it floods: it falls silent
        line.visit(other_than=first.pid)
        assert "fell silent" in line.log


def test_what_a_visit_started_ends_with_it(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("g")
        line.until("started ")
        started = psutil.Process(int(line.words.split("started ")[1].split()[0]))
        line.press("q")
        line.visit(other_than=first)
        started.wait(30)


def test_the_next_visit_finds_nothing_of_the_last(tmp_path: Path) -> None:
    """Screen, scrollback, title, modes of the keyboard and the mouse: as if it had never been."""
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("s")
        line.until("printed")
        os.kill(first, signal.SIGKILL)
        line.until("One moment")
        sent = bytes(line.sent)
        terminal = pyte.HistoryScreen(80, 24, history=1000)
        stream = pyte.ByteStream(terminal)
        cut = sent.index(b"One moment", sent.rindex(RESET)) + len(b"One moment")
        stream.feed(plain(sent[:cut]))
        rows = [*terminal.history.top, *terminal.buffer.values()]
        shown = "\n".join("".join(row[column].data for column in range(80)) for row in rows)
        assert CANARY not in shown
        assert "One moment" in shown
        last_title = sent[:cut].split(b"\x1b]0;")[-1].split(b"\x07")[0]
        assert last_title == b"bodymap"
        for mode in (b"1000", b"1003", b"1006", b"2004", b"1004", b"1049"):
            assert sent.rindex(b"\x1b[?" + mode + b"l", 0, cut) > sent.rindex(b"\x1b[?" + mode + b"h", 0, cut)
        assert sent.rindex(b"\x1b[?25h", 0, cut) > sent.rindex(b"\x1b[?25l", 0, cut)
        assert b"\x1b[3J" in after_reset(line)


def plain(sent: bytes) -> bytes:
    """Return what pyte can follow, with what was on the other screen left out."""
    import re

    sent = re.sub(rb"\x1b\[\?1049h.*?\x1b\[\?1049l", b"", sent, flags=re.DOTALL)
    return re.sub(
        rb"\x1b\[[<>=!][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*[ !][a-zA-Z]|\x1b\][^\x07]*\x07|\x1b\\", b"", sent
    )


def test_nothing_is_ever_written_to_the_clipboard(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("q")
        line.visit(other_than=first)
        assert b"\x1b]52" not in line.sent


def test_keys_pressed_between_visits_reach_nobody(tmp_path: Path) -> None:
    with Locked(tmp_path, kind="visit") as line:
        first = line.visit()
        os.kill(first, signal.SIGSTOP)
        line.write(b"abc")  # nobody reads them any more
        line.visit(other_than=first)
        line.press("z")
        line.until(lambda: "z" in line.noted("keys"))
        assert line.noted("keys") == ["z"]


def test_keys_pressed_while_the_next_visit_is_waited_for_reach_nobody(tmp_path: Path) -> None:
    with Locked(tmp_path, kind="late") as line:
        line.until(lambda: line.log.count("ended with status 7") == 3)
        line.write(b"abc")
        line.visit()
        line.press("z")
        line.until(lambda: "z" in line.noted("keys"))
        assert line.noted("keys") == ["z"]


CONTROL = ["\x03", "\x1c", "\x1a", "\x04", "\x11", "\x13", "\x0f", "\x16", "\x17", "\x12", "\x19"]


def test_no_control_key_ends_stops_or_echoes_before_a_visit_listens(tmp_path: Path) -> None:
    """Between visits the terminal is held by the supervisor alone."""
    with Locked(tmp_path, kind="ends-at-once") as line:
        line.until("Please tell the staff")
        for key in CONTROL:
            line.write(key.encode())
        count = line.log.count("ended with status 7")
        line.until(lambda: line.log.count("ended with status 7") > count)
        assert not line.ended()
        assert b"^" not in line.sent


def test_a_visit_that_cannot_start_is_tried_more_and_more_slowly(tmp_path: Path) -> None:
    started = time.monotonic()
    with Locked(tmp_path, kind="ends-at-once") as line:
        line.until(lambda: line.log.count("ended with status 7") == 5)
        # At least, so that no slow machine can fail it.
        assert time.monotonic() - started >= sum(PAUSES[:5]) >= 3
        assert PAUSES[1] == PAUSES[2] == 0, "once is chance"
        assert list(PAUSES) == sorted(PAUSES)


def test_the_keyboards_signals_do_nothing_to_the_supervisor(tmp_path: Path) -> None:
    """Under a shell with job control: without one the system itself keeps a session from being stopped."""
    with Locked(tmp_path, under_shell=True) as line:
        first = line.visit()
        supervisor = psutil.Process(first).parent()
        assert supervisor is not None
        assert supervisor.pid != line.pid
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            os.killpg(supervisor.pid, number)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            os.kill(first, number)
        line.press("z")
        line.until(lambda: "z" in line.noted("keys"))
        assert supervisor.status() != psutil.STATUS_STOPPED
        line.press("q")
        assert line.visit(other_than=first)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_the_signals_of_the_system_end_both_in_order(number: signal.Signals, tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        modes = termios.tcgetattr(line.fd)
        first = line.visit()
        os.kill(line.pid, number)
        assert line.wait() == 128 + number
        assert not running(first)
        assert line.noted("told") == [number]
        assert after_reset(line) == RESET
        assert termios.tcgetattr(line.fd)[:4] == modes[:4]


def test_the_end_does_not_wait_for_a_visit_that_hangs(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        os.kill(first, signal.SIGSTOP)
        os.kill(line.pid, signal.SIGTERM)
        assert line.wait() == 128 + signal.SIGTERM
        assert not running(first)


def test_the_right_pin_ends_the_kiosk(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("p")
        assert line.wait() == 0
        assert not running(first)
        assert after_reset(line) == RESET
        assert "ended by staff" in line.log


def test_a_line_that_drops_ends_both(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = psutil.Process(line.visit())
        line.close()
        assert line.wait() == 128 + signal.SIGHUP
        first.wait(30)


def test_a_line_that_drops_ends_both_though_nobody_sends_a_signal(tmp_path: Path) -> None:
    """The leader of the session is a shell that ignores it; the supervisor sees it at the terminal itself."""
    with Locked(tmp_path, under_shell=True) as line:
        first = psutil.Process(line.visit())
        supervisor = first.parent()
        assert supervisor is not None
        assert supervisor.pid != line.pid
        line.close()
        supervisor.wait(30)
        first.wait(30)
        assert "ended by SIGHUP" in line.log


def test_a_visit_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    """Though its terminal is still there, and so no signal comes."""
    with Locked(tmp_path, under_shell=True) as line:
        first = psutil.Process(line.visit())
        supervisor = first.parent()
        assert supervisor is not None
        supervisor.kill()
        first.wait(30)


def test_the_log_says_nothing_of_a_visit(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("t")
        line.until(lambda: "t" in line.noted("keys"))
        line.press("x")
        line.visit(other_than=first)
        assert CANARY not in line.log
        assert CANARY.encode() + b" in a message" not in line.sent
        assert b"Traceback" not in line.sent
        assert "ValueError" in line.log
        assert "status 70" in line.log


HOSTILE = {
    "TEXTUAL_DRIVER": "antigravity:Nothing",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_PRESS": "ctrl+q",
    "BROWSER": "/bin/sh",
    "PYTHONINSPECT": "1",
    "PYTHONSTARTUP": "/etc/passwd",
    "PYTHONBREAKPOINT": "os.system",
    "PYTHONWARNINGS": "error",
    "BODYMAP_DEBUG": "1",
    "LD_BIND_NOW": "1",
    "PAGER": "/bin/sh",
    "EDITOR": "/bin/sh",
    "SHELL": "/bin/sh",
}


def test_a_visit_sees_none_of_the_variables_that_others_set(tmp_path: Path) -> None:
    with Locked(tmp_path, **HOSTILE, LC_MESSAGES="C.UTF-8", XDG_CACHE_HOME=str(tmp_path)) as line:
        line.visit()
        (seen,) = line.noted("environment")
        assert isinstance(seen, dict)
        assert not set(HOSTILE) & set(seen)
        assert seen["LC_MESSAGES"] == "C.UTF-8"
        assert seen["XDG_CACHE_HOME"] == str(tmp_path)
        assert seen["TERM"] == "xterm-256color"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system has no /proc")
def test_the_python_of_a_visit_never_saw_them_either(tmp_path: Path) -> None:
    with Locked(tmp_path, **HOSTILE) as line:
        given = Path(f"/proc/{line.visit()}/environ").read_bytes().split(b"\0")
        assert not {name.encode() for name in HOSTILE} & {entry.partition(b"=")[0] for entry in given}


def test_no_core_file_and_nothing_others_can_read(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        limits = Path(f"/proc/{first}/limits")
        if limits.exists():
            (core,) = (row for row in limits.read_text().splitlines() if row.startswith("Max core file size"))
            assert core.split()[4:6] == ["0", "0"]
        assert (tmp_path / "environment").stat().st_mode & 0o077 == 0
