"""Puts a scene on a screen of any size: roomy where it can be, close where it must, over several pages at the worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from bodymap.tui.kiosk.beside import beside
from bodymap.tui.kiosk.board import SMALLEST, Board, Box, Target
from bodymap.tui.kiosk.flow import flow, paged
from bodymap.tui.kiosk.head import MARGIN, head_of
from bodymap.tui.kiosk.looks import LARGE, LARGE_CLOSER, LARGE_HEADING, LARGE_LABELS, PLAIN, TALL
from bodymap.tui.kiosk.map_layout import lay_out_map
from bodymap.tui.kiosk.scene import Act, Scene, Wanted
from bodymap.tui.kiosk.shelves import columns_for, target_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bodymap.tui.kiosk.looks import Look

MORE = Act("more")
BACK_A_PAGE = Act("page-back")
WIDEST = 84
HIGHEST = 34
_LEAST_GO = 24
_MOST_PAGES = 3


def lay_out(
    scene: Scene, columns: int, rows: int, *, large: bool = False, drawn: str = TALL, page: int = 0
) -> Board:
    """Return where everything of a scene stands on `columns` × `rows` cells.

    `large` asks for large type; `drawn` says which letters the terminal can show beside plain ones: "tall" (and wide),
    "wide", or "" for none. What does not fit on one screen is spread over pages, of which `page` is shown.
    """
    if scene.shape == "map":
        return lay_out_map(scene, columns, rows, large=large, drawn=drawn)
    width, height = min(columns, WIDEST), min(rows, HIGHEST)
    frame = Box((columns - width) // 2, (rows - height) // 3, width, height)
    above = SMALLEST[1] if scene.end or scene.progress else 1
    below = SMALLEST[1] if scene.back or scene.go or scene.aside else 1
    body = Box(frame.x + MARGIN, frame.y + above, width - 2 * MARGIN, height - above - below)
    board = _body(scene, body, large, drawn, page)
    if board.pages > 1 and below < SMALLEST[1]:
        body = body._replace(height=height - above - SMALLEST[1])
        board = _body(scene, body, large, drawn, page)
    head, share, top = head_of(scene, frame)
    turned = board.page < board.pages - 1
    foot = _foot(scene, frame, forward=turned, backward=board.page > 0)
    board = board._replace(
        columns=columns,
        rows=rows,
        words=(*top, *board.words),
        targets=(*board.targets, *foot, *head),
        grave=scene.grave,
        share=share,
    )
    first = MORE if turned else scene.first
    return board._replace(first=None if first is None else board.of(first))


def _body(scene: Scene, body: Box, large: bool, drawn: str, page: int) -> Board:
    """Return the first look that fits; in large type a scene is rather spread over pages than set in plain letters."""
    found = _in_large(scene, body, drawn, page) if large else None
    plain = _looks(PLAIN, drawn)
    return found or _first(scene, body, plain, large) or _at_last(scene, body, plain[-1], page)


def _in_large(scene: Scene, body: Box, drawn: str, page: int) -> Board | None:
    found = _first(scene, body, _looks(LARGE, drawn), large=True)
    labels, heading = LARGE_LABELS.on(drawn), LARGE_HEADING.on(drawn)
    if found is None and scene.shape == "list" and labels:
        found = paged(scene, body, labels, page)
        if found is not None and found.pages > _MOST_PAGES:
            found = None
    found = found or _first(scene, body, _looks(LARGE_CLOSER, drawn), large=True)
    if found is None and heading and any(said.role == "why" for said in scene.said):
        found = paged(scene, body, heading, page)
    return found


def _looks(looks: Sequence[Look], drawn: str) -> list[Look]:
    return [fit for look in looks if (fit := look.on(drawn)) is not None]


def _first(scene: Scene, body: Box, looks: Sequence[Look], large: bool) -> Board | None:
    """Return the first way that fits: drawn letters before plain ones, then few columns, then much room."""
    drawn = [look for look in looks if look.heading]
    plain = [look for look in looks if not look.heading]
    for way, group in ((beside, drawn), (beside, plain), (flow, drawn), (flow, plain)):
        for columns in columns_for(scene, large=large):
            for look in group:
                found = way(scene, body, look, columns=columns)
                if found is not None:
                    return found
    return None


def _at_last(scene: Scene, body: Box, look: Look, page: int) -> Board:
    found = paged(scene, body, look, page)
    assert found is not None, "plain type always fits on pages"
    return found


def _foot(scene: Scene, frame: Box, *, forward: bool, backward: bool) -> list[Target]:
    """Return back on the left, going on in the middle, passing over on the right; as wide as their words."""
    back = Wanted(BACK_A_PAGE, scene.back.label if scene.back else "←") if backward else scene.back
    go = Wanted(MORE, scene.more) if forward else scene.go
    aside = None if forward else scene.aside
    y = frame.y + frame.height - SMALLEST[1]
    targets = []
    left, right = frame.x + MARGIN, frame.x + frame.width - MARGIN
    if back is not None:
        width = _width(back)
        targets.append(target_of(back, Box(left, y, width, SMALLEST[1])))
        left += width
    if aside is not None:
        width = _width(aside)
        right -= width
        targets.append(target_of(aside, Box(right, y, width, SMALLEST[1])))
    if go is not None:
        width = min(right - left - 2, max(_LEAST_GO, _width(go)))
        x = max(left + 1, min(frame.x + (frame.width - width) // 2, right - 1 - width))
        targets.insert(0, target_of(go, Box(x, y, width, SMALLEST[1]))._replace(leads=True))
    return targets


def _width(wanted: Wanted) -> int:
    return max(SMALLEST[0] + 4, cell_len(wanted.label) + (7 if wanted.key else 4))
