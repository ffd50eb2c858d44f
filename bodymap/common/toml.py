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
_MOST_SESSION_TABLES, _MOST_PACK_TABLES = 512, 4096
_MOST_PLAIN_TABLES = 256
_MAX_KEY_LENGTH = 200
_MAX_NUMBER = 10**18

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

    Refuses control and direction-changing characters in any key or text, numbers that are not finite or
    far too large, and nesting beyond what our files need.
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
    if text.startswith("\ufeff"):
        raise Trouble(
            "The file starts with a byte order mark.",
            where=f"{where}, line 1",
            remedy="Save it as UTF-8 without one.",
        )
    # Here, because compiling its expression costs a start milliseconds, and most starts read no such file.
    from bodymap.common.plain_toml import read_plain

    clean = _plainly_clean(text)
    table = read_plain(text) if clean and text.count("\n[") < _MOST_PLAIN_TABLES else None
    return table if table is not None else parse_slowly(text, where, limit=limit, clean=clean)


def parse_slowly(text: str, where: str, *, limit: int = SESSION_BYTES, clean: bool = False) -> Table:
    """Do the same without the quick way for plain files; `clean` says that no text in it needs to be looked at."""
    _check_keys(text, where)
    _check_tables(text, where, _MOST_SESSION_TABLES if limit <= SESSION_BYTES else _MOST_PACK_TABLES)
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(where, text, error) from None
    except RecursionError:
        raise Trouble(
            "Brackets nested too deeply.", where=_at(where, _deep_line(text)), remedy="Flatten the file."
        ) from None
    except (ValueError, OverflowError, MemoryError):
        raise Trouble(
            "A number or date that cannot be read.",
            where=_at(where, _line_of(_LONG_NUMBER, text)),
            remedy="Write an ordinary number or date.",
        ) from None
    fault = _fault(table, 0, texts=not clean)
    if fault is not None:
        path, what, remedy = fault
        line = _line_of(_LONG_KEY_PART, text) if what == _BAD_KEY else 0
        if line:
            raise Trouble(what, where=_at(where, line), remedy=remedy)
        raise Trouble(what, where=f"{where}, {path.removeprefix('.') or 'top level'}", remedy=remedy)
    return table


def read(path: Path, *, limit: int = SESSION_BYTES, directory: int | None = None) -> Table:
    """Read and parse the TOML file `path`. Raises `Trouble`, nothing else."""
    return parse(read_bytes(path, limit, directory=directory), str(path), limit=limit)


# Texts and comments, so that what looks like a key inside them is not taken for one. What is never closed
# runs to the end (of the line, of the file): the parser stops there too, and trying again from each quote
# would take quadratic time.
_TEXTS = re.compile(
    r"""\#[^\n]*
    |\"{3}(?:\\.|[^\\])*?(?:\"{3,5}|\\?\Z)
    |'{3}.*?(?:'{3,5}|\Z)
    |\"(?:\\.|[^\"\\\n])*\"?
    |'[^'\n]*'?""",
    re.VERBOSE | re.DOTALL,
)
_MANY_DOTS = re.compile(rf"^(?:[^.\n]*+\.){{{_MAX_KEY_PARTS}}}", re.MULTILINE)
_LONG_KEY = re.compile(rf"(?:\.[ \t]*+[\w\-]++[ \t]*+){{{_MAX_KEY_PARTS}}}")


def _check_keys(text: str, where: str) -> None:
    """Refuse dotted keys of many parts before the parser sees them, wherever a key can stand.

    All other excess is bounded by the parser's own errors and by the size of the file.
    """
    if _MANY_DOTS.search(text) is None:
        return
    bare = _bare(text)
    found = _LONG_KEY.search(bare)
    if found is not None:
        line = bare.count("\n", 0, found.start()) + 1
        raise Trouble(
            f"A key with more than {_MAX_KEY_PARTS} dotted parts.",
            where=f"{where}, line {line}",
            remedy="Our files have none; write tables.",
        )


