"""Sends only the cells that changed.

Textual's partial update cuts a changed row off on the right, but on the left it starts at the edge of the widget the
change lies in: one step of the cursor in the middle of the map would send the left half of every row it touches. Here
both ends are cut. The names used are Textual's own and private; a test holds them in place and the version is pinned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console


class TightUpdate(ChopsUpdate):
    """A partial update whose rows begin where the change begins."""

    def render_segments(self, console: Console) -> str:
        """Return the bytes for the terminal: for each changed stretch a cursor move and its cells."""
        sequences: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or start >= last or end <= first:
                    continue
                left = max(start, first)
                cells = strip.crop(left - start, min(end, last) - start)
                sequences.append(f"\x1b[{y + 1};{left + 1}H{cells.render(console)}")
        return without_repeats("".join(sequences))


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


class TightCompositor(Compositor):
    """Textual's compositor with tight partial updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return the cells to send, or None when nothing changed."""
        update = super().render_partial_update()
        return None if update is None else TightUpdate(update.chops, update.spans, update.chop_ends)
