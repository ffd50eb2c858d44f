"""Sends only the cells that look different from what the terminal shows already.

Textual sends every row of whatever it laid out or drew anew, and of a partial update each row from the left edge of the
widget that the change lies in. Here what was sent last is remembered, cell by cell, and only what differs goes out: an
answer that changes three words sends three words. The names used are Textual's own and private; tests hold them in
place and the version is pinned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.color import ColorSystem
    from rich.console import Console
    from rich.style import Style
    from textual.strip import Strip

Cell = tuple[str, str]
"""The character of a cell ("" in the right half of a wide one) and the style it is written in, as SGR parameters."""

_NOT_KNOWN: Cell = ("\0", "")
_BRIDGE = 4
"""So many equal cells between two changes cost less to send again than to step over."""


class ShownCells:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell]] = {}

    def forget(self) -> None:
        """Know nothing any more: the terminal was resized, or something else wrote on it."""
        self._rows.clear()

    def send(self, row: int, left: int, cells: list[Cell]) -> Iterator[str]:
        """Take `cells` as what `row` shows from column `left` on; yield the bytes that make it so."""
        shown = self._rows.setdefault(row, [])
        if len(shown) < left + len(cells):
            shown.extend([_NOT_KNOWN] * (left + len(cells) - len(shown)))
        if shown[left : left + len(cells)] == cells:
            return
        for start, end in _stretches(shown, left, cells):
            yield f"\x1b[{row + 1};{left + start + 1}H"
            yield from _written(cells[start:end])
        shown[left : left + len(cells)] = cells


def _stretches(shown: list[Cell], left: int, cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place, the last exclusive, of every stretch of `cells` that differs."""
    start = end = -1
    for place, cell in enumerate(cells):
        if cell == shown[left + place]:
            continue
        if start >= 0 and place - end > _BRIDGE:
            yield start, end
            start = -1
        if start < 0:
            start = place
            while start and not cells[start][0]:
                start -= 1  # never begin in the right half of a wide character
        end = place + 1
    while 0 < end < len(cells) and not cells[end][0]:
        end += 1
    if start >= 0:
        yield start, end


def _written(cells: list[Cell]) -> Iterator[str]:
    style = None
    for character, wanted in cells:
        if wanted != style:
            yield f"\x1b[0m\x1b[{wanted}m" if wanted else "\x1b[0m"
            style = wanted
        yield character
    if style:
        yield "\x1b[0m"


@lru_cache(2048)
def _codes(style: Style, system: ColorSystem | None) -> str:
    return style._make_ansi_codes(system) if system is not None else ""


def cells_of(strip: Strip, system: ColorSystem | None) -> list[Cell]:
    """Return a strip cell by cell."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        codes = _codes(style, system) if style else ""
        if text.isascii():
            cells += [(character, codes) for character in text]
            continue
        for character in text:
            width = cell_len(character)
            if width:
                cells.append((character, codes))
                cells += [("", codes)] * (width - 1)
            elif cells:
                cells[-1] = (cells[-1][0] + character, cells[-1][1])
    return cells


class ChangedCells(CompositorUpdate):
    """An update of Textual's, cut down to the cells that look different when it is written."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: ShownCells) -> None:
        self._update = update
        self._shown = shown
        self._written: str | None = None

    def render_segments(self, console: Console) -> str:
        """Return the bytes for the terminal, the same at every call: the first takes them for sent."""
        if self._written is None:
            self._written = self._render(console)
        return self._written

    def _render(self, console: Console) -> str:
        system = console._color_system
        parts: list[str] = []
        for row, left, strip in self._strips():
            parts += self._shown.send(row, left, cells_of(strip, system))
        return without_repeats("".join(parts))

    def _strips(self) -> Iterable[tuple[int, int, Strip]]:
        """Yield row, first column and cells of everything the update would write."""
        update = self._update
        if isinstance(update, LayoutUpdate):
            for row, line in enumerate(update.strips, update.region.y):
                column = update.region.x
                for piece in line:
                    yield row, column, piece
                    column += piece.cell_length
            return
        for row, first, last in update.spans:
            for end, (start, strip) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
                if strip is not None and start < last and end > first:
                    left = max(start, first)
                    yield row, left, strip.crop(left - start, min(end, last) - start)


_STEP = re.compile(r"\x1b\[([0-9;]*)([mH])")
_COLOURS = re.compile(r"38;[0-9;]+;48;(?:5;[0-9]+|2;[0-9]+;[0-9]+;[0-9]+)")
"""A style that is nothing but a text colour and a ground, so that another of its kind replaces it wholly."""


def without_repeats(sequence: str) -> str:
    """Return `sequence` without style changes that change nothing: a style set again, a reset before another style."""
    parts: list[str] = []
    now = ""  # the style in force
    wanted = ""  # the style asked for; it is written only when a character comes that needs it
    position = 0
    for found in _STEP.finditer(sequence):
        if text := sequence[position : found.start()]:
            parts += [_change(now, wanted), text]
            now = wanted
        if found[2] == "H":
            parts.append(found[0])
        else:
            wanted = "" if found[1] in ("", "0") else found[1]
        position = found.end()
    parts += [_change(now, wanted), sequence[position:]]
    return "".join(parts)


def _change(now: str, wanted: str) -> str:
    if now == wanted:
        return ""
    if wanted and (not now or (_COLOURS.fullmatch(now) and _COLOURS.fullmatch(wanted))):
        return f"\x1b[{wanted}m"
    return f"\x1b[0;{wanted}m" if wanted else "\x1b[0m"
