"""The list that a filter and an order make of one state of an index, and any part of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from bodymap.desk.masks import Filter, Known
from bodymap.desk.query import Query
from bodymap.desk.rows import COLUMNS, Order
from bodymap.desk.shelves import Shelf, positions
from bodymap.knowledge.vocabulary import BANDS, TIERS

_MOST_KNOWN = 2000
Masks = list[int]
"""One mask for each shelf, in the order of time."""
_KEPT = f"SELECT key, day, name, {', '.join(COLUMNS)} FROM session WHERE key IN "


class Listing:
    """One state of the index, asked as often as needed; what was worked out for a query is kept.

    `minute` is the time it was made at: spans such as `since:7d` count back from it.
    """

    def __init__(
        self, connection: sqlite3.Connection, shelves: Sequence[Shelf], minute: int, now: datetime
    ) -> None:
        self.connection = connection
        self.shelves = list(shelves)
        self.minute = minute
        self._now = now
        self._known: Known = {}
        self._masks: dict[tuple[object, ...], Masks] = {}
        self._by_code: dict[tuple[object, ...], list[int]] = {}

    def masks(self, query: Query) -> Masks:
        """Return which sessions a query lets through."""
        masks = self._masks.get(query.terms)
        if masks is None:
            if len(self._masks) > 16:
                self._masks.clear()
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            chosen = Filter(query, self.connection, self._now, self._known)
            masks = self._masks[query.terms] = [chosen.of(shelf) for shelf in self.shelves]
        return masks

    def read_texts(self) -> None:
        """Read in which sessions each text stands, before somebody types a first letter, which is in many of them."""
        for shelf in self.shelves:
            shelf.kind(self.connection, "text")

    def count(self, query: Query) -> int:
        """Return how many sessions a query lets through."""
        return sum(mask.bit_count() for mask in self.masks(query))

    def rows(
        self, query: Query, order: Order, start: int, count: int
    ) -> list[tuple[str, bytes, tuple[str | int, ...], bool]]:
        """Return day, name, columns, and whether the id is there twice, of a part of the list."""
        keys = self._keys(query, order, max(0, start), max(0, count))
        marks = f"({', '.join('?' * len(keys))})"
        found = {key: rest for key, *rest in self.connection.execute(_KEPT + marks, keys)}
        ids = [found[key][2] for key in keys]
        twice = {
            id
            for (id,) in self.connection.execute(
                f"SELECT id FROM session WHERE id IN {marks} AND id <> '' GROUP BY id HAVING count(*) > 1",
                ids,
            )
        }
        return [
            (day, name, tuple(columns), columns[0] in twice)
            for day, name, *columns in (found[key] for key in keys)
        ]

    def position_of(self, column: str, value: str, query: Query, order: Order) -> int | None:
        """Return the place in the list of the newest session whose `column` (`code` or `id`) is `value`."""
        wanted = f"SELECT epoch, key FROM session WHERE {column} = ? ORDER BY epoch, key"
        found = self.connection.execute(wanted, (value,)).fetchall()
        masks = self.masks(query)
        for index in reversed(range(len(self.shelves))):
            shelf = self.shelves[index]
            at = (shelf.among(found) & masks[index]).bit_length() - 1
            if at >= 0:
                if order is Order.CODE:
                    return self._in_codes(query).index(shelf.keys[at])
                return self._place(query, order, index, at)
        return None

    def _place(self, query: Query, order: Order, index: int, at: int) -> int | None:
        before = 0
        for group in self._groups(query, order):
            if group[index] >> at & 1:
                if order is Order.OLDEST:
                    return (
                        before
                        + sum(mask.bit_count() for mask in group[:index])
                        + (group[index] & (1 << at) - 1).bit_count()
                    )
                newer = sum(mask.bit_count() for mask in group[index + 1 :])
                return before + newer + (group[index] >> at + 1).bit_count()
            before += sum(mask.bit_count() for mask in group)
        return None

    def _keys(self, query: Query, order: Order, start: int, count: int) -> list[int]:
        if order is Order.CODE:
            return self._in_codes(query)[start : start + count]
        newest = order is not Order.OLDEST
        keys: list[int] = []
        for group in self._groups(query, order):
            along = list(zip(self.shelves, group, strict=True))
            for shelf, mask in reversed(along) if newest else along:
                ones = mask.bit_count()
                if start >= ones:
                    start -= ones
                    continue
                part = positions(mask, newest=newest)[start : start + count - len(keys)]
                keys += [shelf.keys[at] for at in part]
                start = 0
                if len(keys) >= count:
                    return keys
        return keys

    def _in_codes(self, query: Query) -> list[int]:
        found = self._by_code.get(query.terms)
        if found is None:
            self._by_code.clear()
            allowed: set[int] = set()
            for shelf, mask in zip(self.shelves, self.masks(query), strict=True):
                allowed.update(map(shelf.keys.__getitem__, positions(mask)))
            order = "ORDER BY code, epoch DESC, key DESC"
            every = self.connection.execute(f"SELECT key FROM session WHERE code <> '' {order}").fetchall()
            every += self.connection.execute(f"SELECT key FROM session WHERE code = '' {order}")
            found = self._by_code[query.terms] = [key for (key,) in every if key in allowed]
        return found

    def _groups(self, query: Query, order: Order) -> list[Masks]:
        """Return the sessions that are let through, parted into those that come first, second …"""
        rest = list(self.masks(query))
        groups: list[Masks] = []
        for first in self._firsts(order):
            wanted = [first(shelf) for shelf in self.shelves]
            groups.append([mask & want for mask, want in zip(rest, wanted, strict=True)])
            rest = [mask & ~want for mask, want in zip(rest, wanted, strict=True)]
        return [*groups, rest]

    def _firsts(self, order: Order) -> list[Callable[[Shelf], int]]:
        if order is Order.URGENT:
            return [lambda shelf: self._bits(shelf, "tier/emergency") & ~self._bits(shelf, "flag/reviewed")]
        if order is Order.READ:
            return [lambda shelf: shelf.whole & ~self._bits(shelf, "flag/reviewed")]
        terms = {
            Order.ALARM: [f"tier/{tier}" for tier in TIERS],
            Order.BAND: [f"band/{band}" for band in BANDS],
            Order.CAUSE: self._causes() if order is Order.CAUSE else [],
        }.get(order, [])
        return [lambda shelf, term=term: self._bits(shelf, term) for term in terms]  # type: ignore[misc]

    def _bits(self, shelf: Shelf, term: str) -> int:
        return shelf.bits(self.connection, term)

    def _causes(self) -> list[str]:
        causes = {term for shelf in self.shelves for term in shelf.kind(self.connection, "cause")}
        return sorted(causes - {"cause/none"})
