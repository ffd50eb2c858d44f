"""The real `bodymap kiosk` in a terminal of its own, with everything that it might touch under watch."""

from __future__ import annotations

import array
import fcntl
import os
import re
import shlex
import sys
import termios
import time
from pathlib import Path

import psutil
from pty_terminal import PATIENCE, Terminal, environment
from vocabulary import Vocabulary

from bodymap.kiosk.terminal_reset import RESET

VISITS = ("bodymap.cli.kiosk_child", str(Path(__file__).resolve().with_name("endless_visit.py")))
"""The words that a visit is started with."""
FOLDERS = {
    "HOME": "home",
    "TMPDIR": "temporary",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}
SESSION_FILE = re.compile(r"\d{4}/\d\d/\d\d/[a-z0-9-]+\.toml")
_BAD_END = re.compile(r"visit \d+ (?:killed|ended|fell)|could not be started|fault of its own")
_TAIL = 200_000


ENDING = ("End and clear", "Terminar y borrar")
"""The words on the way out of a visit, which a monkey may have left in either language."""


class RealKiosk(Terminal):
    """A kiosk whose terminal bytes, processes and files are all looked at. With `drawn` its screen is followed too."""

    def __init__(
        self,
        folder: Path,
        settings: str = "",
        size: tuple[int, int] = (80, 24),
        *,
        drawn: bool = True,
        under: tuple[str, ...] = (),
        program: tuple[str, ...] = ("-m", "bodymap"),
        **changes: str,
    ) -> None:
        """`under` is a program that starts it, for example one that watches its system calls; `program` stands in the
        place of `bodymap`.
        """
        self.folder = folder
        self.drawn = drawn
        self.vocabulary = Vocabulary()
        for name in (*FOLDERS.values(), "here"):
            (folder / name).mkdir(exist_ok=True)
        (folder / "kiosk.toml").write_text(f'sessions = "{folder}/visits"\n{settings}', encoding="utf-8")
        command = (*under, sys.executable, "-P", *program, "kiosk", "--config", f"{folder}/kiosk.toml")
        script = f"cd {shlex.quote(str(folder))}/here && exec {shlex.join(command)} 2>>../log"
        own = {name: str(folder / value) for name, value in FOLDERS.items()}
        super().__init__(("/bin/sh", "-c", script), size, environment(**(own | changes)))
        self._line = -1

    def kill(self) -> None:
        """End it, and look at the line no more."""
        super().kill()
        if self._line >= 0:
            os.close(self._line)
            self._line = -1

    # ----- the terminal

    def read(self, seconds: float) -> bool:
        """Take what comes within `seconds`; every byte of it is looked at, drawn or not."""
        before = len(self.sent)
        if self.drawn:
            found = super().read(seconds)
        else:
            found = self._read_undrawn(seconds)
        self.vocabulary.feed(bytes(self.sent[before:]))
        if not self.drawn and len(self.sent) > 2 * _TAIL:
            del self.sent[:-_TAIL]
        return found

    def _read_undrawn(self, seconds: float) -> bool:
        data = self.take(seconds)
        self.sent += data
        return bool(data)

    def all_read(self) -> None:
        """Return once every byte that was typed has been taken from the line, by a visit or between two."""
        if self._line < 0:
            self._line = os.open(
                f"/proc/{self.pid}/fd/0", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
            )
        waiting = array.array("i", [0])

        def none_left() -> bool:
            fcntl.ioctl(self._line, termios.FIONREAD, waiting)
            return waiting[0] == 0

        end = time.monotonic() + PATIENCE
        while not none_left():
            assert time.monotonic() < end, "nobody reads what is typed"
            self.read(0.002)

    def at_visit(self, after: int) -> None:
        """Return once a visit draws that came after the `after`th reset."""
        self.until(lambda: self.vocabulary.resets > after)
        self.until(lambda: self.sent.rfind(b"\x1b[?1049h") > self.sent.rfind(RESET))

    def welcome(self) -> None:
        """Give up the visit in the way that everybody has, and wait for the next one."""
        self.at_visit(0)
        before = self.vocabulary.resets
        keys = ("escape", "1")
        end = time.monotonic() + 60
        while self.vocabulary.resets == before:
            assert time.monotonic() < end, self.text
            if ends := [words for words in ENDING if self.shows(words)]:
                self.click_words(ends[0])
            else:
                keys = keys[::-1]  # yes to what hides the way out, in any language; else back
                self.press(keys[0])
            while self.read(0.2):
                pass  # a screen that is half drawn says nothing
        self.at_visit(before)
        self.until("Begin")

    # ----- what must not be

    @property
    def processes(self) -> list[psutil.Process]:
        """The supervisor, and everything that it or a visit started."""
        top = psutil.Process(self.pid)
        return [top, *top.children(recursive=True)]

    def strangers(self) -> list[str]:
        """Return the processes under it that are no visit. One that has just been started, or just ended, is none."""
        found = []
        for process in self.processes[1:]:
            try:
                words = process.cmdline()
                if words and not any(visit in words for visit in VISITS) and words != self._own_words:
                    found.append(f"{process.name()} {words}")
            except psutil.Error:
                continue
        return found

    @property
    def _own_words(self) -> list[str]:
        return psutil.Process(self.pid).cmdline()

    def bad_ends(self) -> list[str]:
        """Return what its log says of visits that crashed, fell silent, or could not be started."""
        log = self.folder / "log"
        return (
            [line for line in log.read_text().splitlines() if _BAD_END.search(line)] if log.exists() else []
        )

    def files(self) -> set[str]:
        """Return the files in all folders that it knows, but sessions: of those only what is no whole session."""
        found = set()
        for path in self.folder.rglob("*"):
            name = str(path.relative_to(self.folder))
            if path.is_dir() and name.startswith(("visits", "cache")):
                continue
            if not SESSION_FILE.fullmatch(name.removeprefix("visits/")):
                found.add(name)
        return found

    @property
    def sessions(self) -> int:
        """How many sessions were saved."""
        return len(list(self.folder.glob("visits/*/*/*/*.toml")))

    def holds(self) -> None:
        """Fail where the lock does not hold: an end, a stop, a crash, a foreign process, a foreign word."""
        assert not self.ended(), (self.status, bytes(self.sent[-2000:]), self.bad_ends())
        assert psutil.Process(self.pid).status() != psutil.STATUS_STOPPED
        for found in (self.bad_ends(), self.strangers(), self.vocabulary.unknown):
            assert not found, found
