"""A real terminal line with the program on it: what it shows, read with a deadline, never after a fixed time."""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent.parent
BODYMAP = (sys.executable, "-m", "bodymap")
PATIENCE = 60.0
"""Seconds after which something that should have happened has not; only a failing test waits that long."""

KEYS = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "nqstyz"},
}

# Sequences that pyte prints or stumbles over; none of them moves the cursor or draws.
_DROPPED = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9;]*[^hl0-9;]|\x1bP[^\x1b]*\x1b\\|"
    rb"\x1b_[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;]*[ -/]+[@-~]|\x1b\[[0-9;]*t"
)
_PARTIAL = re.compile(rb"\x1b(?:\[[0-9;:<>=?$ -/]*|[P_\]][^\x07]*)?$")


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of the test with a terminal of today, and the program of this checkout."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("LINES", "COLUMNS", "TMUX", "NO_COLOR")
    }
    kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return kept | {"PYTHONPATH": str(ROOT)} | changes


RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?2004l")
TITLE = "Pain in the buttock or leg"
"""What the head line says once the pack is there."""


def restored(sent: bytes) -> None:
    """Check that the terminal was handed back: main screen, cursor, no mouse, no bracketed paste."""
    for sequence in RESTORED:
        on = sequence.replace(b"l", b"h") if sequence.endswith(b"l") else sequence.replace(b"h", b"l")
        assert sequence in sent, sequence
        assert sent.rindex(sequence) > sent.rfind(on), sequence
    after = sent[sent.rindex(b"\x1b[?1049l") :]
    assert b"buttock" not in after, "nothing of the visit is left on the main screen"
    assert b"Traceback" not in sent


class Glass:
    """What a terminal shows of the bytes that reach it: rows of text."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.screen = pyte.Screen(*size)
        self.sent = bytearray()
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = b""

    def show(self, data: bytes) -> None:
        """Take bytes as the terminal does; `sent` keeps them all."""
        self.sent += data
        data = self._tail + data
        self._tail = b""
        partial = _PARTIAL.search(data)
        if partial and len(data) - partial.start() < 4096:
            data, self._tail = data[: partial.start()], data[partial.start() :]
        for part in re.split(rb"(\x1b\[\?1049[hl])", _DROPPED.sub(b"", data)):
            if part.startswith(b"\x1b[?1049"):
                self.screen.erase_in_display(2)
                self.screen.cursor_position()
            else:
                self._stream.feed(self._decoder.decode(part))

    @property
    def rows(self) -> list[str]:
        return list(self.screen.display)

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)

    @property
    def words(self) -> str:
        """The text without frames, broken lines joined."""
        return " ".join(re.sub(r"[│┃╭╮╰╯─━┏┓┗┛█▌]", " ", self.text).split())

    def find(self, words: str, *, below: int = 0) -> tuple[int, int]:
        """Return (column, row), from 0, of `words` on the screen at or below a row."""
        for number, row in enumerate(self.rows):
            if number >= below and words in row:
                return row.index(words), number
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def shows(self, words: str) -> bool:
        return any(words in row for row in self.rows)


class Terminal(Glass):
    """The program in a pty. `sent` holds every byte that it wrote."""

    def __init__(
        self,
        command: tuple[str, ...] = BODYMAP,
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        told: tuple[int, int] | None = None,
    ) -> None:
        """`told` is the size that the line says it has, where that is not its `size`."""
        columns, rows = size if told is None else told
        super().__init__(size)
        self.status: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execvpe(command[0], list(command), dict(environment() if env is None else env))
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    # ----- reading

    def read(self, seconds: float) -> bool:
        """Take what the program writes within `seconds`; False when it has closed its end or nothing came."""
        data = self.take(seconds)
        self.show(data)
        return bool(data)

    def take(self, seconds: float) -> bytes:
        """Return what the program writes within `seconds`, and draw none of it."""
        if self.fd < 0 or not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.fd, 65536)
        except OSError:
            return b""

    def until(self, shown: str | Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Read until `shown` stands on the screen (or is true)."""
        end = time.monotonic() + seconds
        while not (shown in self.words if isinstance(shown, str) else shown()):
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {shown!r}:\n{self.text}")
            if not self.read(0.05) and self.ended():
                raise AssertionError(
                    f"ended with {self.status} before {shown!r}:\n{self.text}\n{bytes(self.sent[-2000:])!r}"
                )

    def after(self, step: Callable[[], None], of: Callable[[], str] | None = None) -> None:
        """Take a step and wait until the screen (or what `of` reads of it) has answered."""
        look = of or (lambda: self.text)
        before = look()
        step()
        self.until(lambda: look() != before)

    def box(self) -> str:
        """Return what stands in the box that lies over the screen, rows joined without a gap."""
        column, top = self.find("╭" + "─" * 30) if not self.shows("│ Saved") else self._corner("│ Saved")
        right = self.rows[top].index("╮", column)
        inner = []
        for row in self.rows[top + 1 :]:
            if row[column] == "╰":
                break
            inner.append(row[column + 2 : right - 1])
        return "".join("".join(inner).split())

    def _corner(self, words: str) -> tuple[int, int]:
        column, row = self.find(words)
        return column, row - 1

    # ----- doing

    def write(self, data: bytes) -> None:
        """Send bytes as the keyboard would, reading meanwhile so that neither side blocks."""
        os.set_blocking(self.fd, False)
        while data:
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self.fd, data[:1024]) :]
            self.read(0.005)
        os.set_blocking(self.fd, True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.write(KEYS.get(key, key.encode()))

    def click(self, column: int, row: int) -> None:
        """Press and release the left button on a cell, counted from 0."""
        self.write(f"\x1b[<0;{column + 1};{row + 1}M".encode())
        self.write(f"\x1b[<0;{column + 1};{row + 1}m".encode())

    def click_words(self, words: str, *, below: int = 0) -> None:
        self.until(lambda: self.shows(words))
        column, row = self.find(words, below=below)
        self.click(column + len(words) // 2, row)

    def wheel(self, column: int, row: int, step: int) -> None:
        self.write(f"\x1b[<{64 if step > 0 else 65};{column + 1};{row + 1}M".encode())

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # ----- ending

    def ended(self) -> bool:
        """Whether the process has ended; `status` is then what a shell would see."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait(self, seconds: float = PATIENCE) -> int:
        """Read until the process has ended and return its status."""
        end = time.monotonic() + seconds
        while not self.ended():
            assert time.monotonic() < end, f"it did not end:\n{self.text}"
            if not self.read(0.02):
                time.sleep(0.01)
        while self.read(0.05):
            pass
        assert self.status is not None
        return self.status

    def close(self) -> None:
        """Hang up the line."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if not self.ended():
            os.kill(self.pid, 9)
            _, status = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)
        self.close()
