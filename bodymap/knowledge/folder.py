"""The files of a pack on disk: which there are, their bytes, and the sum over those that hold knowledge."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.common.text import clean
from bodymap.common.trouble import Exit, Trouble, nearest

SHIPPED = "rear-pain"
TOP_FILES = ("pack.toml", "questions.toml", "alarms.toml")
_FOLDERS = ("causes", "cases")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.toml")
_MOST_FILES = 64


@dataclass(frozen=True, slots=True)
class PackFolder:
    """The bytes of a pack's files by name relative to the folder (`causes/x.toml`), and their sha256."""

    path: Path
    files: dict[str, bytes]
    sha256: str


def packs_folder() -> Path:
    """Return the folder of the shipped packs."""
    return data_folder() / "packs"


def shipped_packs() -> tuple[str, ...]:
    """Return the ids of the shipped packs, in order."""
    try:
        with os.scandir(packs_folder()) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_dir()))
    except OSError:
        return ()


def pack_folder(path: Path | None = None) -> Path:
    """Return the folder of a pack: the shipped one for None, else a folder, else the shipped pack of that id.

    Raises `Trouble` where there is no such folder.
    """
    if path is None:
        return packs_folder() / SHIPPED
    if path.is_dir():
        return path
    if path.parent == Path() and path.name in shipped_packs():
        return packs_folder() / path.name
    where = clean(str(path), limit=300)
    if path.exists():
        raise Trouble(
            "A pack is a folder, this is a file.", where=where, remedy="Name the folder that holds pack.toml."
        )
    raise Trouble(
        "There is no such pack.", where=where, remedy=nearest(path.name, shipped_packs(), "Name a folder.")
    )


def read_folder(folder: Path) -> PackFolder:
    """Read the knowledge files of the pack in `folder` (the cases are not knowledge). Raises `Trouble`."""
    from hashlib import sha256

    names = [*TOP_FILES, *(f"causes/{name}" for name in toml_names(folder / "causes"))]
    files = {name: _bytes(folder, name) for name in names}
    total = sha256()
    for name, content in sorted(files.items()):
        # Lengths go in as well, so that no bytes can move from one file to the next unnoticed.
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return PackFolder(folder, files, total.hexdigest())


def toml_names(folder: Path) -> list[str]:
    """Return the names of the TOML files in `folder`; none where it is missing. Raises `Trouble`."""
    where = clean(str(folder), limit=300)
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".toml"))
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return []
        raise Trouble(
            f"The folder cannot be read: {error.strerror}.", where=where, exit=Exit.FILE_FAILED
        ) from None
    if len(names) > _MOST_FILES:
        raise Trouble(
            f"{len(names)} files; at most {_MOST_FILES} are read.",
            where=where,
            remedy="Remove what is no longer used.",
        )
    for name in names:
        if not _NAME.fullmatch(name):
            raise Trouble(
                f"The file name “{clean(name, limit=80)}” is not an id.",
                where=where,
                remedy="Use small letters, digits and hyphens, and the ending .toml.",
            )
    return names


def stray_files(folder: Path) -> list[tuple[str, str]]:
    """Return the TOML files and folders that nothing reads, as (name, remedy): misspelt names, mostly."""
    strays = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            valid = _FOLDERS if entry.is_dir() else TOP_FILES
            if (
                entry.name not in valid
                and not entry.name.startswith(".")
                and (entry.is_dir() or entry.name.endswith(".toml"))
            ):
                strays.append((clean(entry.name, limit=80), nearest(entry.name, valid, "Remove it.")))
    return strays


def _bytes(folder: Path, name: str) -> bytes:
    return toml.read_bytes(folder / name, toml.PACK_BYTES)
