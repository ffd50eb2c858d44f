"""The kiosk behind a real SSH server: what a login may do, and that nothing of it is left, however it ends."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from loopback_sshd import Login, Server, left_of, sessions_of, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

HERE = Path(__file__).resolve().parent
ENDS = ("exit", "drop", "kill", "freeze", "no-terminal")
FRAME = b"visit "


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "noted").mkdir()
    command = f"{sys.executable} {HERE}/fake_kiosk.py {tmp_path}/noted visit"
    with Server(tmp_path, command, PYTHONPATH=str(HERE.parent.parent)) as server:
        yield server


def log_in(server: Server, end: str) -> Login:
    return Login(server, "-T" if end == "no-terminal" else "-tt")


def leave(login: Login, end: str) -> None:
    """End a login that shows its first frame."""
    if end == "exit":
        login.press("p")
    elif end == "drop":
        login.drop()
    elif end == "kill":
        login.kill()
    elif end == "freeze":
        login.freeze()


def gone(sessions: set[int], seconds: float) -> float:
    """Wait until no process of these sessions is left and return how long that took."""
    started = time.monotonic()
    while left_of(sessions):
        assert time.monotonic() - started < seconds, left_of(sessions)
        time.sleep(0.02)
    return time.monotonic() - started


@pytest.mark.parametrize("end", ENDS)
def test_nothing_of_a_login_is_left(server: Server, end: str) -> None:
    with log_in(server, end) as login:
        if end == "no-terminal":
            assert login.wait() != 0
            assert FRAME not in login.sent
            sessions = set()
        else:
            login.until(lambda: FRAME in login.sent)
            sessions = sessions_of(server.logins())
            assert left_of(sessions)
            leave(login, end)
        gone(sessions, 60)
        psutil.wait_procs(server.logins(), 60)
        assert server.logins() == []
        if end == "exit":
            assert login.wait() == 0


# ----- what a login may do


@pytest.mark.parametrize(
    "command", ["id", "sh -i", "sh -c 'echo opened'", "internal-sftp", "/bin/bash --login"]
)
def test_a_command_of_the_client_is_not_run(server: Server, command: str) -> None:
    with Login(server, "-tt", command=command) as login:
        login.until(lambda: FRAME in login.sent)
        for said in (b"uid=", b"opened", b"$ ", b"# "):
            assert said not in login.sent
        login.press("p")
        assert login.wait() == 0


def refused(*arguments: str) -> str:
    """Return what the client says of something that it does not get."""
    done = subprocess.run(
        arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0, done.stdout
    return done.stdout + done.stderr


def test_no_key_ends_a_login_while_it_starts(tmp_path: Path) -> None:
    """From the moment on at which our command runs; what is pressed before that meets sshd, and no shell of ours."""
    (tmp_path / "noted").mkdir()
    started = f"echo reached; exec {sys.executable} {HERE}/fake_kiosk.py {tmp_path}/noted visit"
    with (
        Server(tmp_path, f"/bin/sh -c '{started}'", PYTHONPATH=str(HERE.parent.parent)) as server,
        Login(server, "-tt") as login,
    ):
        login.until(lambda: b"reached" in login.sent)

        def shown() -> bool:
            login.write(b"\x03\x1c\x1a")
            return FRAME in login.sent

        login.until(shown)
        login.press("p")
        assert login.wait() == 0


def test_no_files_are_copied(server: Server, tmp_path: Path) -> None:
    ssh = server.client()
    target = f"{ssh[-1]}:/etc/hostname"
    options = [part for part in ssh[1:-1] if part != "-p" and part != str(server.port)]
    for scp in (("scp",), ("scp", "-O")):
        refused(*scp, *options, "-P", str(server.port), target, str(tmp_path / "stolen"))
    refused("sftp", *options, "-P", str(server.port), "-b", "/dev/null", ssh[-1])
    assert not (tmp_path / "stolen").exists()


def test_no_line_is_forwarded(server: Server) -> None:
    assert "failed" in refused(
        *server.client("-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:9")
    )
    assert "failed" in refused(*server.client("-W", f"127.0.0.1:{server.port}"))


def test_a_client_sets_no_variables(server: Server, tmp_path: Path) -> None:
    options = ("-tt", "-o", "SetEnv=TEXTUAL_DRIVER=x:y BROWSER=/bin/sh BODYMAP_PACK=/nowhere")
    with Login(server, *options) as login:
        login.until(lambda: FRAME in login.sent)
        (line,) = (tmp_path / "noted" / "environment").read_text().splitlines()
        assert "TEXTUAL" not in line
        assert "BROWSER" not in line
        assert "BODYMAP" not in line


def test_a_key_alone_can_hold_the_lock(tmp_path: Path) -> None:
    """The line for `authorized_keys`, without any settings of the server for the account."""
    from loopback_sshd import DEPLOYED

    (tmp_path / "noted").mkdir()
    command = f"exec {sys.executable} {HERE}/fake_kiosk.py {tmp_path}/noted visit"
    shipped = DEPLOYED.with_name("authorized_keys").read_text().splitlines()[-1]
    with Server(tmp_path, "", PYTHONPATH=str(HERE.parent.parent)) as server:
        key = (tmp_path / "client.pub").read_text()
        options, _, _ = shipped.partition(" ssh-ed25519")
        before, _, _ = options.partition("exec ")
        (tmp_path / "authorized").write_text(f'{before}{command}" {key}')
        with Login(server, "-tt", command="id") as login:
            login.until(lambda: FRAME in login.sent)
            assert b"uid=" not in login.sent
            login.press("p")
            assert login.wait() == 0
        assert "failed" in refused(
            *server.client("-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:9")
        )
