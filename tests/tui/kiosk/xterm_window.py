"""A real terminal emulator in a window: xterm on an X server of its own, pressed with the mouse, read from its log.

Nothing lies between the program and xterm. What xterm was sent it writes down (`-l`), and that is what the test reads;
the mouse is moved by X, and xterm alone makes the bytes of it.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from pty_terminal import PATIENCE, Glass

APART = 0.5
"""Seconds from when something was seen to the next press: what comes sooner the kiosk takes for a trembling hand."""
_SCREEN = (1600, 1200)


def why_not() -> str:
    """Return why no window can be had here, "" where one can."""
    packages = {"Xvfb": "xvfb", "xterm": "xterm", "xdotool": "xdotool"}
    for name, package in packages.items():
        if shutil.which(name) is None:
            return f"there is no {name}; on Debian it is in the package {package}"
    return ""


class Window(Glass):
    """An xterm of a size in columns and rows with a command in it; use it as a context manager."""

    def __init__(
        self,
        command: tuple[str, ...],
        size: tuple[int, int],
        env: Mapping[str, str],
        font: int = 13,
    ) -> None:
        super().__init__(size)
        self._server, display = _start_server()
        self._env = {**env, "DISPLAY": f":{display}"}
        options = [
            "-fa",
            "Monospace",
            "-fs",
            str(font),
            "-b",
            "0",
            "+sb",
            "-geometry",
            f"{size[0]}x{size[1]}+0+0",
        ]
        # The log goes to xterm's own output: a pipe, so that there is something to wait for.
        options += ["-tn", "xterm-256color", "-title", "bodymap", "-l", "-lf", "-"]
        self._xterm = subprocess.Popen(
            ["xterm", *options, "-e", *command],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._window = ""
        self._seen = 0.0

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ----- reading

    def read(self, seconds: float) -> bool:
        """Take what xterm was sent within `seconds`; False where nothing came."""
        assert self._xterm.stdout is not None
        if not select.select([self._xterm.stdout], [], [], seconds)[0]:
            return False
        data = os.read(self._xterm.stdout.fileno(), 65536)
        self.show(data)
        self._seen = time.monotonic()
        return bool(data)

    def until(self, shown: Callable[[], bool], what: str) -> None:
        """Read until `shown`; `what` says what is waited for."""
        end = time.monotonic() + PATIENCE
        while not shown():
            assert time.monotonic() < end, f"waited in vain for {what}:\n{self.text}"
            if not self.read(0.2):
                assert self._xterm.poll() is None, f"xterm ended before {what}:\n{self.text}"

    # ----- doing

    def press(self, column: int, row: int) -> None:
        """Press and release the left button in the middle of a cell, counted from 0."""
        time.sleep(max(0.0, self._seen + APART - time.monotonic()))
        left, top, wide, high = self._where()
        columns, rows = self.size
        x, y = left + (column + 0.5) * wide / columns, top + (row + 0.5) * high / rows
        self._do("mousemove", str(round(x)), str(round(y)), "click", "1")

    def press_words(self, words: str) -> None:
        """Press the middle of whole words on the screen, the last ones where they stand there more than once."""
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")

        def found() -> list[tuple[int, int]]:
            return [
                ((match.start() + match.end()) // 2, number)
                for number, row in enumerate(self.rows)
                for match in pattern.finditer(row)
            ]

        self.until(lambda: bool(found()), words)
        self.press(*found()[-1])

    def picture(self, file: Path) -> bool:
        """Take a picture of the window, if there is a program to do so; only once xterm drew all it was sent."""
        if shutil.which("import") is None:
            return False
        subprocess.run(["import", "-window", self._id(), str(file)], env=self._env, check=True)
        return True

    def _where(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height of the window, in pixels."""
        told = dict(
            re.findall(r"^(\w+)=(-?\d+)$", self._do("getwindowgeometry", "--shell", self._id()), re.M)
        )
        return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])

    def _id(self) -> str:
        if not self._window:
            found = self._do("search", "--sync", "--onlyvisible", "--class", "xterm")
            self._window = found.split()[-1]
        return self._window

    def _do(self, *what: str) -> str:
        done = subprocess.run(
            ["xdotool", *what], env=self._env, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return done.stdout

    # ----- ending

    def processes(self) -> list[psutil.Process]:
        """Return all that runs in the window."""
        return psutil.Process(self._xterm.pid).children(recursive=True)

    def close(self) -> None:
        """Close the window, and take its screen away."""
        for process in (self._xterm, self._server):
            process.terminate()
            process.wait(timeout=PATIENCE)
        assert self._xterm.stdout is not None
        self._xterm.stdout.close()


def _start_server() -> tuple[subprocess.Popen[bytes], str]:
    """Start an X server without a monitor on a display that is free; return it with the number of the display."""
    reading, writing = os.pipe()
    wide, high = _SCREEN
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{wide}x{high}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        ready = select.select([told], [], [], PATIENCE)[0]
        display = told.readline().decode().strip() if ready else ""
    if not display:
        server.kill()
        server.wait()
        raise AssertionError("Xvfb did not start")
    return server, display
