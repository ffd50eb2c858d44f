"""What the lock is told from outside: signals, lines that drop, variables. Staff end it; the keyboard does not."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import termios
from pathlib import Path

import psutil
import pytest
from locked import PROGRAM, Locked, after_reset, running
from pty_terminal import environment

from bodymap.kiosk.terminal_reset import RESET


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


@pytest.mark.parametrize("under_shell", [False, True], ids=["told", "untold"])
def test_a_line_that_drops_between_visits_ends_it_too(under_shell: bool, tmp_path: Path) -> None:
    """While it waits for seconds before it tries to start a visit again."""
    with Locked(tmp_path, kind="ends-at-once", under_shell=under_shell) as line:
        line.until("Please tell the staff")
        top = psutil.Process(line.pid)
        supervisor = top.children()[0] if under_shell else top
        everything = [supervisor, *supervisor.children()]
        line.close()
        if not under_shell:
            assert line.wait() == 128 + signal.SIGHUP
        assert psutil.wait_procs(everything, 30)[1] == []


def session_of(process: psutil.Process) -> int:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return 0


@pytest.mark.parametrize("end", [subprocess.DEVNULL, subprocess.PIPE], ids=["null", "pipe"])
def test_without_a_terminal_it_ends_and_nothing_is_left(end: int, tmp_path: Path) -> None:
    command = (sys.executable, str(PROGRAM), str(tmp_path), "visit")
    with subprocess.Popen(
        command, stdin=end, stdout=end, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as kiosk:
        _, said = kiosk.communicate(timeout=60)
        assert kiosk.returncode == 128 + signal.SIGHUP
        assert said == b"bodymap kiosk: ended before the first visit: its terminal is gone\n"
    left = [process for process in psutil.process_iter() if session_of(process) == kiosk.pid]
    assert psutil.wait_procs(left, 30)[1] == []
    assert not (tmp_path / "environment").exists(), "no visit began"


def test_a_visit_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    """Though its terminal is still there, and so no signal comes."""
    with Locked(tmp_path, under_shell=True) as line:
        first = psutil.Process(line.visit())
        supervisor = first.parent()
        assert supervisor is not None
        supervisor.kill()
        first.wait(30)


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
            # One byte keeps a core from files and from programs that collect them; what was none stays none.
            most = "0" if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 else "1"
            assert core.split()[4:6] == [most, most]
        assert (tmp_path / "environment").stat().st_mode & 0o077 == 0
