"""How the program ends: by a key, by signals, when the line drops, at any moment, and never not at all."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from pty_terminal import BODYMAP, ROOT, TITLE, Terminal, environment, restored

from bodymap.tui.line_writer import QUEUED, LineWriter

FEW = 3
MANY = pytest.param(100, marks=pytest.mark.slow)
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


@pytest.mark.parametrize("number", SIGNALS)
def test_signals_leave_in_order(number: signal.Signals) -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        restored(bytes(terminal.sent))


@pytest.mark.parametrize("page", ["", "?", "a"])
def test_quitting_from_anywhere(page: str) -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        if page:
            terminal.press(page)
            terminal.until("Esc close")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        restored(bytes(terminal.sent))


def test_a_stop_and_a_start_keep_everything() -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("7 of 10")
        os.kill(terminal.pid, signal.SIGTSTP)
        terminal.until(lambda: b"\x1b[?1004l" in terminal.sent)
        terminal.until(lambda: psutil.Process(terminal.pid).status() == psutil.STATUS_STOPPED)
        restored(bytes(terminal.sent))
        shown = len(terminal.sent)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda: b"7 of 10" in terminal.sent[shown:])
        os.kill(terminal.pid, signal.SIGCONT)  # one more, that nobody asked for
        terminal.press("8")
        terminal.until("8 of 10")
        assert terminal.sent.count(b"\x1b[?1049h") == 2, (
            "it takes the terminal only where it had given it back"
        )
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


# ----- the line drops


@pytest.mark.parametrize("times", [FEW, MANY])
def test_hanging_up_ends_the_process(times: int) -> None:
    for _ in range(times):
        with Terminal() as terminal:
            terminal.until(TITLE)
            terminal.close()
            assert terminal.wait() == 128 + signal.SIGHUP
            assert not left(terminal.pid)


@pytest.mark.parametrize("times", [FEW, MANY])
def test_hanging_up_ends_the_process_though_nobody_sends_a_signal(times: int, tmp_path: Path) -> None:
    """The leader of the session ignores SIGHUP and so the program never hears of it."""
    told = tmp_path / "status"
    script = f'trap "" HUP; "$@"; echo $? > {told}'
    for _ in range(times):
        with Terminal(("/bin/sh", "-c", script, "sh", *BODYMAP)) as terminal:
            terminal.until(TITLE)
            terminal.close()
            terminal.wait()
            assert told.read_text().strip() == str(128 + signal.SIGHUP)
            assert not left(terminal.pid)
        told.unlink()


@pytest.mark.parametrize("times", [1, MANY])
def test_hanging_up_while_nobody_reads(times: int) -> None:
    """The program waits for a line that takes nothing more, and then the line drops."""
    for _ in range(times):
        with Terminal() as terminal:
            terminal.until(TITLE)
            clog(terminal)
            terminal.close()
            assert terminal.wait() == 128 + signal.SIGHUP
            assert not left(terminal.pid)


@pytest.mark.parametrize("times", [2 * FEW, MANY])
@pytest.mark.parametrize("how", ["hang up", "SIGTERM"])
def test_an_end_at_any_moment_of_the_start(times: int, how: str) -> None:
    dice = random.Random(times)
    for _ in range(times):
        with Terminal() as terminal:
            moment = time.monotonic() + dice.random() * 0.4
            while time.monotonic() < moment:
                terminal.read(0.01)
            if how == "hang up":
                terminal.close()
            else:
                os.kill(terminal.pid, signal.SIGTERM)
            number = signal.SIGHUP if how == "hang up" else signal.SIGTERM
            # Before the screen is taken the system ends it, afterwards it ends itself.
            assert terminal.wait() in (-number, 128 + number)
            assert not left(terminal.pid)
            if b"\x1b[?1049h" in terminal.sent and how == "SIGTERM":
                restored(bytes(terminal.sent))


def left(session: int) -> list[psutil.Process]:
    """Return the processes that are left of a session."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def clog(terminal: Terminal) -> None:
    """Have the program draw more than the line takes, and read none of it, until it waits for the line itself."""
    program = psutil.Process(terminal.pid)
    os.set_blocking(terminal.fd, False)
    written, unchanged = -1, 0
    while (
        unchanged < 2 * QUEUED
    ):  # what the line does not take waits in a queue, and then whoever draws waits
        before, written = written, program.io_counters().write_chars
        unchanged = unchanged + 1 if before == written else 0
        with contextlib.suppress(BlockingIOError):
            os.write(terminal.fd, b"\x0c")  # draw everything again
        time.sleep(0.03)  # a frame
    os.set_blocking(terminal.fd, True)


# ----- the last way out


@pytest.mark.slow
def test_a_signal_ends_it_though_nobody_reads() -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        clog(terminal)
        os.kill(terminal.pid, signal.SIGTERM)
        assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == 128 + signal.SIGTERM
        terminal.status = 128 + signal.SIGTERM


@pytest.mark.parametrize("stuck", ["lock.acquire()", "time.sleep(60)", "while True: pass", "thread.join()"])
def test_the_last_way_out_needs_no_thread_and_no_loop(stuck: str) -> None:
    script = f"""
import threading, time
from bodymap.tui import last_way
lock = threading.Lock()
lock.acquire()
thread = threading.Thread(target=lock.acquire)
thread.start()
last_way.arm(143, lambda: print("handed back", flush=True), 0.1)
{stuck}
"""
    done = subprocess.run(
        (sys.executable, "-c", script), env=environment(), cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 143
    assert done.stdout == b"handed back\n"
    assert done.stderr == b""


def test_a_line_that_fails_stops_nobody() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as file:
        writer = LineWriter(file)
        writer.start()
        writer.write("one")
        assert os.read(reading, 10) == b"one"
        os.close(reading)
        for _ in range(3 * QUEUED):
            writer.write("two")
        writer.stop()
        assert writer.failed


def test_a_slow_line_gets_everything() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with os.fdopen(writing, "w") as file:
        writer = LineWriter(file)
        writer.start()
        for _ in range(QUEUED):
            writer.write("x" * 5000)
        got = b""
        while len(got) < 5000 * QUEUED:
            got += os.read(reading, 4096)
        writer.stop()
        assert set(got) == {ord("x")}
        assert not writer.failed
    os.close(reading)
