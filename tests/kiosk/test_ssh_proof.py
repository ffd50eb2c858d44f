"""Two hundred logins to a real sshd, for the kiosk and for the explorer: whatever ends them, nothing is left running.

Prints how long a login takes to its first frame (`pytest -s`); docs/reliability.md has the figures.
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyte
import pytest
from loopback_sshd import SECONDS, Login, Server, left_of, sessions_of, why_not

from bodymap.kiosk.pin import hash_pin

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not())]

BODYMAP = Path(sys.executable).with_name("bodymap")
LOGINS = 200
ENDS = ("exit", "drop", "kill", "freeze", "no-terminal")
TOGETHER = 2
"""Logins that end each way at the same time."""
PIN = "402871"


class Front(NamedTuple):
    """What is behind the login: its command, words of its first frame, and how a person leaves."""

    command: str
    frame: bytes
    title: str


FRONTS = {
    "kiosk": Front("kiosk", b"Begin", "Begin"),
    "explorer": Front("", b"Pain in the buttock", "buttock"),
}


@pytest.fixture(params=list(FRONTS))
def front(request: pytest.FixtureRequest) -> Front:
    return FRONTS[request.param]


@pytest.fixture
def server(front: Front, tmp_path: Path) -> Iterator[Server]:
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'sessions = "{tmp_path}/visits"\npin_hash = "{hash_pin(PIN)}"\n')
    command = f"{BODYMAP} {front.command} --config {settings}" if front.command else str(BODYMAP)
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    with Server(tmp_path, command, LC_ALL="C.UTF-8", **folders) as server:
        yield server


def leave_by_pin(login: Login) -> None:
    """Press what says “Staff”, and type the PIN, as staff do."""
    column, row = find(login, "Staff")
    login.click(column, row)
    login.until(lambda: find(login, "Erase") != (-1, -1))
    for digit in PIN:
        login.write(digit.encode())
    login.press("enter")
    # One after the other: while a PIN is tried another one has to wait, whoever types it.
    assert login.wait() == 0


def find(login: Login, words: str) -> tuple[int, int]:
    """Return where `words` stand on the screen that the bytes draw, (-1, -1) where they do not."""
    for row, line in enumerate(drawn(login)):
        if words in line:
            return line.index(words) + 1, row
    return -1, -1


def drawn(login: Login) -> list[str]:
    """Return the rows that the bytes draw."""
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    stream.feed(
        re.sub(rb"\x1b\[[<>=?][0-9;$]*[a-zA-Z]|\x1b\][^\x07]*\x07|\x1b\[[0-9;]*[ !][a-z]", b"", login.sent)
    )
    return list(screen.display)


def leave(login: Login, end: str, front: Front) -> None:
    if end == "exit" and front.command:
        leave_by_pin(login)
    elif end == "exit":
        login.press("ctrl+q")
        assert login.wait() == 0
    elif end == "drop":
        login.drop()
    elif end == "kill":
        login.kill()
    elif end == "freeze":
        login.freeze()


def test_nothing_of_two_hundred_logins_is_left(server: Server, front: Front) -> None:
    frames: list[float] = []
    left: dict[str, list[float]] = {end: [] for end in ENDS}
    round_of = len(ENDS) * TOGETHER
    for _ in range(LOGINS // round_of):
        logins: list[tuple[str, Login, set[int]]] = []
        for end in ENDS * TOGETHER:
            started = time.perf_counter()
            login = Login(server, "-T" if end == "no-terminal" else "-tt")
            if end == "no-terminal":
                before = sessions_of(server.logins())
                assert login.wait() == 5
                assert b"terminal" in login.sent
                logins.append((end, login, sessions_of(server.logins()) - before))
                continue
            known = {session for _, _, sessions in logins for session in sessions}
            login.until(lambda login=login: front.frame in login.sent)
            frames.append(time.perf_counter() - started)
            logins.append((end, login, sessions_of(server.logins()) - known))
        ended = {}
        for number, (end, login, _) in enumerate(logins):
            leave(login, end, front)
            ended[number] = time.monotonic()
        waiting = set(ended)
        while waiting:
            for number in sorted(waiting):
                end, login, sessions = logins[number]
                login.read(0)
                passed = time.monotonic() - ended[number]
                running = left_of(sessions)
                if not running:
                    left[end].append(passed)
                    waiting.remove(number)
                assert not running or passed < SECONDS, (end, running, *drawn(login))
            time.sleep(0.02)
        for _, login, _ in logins:
            login.kill()
    frames.sort()
    print(
        f"\n{len(frames)} logins with a terminal, to the first frame: p50 {at(frames, 0.5)}, p95 {at(frames, 0.95)}"
    )
    for end, seconds in left.items():
        print(f"{end}: {len(seconds)} logins, last process gone after {max(seconds):.2f} s at most")
    assert sum(map(len, left.values())) == LOGINS
    assert server.logins() == []


def at(ordered: list[float], part: float) -> str:
    return f"{1000 * ordered[math.ceil(part * len(ordered)) - 1]:.0f} ms"
