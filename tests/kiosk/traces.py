"""Where something of a visit could be left beside the terminal: processes, their memory, files, cores, the log."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

SHARED = (
    Path("/tmp"),
    Path("/var/tmp"),
    Path("/dev/shm"),
    Path("/var/crash"),
    Path("/var/lib/systemd/coredump"),
)
PLAIN_LINE = re.compile(
    r"bodymap kiosk: (?:visit \d+ (?:killed by SIG[A-Z]+|ended with status \d+) after \d+ s"
    r"(?:: [A-Za-z]+(?: at [a-z_/]+\.py:\d+)?)?|ended by SIG[A-Z]+ after \d+ visits)"
)
_MOST_BYTES, _MOST_FILES = 4_000_000, 3000


def listed(canaries: Iterable[str]) -> list[str]:
    """Return the processes of this machine that show a canary in their arguments or their environment."""
    wanted = [canary.encode() for canary in canaries]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                content = (process / name).read_bytes()
                found += [f"{process}/{name}" for one in wanted if one in content]
    return found


def remembered(pid: int, canaries: Iterable[str]) -> list[str]:
    """Return the processes, of `pid` and all below it, that hold a canary in their memory."""
    wanted = [canary.encode() for canary in canaries]
    found = []
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            content = b"".join(_memory(process.pid))
            assert content, "nothing of it could be read"
            found += [f"memory of {process.pid}" for one in wanted if one in content]
    return found


def _memory(pid: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            with contextlib.suppress(OSError, ValueError):
                memory.seek(start)
                yield memory.read(end - start)


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file below a folder with its size and when it was changed."""
    found = {}
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if not path.is_dir():
                state = path.stat()
                found[str(path)] = (state.st_size, state.st_mtime_ns)
    return found


def holding(canaries: Iterable[str], since: float, *, besides: Path) -> list[str]:
    """Return the files of the shared folders, new `since` a moment, that hold a canary; `besides` one folder."""
    wanted = [canary.encode() for canary in canaries]
    return [
        str(path)
        for path in _new(since, besides)
        for content in (_head(path),)
        if any(one in content for one in wanted)
    ]


def cores() -> set[str]:
    """Return the core files where a program that falls down could have put them."""
    return {
        str(path) for folder in (Path("/"), *SHARED[:3]) for path in folder.glob("core*") if path.is_file()
    }


def _new(since: float, besides: Path) -> Iterator[Path]:
    for folder in SHARED:
        for entry in folder.iterdir() if folder.is_dir() else ():
            with contextlib.suppress(OSError):
                if besides.is_relative_to(entry) or entry.lstat().st_ctime < since:
                    continue
                if entry.is_file():
                    yield entry
                elif entry.is_dir() and not entry.is_symlink():
                    yield from [path for path, _ in zip(_files(entry), range(_MOST_FILES), strict=False)]


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where) / name for name in names)


def _head(path: Path) -> bytes:
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(_MOST_BYTES)
    return b""


def now() -> float:
    """Return a moment on the clock of the files, a little earlier than any file that is made from here on."""
    return time.time() - 1
