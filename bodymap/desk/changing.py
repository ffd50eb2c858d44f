"""Changing the shelves of an index: one bit moved in or out of every term, in the place that its time gives it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bodymap.desk.rows import Found
from bodymap.desk.shelves import MOST, Shelf, load, number_of, place_of

_MANY = MOST // 8


class Coming(NamedTuple):
    """A session to be put on a shelf, under its key, with every term it is found by."""

    key: int
    found: Found
    terms: tuple[str, ...]


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

    def add(self, coming: Sequence[Coming]) -> None:
        """Put sessions on the shelves where they belong."""
        ordered = sorted(coming, key=lambda one: (one.found.epoch, one.key))
        for shelf, at, together in reversed(self._runs(ordered)):
            if len(together) > _MANY:
                # Many that lie together, where nothing lies between them: shelves of their own, built in one go.
                if shelf is not None and 0 < at < len(shelf.keys):
                    self._shelves.append(shelf.split(at, self._number()))
                for start in range(0, len(together), MOST):
                    part = together[start : start + MOST]
                    self._shelves.append(_Changed.of(self._connection, self._number(), part))
            else:
                for one in together:
                    self._place(one.found.epoch).insert(one)
        for shelf in list(self._shelves):
            while len(shelf.keys) > MOST:
                self._shelves.append(shelf.split(len(shelf.keys) - MOST // 2, self._number()))
        self._sort()

    def write(self) -> None:
        """Write every shelf that has changed."""
        for shelf in self._shelves:
            shelf.write(self._version)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _runs(self, ordered: Sequence[Coming]) -> list[tuple[_Changed | None, int, list[Coming]]]:
        """Return the sessions in runs that belong into the same place of the same shelf (None: before all of them)."""
        self._sort()
        runs: list[tuple[_Changed | None, int, list[Coming]]] = []
        shelves = [shelf for shelf in self._shelves if shelf.epochs]
        firsts = [shelf.epochs[0] for shelf in shelves]
        for one in ordered:
            number = bisect_right(firsts, one.found.epoch) - 1
            shelf = shelves[number] if number >= 0 else None
            at = bisect_left(shelf.epochs, one.found.epoch) if shelf else 0
            if runs and runs[-1][0] is shelf and runs[-1][1] == at:
                runs[-1][2].append(one)
            else:
                runs.append((shelf, at, [one]))
        return runs

    def _place(self, epoch: int) -> _Changed:
        """Return the shelf for a session that started at `epoch`, a new one rather than the end of a full one."""
        filled = [shelf for shelf in self._shelves if shelf.epochs]
        before = [shelf for shelf in filled if shelf.epochs[0] <= epoch]
        # Shelves made just now are not in order yet.
        best = max(before, key=_span) if before else min(filled, key=_span, default=None)
        if best is None or (len(best.epochs) >= MOST and epoch >= best.epochs[-1]):
            best = _Changed.of(self._connection, self._number(), ())
            self._shelves.append(best)
        return best

    def _sort(self) -> None:
        self._shelves.sort(key=_span)


def _span(shelf: _Changed) -> tuple[int, int]:
    return (shelf.epochs[0], shelf.epochs[-1]) if shelf.epochs else (0, 0)


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
    def of(cls, connection: sqlite3.Connection, number: int, coming: Sequence[Coming]) -> _Changed:
        """Return a new shelf of sessions that are in the order of time."""
        shelf = cls(connection, Shelf(number, 0, b"", b"", b""))
        masks: dict[str, bytearray] = {}
        size = (len(coming) + 7) // 8
        for position, one in enumerate(coming):
            shelf.keys.append(one.key)
            shelf.epochs.append(one.found.epoch)
            shelf.days.append(one.found.day)
            byte, bit = position >> 3, 1 << (position & 7)
            for term in one.terms:
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

    def insert(self, one: Coming) -> None:
        epoch = one.found.epoch
        at = bisect_left(self.epochs, epoch)
        while at < len(self.epochs) and self.epochs[at] == epoch and self.keys[at] < one.key:
            at += 1
        below = (1 << at) - 1
        if at < len(self.keys):
            for term, bits in self._bits.items():
                if high := bits >> at:
                    self._set(term, high << at + 1 | bits & below)
        for numbers, value in ((self.keys, one.key), (self.epochs, epoch), (self.days, one.found.day)):
            numbers.insert(at, value)
        for term in one.terms:
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

    def split(self, at: int, number: int) -> _Changed:
        """Keep what lies below the position `at`, and return a new shelf with the rest."""
        upper = _Changed(self._connection, Shelf(number, 0, b"", b"", b""))
        upper.keys, upper.epochs, upper.days = self.keys[at:], self.epochs[at:], self.days[at:]
        upper._read = {term: bits >> at for term, bits in self._bits.items() if bits >> at}
        upper._dirty, upper._changed = set(upper._read), True
        for term, bits in self._bits.items():
            if bits >> at:
                self._set(term, bits & (1 << at) - 1)
        del self.keys[at:], self.epochs[at:], self.days[at:]
        self._changed = True
        return upper

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
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, version, self.epochs[0], self.epochs[-1], *lists),
        )

    def _set(self, term: str, bits: int) -> None:
        # A term that is there already keeps its place, so that going through them may change them.
        self._bits[term] = bits
        self._dirty.add(term)


def _blob(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
