"""How questions and causes looked at rest the last time, so that they stand in the first frame of the next start.

Both panes need the pack, and the pack is read behind the first frame. With nothing entered they look the same at every
start with the same pack, size and colours; so the look is kept in the cache folder and shown until the panes
themselves are there. Only an untouched screen is ever kept: nothing a person entered gets here.
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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual._compositor import Compositor
    from textual.geometry import Region

    from bodymap.common.settings import Settings
    from bodymap.tui.widgets.panes import Pane

Look = dict[str, tuple[Strip, ...]]
"""The rows of each pane, by the id of the pane."""

SEEN_AHEAD = ("questions", "causes")
"""The panes that need the pack."""
_MOST_BYTES = 512 * 1024
_MOST_KEPT = 12


class FirstLook:
    """The look of one window: shown until the panes are furnished, kept once they are at rest."""

    def __init__(self) -> None:
        self._path: Path | None = None

    def show(self, panes: Mapping[str, Pane], path: Path | None) -> None:
        """Let the panes look as they did the last time; `path` comes from `look_path`."""
        self._path = path
        look = read_look(path) if path else {}
        for id in SEEN_AHEAD:
            panes[id].first_look = look.get(id, ())

    def clear(self, panes: Mapping[str, Pane]) -> None:
        """Leave the panes to what they hold."""
        for id in SEEN_AHEAD:
            panes[id].first_look = ()

    def keep(self, panes: Mapping[str, Pane], compositor: Compositor) -> None:
        """Keep how the panes look now, once, unless that is known."""
        path, self._path = self._path, None
        shown = all(panes[id].display for id in SEEN_AHEAD)
        if path is not None and shown and not path.exists():
            keep_look(path, compositor.render_strips(), {id: panes[id].content_region for id in SEEN_AHEAD})


def look_path(settings: Settings, size: tuple[int, int], colours: str) -> Path | None:
    """Return where the look of this pack, window and set of colours is kept; None where there is no such pack."""
    try:
        pack = read_folder(pack_folder(settings.pack)).sha256
    except Trouble:
        return None
    told = f"{pack} {__version__} {size[0]}x{size[1]} {colours} {settings.ascii_only}"
    return cache_folder() / "looks" / f"{sha256(told.encode()).hexdigest()[:32]}.json"


def read_look(path: Path) -> Look:
    """Return the look kept at `path`; nothing where there is none or it is not what this program wrote."""
    content = read_cached(path, _MOST_BYTES)
    if content is None:
        return {}
    try:
        panes = json.loads(content)
        return {str(id): tuple(_strip(row) for row in rows) for id, rows in panes.items()}
    except (ValueError, TypeError, AttributeError, RecursionError, StyleSyntaxError):
        return {}


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


def keep_look(path: Path, strips: Sequence[Strip], panes: Mapping[str, Region]) -> None:
    """Keep the part of the screen `strips` that each pane covers."""
    look = {
        id: [
            [
                (segment.text, str(segment.style))
                for segment in strips[row].crop(region.x, region.right)
                if segment.style is not None and not segment.control
            ]
            for row in region.line_range
        ]
        for id, region in panes.items()
    }
    write_cached(path, json.dumps(look, ensure_ascii=False).encode("utf-8"), _MOST_KEPT)
