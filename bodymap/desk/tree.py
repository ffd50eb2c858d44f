"""The tree of session folders as an index sees it: times of folders first, files only where those have changed."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bodymap.sessions import folders
from bodymap.sessions.store import REVIEW_NAME, SESSION_NAME

_LEVELS = (re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{2}"), re.compile(r"[0-9]{2}"))
_HOT_SECONDS = 5.0
"""A folder changed so recently, or in the future, is looked into again: one more file may still come at the same time
of the same clock.
"""


class Stamp(NamedTuple):
    """What tells that a folder is as it was, and whether that can be relied upon by now."""

    text: str
    settled: bool


class Tree(NamedTuple):
    """Every folder there is, by path relative to the root, with its stamp, and those that cannot be opened."""

    stamps: Mapping[str, Stamp]
    failed: Mapping[str, OSError]

    @property
    def days(self) -> list[str]:
        """The folders of days, newest first."""
        return sorted((path for path in self.stamps if path.count("/") == 2), reverse=True)


class File(NamedTuple):
    """A file in the folder of a day: what tells that it, and the review beside it, are as they were."""

    name: bytes
    stamp: str
    review: str
    modified: float


def look(root: int, known: Mapping[str, Stamp]) -> Tree:
    """Return the folders below the open folder `root`; of those that are as in `known` nothing is listed.

    Raises `OSError` where the root itself cannot be read.
    """
    now = time.time()
    inside: dict[str, list[str]] = {}
    for path in known:
        inside.setdefault(os.path.dirname(path), []).append(path)  # noqa: PTH120 - text, thousands of them
    inside[""] = [path for path in inside.get("", []) if path]
    tree = Tree({}, {})
    _look(root, "", 0, now, known, inside, tree)
    return tree


def list_day(directory: int) -> list[File]:
    """Return the files in the open folder of a day that may be sessions, or should not be there. Raises `OSError`."""
    names = os.listdir(directory)
    reviews = {name for name in names if REVIEW_NAME.fullmatch(name)}
    found = []
    for name in names:
        if not name.endswith(".toml") or name.startswith(".") or name in reviews:
            continue
        try:
            status = os.stat(name, dir_fd=directory, follow_symlinks=False)
        except FileNotFoundError:
            continue
        except OSError as error:
            found.append(File(os.fsencode(name), f"errno {error.errno}", "", 0.0))
            continue
        review = f"{name.removesuffix('.toml')}.review.toml"
        found.append(
            File(
                os.fsencode(name),
                _stamp(status),
                stamp_at(directory, review) if review in reviews and SESSION_NAME.fullmatch(name) else "",
                status.st_mtime,
            )
        )
    return found


def _look(
    directory: int,
    path: str,
    level: int,
    now: float,
    known: Mapping[str, Stamp],
    inside: Mapping[str, list[str]],
    tree: Tree,
) -> None:
    """Note the folder `path`, which is open, and those below it."""
    stamp = _folder_stamp(os.fstat(directory), now)
    assert isinstance(tree.stamps, dict)
    tree.stamps[path] = stamp
    if known.get(path) == stamp and stamp.settled:
        names = sorted(os.path.basename(inner) for inner in inside.get(path, ()))  # noqa: PTH119
    else:
        names = sorted(name for name in os.listdir(directory) if _LEVELS[level].fullmatch(name))
    for name in names:
        inner = f"{path}/{name}" if path else name
        try:
            if level == 2:
                status = os.stat(name, dir_fd=directory, follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    tree.stamps[inner] = _folder_stamp(status, now)
                    continue
                # Opening it says what is wrong with it in the words that are used everywhere.
            with folders.opened(directory, Path(name)) as opened:
                if level < 2:
                    _look(opened, inner, level + 1, now, known, inside, tree)
        except OSError as error:
            if error.errno != errno.ENOENT:
                assert isinstance(tree.failed, dict)
                tree.failed[inner] = error


def _folder_stamp(status: os.stat_result, now: float) -> Stamp:
    return Stamp(_stamp(status), status.st_mtime < now - _HOT_SECONDS)


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_ino}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_size}"


def stamp_at(directory: int, name: str) -> str:
    """Return what tells whether the file `name` is as it was; it may lie below the open folder `directory`."""
    try:
        return _stamp(os.stat(name, dir_fd=directory, follow_symlinks=False))
    except OSError as error:
        return f"errno {error.errno}"
