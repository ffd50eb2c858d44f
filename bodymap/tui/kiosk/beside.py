"""Two columns: a small body and the words, or the words and the keys of a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.kiosk.board import SMALLEST, Board, Box
from bodymap.tui.kiosk.flow import flow
from bodymap.tui.kiosk.scene import Act
from bodymap.tui.kiosk.shelves import target_of

if TYPE_CHECKING:
    from bodymap.tui.kiosk.looks import Look
    from bodymap.tui.kiosk.scene import Scene

_KEYS = (*(Act("type", digit) for digit in "123456789"), Act("erase"), Act("type", "0"))
_WIDEST_FIGURE = 42
"""More columns would show both views of the body side by side."""


def beside(scene: Scene, body: Box, look: Look, *, columns: int = 0) -> Board | None:
    """Return a scene in two columns, None where it has only one or they do not fit in this look."""
    if scene.figure:
        return _figure(scene, body, look, columns)
    return _pad(scene, body, look) if scene.shape == "pad" else None


def _figure(scene: Scene, body: Box, look: Look, columns: int) -> Board | None:
    width = min(_WIDEST_FIGURE, body.width * 9 // 20)
    rest = Box(body.x + width + 2, body.y, body.width - width - 2, body.height)
    found = flow(scene, rest, look, columns=columns)
    return found and found._replace(figure=Box(body.x, body.y, width, body.height))


def _pad(scene: Scene, body: Box, look: Look) -> Board | None:
    keys = {wanted.act: wanted for wanted in scene.wanted if wanted.act in _KEYS}
    others = tuple(wanted for wanted in scene.wanted if wanted.act not in keys)
    high = max(SMALLEST[1], min(look.high, body.height // 4))
    cell = 10 if body.width > 64 else 8
    width = 3 * cell
    if 4 * high > body.height:
        return None
    found = flow(scene, Box(body.x, body.y, body.width - width - 3, body.height), look, wanted=others)
    if found is None:
        return None
    left, top = body.x + body.width - width, body.y + (body.height - 4 * high) // 2
    pad = tuple(
        target_of(keys[act], Box(left + place % 3 * cell, top + place // 3 * high, cell, high))
        for place, act in enumerate(_KEYS)
        if act in keys
    )
    return found._replace(targets=(*pad, *found.targets))
