"""The desk behind a real sshd with our ForceCommand: lines that drop anywhere leave no process and harm no file.

Prints figures (`pytest -s`); docs/reliability.md has them.
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections import Counter
from itertools import cycle, islice, product
from pathlib import Path

import pytest
from desk_line import (
    ENDS,
    MOMENTS,
    DeskLogin,
    desk_server,
    end_somewhere,
    fill,
    pages,
    reviews,
    session_bytes,
    temporaries,
)
from loopback_sshd import SECONDS, Server, left_of, sessions_of, why_not
from test_breakout import values

from bodymap.desk.index import SessionIndex

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

OF_THE_SHELL = ("BASH_ENV", "ENV")
"""Read by the account's shell before any command of ours; docs/review.md says which shell does not."""
SHORT = [("review", "kill"), ("page", "drop"), ("compare", "drop"), ("output", "kill")]
EVERY = list(islice(cycle(product(MOMENTS, ENDS)), 100))


def gone(ended: list[tuple[str, DeskLogin, set[int], float]], slowest: Counter[str]) -> None:
    """Wait until no process of these logins is left."""
    waiting = list(ended)
    while waiting:
        for one in list(waiting):
            end, login, sessions, at = one
            if end != "freeze" and login.fd >= 0:
                login.take(0)
            passed = time.monotonic() - at
            running = left_of(sessions)
            assert not running or passed < SECONDS, (end, running)
            if not running:
                slowest[end] = max(slowest[end], round(passed * 1000))
                waiting.remove(one)
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("ways", "together"),
    [
        pytest.param(SHORT, 2, id="short"),
        pytest.param(EVERY, 6, id="hundred", marks=pytest.mark.slow),
    ],
)
def test_lines_that_drop_leave_no_process_and_harm_no_file(
    tmp_path: Path, ways: list[tuple[str, str]], together: int
) -> None:
    chance = random.Random(20261126)
    folder = tmp_path / "sessions"
    before = fill(folder)
    slowest: Counter[str] = Counter()
    with desk_server(tmp_path) as server:
        for start in range(0, len(ways), together):
            ended = []
            for moment, end in ways[start : start + together]:
                known = sessions_of(server.logins())
                login = DeskLogin(server, "-tt")
                login.listed()
                sessions = sessions_of(server.logins()) - known
                end_somewhere(login, moment, end, chance)
                ended.append((end, login, sessions, time.monotonic()))
            gone(ended, slowest)
            for _, login, _, _ in ended:
                login.kill()
            assert session_bytes(folder) == before
            reviews(folder)
            pages(tmp_path / "home")
        left = len(temporaries(tmp_path))
        with DeskLogin(server, "-tt") as login:
            login.listed()
            login.until(lambda: not temporaries(tmp_path))
            login.press("ctrl+q")
            assert login.wait() == 0
        assert server.logins() == []
    index = SessionIndex(folder)
    try:
        done = index.refresh()
        assert (done.trouble, done.bad) == (None, 0)
        assert index.count() == len(before)
    finally:
        index.close()
    print(
        f"\n{len(ways)} lines dropped: {reviews(folder)} entries and {pages(tmp_path / 'home')} pages whole, {left} "
        f"temporary files for the next start; last process gone after at most (ms) {dict(slowest)}"
    )


def exported(server: Server, command: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        server.client(command=command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_an_export_over_the_line_is_whole_or_dropped_and_no_command_is_run(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    before = fill(folder)
    with desk_server(tmp_path, "bodymap-export") as server:
        whole, said = exported(server, "sh -c 'echo opened'").communicate(timeout=60)
        assert len(json.loads(whole)["sessions"]) == len(before), said
        assert b"opened" not in whole
        for _ in range(2):
            client = exported(server)
            assert client.stdout is not None
            client.stdout.read(200)
            sessions = sessions_of(server.logins())
            client.kill()
            client.communicate()
            end = time.monotonic() + SECONDS
            while left_of(sessions):
                assert time.monotonic() < end, left_of(sessions)
                time.sleep(0.02)
    assert session_bytes(folder) == before
    assert temporaries(tmp_path) == []
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {".cache", ".config", ".local"}


def test_no_variable_of_the_client_leads_anywhere(tmp_path: Path) -> None:
    """Though sshd lets every one through: what it starts the desk with names those that may come in."""
    fill(tmp_path / "sessions")
    (tmp_path / "here").mkdir()
    sent = " ".join(f"{name}={value}" for name, value in values(tmp_path).items() if name not in OF_THE_SHELL)
    sent = sent.replace(f"BROWSER=touch {tmp_path}", f"BROWSER={tmp_path}")
    with (
        desk_server(tmp_path, own="AcceptEnv *") as server,
        DeskLogin(server, "-tt", "-o", f"SetEnv={sent}", command="sh -c 'echo opened'") as login,
    ):
        login.listed()
        assert (login.screen.columns, login.screen.lines) == (80, 24)
        login.write(b"\x1a\x1c\x03")
        login.after(lambda: login.press("down"), lambda: login.rows[-3])
        login.press("ctrl+q")
        assert login.wait() == 0
        assert b">>>" not in login.sent
        assert b"opened" not in login.sent
    assert list((tmp_path / "here").iterdir()) == []
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {".cache", ".config", ".local"}
