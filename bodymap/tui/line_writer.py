"""The thread that writes to the terminal: a line that fails never stops those who write."""

from __future__ import annotations

import os
import select
import threading
from queue import Empty, Queue
from typing import TextIO

QUEUED = 30
"""Pieces that wait before whoever writes more has to wait too."""


class LineWriter(threading.Thread):
    """Takes the place of Textual's `WriterThread`.

    Writes to the descriptor itself: what a text file could not write stays in its buffer, and the interpreter
    would end with status 120 over it.
    """

    def __init__(self, file: TextIO) -> None:
        super().__init__(daemon=True, name="bodymap-output")
        self._queue: Queue[str | None] = Queue(QUEUED)
        self._descriptor = file.fileno()
        self._encoding = file.encoding or "utf-8"
        self.failed = False
        """Whether the line has refused something; from then on everything is dropped."""

    def write(self, text: str) -> None:
        """Take `text` to be written; waits while the line is slow."""
        if text:
            self._queue.put(text)

    def isatty(self) -> bool:
        """Return True, as Textual's does."""
        return True

    def fileno(self) -> int:
        """Return the descriptor that is written to."""
        return self._descriptor

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def run(self) -> None:
        """Write what comes, everything that waits in one piece, until told to stop."""
        ended = False
        while not ended:
            piece = self._queue.get()
            pieces = []
            while piece is not None:
                pieces.append(piece)
                try:
                    piece = self._queue.get_nowait()
                except Empty:
                    break
            ended = piece is None
            if pieces and not self.failed:
                self._write("".join(pieces).encode(self._encoding, "replace"))

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:  # somebody who shares the terminal has set it so
                select.select([], [self._descriptor], [], 1.0)
            except OSError:
                self.failed = True
                return

    def stop(self) -> None:
        """Wait until everything is written."""
        self._queue.put(None)
        self.join()
