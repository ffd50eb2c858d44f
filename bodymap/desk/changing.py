"""Changing the shelves of an index: one bit moved in or out of every term, in the place that its time gives it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Sequence

from bodymap.desk.rows import Found
from bodymap.desk.shelves import MOST, Shelf, load, number_of, place_of


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
            self._read = {term: number_of(bits) for term, bits in rows}
        return self._read

    def find(self, epoch: int, key: int) -> int:
        return place_of(self.epochs, self.keys, epoch, key)

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
