"""The PIN with which staff leave the kiosk: kept as a scrypt hash, tried slower and slower.

What slows trying has to outlive the process in which it was tried: every visit has a new one, and over SSH a guesser
opens as many as they like. So the count of wrong tries lies in a small file of the cache folder, shared by all kiosks
of the account and written before a PIN is looked at, so that pulling the plug is no free try. It holds two numbers.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from bodymap.common.places import cache_folder

SHORTEST, LONGEST = 6, 12
LONGEST_WAIT = 300.0
"""Seconds between two tries at most: six digits then take years, and staff who mistype wait five minutes."""

_LOG_N, _R, _P = 15, 8, 3  # 32 MB and about a quarter of a second
_MOST_MEMORY = 256 * 1024 * 1024
_FORM = re.compile(r"scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})")
_LINE = "{wrong:>8} {until:>20.3f}\n"
_LINE_FORM = re.compile(rb" *(\d{1,8}) +(-?\d{1,16}\.\d{3})\n?")


class _Hash(NamedTuple):
    log_n: int
    r: int
    p: int
    salt: bytes
    digest: bytes


def valid_pin(pin: str) -> bool:
    """Return whether `pin` can be one: 6 to 12 digits."""
    return SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()


def valid_hash(text: str) -> bool:
    """Return whether `text` is what `hash_pin` makes, with costs that this program is willing to pay."""
    return _read(text) is not None


def hash_pin(pin: str) -> str:
    """Return the hash of `pin` with its salt and costs: `scrypt$15$8$3$salt$digest`. Raises `ValueError`."""
    if not valid_pin(pin):
        raise ValueError("not a PIN")
    salt = os.urandom(16)
    digest = _digest(pin, _LOG_N, _R, _P, salt)
    return f"scrypt${_LOG_N}${_R}${_P}${_written(salt)}${_written(digest)}"


def matches(pin: str, hashed: str) -> bool:
    """Return whether `pin` is the one that `hashed` was made of; False for what is no hash."""
    known = _read(hashed)
    if known is None:
        return False
    digest = _digest(pin, known.log_n, known.r, known.p, known.salt)
    return hmac.compare_digest(digest, known.digest) and valid_pin(pin)


def wait_after(wrong: int) -> float:
    """Return the seconds between the `wrong`th wrong try in a row and the next one: 1, 2, 4 … 300."""
    return min(LONGEST_WAIT, 2.0 ** (min(wrong, 20) - 1)) if wrong > 0 else 0.0


def tries_file() -> Path:
    """Return where the count of wrong tries lies (it need not exist)."""
    return cache_folder() / "kiosk" / "tries"


class PinCheck:
    """Tries PINs against one hash. Where the file of tries cannot be used the count is kept in memory alone."""

    def __init__(self, hashed: str, file: Path | None = None) -> None:
        """`hashed` comes from `hash_pin`; with an empty one no PIN is ever right."""
        self._hashed = hashed
        self._file = file or tries_file()
        self._remembered = (0, 0.0)

    def try_pin(self, pin: str, now: float) -> Literal["right", "wrong", "wait"]:
        """Return whether `pin` is right, or "wait" where it is too early to try again: then nothing was looked at.

        `now` is seconds of a clock that all processes of the machine share, as `time.monotonic` is.
        """
        with self._opened() as descriptor:
            wrong, _ = known = self._known(descriptor)
            if _left(known, now) > 0:
                return "wait"
            self._keep(descriptor, wrong + 1, now)
        # The file is free meanwhile: a process that is stopped here keeps no other one waiting.
        if not matches(pin, self._hashed):
            return "wrong"
        with self._opened() as descriptor:
            self._keep(descriptor, 0, now)
        return "right"

    def wait_seconds(self, now: float) -> int:
        """Return the whole seconds until a PIN may be tried again, 0 where it may be now."""
        with self._opened() as descriptor:
            return -int(-_left(self._known(descriptor), now) // 1)

    def can_keep(self) -> bool:
        """Return whether the count of wrong tries outlives this process."""
        with self._opened() as descriptor:
            return descriptor is not None

    @contextmanager
    def _opened(self) -> Iterator[int | None]:
        """Open the file of tries for this process alone; None where that cannot be."""
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(
                self._file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600
            )
        except OSError:
            yield None
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _known(self, descriptor: int | None) -> tuple[int, float]:
        content = _content(descriptor)
        found = _LINE_FORM.fullmatch(content)
        if found is None:
            # An empty file is a new one. One that says something else was tampered with, and is no way to start anew.
            return self._remembered if not content else (max(9, self._remembered[0]), self._remembered[1])
        return int(found[1]), float(found[2])

    def _keep(self, descriptor: int | None, wrong: int, now: float) -> None:
        wrong = min(wrong, 99_999_999)
        self._remembered = (wrong, now + wait_after(wrong))
        if descriptor is None:
            return
        try:
            # Always as long as before, in one write: there is no moment at which the file is empty.
            os.pwrite(descriptor, _LINE.format(wrong=wrong, until=self._remembered[1]).encode(), 0)
            os.ftruncate(descriptor, len(_LINE.format(wrong=0, until=0.0)))
        except OSError:
            return


def _content(descriptor: int | None) -> bytes:
    if descriptor is None:
        return b""
    try:
        return os.pread(descriptor, 100, 0)
    except OSError:
        return b""


def _left(known: tuple[int, float], now: float) -> float:
    """Return the seconds to wait; never more than the last wrong try cost, whatever became of the clock since."""
    wrong, until = known
    return max(0.0, min(until - now, wait_after(wrong)))


def _digest(pin: str, log_n: int, r: int, p: int, salt: bytes) -> bytes:
    cleaned = pin[:64].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        cleaned, salt=salt, n=1 << log_n, r=r, p=p, maxmem=_MOST_MEMORY + 64 * 1024 * 1024, dklen=32
    )


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _read(text: str) -> _Hash | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    log_n, r, p = (int(found[number]) for number in (1, 2, 3))
    if not (10 <= log_n <= 20 and r >= 1 and 1 <= p <= 16 and 128 * r << log_n <= _MOST_MEMORY):
        return None
    salt, digest = (
        base64.urlsafe_b64decode(found[number] + "=" * (-len(found[number]) % 4)) for number in (4, 5)
    )
    return _Hash(log_n, r, p, salt, digest)
