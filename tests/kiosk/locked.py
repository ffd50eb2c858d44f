"""The lock with another visit in it, in a terminal of its own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import psutil
from pty_terminal import Terminal, environment

from bodymap.kiosk.terminal_reset import RESET

PROGRAM = Path(__file__).resolve().with_name("fake_kiosk.py")
_VISIT = re.compile(r"visit (\d+) of")


class Locked(Terminal):
    """A supervisor with the fake visit; its log goes to `log.txt` and what the visit notes to `folder`."""

    def __init__(
        self,
        folder: Path,
        kind: str = "visit",
        *,
        under_shell: bool = False,
        shared: bool = False,
        hurried: bool = False,
        **changes: str,
    ) -> None:
        """With `under_shell` a shell with job control leads the session, ignores hang-ups and stays; with `shared` the
        supervisor has no way to its terminal but the one it shares with the visit; `hurried` makes its pauses short.
        """
        self.folder = folder
        script = f'exec "$@" 2>{folder}/log.txt'
        if under_shell:
            script = f'set -m; trap "" HUP; "$@" 2>{folder}/log.txt; exec sleep 3600'
        command = (
            "/bin/sh",
            "-c",
            script,
            "sh",
            sys.executable,
            str(PROGRAM),
            str(folder),
            kind,
            *(["shared"] if shared else []),
            *(["hurried"] if hurried else []),
        )
        super().__init__(command, (80, 24), environment(**changes))

    def visit(self, other_than: int = 0) -> int:
        """Wait for a visit and return its process."""

        def number() -> int:
            found = _VISIT.findall(self.text)
            return int(found[-1]) if found else 0

        self.until(lambda: number() not in (0, other_than))
        return number()

    def noted(self, name: str) -> list[object]:
        """Return what the visits noted under this name."""
        file = self.folder / name
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def log(self) -> str:
        file = self.folder / "log.txt"
        return file.read_text() if file.exists() else ""


def running(pid: int) -> bool:
    """Return whether a process runs, dead ones that nobody has collected left out."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def after_reset(line: Terminal) -> bytes:
    """Return what was sent from the last reset on."""
    sent = bytes(line.sent)
    return sent[sent.rindex(RESET) :]
