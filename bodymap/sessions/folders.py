"""The tree of session folders, `YYYY/MM/DD`, walked by open descriptors so that no link inside it is ever
followed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

_LEVELS = (re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{2}"), re.compile(r"[0-9]{2}"))
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def day_of(day: date) -> Path:
    """Return the folder of a day, relative to the sessions folder."""
    return Path(f"{day.year:04}", f"{day.month:02}", f"{day.day:02}")


def make_root(folder: Path) -> None:
    """Make the sessions folder and its missing parents, 0700 under any umask, durably. Raises `OSError`."""
    missing = []
    step = folder
    while not step.exists():
        missing.append(step)
        if step.parent == step:
            break
        step = step.parent
    for new in reversed(missing):
        with suppress(FileExistsError):
            new.mkdir(0o700)
            new.chmod(0o700)
        _sync(new.parent)


@contextmanager
def opened_root(folder: Path) -> Iterator[int]:
    """Open the sessions folder itself, which may be a link."""
    descriptor = os.open(folder, _OPEN)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened(root: int, inner: Path, *, make: bool = False) -> Iterator[int]:
    """Open a folder below `root`, following no link; with `make`, make what is missing and make its entry
    durable.
    """
    descriptor = os.dup(root)
    try:
        for name in inner.parts:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, 0o700, dir_fd=descriptor)
                    os.chmod(name, 0o700, dir_fd=descriptor)
                # Also when somebody else made it: it may not be durable yet, and what we put inside must be.
                os.fsync(descriptor)
            inside = os.open(name, _OPEN | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inside
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened_below(folder: Path, inner: Path) -> Iterator[int]:
    """Open a folder below the sessions folder in one step."""
    with opened_root(folder) as root, opened(root, inner) as directory:
        yield directory


def names(directory: int) -> list[str]:
    """Return what stands in an open folder, last name first: for ids and dates, the newest first."""
    with os.scandir(directory) as entries:
        return sorted((entry.name for entry in entries), reverse=True)


def days(root: int) -> Iterator[tuple[Path, OSError | None]]:
    """Yield the day folders below `root`, newest first, with the error where a level of them cannot be
    opened.
    """
    yield from _levels(root, Path(), 0)


def _levels(directory: int, here: Path, level: int) -> Iterator[tuple[Path, OSError | None]]:
    for name in names(directory):
        if not _LEVELS[level].fullmatch(name):
            continue
        try:
            inside = os.open(name, _OPEN | os.O_NOFOLLOW, dir_fd=directory)
        except OSError as error:
            yield here / name, error
            continue
        try:
            if level == len(_LEVELS) - 1:
                yield here / name, None
            else:
                yield from _levels(inside, here / name, level + 1)
        finally:
            os.close(inside)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, _OPEN)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
