"""A real SSH server on loopback with keys and settings of its own, and logins whose processes can be counted."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from types import TracebackType

import psutil
from pty_terminal import Terminal, environment

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOYED = ROOT / "deploy" / "ssh" / "50-bodymap-kiosk.conf"
DESK = DEPLOYED.with_name("60-bodymap-desk.conf")
SECONDS = 15.0
"""How long the last process of a login may take to go."""


def why_not() -> str:
    """Return why no server can be had here, "" where one can."""
    if _sshd() is None:
        return "there is no sshd; on Debian it is in the package openssh-server"
    for name in ("ssh", "ssh-keygen"):
        if shutil.which(name) is None:
            return f"there is no {name}; on Debian it is in the package openssh-client"
    if os.geteuid() == 0 and not Path("/run/sshd").is_dir():
        return "for root sshd needs its folder: mkdir /run/sshd"
    return ""


def _sshd() -> str | None:
    return shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")


class Server:
    """An sshd with the settings that we ship, for the account that runs the tests and a command of the test."""

    def __init__(
        self, folder: Path, command: str, *, settings: str | None = None, own: str = "", **variables: str
    ) -> None:
        """`settings` for the account take the place of those we ship for the kiosk with `command` in them; `own` are
        more for the whole server.
        """
        self.folder = folder
        self._own = own
        if settings is None:
            settings = DEPLOYED.read_text() if command else ""
            settings = re.sub(r"(ForceCommand .*; exec) .*$", rf"\1 {command}", settings, flags=re.MULTILINE)
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        for name in ("host", "client"):
            key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(key, check=True, stdin=subprocess.DEVNULL)
        shutil.copy(folder / "client.pub", folder / "authorized")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "sshd.conf").write_text(self._settings(settings, variables))
        program = _sshd()
        assert program is not None
        self._process = subprocess.Popen(
            [program, "-D", "-e", "-f", str(folder / "sshd.conf")], stderr=subprocess.PIPE, text=True
        )
        self._log = self._process.stderr
        assert self._log is not None
        for line in self._log:
            if "Server listening" in line:
                break
        else:
            raise AssertionError("sshd did not start")
        # What it says later has to go somewhere, or it would wait with a full pipe.
        threading.Thread(target=self._log.read, daemon=True).start()

    def _settings(self, shipped: str, variables: dict[str, str]) -> str:
        """Return our own settings, then those for the account of the test."""
        given = " ".join(f'"{name}={value}"' for name, value in variables.items())
        if not shipped:  # the key alone holds the lock
            return f"{self._own_settings()}SetEnv {given}\n"
        shipped = re.sub(r"^Match User .*$", f"Match User {self.user}", shipped, flags=re.MULTILINE)
        return f"{self._own_settings()}{shipped}\n    SetEnv {given}\n"

    def _own_settings(self) -> str:
        return f"""\
Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.folder}/host
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
AuthorizedKeysFile {self.folder}/authorized
Subsystem sftp internal-sftp
{self._own}
"""

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.logins():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.terminate()
        self._process.wait(30)

    def client(self, *options: str, command: str = "") -> tuple[str, ...]:
        """Return the command with which a person logs in, and asks for `command`."""
        settings = (
            "UserKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=no",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
            f"IdentityFile={self.folder}/client",
        )
        chosen = [part for setting in settings for part in ("-o", setting)]
        return (
            "ssh",
            "-F",
            "none",
            *chosen,
            "-p",
            str(self.port),
            *options,
            f"{self.user}@127.0.0.1",
            *([command] if command else []),
        )

    def logins(self) -> list[psutil.Process]:
        """Return every process of every login that runs now."""
        try:
            return psutil.Process(self._process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []


class Login(Terminal):
    """One person at the other end of the line. Bytes are kept, not drawn: drawing would be measured too."""

    def __init__(self, server: Server, *options: str, command: str = "") -> None:
        super().__init__(server.client(*options, command=command), (80, 24), environment(LC_ALL="C.UTF-8"))

    def read(self, seconds: float) -> bool:
        """Take what comes within `seconds`, as it is."""
        data = self.take(seconds)
        self.sent += data
        return bool(data)

    def drop(self) -> None:
        """End the line from this end as `ssh` itself offers."""
        self.press("enter")
        self.write(b"~.")

    def freeze(self) -> None:
        """Stop answering without hanging up, as a laptop does that is shut."""
        os.kill(self.pid, signal.SIGSTOP)


def sessions_of(processes: list[psutil.Process]) -> set[int]:
    """Return the sessions that these processes are in: whoever is left behind keeps it, whatever its parent."""
    found = set()
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            found.add(os.getsid(process.pid))
    return found


def left_of(sessions: set[int]) -> list[str]:
    """Return the processes that still run in one of these sessions.

    One that has ended and waits for the system's first process to take note of it does not run any more.
    """
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        with contextlib.suppress(ProcessLookupError):
            dead = process.info["status"] == psutil.STATUS_ZOMBIE
            if not dead and os.getsid(process.pid) in sessions:
                found.append(f"{process.pid} {process.info['cmdline']}")
    return found
