"""How the untouched explorer looked at rest, so that it stands there at once when it is started the next time.

With nothing entered it looks the same at every start with the same pack, size and colours; so the look is kept in the
cache folder and shown while body, pack and panes are loaded behind it. Only an untouched screen is ever kept: nothing a
person entered gets here.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from bodymap import __version__
from bodymap.common.cached import read_cached, write_cached
from bodymap.common.places import cache_folder
from bodymap.common.text import is_clean
from bodymap.common.trouble import Trouble
from bodymap.knowledge.folder import pack_folder, read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bodymap.common.settings import Settings

Look = tuple[Strip, ...]
"""The rows of the screen."""

_MOST_BYTES = 512 * 1024
_MOST_KEPT = 12


def look_path(settings: Settings, size: tuple[int, int], colours: str) -> Path | None:
    """Return where the look of this pack, window and set of colours is kept; None where there is no such pack."""
    try:
        pack = read_folder(pack_folder(settings.pack)).sha256
    except Trouble:
        return None
    told = f"{pack} {__version__} {size[0]}x{size[1]} {colours} {settings.ascii_only}"
    return cache_folder() / "looks" / f"{sha256(told.encode()).hexdigest()[:32]}.json"


def read_look(path: Path) -> Look:
    """Return the look kept at `path`; no rows where there is none or it is not what this program wrote."""
    content = read_cached(path, _MOST_BYTES)
    if content is None:
        return ()
    try:
        rows = json.loads(content)
        return tuple(_strip(row) for row in rows) if isinstance(rows, list) else ()
    except (ValueError, TypeError, RecursionError, StyleSyntaxError):
        return ()


def _strip(row: object) -> Strip:
    if not isinstance(row, list):
        raise ValueError
    segments = []
    for text, written in row:
        if not isinstance(text, str) or not isinstance(written, str) or not is_clean(text) or "\n" in text:
            raise ValueError
        style = Style.parse(written)
        if style.link:
            raise ValueError
        segments.append(Segment(text, style))
    return Strip(segments, sum(cell_len(segment.text) for segment in segments))


def keep_look(path: Path, strips: Sequence[Strip]) -> None:
    """Keep how the screen looks."""
    rows = [
        [(text, str(style)) for text, style, control in strip if style is not None and not control]
        for strip in strips
    ]
    write_cached(path, json.dumps(rows, ensure_ascii=False).encode("utf-8"), _MOST_KEPT)
