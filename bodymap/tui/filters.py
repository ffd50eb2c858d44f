"""What the terminal cannot or must not show, turned into what it can, as the last step before the bytes."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from bodymap.tui.themes import DARK

_TO_ASCII = str.maketrans(
    {
        **dict.fromkeys("│┃▏▕▎▍┆▌▐", "|"),
        **dict.fromkeys("─━▁▂▃▔═", "-"),
        **dict.fromkeys("┌┐└┘╭╮╰╯┏┓┗┛├┤┬┴┼", "+"),
        **dict.fromkeys("█▓▇▆▅▄▀▊▉▋▖▗▘▙▚▛▜▝▞▟", "#"),
        **dict.fromkeys("▒░", ":"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("–—−‐", "-"),
        "●": "*",
        "○": "o",
        "·": ".",
        "…": ".",
        "▸": ">",
        "◂": "<",
        "▲": "^",
        "▼": "v",
        "✗": "x",
        "×": "x",
        "↑": "^",
        "↓": "v",
        "←": "<",
        "→": ">",
        "✓": "v",
        "¿": "?",
        "¡": "!",
        "ß": "s",
        "æ": "a",
        "œ": "o",
        "ø": "o",
        "ł": "l",
    }
)


def in_ascii(text: str) -> str:
    """Return `text` in ASCII, cell for cell: accents go, and what has no likeness becomes a question mark."""
    if text.isascii() or (text := text.translate(_TO_ASCII)).isascii():
        return text
    return "".join(letter if letter.isascii() else _likeness(letter) for letter in text)


@lru_cache(1024)
def _likeness(letter: str) -> str:
    first = normalize("NFKD", letter)[0]
    return first if first.isascii() else "?" * cell_len(letter)


class AsciiOnly(LineFilter):
    """Writes every sign beyond ASCII as one that a terminal without UTF-8 can show, cell for cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]


_SPEAKING = {
    Color.parse(DARK.variables[name]).rgb: attribute
    for name, attribute in (
        ("cursor", "reverse"),
        ("mine", "reverse"),
        ("alarm-ground", "reverse"),
        ("block-cursor-background", "reverse"),
        ("block-cursor-blurred-background", "underline"),
    )
}
"""Grounds of the dark theme that say something, and the attribute that says it without colour."""


class WithoutColour(LineFilter):
    """For NO_COLOR: no colour at all, not even grey; a ground that says something becomes an attribute."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        return [
            Segment(text, None if style is None else _plain(style), control)
            for text, style, control in segments
        ]


@lru_cache(512)
def _plain(style: Style) -> Style:
    ground = None
    if style.bgcolor is not None and style.bgcolor.triplet is not None:
        ground = _SPEAKING.get(
            (style.bgcolor.triplet.red, style.bgcolor.triplet.green, style.bgcolor.triplet.blue)
        )
    default = RichColor.default()
    return Style(
        color=default,
        bgcolor=default,
        bold=style.bold or None,
        italic=style.italic or None,
        underline=True if ground == "underline" or style.underline else None,
        reverse=True if ground == "reverse" or style.reverse else None,
        meta=style.meta,
    )
