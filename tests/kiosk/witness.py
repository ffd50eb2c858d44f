"""A terminal that forgets nothing unless it is told to: two screens, a scrollback, titles, a clipboard."""

from __future__ import annotations

import re
from typing import Any

import pyte
from pty_terminal import _DROPPED

from bodymap.kiosk.terminal_reset import RESET

_TITLE = re.compile(rb"\x1b\][012];([^\x07\x1b]*)(?:\x07|\x1b\\)")
_SCREENS = re.compile(r"(\x1b\[\?1049[hl])")


class _Screen(pyte.Screen):
    """A screen whose rows go into the scrollback when they scroll away, and when they are cleared.

    Some terminals keep what is cleared, some do not; whoever finds nothing in this one finds nothing in any.
    """

    def __init__(self, size: tuple[int, int], kept: list[str]) -> None:
        self.kept = kept
        super().__init__(*size)

    def rows(self) -> list[str]:
        return [row.rstrip() for row in self.display if row.strip()]

    def index(self) -> None:
        bottom = self.margins.bottom if self.margins else self.lines - 1
        if self.cursor.y == bottom:
            top = self.margins.top if self.margins else 0
            self.kept.append("".join(self.buffer[top][column].data for column in range(self.columns)))
        super().index()

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        if how == 3:
            self.kept.clear()
            return
        if how == 2:
            self.kept += self.rows()
        super().erase_in_display(how, *args, **kwargs)


class Witness:
    """Fed with all that is sent, it notes what was there to be seen after every reset."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.kept: list[str] = []
        self.main, self.other = _Screen(size, self.kept), _Screen(size, self.kept)
        self._showing = self.main
        self._streams = {id(screen): pyte.Stream(screen) for screen in (self.main, self.other)}
        self.titles: list[bytes] = []
        self.resets = 0
        self.left: list[str] = []
        """What a reset left behind; has to stay empty."""
        self._taken = 0

    def take(self, sent: bytes) -> None:
        """Take in what is new in all that was `sent`, up to the last reset or, after it, to the end.

        The end must not be in the middle of a sequence: call it when the screen is at rest.
        """
        while (found := sent.find(RESET, self._taken)) >= 0:
            self._feed(sent[self._taken : found + len(RESET)])
            self._taken = found + len(RESET)
            self.resets += 1
            self.left += [*self.main.rows(), *self.other.rows(), *self.kept]
        self._feed(sent[self._taken :])
        self._taken = len(sent)

    def look(self) -> tuple[object, ...]:
        """Return all there is to see now: both screens with colours, which one is up, scrollback and title."""
        screens = [
            [
                tuple(screen.buffer[row][column] for column in range(screen.columns))
                for row in range(screen.lines)
            ]
            for screen in (self.main, self.other)
        ]
        return screens, self._showing is self.main, tuple(self.kept), self.titles[-1:]

    def _feed(self, data: bytes) -> None:
        self.titles += _TITLE.findall(data)
        text = _DROPPED.sub(b"", data).decode("utf-8", "replace")
        for part in _SCREENS.split(text):
            if part == "\x1b[?1049h":
                self._showing = self.other
                self.other.reset()
            elif part == "\x1b[?1049l":
                self.kept += self.other.rows()
                self._showing = self.main
            else:
                self._streams[id(self._showing)].feed(part)
