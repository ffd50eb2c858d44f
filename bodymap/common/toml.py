"""The one way in for TOML: bounded before it is parsed, one readable error for each way it can be wrong.

Bounds come from measured bombs: 62 KB of `a.a.a…=1` costs tomllib 16 s and 3.9 GB, deep nesting raises
RecursionError and very long numbers ValueError, none of which is a TOMLDecodeError.
"""

from __future__ import annotations

import errno
import math
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bodymap.common.text import is_clean
from bodymap.common.trouble import Exit, Trouble

SESSION_BYTES = 64 * 1024
PACK_BYTES = 256 * 1024
_MAX_DEPTH = 16
_MAX_KEY_PARTS = 8
_MAX_DIGITS = 40

Table = dict[str, Any]


def read_bytes(path: Path, limit: int, *, directory: int | None = None, where: str = "") -> bytes:
    """Return the content of the regular file `path`, at most `limit` bytes; never follows a link or waits
    on a pipe.

    `directory`, when given, is an open directory descriptor that `path` is relative to; `where` is the
    name errors carry, `path` when empty. Raises `Trouble`.
    """
    where = where or str(path)
    with _opened(path, directory, where) as descriptor:
        size = os.fstat(descriptor).st_size
        if size > limit:
            raise Trouble(
                f"The file has {size:,} bytes; at most {limit:,} are read.",
                where=where,
                remedy="It cannot be one of ours, or it was damaged.",
            )
        # One byte more than allowed, so that a file that grew meanwhile is seen and refused by `parse`.
        return _read(descriptor, limit + 1)


def read_head(path: Path, count: int, *, directory: int | None = None) -> bytes:
    """Return the first `count` bytes of the regular file `path`, or fewer; otherwise as `read_bytes`."""
    with _opened(path, directory, str(path)) as descriptor:
        return _read(descriptor, count)


@contextmanager
def _opened(path: Path, directory: int | None, where: str) -> Iterator[int]:
    try:
        # O_NONBLOCK so that a FIFO cannot hold us; it means nothing for a regular file.
        descriptor = os.open(
            path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=directory
        )
    except OSError as error:
        raise _cannot_open(where, error) from None
    except ValueError:
        raise Trouble("This cannot be the name of a file.", where=where, remedy="Check the name.") from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Trouble("This is not a regular file.", where=where, remedy="Name a TOML file.")
        yield descriptor
    except OSError as error:
        raise Trouble(
            f"Reading failed: {error.strerror}.", where=where, remedy="Check the disk.", exit=Exit.FILE_FAILED
        ) from None
    finally:
        os.close(descriptor)


def _read(descriptor: int, count: int) -> bytes:
    parts = []
    while count > 0 and (part := os.read(descriptor, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _cannot_open(where: str, error: OSError) -> Trouble:
    reasons = {
        errno.ENOENT: ("There is no such file.", "Check the name."),
        errno.ELOOP: ("This is a symbolic link; links are not followed.", "Name the file itself."),
        errno.EACCES: ("You are not allowed to read this file.", "Ask its owner for access."),
        errno.EISDIR: ("This is a folder, not a file.", "Name a TOML file."),
        errno.ENXIO: ("This is not a regular file.", "Name a TOML file."),
    }
    what, remedy = reasons.get(
        error.errno or 0, (f"It cannot be opened: {error.strerror}.", "Check the disk.")
    )
    return Trouble(what, where=where, remedy=remedy)


def parse(content: bytes, where: str, *, limit: int = SESSION_BYTES) -> Table:
    """Parse TOML `content` into plain tables; `where` is the name errors carry. Raises `Trouble`, nothing
    else.

    Refuses control and direction-changing characters in any key or text, numbers that are not finite, and
    nesting beyond what our files need.
    """
    if len(content) > limit:
        raise Trouble(f"More than {limit:,} bytes.", where=where, remedy="At most that much is read.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Trouble(
            "This is not UTF-8 text.", where=f"{where}, line {line}", remedy="Save the file as UTF-8."
        ) from None
    _check_bounds(text, where)
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(where, text, error) from None
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise Trouble(
            f"This TOML cannot be read ({type(error).__name__}).",
            where=where,
            remedy="Shorten or mend the file.",
        ) from None
    _check_values(table, where, "", 0)
    return table


def read(path: Path, *, limit: int = SESSION_BYTES, directory: int | None = None) -> Table:
    """Read and parse the TOML file `path`. Raises `Trouble`, nothing else."""
    return parse(read_bytes(path, limit, directory=directory), str(path), limit=limit)


_DOTS = re.compile(rf"(?:[\w\-\"']+[ \t]*\.[ \t]*){{{_MAX_KEY_PARTS},}}[\w\-\"']")
_DIGITS = re.compile(r"[0-9_a-fA-F]{%d,}" % (_MAX_DIGITS * 4))


def _check_bounds(text: str, where: str) -> None:
    """Refuse, line by line and before parsing, what makes the parser slow: long dotted keys, nesting,
    huge numbers.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        place = f"{where}, line {number}"
        if len(line) < 20:
            continue
        # Where a key can stand: before the first `=`, or anywhere in a line that opens an inline table.
        head = line if "{" in line else line.partition("=")[0]
        if head.count(".") >= _MAX_KEY_PARTS and _DOTS.search(head) and not head.lstrip().startswith("#"):
            raise Trouble(
                f"A key with more than {_MAX_KEY_PARTS} dotted parts.",
                where=place,
                remedy="Our files have none.",
            )
        if _DIGITS.search(line) and not _inside_text(line):
            raise Trouble("A number far too long to mean anything.", where=place, remedy="Shorten it.")
    depth = deepest = 0
    for character in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if character in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH * 2:
        raise Trouble(
            "Brackets nested too deeply.", where=where, remedy=f"Our files need at most {_MAX_DEPTH} levels."
        )


def _inside_text(line: str) -> bool:
    return '"' in line or "'" in line


def _not_toml(where: str, text: str, error: Exception) -> Trouble:
    message = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found:
        place = f"{where}, line {found[1]}, column {found[2]}"
        message = message[: found.start()].rstrip()
    else:
        place = f"{where}, line {text.count(chr(10)) + 1}"
        message = message.replace("(at end of document)", "at the end of the file").rstrip()
    return Trouble(
        f"Not valid TOML: {message[:160]}.",
        where=place,
        remedy="The file is cut off or was edited by hand; mend that line.",
    )


def _check_values(value: object, where: str, path: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise Trouble("Tables nested too deeply.", where=f"{where}, {path}", remedy="Flatten the file.")
    if isinstance(value, dict):
        for key, inner in value.items():
            name = f"{path}.{key}" if path else key
            if not is_clean(key) or len(key) > 200:
                raise Trouble(
                    "A key holds control or hidden characters.",
                    where=f"{where}, {path or 'top level'}",
                    remedy="Remove them.",
                )
            _check_values(inner, where, name, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            _check_values(inner, where, f"{path}[{number}]", depth + 1)
    elif isinstance(value, str):
        if not is_clean(value):
            raise Trouble(
                "The text holds control or hidden characters.",
                where=f"{where}, {path}",
                remedy="Remove them.",
            )
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Trouble(
                "The number is not finite.", where=f"{where}, {path}", remedy="Write an ordinary number."
            )
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**18:
        raise Trouble(
            "The number is too large.", where=f"{where}, {path}", remedy="Write an ordinary number."
        )
