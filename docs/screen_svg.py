"""A terminal's screen as an SVG picture that fetches nothing: no font, no host, text that can be selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

import pyte

CELL = (8, 18)
SIZE = 13.2
FOREGROUND, BACKGROUND = "#d0d4da", "#101216"
NAMED = {
    "black": "#000000", "red": "#cd3131", "green": "#0dbc79", "brown": "#e5e510", "blue": "#2472c8",
    "magenta": "#bc3fbc", "cyan": "#11a8cd", "white": "#e5e5e5",
}  # fmt: skip
# Block characters as parts of a cell (left, top, right, bottom): fonts leave gaps between them.
BLOCKS = {
    "█": (0, 0, 1, 1), "▀": (0, 0, 1, 0.5), "▄": (0, 0.5, 1, 1), "▌": (0, 0, 0.5, 1), "▐": (0.5, 0, 1, 1),
    "▏": (0, 0, 0.125, 1), "▎": (0, 0, 0.25, 1), "▕": (0.875, 0, 1, 1), "▔": (0, 0, 1, 0.125), "▁": (0, 0.875, 1, 1),
    "▒": (0, 0, 1, 1), "░": (0, 0, 1, 1), "▓": (0, 0, 1, 1),
}  # fmt: skip
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}


def colour(name: str, default: str) -> str:
    """Return a colour of pyte's as `#rrggbb`."""
    return default if name == "default" else NAMED.get(name) or f"#{name}"


def look(cell: pyte.screens.Char) -> tuple[str, str, bool, bool, bool]:
    """Return how a cell looks: ink, paper, bold, italic, underlined."""
    ink, paper = colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND)
    if cell.reverse:
        ink, paper = paper, ink
    return ink, paper, cell.bold, cell.italics, cell.underscore


def pieces(row: list[pyte.screens.Char]) -> Iterator[tuple[int, list[pyte.screens.Char]]]:
    """Yield (column, cells) for each stretch of a row that looks the same."""
    column = 0
    for _, same in groupby(row, look):
        cells = list(same)
        yield column, cells
        column += len(cells)


def words(cells: Iterable[pyte.screens.Char]) -> Iterator[tuple[int, str]]:
    """Yield (offset, text) for what is written in a stretch: no two spaces in a row, no block characters."""
    text = "".join(" " if cell.data in BLOCKS else cell.data or " " for cell in cells)
    start = 0
    for part in text.split("  "):
        said = part.strip(" ")
        if said:
            yield start + len(part) - len(part.lstrip(" ")), said
        start += len(part) + 2


def blocks(cells: list[pyte.screens.Char]) -> Iterator[tuple[int, str, int]]:
    """Yield (offset, character, how many) for block characters; those that fill their width come as one."""
    offset = 0
    for sign, same in groupby(cell.data for cell in cells):
        count = len(list(same))
        if sign in BLOCKS:
            whole = BLOCKS[sign][0] == 0 and BLOCKS[sign][2] == 1
            yield from [(offset, sign, count)] if whole else [(offset + at, sign, 1) for at in range(count)]
        offset += count


def svg(screen: pyte.Screen, title: str) -> str:
    """Return the screen as an SVG picture."""
    width, height = CELL
    style: dict[str, str] = {}
    shapes: list[str] = []
    writing: list[str] = []

    def named(rule: str) -> str:
        return style.setdefault(rule, f"s{len(style)}")

    for y in range(screen.lines):
        row = [screen.buffer[y][x] for x in range(screen.columns)]
        for x, cells in pieces(row):
            ink, paper, bold, italic, underlined = look(cells[0])
            if paper != BACKGROUND:
                shapes.append(rectangle(x, y, (0, 0, len(cells), 1), named(f"fill:{paper}")))
            for offset, sign, count in blocks(cells):
                rule = f"fill:{ink}" + (f";opacity:{SHADES[sign]}" if sign in SHADES else "")
                left, top, right, bottom = BLOCKS[sign]
                shapes.append(rectangle(x + offset, y, (left, top, right + count - 1, bottom), named(rule)))
            rule = f"fill:{ink}" + ";font-weight:bold" * bold + ";font-style:italic" * italic
            name = named(rule + ";text-decoration:underline" * underlined)
            writing.extend(
                f'<text class="{name}" x="{(x + offset) * width}" y="{y * height + 13}" '
                f'textLength="{len(said) * width}">{escape(said)}</text>'
                for offset, said in words(cells)
            )
    rules = "".join(f".{name}{{{rule}}}" for rule, name in style.items())
    across, down = screen.columns * width, screen.lines * height
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -10 {across + 24} {down + 20}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{font:{SIZE}px ui-monospace,Menlo,Consolas,monospace;white-space:pre}}{rules}</style>",
            f'<rect x="-12" y="-10" width="{across + 24}" height="{down + 20}" rx="8" fill="{BACKGROUND}"/>',
            *shapes,
            *writing,
            "</svg>\n",
        ]
    )


def rectangle(x: int, y: int, part: tuple[float, float, float, float], name: str) -> str:
    """Return a rectangle that covers `part` (in cells: left, top, right, bottom) from the cell (x, y) on."""
    width, height = CELL
    left, top, right, bottom = part
    return (
        f'<rect class="{name}" x="{(x + left) * width:g}" y="{(y + top) * height:g}" '
        f'width="{(right - left) * width:g}" height="{(bottom - top) * height:g}"/>'
    )
