"""The access log, `access.log` in the sessions folder: who opened, exported, took in, reviewed or
removed which session, when.

One line an act, its parts between tabs: time (RFC 3339), act, session id, who, by which command. Nothing of what a
session says. Lines are only ever added.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from bodymap.common.text import clean
from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import folders
from bodymap.sessions.compose import now, whole_seconds
from bodymap.sessions.ids import ID
from bodymap.sessions.troubles import change_trouble

NAME = "access.log"
Act = Literal["opened", "exported", "imported", "reviewed", "removed", "not-removed"]
"""`not-removed` follows on a `removed` that failed: that line is written first."""
_LONGEST = 100


def log_access(
    folder: Path, act: Act, ids: Iterable[str], *, by: str, through: str, at: datetime | None = None
) -> None:
    """Add a line for each of `ids` to the log of the sessions folder, and return when they are durable.

    `by` is who did it, `through` the command. Raises `Trouble` where the log cannot be written; whether the act may
    go on then is for the caller to say.
    """
    moment = whole_seconds(at or now()).isoformat()
    tail = f"{clean(by, limit=_LONGEST)}\t{clean(through, limit=_LONGEST)}\n"
    named = [id if ID.fullmatch(id) else "-" for id in ids]
    if not named:
        return
    content = "".join(f"{moment}\t{act}\t{id}\t{tail}" for id in named).encode("utf-8")
    path = folder / NAME
    try:
        with folders.opened_root(folder) as root:
            _append(root, content, path)
    except OSError as error:
        raise change_trouble(error, path, "Nothing can be logged before.") from None


def _append(root: int, content: bytes, path: Path) -> None:
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(NAME, flags, 0o600, dir_fd=root)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Trouble(
                "This is not a regular file.",
                where=str(path),
                remedy="Move it away; a new log is begun.",
                exit=Exit.FILE_FAILED,
            )
        # The kernel lets go when the process ends, and nobody holds it longer than one write takes.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            content = b"\n" + content  # a write that was cut off: its line ends here
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
        if not size:
            os.fchmod(descriptor, 0o600)
            os.fsync(root)
    finally:
        os.close(descriptor)
