"""Which line of a TOML file a key stands on. Used only to make errors readable; tomllib keeps no positions.

A small scanner walks text that tomllib has already accepted, so it never judges, it only counts. Where it
loses its way it stops, and what it has found so far still serves: `line_of` falls back to the nearest
enclosing place.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from bodymap.knowledge.references import Path

_BARE = re.compile(r"[A-Za-z0-9_\-]+")
_SPACE = re.compile(r"[ \t]*")
_FILLER = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_TEXTS = (
    ('"""', re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL)),
    ("'''", re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)),
    ('"', re.compile(r'"(?:\\.|[^"\\\n])*"')),
    ("'", re.compile(r"'[^'\n]*'")),
)


class _LostError(Exception):
    """The scanner met something it does not follow."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._line = 1
        self._counted = 0

    def line(self) -> int:
        """Return the line of the current position (counting on from the last call, so linear over a file)."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _LostError
        self.at = found.end()
        return found[0]

    def take(self, mark: str) -> bool:
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def document(self) -> None:
        table: Path = ()
        while True:
            self.skip(_FILLER)
            if self.at >= len(self.text):
                return
            if self.take("[["):
                table = self.header(array=True)
            elif self.take("["):
                table = self.header(array=False)
            else:
                self.pair(table)

    def header(self, *, array: bool) -> Path:
        line = self.line()
        path: Path = ()
        keys = self.keys()
        for depth, key in enumerate(keys, start=1):
            path = (*path, key)
            if depth < len(keys):
                self.note(path, line)
                if path in self._counts:
                    path = (*path, self._counts[path] - 1)
        if array:
            number = self._counts.get(path, 0)
            self._counts[path] = number + 1
            self.note(path, line)
            path = (*path, number)
        elif path in self._counts:
            path = (*path, self._counts[path] - 1)
        self.note(path, line)
        if not self.take("]"):
            raise _LostError
        self.take("]")
        return path

    def note(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)

    def keys(self) -> list[str]:
        keys = []
        while True:
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] in ('"', "'"):
                keys.append(_unquoted(self.string()))
            else:
                keys.append(self.skip(_BARE))
            self.skip(_SPACE)
            if not self.take("."):
                return keys

    def string(self) -> str:
        for opening, pattern in _TEXTS:
            if self.text.startswith(opening, self.at):
                return self.skip(pattern)
        raise _LostError

    def pair(self, table: Path) -> None:
        line = self.line()
        path = table
        for key in self.keys():
            path = (*path, key)
            self.note(path, line)
        if not self.take("="):
            raise _LostError
        self.skip(_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        self.note(path, self.line())
        following = self.text[self.at : self.at + 1]
        if following in ('"', "'"):
            self.string()
        elif self.take("["):
            number = 0
            while True:
                self.skip(_FILLER)
                if self.take("]"):
                    return
                self.value((*path, number))
                number += 1
                self.skip(_FILLER)
                self.take(",")
        elif self.take("{"):
            while True:
                self.skip(_FILLER)
                if self.take("}"):
                    return
                self.pair(path)
                self.skip(_FILLER)
                self.take(",")
        else:
            self.skip(_SCALAR)


def _unquoted(text: str) -> str:
    if text.startswith("'") or "\\" not in text:
        return text[1:-1]
    import tomllib

    key: str = next(iter(tomllib.loads(f"{text} = 1")))
    return key


class Lines:
    """The lines of one file: `Lines(content).of(("lines", 2, "when"))` is the line that key stands on."""

    def __init__(self, content: bytes) -> None:
        scanner = _Scanner(content.decode("utf-8", "replace"))
        # A place lost is a line number less, never an error on top of an error.
        with contextlib.suppress(_LostError, RecursionError, ValueError):
            scanner.document()
        self._lines = scanner.lines

    def of(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest place around it that is known; 0 where nothing is."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1 if path else 0

    def paths(self) -> frozenset[Path]:
        """Return every place known."""
        return frozenset(self._lines)


def place(path: tuple[Any, ...]) -> str:
    """Return a path as errors write it: `("lines", 2, "when")` is "lines[3].when", counted from one."""
    written = ""
    for part in path:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if written else str(part)
    return written
