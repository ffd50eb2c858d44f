"""What the terminal cannot or must not show, turned into what it can, as the last step before the bytes."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from bodymap.tui.themes import DARK

_TO_ASCII = str.maketrans(
    {
        **dict.fromkeys("│┃▏▕▎▍┆▌▐", "|"),
        **dict.fromkeys("─━▁▔═", "-"),
        **dict.fromkeys("┌┐└┘╭╮╰╯┏┓┗┛├┤┬┴┼", "+"),
        **dict.fromkeys("█▓▇▆▅▄▀▊▉", "#"),
        **dict.fromkeys("▒░", ":"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("–—−‐", "-"),
        "●": "*",
        "○": "o",
        "·": ".",
        "…": ".",
        "▸": ">",
        "▲": "^",
        "▼": "v",
        "✗": "x",
        "×": "x",
        "↑": "^",
        "↓": "v",
        "←": "<",
        "→": ">",
        "✓": "v",
        "é": "e",
    }
)


class AsciiOnly(LineFilter):
    """Writes every sign beyond ASCII as one that a terminal without UTF-8 can show, cell for cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(segment.text.translate(_TO_ASCII).encode("ascii", "replace").decode(), segment.style)
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