def _bare(text: str) -> str:
    """Return the TOML with each text as one letter on as many lines, so that a quoted part of a key counts as
    a part and lines keep their numbers; without comments.
    """
    return _TEXTS.sub(lambda found: ("" if found[0][0] == "#" else "t") + "\n" * found[0].count("\n"), text)


# A line that is a heading, or starts with a dotted key. An item of a list on a line of its own is neither: it
# ends with a comma, or is the last one.
_TABLES = re.compile(
    r"""^[\ \t]*+(?:
        \[[^\n]*\][\ \t]*+\r?(?:\#[^\n]*)?$
      | (?:"(?:\\.|[^"\\\n])*+"|'[^'\n]*+'|[\w\-]++)[\ \t]*+\.
    )""",
    re.MULTILINE | re.VERBOSE,
)


def _check_tables(text: str, where: str, most: int) -> None:
    """Refuse thousands of headings and dotted keys: each costs the parser as much as hundreds of letters."""
    if text.count("[") + text.count(".") <= most:
        return
    for number, found in enumerate(_TABLES.finditer(text)):
        if number == most:
            raise Trouble(
                f"More than {most:,} headings and dotted keys.",
                where=_at(where, text.count("\n", 0, found.start()) + 1),
                remedy="Our files have far fewer.",
            )


def _at(where: str, line: int) -> str:
    return f"{where}, line {line}" if line else where


_LONG_NUMBER = re.compile(r"[0-9](?:_?[0-9]){639}")  # no limit on digits can be set lower
_LONG_KEY_PART = re.compile(rf"[\w\-]{{{_MAX_KEY_LENGTH + 1}}}")


def _deep_line(text: str) -> int:
    """Return the line on which brackets stand too deep inside each other, 0 where none do."""
    bare, depth = _bare(text), 0
    for found in re.finditer(r"[\[\]{}]", bare):
        depth += 1 if found[0] in "[{" else -1
        if depth > _MAX_DEPTH:
            return bare.count("\n", 0, found.start()) + 1
    return 0


def _line_of(pattern: re.Pattern[str], text: str) -> int:
    """Return the line of the first match outside texts, 0 where there is none."""
    bare = _bare(text)
    found = pattern.search(bare)
    return bare.count("\n", 0, found.start()) + 1 if found else 0


_ESCAPED = re.compile(r'\\[^"\\nt]')


def _plainly_clean(text: str) -> bool:
    """Return whether no text of the file can hold an unsafe character: none stands there, none is written
    as an escape.
    """
    return is_clean(text) and _ESCAPED.search(text) is None


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


_BAD_KEY = "A key is far too long or holds control or hidden characters."
_Fault = tuple[str, str, str]
"""Where in the table, what, remedy."""


def _fault(value: object, depth: int, texts: bool) -> _Fault | None:
    """Return what the parser let through and we do not, or None; keys and texts count only where `texts`
    says so.

    The place is put together on the way back: building it on the way down would cost more than the looking.
    """
    if isinstance(value, str):
        if texts and not is_clean(value):
            return "", "The text holds control or hidden characters.", "Remove them."
    elif isinstance(value, int):
        if not -_MAX_NUMBER <= value <= _MAX_NUMBER:
            return "", "The number is too large.", "Write an ordinary number."
    elif isinstance(value, float):
        if not math.isfinite(value):
            return "", "The number is not finite.", "Write an ordinary number."
    elif isinstance(value, (dict, list)):
        if depth > _MAX_DEPTH:
            return "", "Tables or lists nested too deeply.", "Flatten the file."
        for place, inner in value.items() if isinstance(value, dict) else enumerate(value, start=1):
            if isinstance(place, str) and (len(place) > _MAX_KEY_LENGTH or (texts and not is_clean(place))):
                return "", _BAD_KEY, "Shorten it or remove them."
            found = _fault(inner, depth + 1, texts)
            if found is not None:
                return (f".{place}" if isinstance(place, str) else f"[{place}]") + found[0], *found[1:]
    return None
