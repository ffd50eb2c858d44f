"""Load a pack: from its files with every check that use depends on, or from what an earlier load compiled.

The compiled form lies in the cache folder under the sum of the pack's files, the sum of the anatomy and the
version of the program. It is never needed, and never believed: see `compiled`.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bodymap import __version__
from bodymap.common import toml
from bodymap.common.cached import read_cached, write_cached
from bodymap.common.places import cache_folder, data_folder
from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.knowledge.compiled import FORMAT, UnusableError, decode, encode
from bodymap.knowledge.folder import PackFolder, pack_folder, read_folder, shipped_packs
from bodymap.knowledge.pack import Pack

__all__ = ["load_pack", "pack_folder", "shipped_packs"]

_MOST_CACHE = 4 * 1024 * 1024
_MOST_KEPT = 12


def load_pack(path: Path | None = None) -> Pack:
    """Return the pack in the folder `path`, the shipped pack of that id, or the shipped one for None.

    Raises `PackFaults` with everything wrong in its files, or another `Trouble` where they cannot be read.
    With a usable compiled form in the cache neither pydantic nor a TOML parser is imported.
    """
    folder = read_folder(pack_folder(path))
    compiled = _compiled_path(folder)
    pack = _from_cache(compiled, folder.sha256)
    if pack is None:
        pack = read_pack(folder)
        _to_cache(compiled, pack)
    return pack


def read_pack(folder: PackFolder) -> Pack:
    """Return the pack from its files, past the cache. Raises `PackFaults`."""
    from bodymap.knowledge.faults import PackFaults
    from bodymap.knowledge.source import read_sources

    found = read_sources(folder)
    if found.pack is None:
        raise PackFaults(clean(str(folder.path), limit=300), found.faults)
    return found.pack


def _compiled_path(folder: PackFolder) -> Path:
    from hashlib import sha256

    anatomy = sha256(_anatomy_bytes()).hexdigest()
    return cache_folder() / "packs" / f"{folder.sha256}-{anatomy[:16]}-{__version__}-{FORMAT}.json"


def _anatomy_bytes() -> bytes:
    return toml.read_bytes(data_folder() / "anatomy" / "regions.toml", toml.PACK_BYTES)


def _region_ids() -> Collection[str]:
    """Return the ids of the anatomy without parsing it; one missed only means reading the pack afresh."""
    import re

    return {found.decode() for found in re.findall(rb'^id = "([a-z0-9-]+)"$', _anatomy_bytes(), re.MULTILINE)}


def _from_cache(path: Path, sha256: str) -> Pack | None:
    content = read_cached(path, _MOST_CACHE)
    if content is None:
        return None
    try:
        return decode(content.decode("utf-8"), sha256, _region_ids())
    except (Trouble, OSError, UnicodeDecodeError, UnusableError):
        return None


def _to_cache(path: Path, pack: Pack) -> None:
    """Keep the compiled form if that is possible; where it is not, nothing is lost but time."""
    try:
        write_cached(path, encode(pack).encode("utf-8"), _MOST_KEPT)
    except UnicodeEncodeError:
        return
