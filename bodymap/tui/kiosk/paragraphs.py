"""The words of a scene in lines of a width: plain, or drawn in large letters where there is room for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from bodymap.tui.kiosk import letters
from bodymap.tui.kiosk.board import Words
from bodymap.tui.kiosk.looks import TALL, WIDE
from bodymap.tui.kiosk.wrapping import balanced, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bodymap.tui.kiosk.looks import Look
    from bodymap.tui.kiosk.scene import Said

MEASURE = 80
"""Columns beyond which a line of plain text is hard to follow."""
_HEADINGS = ("heading", "cause", "value")
_SMALL = ("hint", "why", "kicker", "fault", "bounds")
"""What is never drawn: it explains what else there is."""
_LEFT_OUT = ("hint", "why")
"""What is left out in the closest looks."""
_FOLLOWS = {"do": ("alarm",), "mark": ("mark",), "plain": ("cause",)}
"""What stands right below what, without air between them."""


class Paragraph(NamedTuple):
    """Lines that belong together. `air` rows stand above them; `unit` rows of them make one line of text; the first
    `lead` cells are a label.
    """

    lines: tuple[str, ...]
    role: str
    lead: int = 0
    air: int = 0
    unit: int = 1


@lru_cache(1024)
def drawn_lines(text: str, width: int, kind: str) -> tuple[str, ...] | None:
    """Return a text in drawn letters of a kind, None where there is no letter or no room for it."""
    if not letters.drawable(text):
        return None
    measure, draw = {WIDE: (letters.wide_width, letters.wide), TALL: (letters.tall_width, letters.tall)}[kind]
    lines = balanced(text, width, measure)
    if " ".join(lines).split() != text.split():
        return None  # a word would have to be cut
    return tuple(row for line in lines for row in draw(line))


def leading(text: str, role: str, width: int, look: Look) -> Paragraph:
    """Return what leads on a screen in the letters of the look, or in plain ones where those do not do."""
    for kind in look.kinds(look.heading):
        lines = drawn_lines(text, width, kind)
        if lines is not None and (kind != WIDE or len(lines) <= look.lines * letters.ROWS):
            return Paragraph(lines, role, unit=letters.ROWS)
    return Paragraph(tuple(balanced(text, min(width, MEASURE))), role)


def paragraphs(said: Sequence[Said], width: int, look: Look) -> list[Paragraph]:
    """Return the words of a scene."""
    found: list[Paragraph] = []
    for one in said:
        if not look.hints and one.role in _LEFT_OUT:
            continue
        made = _paragraph(one, width, look)
        close = bool(found) and found[-1].role in _FOLLOWS.get(one.role, ())
        found.append(made._replace(air=look.air if found and not close else 0))
    return found


def _paragraph(one: Said, width: int, look: Look) -> Paragraph:
    if one.role in _HEADINGS:
        return leading(one.text, one.role, width, look)
    if one.role == "code":
        return _code(one.text, width)
    text = f"{one.label}: {one.text}" if one.label else one.text
    for kind in () if one.role in _SMALL else look.kinds(look.text):
        lines = drawn_lines(text, width, kind)
        if lines is not None and (kind != WIDE or len(lines) == letters.ROWS):
            return Paragraph(lines, one.role, unit=letters.ROWS)
    lead = cell_len(one.label) + 1 if one.label else 0
    return Paragraph(tuple(wrapped(text, min(width, MEASURE))), one.role, lead)


def _code(code: str, width: int) -> Paragraph:
    """Return the code in the largest letters there are, or spaced where the room is too small for them."""
    if letters.drawable(code):
        lines = letters.huge(code)
        if len(lines[0]) <= width:
            return Paragraph(lines, "code", unit=len(lines))
    return Paragraph((" ".join(code),), "code")


def height_of(found: Sequence[Paragraph]) -> int:
    """Return the rows that paragraphs take."""
    return sum(len(paragraph.lines) + paragraph.air for paragraph in found)


def placed(found: Sequence[Paragraph], x: int, y: int) -> list[Words]:
    """Return paragraphs below one another from a cell on."""
    words = []
    for paragraph in found:
        y += paragraph.air
        words.append(_words(paragraph, x, y, paragraph.lines, paragraph.lead))
        y += len(paragraph.lines)
    return words


def strips(found: Sequence[Paragraph]) -> list[Words]:
    """Return paragraphs line by line, a drawn line in one piece."""
    return [
        _words(
            paragraph, 0, 0, paragraph.lines[start : start + paragraph.unit], 0 if start else paragraph.lead
        )
        for paragraph in found
        for start in range(0, len(paragraph.lines), paragraph.unit)
    ]


def _words(paragraph: Paragraph, x: int, y: int, lines: tuple[str, ...], lead: int) -> Words:
    return Words(x, y, lines, paragraph.role, lead, drawn=paragraph.unit > 1)
