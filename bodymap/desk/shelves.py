"""Sessions in the order of time, in runs of some thousands, and for every term one bit a session.

A filter is arithmetic on whole numbers of some thousand bits: `and`, `or`, counting ones. That is what makes a hundred
thousand sessions answer between two keys, and sums over any selection as cheap as counting it.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

MOST = 4096
"""Sessions on one shelf; one that grows beyond is split. 512 bytes a term then lie on one page of the file."""


class Damaged(Exception):  # noqa: N818 - it is an answer, not a fault
    """What stands in the file cannot have been written by us."""


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
            if not isinstance(blob, bytes) or len(blob) % numbers.itemsize:
                raise Damaged("a list that is none")
            numbers.frombytes(blob)
        if not len(self.keys) == len(self.epochs) == len(self.days):
            raise Damaged("a shelf whose lists differ in length")
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
            found = self._kinds[kind] = {term: number_of(bits) for term, bits in rows}
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
            found = self._terms[term] = number_of(row[0]) if row else 0
        return found

    def find(self, epoch: int, key: int) -> int:
        """Return the position of a session, -1 where it is not here."""
        return place_of(self.epochs, self.keys, epoch, key)

    def among(self, found: Sequence[tuple[int, int]]) -> int:
        """Return the mask of the sessions in `found`: (epoch, key) in order."""
        if not self.keys:
            return 0
        first, last = bisect_left(found, (self.epochs[0], 0)), bisect_left(found, (self.epochs[-1] + 1, 0))
        mask = 0
        for epoch, key in found[first:last]:
            at = self.find(epoch, key)
            if at >= 0:
                mask |= 1 << at
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


def number_of(bits: object) -> int:
    """Return the bits of a term as a number. Raises `Damaged`."""
    if not isinstance(bits, bytes):
        raise Damaged("bits that are none")
    return int.from_bytes(bits, "little")


def place_of(epochs: array[int], keys: array[int], epoch: int, key: int) -> int:
    """Return where `key`, of the moment `epoch`, stands in lists in the order of time; -1 where it does not."""
    at = bisect_left(epochs, epoch)
    while at < len(epochs) and epochs[at] == epoch:
        if keys[at] == key:
            return at
        at += 1
    return -1


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
        "SELECT number, version FROM shelf ORDER BY first, last, number"
    ).fetchall():
        shelf = before.get((number, version))
        if shelf is None:
            row = connection.execute(
                "SELECT keys, epochs, days FROM shelf WHERE number = ?", (number,)
            ).fetchone()
            shelf = Shelf(number, version, *row)
        shelves.append(shelf)
    return shelves
