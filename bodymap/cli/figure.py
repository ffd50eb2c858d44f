"""`bodymap figure`: print the body map to standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bodymap.common.trouble import Exit, Trouble, nearest

if TYPE_CHECKING:
    from bodymap.figure import Body, Grid, Picture, Place
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Cause

_GAP = 2
_TALLEST = 40  # rows, where no height is asked for and no terminal sets one
# One colour for each role in order, from the 256 and the 16 of a terminal: yellow to vermilion for marks,
# blues for a cause, since those stay apart under the common kinds of colour blindness. Shape and fill say the
# same without.
_COLOURS_256 = (
    "",
    "38;5;250",
    "38;5;242",
    "",
    "38;5;75",
    "38;5;67",
    "38;5;228",
    "38;5;214",
    "38;5;209",
    "38;5;151",
    "7",
)
_COLOURS_16 = ("", "37", "90", "", "94", "34", "93", "33", "91", "92", "7")


@click.command("figure")
@click.option(
    "--view", type=click.Choice(["front", "back", "both"]), default="both", help="Which side of the body."
)
@click.option(
    "--width", type=click.IntRange(10, 400), help="Columns to use; the terminal's width if not given."
)
@click.option("--height", type=click.IntRange(8, 400), help="Rows for the body.")
@click.option(
    "--ink", type=click.Choice(["ascii", "blocks", "braille"]), default="ascii", help="What to draw with."
)
@click.option(
    "--crop",
    type=click.Choice(["whole", "close-up", "auto"]),
    default="auto",
    help="The whole body, or low back to thighs; auto zooms in where the whole body would be cramped.",
)
@click.option(
    "--mark", "marks", multiple=True, metavar="REGION.SIDE=N", help="A pain of strength 0 to 10; repeatable."
)
@click.option("--cause", metavar="ID", help="Show where this cause is felt.")
@click.option(
    "--colour",
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Whether to colour.",
)
@click.pass_context
def figure(
    context: click.Context,
    view: str,
    width: int | None,
    height: int | None,
    ink: str,
    crop: str,
    marks: tuple[str, ...],
    cause: str | None,
    colour: str,
) -> None:
    """Print the body map, with marks and the area of a cause.

    \b
    bodymap figure --view back --mark buttock-upper.left=7 --cause thoracolumbar-joint-dysfunction
    """
    from bodymap.figure import draw, load_body
    from bodymap.knowledge.anatomy import load_anatomy

    anatomy = load_anatomy()
    marked = _read_marks(marks, anatomy)
    shown = _cause(cause, context) if cause is not None else None
    body = load_body(anatomy)
    views = ("back", "front") if view == "both" else (view,)
    columns, rows = _size(width, height, len(views))
    chosen = _crop(body, crop, columns, rows, marked) if crop == "auto" else crop
    usual = frozenset(shown.usual) if shown else frozenset[str]()
    possible = frozenset(shown.possible) if shown else frozenset[str]()
    grids = [body.grid(name, columns, rows, chosen) for name in views]
    pictures = [draw(grid, ink, marked, usual, possible) for grid in grids]
    paint = _painter(colour)
    lines = [(" " * _GAP).join(_heading(grid) for grid in grids).rstrip()]
    lines += _side_by_side(pictures, paint)
    lines += ["", *_legend(anatomy, grids, marked, shown, ink)]
    _print(lines, ink, coloured=paint is not None)


def _read_marks(texts: tuple[str, ...], anatomy: Anatomy) -> dict[Place, int]:
    marked: dict[Place, int] = {}
    for text in texts:
        place, intensity = _read_mark(text, anatomy)
        if place in marked:
            raise Trouble(
                f"The place {place.region}, {place.side} is marked twice.",
                where="--mark",
                remedy="Keep one mark for each place.",
                exit=Exit.WRONG_USAGE,
            )
        marked[place] = intensity
    return marked


def _read_mark(text: str, anatomy: Anatomy) -> tuple[Place, int]:
    """Read `buttock-upper.left=7`; a region on the midline needs no side. Raises `Trouble`."""
    from bodymap.knowledge.anatomy import Place

    def wrong(what: str, remedy: str) -> Trouble:
        return Trouble(what, where="--mark", remedy=remedy, exit=Exit.WRONG_USAGE)

    place, equals, number = text.partition("=")
    id, _, side = place.partition(".")
    if not equals or not id:
        raise wrong(f"“{text[:60]}” is not a mark.", "Write REGION.SIDE=N, such as buttock-upper.left=7.")
    region = anatomy.regions.get(id)
    if region is None:
        raise wrong(f"There is no region “{id[:60]}”.", nearest(id, anatomy.regions))
    if not side and region.sides == ("midline",):
        side = "midline"
    if side not in region.sides:
        what = f"The region “{id}” has no side “{side[:20]}”." if side else f"The region “{id}” needs a side."
        raise wrong(what, f"Write {' or '.join(f'{id}.{one}' for one in region.sides)}.")
    if not (number.isascii() and number.isdigit() and int(number[:4]) <= 10):
        raise wrong(
            f"The strength “{number[:20]}” is not between 0 and 10.", "Write a whole number from 0 to 10."
        )
    return Place(id, side), int(number)


def _cause(id: str, context: click.Context) -> Cause:
    from bodymap.cli.group import settings
    from bodymap.knowledge.loader import load_pack

    pack = load_pack(settings(context).pack)
    try:
        return pack.cause(id)
    except KeyError:
        raise Trouble(
            f"There is no cause “{id[:60]}”.",
            where="--cause",
            remedy=nearest(id, [cause.id for cause in pack.causes]),
            exit=Exit.WRONG_USAGE,
        ) from None


def _size(width: int | None, height: int | None, views: int) -> tuple[int, int]:
    """Return columns and rows for each view."""
    terminal = shutil.get_terminal_size((80, 24)) if sys.stdout.isatty() else None
    total = width or (min(terminal.columns, 160) if terminal else 80)
    columns = max(5, (total - _GAP * (views - 1)) // views)
    if height is None:
        height = min(_TALLEST, columns)
        if terminal:
            height = min(height, max(8, terminal.lines - 6))
    return columns, height


def _crop(body: Body, crop: str, columns: int, rows: int, marks: dict[Place, int]) -> str:
    """Return the close-up where the whole body would be cramped, unless a mark lies outside the close-up."""
    if body.fits_whole(columns, rows):
        return "whole"
    near = [body.grid(view, columns, rows, "close-up").places for view in ("back", "front")]
    return "close-up" if all(any(place in places for places in near) for place in marks) else "whole"


def _heading(grid: Grid) -> str:
    """Return a line over a view that says which side of the picture is which side of the patient."""
    left, right = ("left", "right") if grid.view == "back" else ("right", "left")
    reach = max(grid.middle - min((column for column, _ in grid.owners), default=0), 9)
    line = f"{left:<{reach - 2}}{grid.view.upper():^5}{right:>{reach - 2}}"
    return (" " * max(0, grid.middle - len(line) // 2) + line)[: grid.columns].ljust(grid.columns)


def _painter(colour: str) -> tuple[str, ...] | None:
    if colour == "never":
        return None
    term = os.environ.get("TERM", "")
    if colour == "auto" and (os.environ.get("NO_COLOR") or term in ("", "dumb") or not sys.stdout.isatty()):
        return None
    return _COLOURS_256 if "256" in term or os.environ.get("COLORTERM") else _COLOURS_16


def _side_by_side(pictures: list[Picture], colours: tuple[str, ...] | None) -> Iterator[str]:
    for row in range(len(pictures[0].rows)):
        parts = [picture.rows[row] for picture in pictures]
        if colours is None:
            yield (" " * _GAP).join(parts).rstrip()
        else:
            painted = [_paint(picture.rows[row], picture.roles[row], colours) for picture in pictures]
            yield (" " * _GAP).join(painted).rstrip()


def _paint(text: str, roles: bytes, colours: tuple[str, ...]) -> str:
    """Return a row with the codes of its colours, one for each run of equal role."""
    painted, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or roles[end] != roles[start]:
            run, code = text[start:end], colours[roles[start]]
            painted.append(f"\x1b[{code}m{run}\x1b[0m" if code and run.strip() else run)
            start = end
    return "".join(painted)


def _legend(
    anatomy: Anatomy, grids: list[Grid], marks: dict[Place, int], cause: Cause | None, ink: str
) -> Iterator[str]:
    from bodymap.figure import INKS

    seen = {place for grid in grids for place in grid.places}
    for place, intensity in sorted(marks.items(), key=lambda item: (-item[1], item[0])):
        sign = "o" if intensity == 0 else str(intensity)
        hurts = " · nothing hurts here" if intensity == 0 else ""
        hidden = "" if place in seen else " · not in this picture"
        yield f"{sign:>4}  {anatomy.words(place)}{hurts}{hidden}"
    if cause is not None:
        yield f"{INKS[ink].usual * 4}  where {cause.name} is usually felt"
        if cause.possible:
            yield f"{INKS[ink].possible * 4}  where it is sometimes felt"
    if not marks and cause is None:
        yield "Sides are the patient's own."


def _print(lines: list[str], ink: str, *, coloured: bool) -> None:
    text = "\n".join(lines)
    encoding = sys.stdout.encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        if ink != "ascii":
            raise Trouble(
                f"This output speaks {encoding}, which has no characters for the ink “{ink}”.",
                where="--ink",
                remedy="Use --ink ascii, or a UTF-8 locale.",
                exit=Exit.WRONG_USAGE,
            ) from None
        text = text.encode(encoding, "replace").decode(encoding)
    click.echo(text, color=coloured)
