"""Putting one file into a folder so that it is either there, whole and durable, or not there at all.

Temporary file in the same folder, fsync, `link` (which never overwrites), fsync of the folder. Only an
unfinished session is ever replaced, by `rename`. A writer that is killed leaves at most a temporary file,
whose name says which process it belonged to.
"""

from __future__ import annotations

import errno
import fcntl
import itertools
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from bodymap.common import toml
from bodymap.common.trouble import Exit, Trouble

_TEMPORARY = re.compile(r"\.bodymap-([0-9a-f]{12})-([0-9]{1,10})-([0-9]{1,20})-[0-9]{1,20}\.tmp")
_counter = itertools.count()
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
_LOCK_TRIES = 200
_CHANGE_TRIES = 1000  # many may add to one file at once: none is to give up before its turn comes
_STALE_AFTER = 600.0


class Taken(Exception):  # noqa: N818 - it is an answer, not a fault
    """The name belongs to a file with other content that must not be replaced."""


def put(directory: int, name: str, content: bytes, may_replace: Callable[[bytes], bool]) -> None:
    """Make `name` in the open folder `directory` hold `content`, durably; return only when it does.

    The same bytes there already count as success, so that trying again after an error makes exactly one
    file. Other content is replaced only where `may_replace(content)` allows it. Raises `Taken`,
    `OSError`, or `Trouble` where what stands there cannot be read.
    """
    for attempt in (1, 2, 3):
        temporary = _temporary_name()
        try:
            _write(directory, temporary, content)
            try:
                os.link(temporary, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
            except FileExistsError:
                _settle(directory, temporary, name, content, may_replace)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                # A file system without links (a memory stick): rename, and nobody else in between.
                _settle(directory, temporary, name, content, may_replace)
        except FileNotFoundError:
            # Somebody took our temporary file for one left behind and swept it.
            if attempt == 3:
                raise
            continue
        finally:
            _remove(directory, temporary)
        break
    os.fsync(directory)


def change(directory: int, name: str, changed: Callable[[bytes | None], bytes], where: str) -> None:
    """Put in the place of `name` what `changed` makes of its content (None where there is no such file), in one
    step; return only when it is durable.

    Whoever else changes a file of this folder waits meanwhile, so that no change is lost. Content that comes back
    as it was is not written again. What `changed` raises leaves everything as it is; besides raises `OSError`, and
    `Trouble` (which names `where`) where what stands there cannot be read, or somebody holds the folder for ten
    seconds.
    """
    with _alone(directory, _CHANGE_TRIES):
        for attempt in (1, 2, 3):
            present = _present(directory, name, where)
            content = changed(present)
            if content == present:
                break
            temporary = _temporary_name()
            try:
                _write(directory, temporary, content)
                os.rename(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
            except FileNotFoundError:
                # Somebody took our temporary file for one left behind and swept it.
                if attempt == 3:
                    raise
                continue
            finally:
                _remove(directory, temporary)
            break
        os.fsync(directory)


def probe(directory: int) -> None:
    """Write a file into the open folder and remove it again. Raises `OSError` where that fails."""
    temporary = _temporary_name()
    try:
        _write(directory, temporary, b"# can this folder be written?\n")
    finally:
        _remove(directory, temporary)


def sweep(directory: int) -> int:
    """Remove temporary files left by writers that are gone, and return how many.

    Gone means: of this running system and no such process any more, or of another system (a shared folder, a
    container, before a restart) and untouched for ten minutes. Should one be in use after all, its writer
    starts anew.
    """
    swept = 0
    with os.scandir(directory) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(".bodymap-")]
    for name in names:
        found = _TEMPORARY.fullmatch(name)
        if found is None or _in_use(directory, name, found[1], int(found[2]), int(found[3])):
            continue
        swept += _remove(directory, name)
    return swept


def _write(directory: int, name: str, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o600, dir_fd=directory)
    try:
        os.fchmod(descriptor, 0o600)  # the umask may have taken bits from us
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _settle(
    directory: int, temporary: str, name: str, content: bytes, may_replace: Callable[[bytes], bool]
) -> None:
    """Decide about a name that is taken, with the folder locked: the look and the rename must be one step."""
    with _alone(directory, _LOCK_TRIES):
        present = _present(directory, name)
        if present == content:
            return
        if present is not None and not may_replace(present):
            raise Taken(name)
        os.rename(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)


def _present(directory: int, name: str, where: str = "") -> bytes | None:
    try:
        os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return toml.read_bytes(Path(name), toml.SESSION_BYTES, directory=directory, where=where)


@contextmanager
def _alone(directory: int, tries: int) -> Iterator[None]:
    """Hold the lock of an open folder."""
    # A descriptor of our own, because a lock belongs to the open file: threads must not share it.
    lock = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=directory)
    try:
        _lock(lock, tries)
        yield
    finally:
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_UN)  # should closing fail, trying again must not wait for ourselves
        os.close(lock)


def _lock(descriptor: int, tries: int) -> None:
    """Lock a folder; the kernel lets go when the process ends, however it ends. Waits a hundredth of a second
    between tries.
    """
    for _ in range(tries):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        else:
            return
    raise Trouble(
        "Another bodymap is holding the folder.",
        remedy="Close the other one, or wait, and save again.",
        exit=Exit.FILE_FAILED,
    )


def _remove(directory: int, name: str) -> bool:
    try:
        os.unlink(name, dir_fd=directory)
    except OSError:
        # Nothing is lost by a temporary file that stays: the next sweep takes it.
        return False
    return True


def _temporary_name() -> str:
    pid = os.getpid()
    return f".bodymap-{_system()}-{pid}-{_started(pid) or 0}-{next(_counter)}.tmp"


def _in_use(directory: int, name: str, system: str, pid: int, started: int) -> bool:
    if system == _system():
        now = _started(pid)
        return now is not None and now == started
    try:
        age = time.time() - os.stat(name, dir_fd=directory, follow_symlinks=False).st_mtime
    except OSError:
        return False
    return abs(age) < _STALE_AFTER


@cache
def _system() -> str:
    """Return what stands for this running system: its start and its process numbers (a container has its
    own).
    """
    parts = [os.uname().nodename.encode()]
    with suppress(OSError):
        # Bytes: to read text Python may load the module of an encoding, from a disk that may fail just now.
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_bytes().strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino).encode())
    return sha256(b"|".join(parts)).hexdigest()[:12]


def _started(pid: int) -> int | None:
    """Return when a process of this system started, in clock ticks; 0 where that is not told; None when
    it is gone.
    """
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return None
    except OSError:
        return 0
    else:
        # The name of the program stands in brackets and may hold anything, brackets too.
        fields = status.rpartition(b")")[2].split()
        # A process that has ended but was not waited for yet (Z, X) writes nothing any more.
        return None if fields[0] in (b"Z", b"X") else int(fields[19])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except OSError:
        return 0
    return 0
