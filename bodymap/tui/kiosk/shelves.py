"""What can be pressed, side by side on shelves: as many columns as there is room for labels and fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bodymap.tui.kiosk.board import SMALLEST, Box, Target
from bodymap.tui.kiosk.looks import WIDE
from bodymap.tui.kiosk.paragraphs import MEASURE, drawn_lines
from bodymap.tui.kiosk.wrapping import balanced, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bodymap.tui.kiosk.looks import Look
    from bodymap.tui.kiosk.scene import Scene, Wanted

_FRAME = 4
"""Columns of a target that its frame takes, with a blank on either side."""
_KEY, _SIGN = 3, 4
_BETWEEN = 2
_MOST_LINES = 12
"""Lines of a label that fit on the smallest screen."""


class Lettering(NamedTuple):
    """The lines of a label; `drawn`: key and sign are part of them; `whole`: no word had to be cut."""

    lines: tuple[str, ...]
    drawn: bool = False
    whole: bool = True


class Shelf(NamedTuple):
    """Targets side by side: their boxes start at row 0."""

    targets: tuple[Target, ...]
    height: int


def target_of(wanted: Wanted, box: Box) -> Target:
    """Return what is wanted in its place, its label in as many lines as it takes there."""
    room = box.width - _FRAME - _KEY * bool(wanted.key) if box.width > 12 else box.width - 2
    return Target(wanted.act, box, tuple(balanced(wanted.label, max(1, room))), wanted.key, wanted.chosen)


def columns_for(scene: Scene, *, large: bool) -> tuple[int, ...]:
    """Return in how many columns targets may stand, the best first; 0 leaves it to each look."""
    count = len(scene.wanted)
    if scene.shape == "list" and not large:
        return (1, 2, 3)
    if scene.shape == "answers" and count and not large:
        return tuple(dict.fromkeys((count, 1, 2, 3))) if count <= 4 else (1, 2, 3)
    return (0,)


def arrangements(
    wanted: Sequence[Wanted], shape: str, width: int, look: Look, columns: int = 0
) -> list[list[Shelf]]:
    """Return the ways to arrange targets, the best first; each is a list of shelves."""
    if not wanted:
        return [[]]
    count = len(wanted)
    if columns:
        numbers: tuple[int, ...] = (columns,)
    elif shape == "scale":
        numbers = ((count + 1) // 2,) if look.labels else (count, (count + 1) // 2)
    elif shape == "pad":
        numbers = (min(count, 6),)
    else:
        numbers = (count, 1, 2, 3) if count <= 4 and shape != "list" else (1, 2, 3)
    found = []
    for number in dict.fromkeys(min(number, count) for number in numbers):
        row = shape == "answers" and number == count > 1
        shelves = _shelves(wanted, number, width, look, one_line=row)
        if shelves:
            found.append(shelves)
    return found


def height_of(shelves: Sequence[Shelf], apart: int) -> int:
    """Return the rows that shelves take."""
    return sum(shelf.height for shelf in shelves) + apart * max(0, len(shelves) - 1)


def placed(shelves: Sequence[Shelf], x: int, y: int, apart: int) -> list[Target]:
    """Return shelves below one another from a cell on."""
    targets = []
    for shelf in shelves:
        targets += [one._replace(box=one.box._replace(x=x + one.box.x, y=y)) for one in shelf.targets]
        y += shelf.height + apart
    return targets


def _shelves(
    wanted: Sequence[Wanted], columns: int, width: int, look: Look, *, one_line: bool
) -> list[Shelf]:
    """Return targets in so many columns, nothing where they would be too narrow."""
    width = min(width, MEASURE)
    between = _BETWEEN if columns * (SMALLEST[0] + 6) + (columns - 1) * _BETWEEN <= width else 0
    cell = (width - between * (columns - 1)) // columns
    if cell < SMALLEST[0]:
        return []
    shelves = []
    for start in range(0, len(wanted), columns):
        row = wanted[start : start + columns]
        labels = [_label(one, cell, look) for one in row]
        if look.labels and not all(label.drawn for label in labels):
            return []
        if columns > 1 and not all(label.whole for label in labels):
            return []
        if one_line and any(len(label.lines) > 1 and not label.drawn for label in labels):
            return []
        height = max(look.high, SMALLEST[1], *(len(label.lines) + 2 for label in labels))
        boxes = [Box(place * (cell + between), 0, cell, height) for place in range(len(row))]
        targets = [
            Target(one.act, box, label.lines, one.key, one.chosen, drawn=label.drawn)
            for one, box, label in zip(row, boxes, labels, strict=True)
        ]
        shelves.append(Shelf(tuple(targets), height))
    return shelves


def _label(wanted: Wanted, cell: int, look: Look) -> Lettering:
    """Return a label in the widest letters of the look that there is room for."""
    if look.labels:
        sign = "" if wanted.chosen is None else "[x] " if wanted.chosen else "[ ] "
        text = f"{wanted.key} {sign}{wanted.label}".strip()
        for kind in look.kinds(WIDE):
            lines = drawn_lines(text, cell - _FRAME, kind)
            if lines is not None and len(lines) <= look.high - 2:
                return Lettering(lines, drawn=True)
    room = max(2, cell - _FRAME - _KEY * bool(wanted.key) - _SIGN * (wanted.chosen is not None))
    plain = wrapped(wanted.label, room)
    whole = " ".join(plain).split() == wanted.label.split()
    if len(plain) > _MOST_LINES:
        plain[_MOST_LINES - 1 :] = ["…"]  # no pack may say so much, and one that does must not end the visit
    return Lettering(tuple(plain), whole=whole)
