"""Sessions in the order of time, in runs of some thousands, and for every term one bit a session.

A filter is arithmetic on whole numbers of some thousand bits: `and`, `or`, counting ones. That is what makes a hundred
thousand sessions answer between two keys, and sums over any selection as cheap as counting it.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from bodymap.desk.rows import Found

MOST = 4096
"""Sessions on one shelf; one that grows beyond is split. 512 bytes a term then lie on one page of the file."""


class Shelf:
    """One run of sessions: position `p` is the session `keys[p]`, started at `epochs[p]`, on the day `days[p]`.

    `bits(term)` has bit `p` set where the session at `p` has the term. Read as they are asked for, kept as long as
    `version` is the one in the file.
    """

    def __init__(self, number: int, version: int, keys: bytes, epochs: bytes, days: bytes) -> None:
        self.number = number
        self.version = version
        self.keys, self.epochs, self.days = array("I"), array("q"), array("i")
        for numbers, blob in ((self.keys, keys), (self.epochs, epochs), (self.days, days)):
            numbers.frombytes(blob)
        if not len(self.keys) == len(self.epochs) == len(self.days):
            raise ValueError("a shelf whose lists differ in length")
        self._kinds: dict[str, dict[str, int]] = {}
        self._terms: dict[str, int] = {}
        self._runs: list[tuple[int, int, int]] | None = None

    @property
    def whole(self) -> int:
        """The mask of every session here."""
        return (1 << len(self.keys)) - 1

    def kind(self, connection: sqlite3.Connection, kind: str) -> dict[str, int]:
        """Return the bits of every term that starts with `kind` and a slash."""
        found = self._kinds.get(kind)
        if found is None:
            rows = connection.execute(
                "SELECT term, bits FROM bits WHERE shelf = ? AND term >= ? AND term < ?",
                (self.number, f"{kind}/", f"{kind}0"),
            )
            found = self._kinds[kind] = {term: int.from_bytes(bits, "little") for term, bits in rows}
        return found

    def bits(self, connection: sqlite3.Connection, term: str) -> int:
        """Return the bits of one term, 0 where no session here has it."""
        kind = self._kinds.get(term.partition("/")[0])
        if kind is not None:
            return kind.get(term, 0)
        found = self._terms.get(term)
        if found is None:
            row = connection.execute(
                "SELECT bits FROM bits WHERE shelf = ? AND term = ?", (self.number, term)
            ).fetchone()
            found = self._terms[term] = int.from_bytes(row[0], "little") if row else 0
        return found

    def among(self, keys: set[int]) -> int:
        """Return the mask of the sessions in `keys`."""
        if keys.isdisjoint(self.keys):
            return 0
        mask = 0
        for position, key in enumerate(self.keys):
            if key in keys:
                mask |= 1 << position
        return mask

    def since(self, epoch: int) -> int:
        """Return the mask of the sessions that started at `epoch` or later."""
        before = bisect_left(self.epochs, epoch)
        return self.whole >> before << before

    def runs(self) -> list[tuple[int, int, int]]:
        """Return (day, first position, count) for every run of sessions of one day."""
        if self._runs is None:
            self._runs, start = [], 0
            for day, run in groupby(self.days):
                count = sum(1 for _ in run)
                self._runs.append((day, start, count))
                start += count
        return self._runs


def positions(mask: int, *, newest: bool = True) -> list[int]:
    """Return the positions of the ones in a mask, the newest first or last."""
    digits = bin(mask)[2:]
    if not newest:
        digits = digits[::-1]
    found, last = [], len(digits) - 1
    at = digits.find("1")
    while at >= 0:
        found.append(last - at if newest else at)
        at = digits.find("1", at + 1)
    return found


def load(connection: sqlite3.Connection, kept: Iterable[Shelf]) -> list[Shelf]:
    """Return all shelves in the order of time, taking from `kept` those that are still as they were."""
    before = {(shelf.number, shelf.version): shelf for shelf in kept}
    shelves = []
    for number, version in connection.execute(
        "SELECT number, version FROM shelf ORDER BY first, number"
    ).fetchall():
        shelf = before.get((number, version))
        if shelf is None:
            row = connection.execute(
                "SELECT keys, epochs, days FROM shelf WHERE number = ?", (number,)
            ).fetchone()
            shelf = Shelf(number, version, *row)
        shelves.append(shelf)
    return shelves


class Changing:
    """Shelves being changed inside one transaction; `write` puts down what has changed, as of `version`, which must
    never have been written before.
    """

    def __init__(self, connection: sqlite3.Connection, version: int) -> None:
        self._connection = connection
        self._version = version
        self._shelves = [_Changed(connection, shelf) for shelf in load(connection, ())]
        numbers = connection.execute("SELECT coalesce(max(number), 0) FROM shelf").fetchone()
        self._next = int(numbers[0]) + 1

    def remove(self, epoch: int, key: int) -> None:
        """Take the session `key`, which started at `epoch`, off its shelf."""
        for shelf in self._shelves:
            if (
                shelf.epochs
                and shelf.epochs[0] <= epoch <= shelf.epochs[-1]
                and (at := shelf.find(epoch, key)) >= 0
            ):
                shelf.remove(at)
                return

    def add(self, found: Sequence[tuple[int, Found, tuple[str, ...]]]) -> None:
        """Put sessions, as (key, what was found, terms), on the shelves where they belong."""
        found = sorted(found, key=lambda one: (one[1].epoch, one[0]))
        if len(found) > MOST // 8 and self._between(found[0][1].epoch, found[-1][1].epoch):
            # Many that lie together, where nothing lies yet: new shelves, built in one go.
            for start in range(0, len(found), MOST):
                self._shelves.append(
                    _Changed.of(self._connection, self._number(), found[start : start + MOST])
                )
        else:
            for key, one, terms in found:
                self._place(one.epoch).insert(key, one.epoch, one.day, terms)
        self._shelves = [part for shelf in self._shelves for part in shelf.parts(self._number)]
        self._shelves.sort(key=lambda shelf: shelf.epochs[0] if shelf.epochs else 0)

    def write(self) -> None:
        """Write every shelf that has changed."""
        for shelf in self._shelves:
            shelf.write(self._version)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _between(self, first: int, last: int) -> bool:
        return not any(
            shelf.epochs and shelf.epochs[0] <= last and first <= shelf.epochs[-1] for shelf in self._shelves
        )

    def _place(self, epoch: int) -> _Changed:
        best = None
        for shelf in self._shelves:
            if best is None or (shelf.epochs and shelf.epochs[0] <= epoch):
                best = shelf
        if best is None or (len(best.epochs) >= MOST and epoch >= best.epochs[-1]):
            best = _Changed.of(self._connection, self._number(), ())
            self._shelves.append(best)
            self._shelves.sort(key=lambda shelf: shelf.epochs[0] if shelf.epochs else epoch)
        return best


class _Changed:
    """One shelf with all its bits, read when the first of them changes."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._number = shelf.number
        self.keys, self.epochs, self.days = shelf.keys, shelf.epochs, shelf.days
        self._read: dict[str, int] | None = None
        self._dirty: set[str] = set()
        self._changed = False

    @classmethod
    def of(
        cls, connection: sqlite3.Connection, number: int, found: Sequence[tuple[int, Found, tuple[str, ...]]]
    ) -> _Changed:
        """Return a new shelf of sessions that are in the order of time."""
        shelf = cls(connection, Shelf(number, 0, b"", b"", b""))
        masks: dict[str, bytearray] = {}
        size = (len(found) + 7) // 8
        for position, (key, one, terms) in enumerate(found):
            shelf.keys.append(key)
            shelf.epochs.append(one.epoch)
            shelf.days.append(one.day)
            byte, bit = position >> 3, 1 << (position & 7)
            for term in terms:
                mask = masks.get(term)
                if mask is None:
                    mask = masks[term] = bytearray(size)
                mask[byte] |= bit
        shelf._read = {term: int.from_bytes(mask, "little") for term, mask in masks.items()}
        shelf._dirty = set(masks)
        shelf._changed = True
        return shelf

    @property
    def _bits(self) -> dict[str, int]:
        if self._read is None:
            rows = self._connection.execute("SELECT term, bits FROM bits WHERE shelf = ?", (self._number,))
            self._read = {term: int.from_bytes(bits, "little") for term, bits in rows}
        return self._read

    def find(self, epoch: int, key: int) -> int:
        at = bisect_left(self.epochs, epoch)
        while at < len(self.epochs) and self.epochs[at] == epoch:
            if self.keys[at] == key:
                return at
            at += 1
        return -1

    def insert(self, key: int, epoch: int, day: int, terms: tuple[str, ...]) -> None:
        at = bisect_left(self.epochs, epoch)
        while at < len(self.epochs) and self.epochs[at] == epoch and self.keys[at] < key:
            at += 1
        below = (1 << at) - 1
        if at < len(self.keys):
            for term, bits in self._bits.items():
                if high := bits >> at:
                    self._set(term, high << at + 1 | bits & below)
        for numbers, value in ((self.keys, key), (self.epochs, epoch), (self.days, day)):
            numbers.insert(at, value)
        for term in terms:
            self._set(term, self._bits.get(term, 0) | 1 << at)
        self._changed = True

    def remove(self, at: int) -> None:
        below = (1 << at) - 1
        for term, bits in self._bits.items():
            if high := bits >> at:
                self._set(term, high >> 1 << at | bits & below)
        for numbers in (self.keys, self.epochs, self.days):
            del numbers[at]
        self._changed = True

    def parts(self, number: Callable[[], int]) -> list[_Changed]:
        """Return this shelf, or two halves of it where it has grown too large."""
        if len(self.keys) <= MOST:
            return [self]
        half = len(self.keys) // 2
        upper = _Changed(self._connection, Shelf(number(), 0, b"", b"", b""))
        upper.keys, upper.epochs, upper.days = self.keys[half:], self.epochs[half:], self.days[half:]
        upper._read = {term: bits >> half for term, bits in self._bits.items() if bits >> half}
        upper._dirty, upper._changed = set(upper._read), True
        for term, bits in self._bits.items():
            if bits >> half:
                self._set(term, bits & (1 << half) - 1)
        del self.keys[half:], self.epochs[half:], self.days[half:]
        return [self, *upper.parts(number)]

    def write(self, version: int) -> None:
        if not self._changed:
            return
        execute, number = self._connection.execute, self._number
        gone = [(number, term) for term in self._dirty if not self._bits[term]]
        self._connection.executemany("DELETE FROM bits WHERE shelf = ? AND term = ?", gone)
        if not self.keys:
            execute("DELETE FROM shelf WHERE number = ?", (number,))
            return
        self._connection.executemany(
            "INSERT OR REPLACE INTO bits VALUES (?, ?, ?)",
            [(number, term, _blob(self._bits[term])) for term in sorted(self._dirty) if self._bits[term]],
        )
        lists = [numbers.tobytes() for numbers in (self.keys, self.epochs, self.days)]
        execute(
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?, ?)",
            (number, version, self.epochs[0], *lists),
        )

    def _set(self, term: str, bits: int) -> None:
        # A term that is there already keeps its place, so that going through them may change them.
        self._bits[term] = bits
        self._dirty.add(term)


def _blob(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
