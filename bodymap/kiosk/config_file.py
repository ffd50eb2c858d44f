"""The file `kiosk.toml`: where it is looked for, and the settings that come of it.

What stands in it is checked with pydantic, which takes longer to load than all else that a start needs. So the outcome
is kept in the cache folder under the sum of the file: over SSH every login is a start.
"""

from __future__ import annotations

import json
import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

from bodymap import __version__
from bodymap.common import toml
from bodymap.common.cached import read_cached, write_cached
from bodymap.common.places import cache_folder, config_file, default_sessions_folder, written_path
from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.kiosk.config import KioskConfig

VARIABLE = "BODYMAP_KIOSK"
MOST_BYTES = 16 * 1024
_MOST_KEPT = 4


def example() -> str:
    """Return a `kiosk.toml` that explains itself."""
    return (Path(__file__).parent / "example.toml").read_text(encoding="utf-8")


def find(given: str | None) -> Path | None:
    """Return the file to read: the one `given`, the one of BODYMAP_KIOSK, the person's own, or None for no file.

    Only the last may be missing. Raises `Trouble` for a `~name` that is nobody.
    """
    named = given or os.environ.get(VARIABLE)
    if named:
        return written_path(named)
    own = own_file()
    return own if own.exists() else None


def own_file() -> Path:
    """Return where the person's own `kiosk.toml` belongs (it need not exist)."""
    return config_file().with_name("kiosk.toml")


def load(path: Path | None, sessions: Path | None = None, pack: Path | None = None) -> KioskConfig:
    """Return what the file says, or the defaults for None. Raises `Trouble`.

    `sessions` and `pack` are used where the file says nothing. Paths in it may start with `~`; others are relative to
    its folder. A bare word as the pack is the id of a shipped one, or a folder beside the file.
    """
    written, folder = ({}, Path()) if path is None else _read(Path(os.path.realpath(path)))
    found = dict(written)
    return KioskConfig(
        sessions=(
            _path(folder, found.pop("sessions", "")) or sessions or default_sessions_folder()
        ).absolute(),
        pack=_pack(folder, found.pop("pack", "")) or pack,
        languages=tuple(found.pop("languages", ())),
        **found,
    )


def _read(path: Path) -> tuple[dict[str, Any], Path]:
    content = toml.read_bytes(path, MOST_BYTES)
    where = clean(str(path), limit=300)
    if path.stat().st_mode & stat.S_IWOTH:
        raise Trouble(
            "Everybody on this computer may write this file, and so change the lock.",
            where=where,
            remedy=f"Close it: chmod o-w {where}",
        )
    kept = cache_folder() / "kiosk" / "settings" / f"{sha256(content).hexdigest()[:32]}-{__version__}.json"
    known = read_cached(kept, MOST_BYTES)
    if known is not None:
        try:
            table = json.loads(known)
        except (ValueError, RecursionError):
            table = None
        if isinstance(table, dict) and table.keys() <= set(KioskConfig._fields):
            return table, path.parent
    from bodymap.kiosk.settings_model import checked

    table = checked(content, where)
    write_cached(kept, json.dumps(table).encode("ascii"), _MOST_KEPT)
    return table, path.parent


def _path(folder: Path, text: str) -> Path | None:
    return folder / written_path(text) if text else None


def _pack(folder: Path, text: str) -> Path | None:
    if text and "/" not in text and not text.startswith(("~", ".")) and not (folder / text).is_dir():
        return Path(text)
    return _path(folder, text)
