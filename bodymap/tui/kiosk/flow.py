"""Words from the top and what can be pressed from the bottom, in one column of a given look; or over several pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.kiosk import paragraphs as text
from bodymap.tui.kiosk import shelves as rack
from bodymap.tui.kiosk.board import Board
from bodymap.tui.kiosk.shelves import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bodymap.tui.kiosk.board import Box, Target, Words
    from bodymap.tui.kiosk.looks import Look
    from bodymap.tui.kiosk.scene import Scene, Wanted

_LEAST_WORDS = 3
"""Rows of words that a page must have room for where targets stand below them on every page."""


def flow(
    scene: Scene, body: Box, look: Look, *, columns: int = 0, wanted: Sequence[Wanted] | None = None
) -> Board | None:
    """Return words and targets below one another, None where they do not fit in this look.

    Targets stand in so many `columns`, in as many as are best where that is 0.
    """
    words = text.paragraphs(scene.said, body.width, look)
    tall = text.height_of(words)
    wanted = scene.wanted if wanted is None else wanted
    for shelves in rack.arrangements(wanted, scene.shape, body.width, look, columns):
        below = rack.height_of(shelves, look.apart)
        free = body.height - tall - below - (look.air if shelves and words else 0)
        if free < 0:
            continue
        top = body.y + min(free // 3, 2)
        y = body.y + body.height - below - min(1, free // 2)
        return Board(
            0,
            0,
            tuple(text.placed(words, body.x, top)),
            tuple(rack.placed(shelves, body.x, y, look.apart)),
        )
    return None


def paged(scene: Scene, body: Box, look: Look, page: int) -> Board | None:
    """Return one page of what does not fit on a screen, None where even that cannot be done in this look.

    The heading stands on each page where it is short; targets stand below the words where they leave room for some,
    else on pages of their own.
    """
    possible = [
        shelves
        for columns in (0, 1)
        for shelves in rack.arrangements(scene.wanted, scene.shape, body.width, look, columns)
        if all(shelf.height <= body.height for shelf in shelves)
    ]
    if not possible:
        return None
    shelves = min(possible, key=lambda found: rack.height_of(found, 0))
    head = text.paragraphs(scene.said[:1], body.width, look)
    whole = text.height_of(head) <= body.height // 3
    if not whole or any(shelf.height > body.height - text.height_of(head) for shelf in shelves):
        head = []
    room = body.height - text.height_of(head)
    below = rack.height_of(shelves, 0)
    # A question that is itself spread over pages is to be read before it can be answered.
    pinned = whole and below <= room - _LEAST_WORDS
    lines = text.strips(text.paragraphs(scene.said[len(head) :], body.width, look))
    pages = _split([*lines, *([] if pinned else shelves)], room - below if pinned else room)
    page = max(0, min(page, len(pages) - 1))
    words = text.placed(head, body.x, body.y)
    targets: list[Target] = []
    y = body.y + text.height_of(head)
    for piece in pages[page]:
        if isinstance(piece, Shelf):
            targets += rack.placed([piece], body.x, y, 0)
        else:
            words.append(piece._replace(x=body.x, y=y))
        y += _height(piece)
    if pinned:
        targets = rack.placed(shelves, body.x, body.y + body.height - below, 0)
    return Board(0, 0, tuple(words), tuple(targets), page=page, pages=len(pages))


def _height(piece: Words | Shelf) -> int:
    return piece.height if isinstance(piece, Shelf) else len(piece.lines)


def _split(pieces: Sequence[Words | Shelf], room: int) -> list[list[Words | Shelf]]:
    pages: list[list[Words | Shelf]] = [[]]
    used = 0
    for piece in pieces:
        if used + _height(piece) > room and pages[-1]:
            pages.append([])
            used = 0
        pages[-1].append(piece)
        used += _height(piece)
    return pages
