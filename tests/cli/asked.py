"""Talking to `bodymap ask` as a person or a program does: a process of its own, lines in, lines out."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import tomli_w
from command import Ended, Home

PROGRAM = [sys.executable, "-m", "bodymap", "ask"]
BEGIN_TO_WHERE = ["1", *["no"] * 8]
"""Lines of the shipped pack from the welcome to the map."""
NOTHING_TO_CONSENT = [*BEGIN_TO_WHERE, "0", *["0"] * 4, *["not"] * 12, "", "", ""]
"""Lines of somebody whom nothing hurts and who is sure of nothing, to the question whether to save it."""


def ask(home: Home, lines: Iterable[str] | bytes, *arguments: str, **environment: str) -> Ended:
    """Send lines through a pipe that then ends."""
    sent = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
    done = subprocess.run(
        [*PROGRAM, *arguments],
        env=home.environment | environment,
        cwd=home.folder,
        input=sent,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


class Talk:
    """A process to talk to line by line, over pipes."""

    def __init__(self, home: Home, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env=home.environment | environment,
            cwd=home.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.said = ""

    def __enter__(self) -> Talk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            with suppress(OSError):  # what was typed last may find nobody there
                stream.close()

    def hear(self) -> str:
        """Return all that is said up to the next prompt, or the end."""
        assert self.process.stdout is not None
        heard = b""
        while not heard.endswith(b"\n> "):
            byte = self.process.stdout.read(1)
            if not byte:
                break
            heard += byte
        self.said += heard.decode()
        return heard.decode()

    def type(self, *lines: str) -> str:
        """Type lines, each after the prompt for it; return what was said to the last one."""
        assert self.process.stdin is not None
        heard = ""
        for line in lines:
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()
            heard = self.hear()
        return heard

    def end(self) -> int:
        """Close the input, wait, and return the exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.hear()
        return self.process.wait(timeout=60)


def saved(home: Home) -> list[Path]:
    """Every file in the sessions folder, hidden ones too."""
    return (
        sorted(path for path in home.sessions.rglob("*") if path.is_file()) if home.sessions.exists() else []
    )


def findings_file(session: Path, to: Path) -> dict[str, Any]:
    """Write the findings of a saved session as a findings file, and return the whole session."""
    table = tomllib.loads(session.read_text())
    to.write_text(tomli_w.dumps({"schema": 1, **table["findings"]}))
    return table
