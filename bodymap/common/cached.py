"""Files in the cache folder: never needed, never believed, and thrown away when there are too many."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bodymap.common import toml
from bodymap.common.places import cache_folder
from bodymap.common.trouble import Trouble

_MOST_TABLE = 4 * 1024 * 1024
_MOST_TABLES = 12


def read_cached(path: Path, most_bytes: int) -> bytes | None:
    """Return what lies at `path`, or None where nothing does or somebody else could have written it."""
    try:
        content = toml.read_bytes(path, most_bytes)
        status = path.stat()
    except (Trouble, OSError):
        return None
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return None
    return content


def write_cached(path: Path, content: bytes, most_files: int) -> None:
    """Keep `content` at `path` if that is possible, and only the newest `most_files` of its folder."""
    import tempfile

    temporary = ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
        _prune(path.parent, most_files)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _prune(folder: Path, most_files: int) -> None:
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    for entry in sorted(kept, key=lambda entry: -entry.stat().st_mtime_ns)[most_files:]:
        Path(entry.path).unlink(missing_ok=True)


def read_table(path: Path) -> toml.Table:
    """Return the TOML file `path` as `toml.read` does, from what an earlier run parsed where that is at hand.

    For files that stand between the start and the first frame: parsing takes them ten times as long. What comes from
    the cache is as unchecked as what comes from the file. Raises `Trouble`.
    """
    import json
    from hashlib import sha256

    content = toml.read_bytes(path, toml.PACK_BYTES)
    kept = cache_folder() / "tables" / f"{sha256(content).hexdigest()[:32]}.json"
    known = read_cached(kept, _MOST_TABLE)
    if known is not None:
        try:
            table = json.loads(known)
        except (ValueError, RecursionError):
            table = None
        if isinstance(table, dict):
            return table
    table = toml.parse(content, str(path), limit=toml.PACK_BYTES)
    try:
        written = json.dumps(table, ensure_ascii=False).encode("utf-8")
    except (TypeError, ValueError):  # a date or an odd number: nothing that our files hold
        return table
    write_cached(kept, written, _MOST_TABLES)
    return table
