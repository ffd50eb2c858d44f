"""Running the command line as a person does: a process of its own, a home of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import NamedTuple

PROGRAM = [sys.executable, "-m", "bodymap"]


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


class Home:
    """An empty home folder, and commands run in it with nothing of the surroundings but what is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            # The compiled pack is the same for all tests; a cache of its own for each would only cost time.
            "XDG_CACHE_HOME": str(folder.parent.parent / "cache"),
        }
        self.config = folder / ".config" / "bodymap" / "config.toml"
        self.sessions = folder / ".local" / "share" / "bodymap" / "sessions"

    def run(self, *arguments: str | bytes, **environment: str) -> Ended:
        """Run `bodymap` with these arguments, not in a terminal."""
        done = subprocess.run(
            [*PROGRAM, *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def code(self, program: str, **environment: str) -> Ended:
        """Run a few lines of Python in this home."""
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment | environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def in_terminal(self, *arguments: str, columns: int = 100, rows: int = 30, **environment: str) -> Ended:
        """Run `bodymap` in a terminal; `out` is all that it wrote there."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            written += part
        os.close(ours)
        return Ended(process.wait(timeout=60), written.decode(errors="replace").replace("\r\n", "\n"), "")

    def write_config(self, text: str) -> None:
        """Write the configuration file."""
        self.config.parent.mkdir(parents=True, exist_ok=True)
        self.config.write_text(text, encoding="utf-8")


def clean_fault(err: str) -> bool:
    """Return whether standard error holds one fault: what, and below it the remedy."""
    lines = err.splitlines()
    return (
        len(lines) == 2
        and lines[0].startswith("bodymap: ")
        and lines[1].startswith("  ")
        and "Traceback" not in err
    )
