"""Writing a file so that it is either there whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bodymap.common.trouble import Exit, Trouble


@contextmanager
def whole_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Open a new file for writing that gets its name only when all of it is on the disk; only its owner can read it.

    A file of that name is replaced where `replace` says so. After an error, or a kill, the name is as it was. Raises
    `Trouble` (exit 4).
    """
    if not replace and (path.exists() or path.is_symlink()):
        raise _there(path)
    if path.exists() and not path.is_file():
        raise Trouble(
            "This is not a regular file.", where=str(path), remedy="Name a file.", exit=Exit.FILE_FAILED
        )
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".bodymap-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(temporary).replace(path)
        else:
            _name(temporary, path)
        temporary = ""
        _sync(path.parent)
    except OSError as error:
        raise Trouble(
            f"Writing failed: {error.strerror or error}.",
            where=str(path),
            remedy="Check the disk and the folder, or name another file.",
            exit=Exit.FILE_FAILED,
        ) from None
    finally:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()


def _name(temporary: str, path: Path) -> None:
    """Give the file its name, never over another that came meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _there(path) from None
    except OSError:  # a file system without links
        if path.exists():
            raise _there(path) from None
        Path(temporary).rename(path)
        return
    Path(temporary).unlink()


def _there(path: Path) -> Trouble:
    return Trouble(
        "There is such a file already.",
        where=str(path),
        remedy="Name another, or add --replace.",
        exit=Exit.FILE_FAILED,
    )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
