"""The step of the map: the body has the room, words stand in one line each, targets where they take least of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from bodymap.tui.kiosk.board import SMALLEST, Board, Box, Words
from bodymap.tui.kiosk.head import MARGIN, head_of
from bodymap.tui.kiosk.looks import Look
from bodymap.tui.kiosk.paragraphs import leading
from bodymap.tui.kiosk.shelves import target_of
from bodymap.tui.kiosk.wrapping import wrapped

if TYPE_CHECKING:
    from bodymap.tui.kiosk.board import Target
    from bodymap.tui.kiosk.scene import Scene, Wanted

WIDEST = 120
_ROOMY = 30
"""Rows from which the heading is drawn in large letters."""
_ONE_VIEW = 42
"""Columns in which one view of the body is shown and not both."""
_COLUMN = 30


def lay_out_map(scene: Scene, columns: int, rows: int, *, large: bool, drawn: str) -> Board:
    """Return the map with both views above its targets; in large type one view, the targets beside it."""
    width = min(columns, WIDEST)
    frame = Box((columns - width) // 2, 0, width, rows)
    head, share, words = head_of(scene, frame)
    place = next(said for said in scene.said if said.role == "place")
    free = width - 2 * MARGIN
    y = frame.y + SMALLEST[1] - 1
    taken = max((target.box.width for target in head), default=0)
    for said in scene.said:
        if said.role != "place":
            beside_end = free - taken if y < SMALLEST[1] else free
            roomy = rows >= _ROOMY and said.role == "heading"
            if roomy:
                y = max(y, SMALLEST[1])
            line = leading(said.text, said.role, free if roomy else beside_end, Look(drawn if roomy else ""))
            words.append(Words(frame.x + MARGIN, y, line.lines, line.role, drawn=line.unit > 1))
            y += len(line.lines) + roomy
    body = Box(frame.x + MARGIN, y, free, frame.y + frame.height - y)
    made = _large(scene, body, place.text) if large else _plain(scene, frame, body, place.text)
    return made._replace(
        columns=columns, rows=rows, words=(*words, *made.words), targets=(*made.targets, *head), share=share
    )


def _plain(scene: Scene, frame: Box, body: Box, place: str) -> Board:
    targets, high = _row(scene, frame)
    named = tuple(wrapped(place, body.width))
    figure = Box(body.x, body.y, body.width, body.height - high - len(named))
    words = Words(body.x, figure.y + figure.height, named, "place")
    return Board(0, 0, (words,), tuple(targets), figure)


def _row(scene: Scene, frame: Box) -> tuple[list[Target], int]:
    """Return the targets side by side at the bottom, and how high they are."""
    for keys, lines in ((True, 1), (False, 1), (False, 2)):
        wanted = [one if keys else one._replace(key="") for one in scene.wanted]
        everything = [*([scene.back] if scene.back else []), *wanted]
        widths = [_width(one, lines) for one in everything]
        if sum(widths) + len(wanted) <= frame.width - 2 * MARGIN or lines == 2:
            break
    high = SMALLEST[1] - 1 + lines
    y = frame.y + frame.height - high
    targets: list[Target] = []
    right = frame.x + frame.width - MARGIN
    for one, width in reversed(list(zip(everything, widths, strict=True))):
        at_left = one is scene.back
        box = Box(frame.x + MARGIN if at_left else right - width, y, width, high)
        targets.insert(0, target_of(one, box))
        right -= width + 1
    return [*targets[bool(scene.back) :], *targets[: bool(scene.back)]], high


def _width(wanted: Wanted, lines: int) -> int:
    label = cell_len(wanted.label)
    if lines > 1:
        label = max(map(cell_len, wrapped(wanted.label, max(4, (label + 1) // 2 + 2))))
    return max(SMALLEST[0], label + (7 if wanted.key else 4))


def _large(scene: Scene, body: Box, place: str) -> Board:
    """Return one view on the left; on the right its place and its targets, going back at the bottom as everywhere."""
    column = min(_COLUMN, body.width - 24)
    back = SMALLEST[1] if scene.back else 0
    figure = Box(body.x, body.y, min(_ONE_VIEW, body.width - column - 2), body.height - back)
    left = body.x + body.width - column
    high = max(SMALLEST[1], min(5, (body.height - 5) // max(1, len(scene.wanted))))
    top = body.y + body.height - high * len(scene.wanted)
    targets = [
        target_of(one, Box(left, top + number * high, column, high))
        for number, one in enumerate(scene.wanted)
    ]
    if scene.back is not None:
        targets.append(
            target_of(scene.back, Box(body.x, body.y + body.height - back, _width(scene.back, 1), back))
        )
    words = Words(left, body.y, tuple(wrapped(place, column)[: max(1, top - body.y)]), "place")
    return Board(0, 0, (words,), tuple(targets), figure)
