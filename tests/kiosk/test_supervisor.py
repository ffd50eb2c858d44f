"""The process that holds the terminal: whatever becomes of a visit, the next one is there and finds nothing of it."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import psutil
import pyte
import pytest
from fake_visit import CANARY
from locked import Locked, after_reset, running

from bodymap.kiosk.supervisor import PAUSES
from bodymap.kiosk.terminal_reset import RESET

KILLS = [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGHUP, signal.SIGABRT]


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
    sent = re.sub(rb"\x1b\[\?1049h.*?\x1b\[\?1049l", b"", sent, flags=re.DOTALL)
    return re.sub(
        rb"\x1b\[[<>=!][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*[ !][a-zA-Z]|\x1b\][^\x07]*\x07|\x1b\\", b"", sent
    )


def test_the_clipboard_is_emptied_and_never_written_to(tmp_path: Path) -> None:
    with Locked(tmp_path) as line:
        first = line.visit()
        line.press("q")
        line.visit(other_than=first)
        written = re.findall(rb"\x1b\]52;(.)?;(.*?)\x07", bytes(line.sent))
        assert written == [(b"c", b""), (b"p", b"")] * 2


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
    with Locked(tmp_path, kind="ends-at-once", hurried=True) as line:
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


def test_people_who_leave_at_once_make_nobody_wait(tmp_path: Path) -> None:
    """Only what is a fault of ours is tried more slowly, not a person who thinks better of it, however often."""
    with Locked(tmp_path) as line:
        last = 0
        for _ in range(2 * len(PAUSES)):
            last = line.visit(other_than=last)
            line.press("q")
        line.visit(other_than=last)
        assert b"tell the staff" not in line.sent


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
