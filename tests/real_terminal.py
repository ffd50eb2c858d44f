"""A real program in a real pseudo-terminal, its screen kept as text and cells; for tests, pictures and benchmarks."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}

# Questions and settings that draw nothing; pyte would print parts of them.
_SILENT = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1bP[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
# Whether the terminal can show a frame at once; those in use today can.
_ASKS_FOR_FRAMES, _HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<>=?$]*|[P\]][^\x07\x1b]*)?$")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return what a person's shell would hand on: a terminal of 24 bit colour, UTF-8, and `home` for every folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        **more,
    }


class RealTerminal:
    """A program started in a pseudo-terminal of `columns` × `rows`; use it as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        rows: int,
        env: Mapping[str, str],
        folder: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self.received = 0
        self.ended = False
        self.started = time.perf_counter()
        self.process, self._descriptor = pty.fork()
        if self.process == 0:
            self._become(command, columns, rows, env, folder)

    def _become(
        self, command: Sequence[str], columns: int, rows: int, env: Mapping[str, str], folder: Path | None
    ) -> None:
        try:
            # Here, before the program starts: it must not see another size first.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if folder is not None:
                os.chdir(folder)
            os.execvpe(command[0], list(command), dict(env))
        finally:
            os._exit(127)

    def __enter__(self) -> RealTerminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What stands on the screen, a line per row, without trailing spaces."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float) -> bytes:
        """Wait up to `seconds` for output, show it on the screen and return it; b"" where none came."""
        data = self.read_raw(seconds)
        self.show(data)
        return data

    def read_raw(self, seconds: float) -> bytes:
        """Wait up to `seconds` for output and return it without showing it."""
        if self.ended or not select.select([self._descriptor], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # what Linux says where the other end has closed
            data = b""
        if _ASKS_FOR_FRAMES in data:
            os.write(self._descriptor, _HAS_FRAMES)
        self.ended = not data
        self.received += len(data)
        return data

    def show(self, data: bytes) -> None:
        """Bring `data` onto the screen."""
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._rest = data[:cut], data[cut:]
        self._stream.feed(_SILENT.sub(b"", data))

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Return once `text` stands on the screen; raises `AssertionError` with the screen where it never does."""
        end = time.monotonic() + seconds
        while text not in self.text:
            left = end - time.monotonic()
            if left <= 0 or self.ended:
                raise AssertionError(f"{text!r} never came; the screen was:\n{self.text}")
            self.read(left)

    def settle(self, quiet: float = 0.4, seconds: float = 20) -> None:
        """Return once nothing came for `quiet` seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet):
            pass

    def press(self, *keys: str) -> None:
        """Send keys: a name of `KEYS`, or the characters themselves."""
        for key in keys:
            os.write(self._descriptor, KEYS.get(key, key).encode())

    def press_and_see(self, key: str, line: int | None = None, seconds: float = 30) -> None:
        """Press a key and return once the screen (or one line of it) reads differently; raises `AssertionError`
        where it stays.
        """

        def seen() -> str:
            return self.text if line is None else self.screen.display[line]

        before = seen()
        self.press(key)
        end = time.monotonic() + seconds
        while seen() == before:
            left = end - time.monotonic()
            if left <= 0 or self.ended:
                raise AssertionError(f"{key!r} changed nothing; the screen was:\n{self.text}")
            self.read(left)
        self.settle(0.05)  # a change may come in two pieces

    def press_until(self, key: str, text: str, times: int = 100) -> None:
        """Press a key, each time once the line above the last (which names what the cursor is on) has answered,
        until `text` stands on the screen.
        """
        for _ in range(times):
            if text in self.text:
                return
            self.press_and_see(key, line=-2)
        self.wait_for(text, 0)

    def wait_until_gone(self, text: str, seconds: float = 30) -> None:
        """Return once `text` no longer stands on the screen."""
        end = time.monotonic() + seconds
        while text in self.text:
            left = end - time.monotonic()
            if left <= 0 or self.ended:
                raise AssertionError(f"{text!r} stayed; the screen was:\n{self.text}")
            self.read(left)

    def wait_for_end(self, seconds: float = 30) -> int:
        """Return the exit status (128 + signal where one ended it); raises `AssertionError` where it stays."""
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            self.read(end - time.monotonic())
        assert self.ended, f"The program did not end; the screen was:\n{self.text}"
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        code = os.waitstatus_to_exitcode(status)
        return code if code >= 0 else 128 - code

    def close(self) -> None:
        """End the program if it still runs, and give back the terminal."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
