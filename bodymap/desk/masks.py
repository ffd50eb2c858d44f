"""What a filter means, as bits: which sessions of a shelf it lets through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bodymap.desk.query import Query, Term, bears, moment
from bodymap.desk.rows import EPOCH
from bodymap.desk.shelves import Shelf

_MANY = 50


Known = dict[tuple[str, str, int], int]
"""What was found for terms in words: (field, value, shelf) to mask."""


class Filter:
    """A query made ready for one state of an index: texts and codes are looked up once, the rest shelf by shelf.

    `known` is where the costly answers are kept for the next query, as somebody types on.
    """

    def __init__(self, query: Query, connection: sqlite3.Connection, now: datetime, known: Known) -> None:
        self._connection = connection
        self._known = known
        self._looked: dict[tuple[str, str], _Looked] = {}
        self._sides = tuple(term.value for term in query.of("side") if not term.excluded)
        self._terms = query.terms
        self._moments = {
            term: moment(term.value, now, end=term.field == "until") for term in query.of("since", "until")
        }

    def of(self, shelf: Shelf) -> int:
        """Return the mask of the sessions on a shelf that are let through."""
        mask = shelf.whole
        for term in self._terms:
            if not mask:
                break
            bits = self._bits(shelf, term)
            mask &= ~bits if term.excluded else bits
        return mask & shelf.whole

    def _bits(self, shelf: Shelf, term: Term) -> int:
        field, value = term.field, term.value
        if field == "region":
            return self._region(shelf, value, () if term.excluded else self._sides)
        if field == "side":
            # Beside a region the side belongs to it; alone it is that of any mark.
            if not term.excluded and any(
                other.field == "region" and not other.excluded for other in self._terms
            ):
                return shelf.whole
            return self._any(shelf, "mark", lambda name: name.endswith(f"/{value}"))
        if field in ("cause", "alarm"):
            return self._any(shelf, field, lambda name: bears(name, value))
        if field in ("tier", "band", "state"):
            return shelf.bits(self._connection, f"{field}/{value}")
        if field in ("reviewed", "unreviewed", "bad"):
            bits = shelf.bits(self._connection, f"flag/{'bad' if field == 'bad' else 'reviewed'}")
            return shelf.whole & ~bits if field == "unreviewed" else bits
        if field in ("since", "until"):
            return self._time(shelf, term)
        return self._words(shelf, field, value)

    def _words(self, shelf: Shelf, field: str, value: str) -> int:
        mask = self._known.get((field, value, shelf.number))
        if mask is None:
            looked = self._looked.get((field, value))
            if looked is None:
                looked = self._looked[field, value] = _Looked(self._connection, field, value)
            mask = self._known[field, value, shelf.number] = looked.of(shelf)
        return mask

    def _region(self, shelf: Shelf, value: str, sides: tuple[str, ...]) -> int:
        """Return the sessions with a mark in such a region: on every one of `sides`, where some are given."""
        if not sides:
            return self._any(shelf, "mark", lambda name: bears(name.partition("/")[0], value))
        mask = shelf.whole
        for side in sides:
            mask &= self._any(shelf, "mark", partial(_on_side, value, side))
        return mask

    def _any(self, shelf: Shelf, kind: str, wanted: Callable[[str], bool]) -> int:
        mask, start = 0, len(kind) + 1
        for term, bits in shelf.kind(self._connection, kind).items():
            if wanted(term[start:]):
                mask |= bits
        return mask

    def _time(self, shelf: Shelf, term: Term) -> int:
        when = self._moments[term]
        if when is None:
            return shelf.whole
        epoch = epoch_of(when)
        since = shelf.since(epoch)
        return since if term.field == "since" else shelf.whole & ~since


class _Looked:
    """What the tables say of a term in words: sentences that hold it, sessions whose notes or code do."""

    def __init__(self, connection: sqlite3.Connection, field: str, value: str) -> None:
        self._connection = connection
        self._terms: list[str] = []
        self._found: list[tuple[int, int]] = []
        if field != "code" and (words := _fts(value)):
            rows = connection.execute("SELECT rowid FROM said_words WHERE said_words MATCH ?", (words,))
            self._terms += [f"text/{id}" for (id,) in rows]
            noted = "SELECT rowid FROM noted WHERE noted MATCH ?"
            self._found += connection.execute(
                f"SELECT epoch, key FROM session WHERE key IN ({noted})", (words,)
            )
        code = value.upper()
        if field != "text" and len(code) == 1:
            self._terms.append(f"code/{code}")  # thousands of them: as bits
        elif field != "text" and code.isalnum():
            between = (code, code + "\U0010ffff")
            self._found += connection.execute(
                "SELECT epoch, key FROM session WHERE code >= ? AND code < ?", between
            )
        self._found.sort()

    def of(self, shelf: Shelf) -> int:
        """Return the mask of the sessions on a shelf in which the term was found."""
        mask = shelf.among(self._found)
        if len(self._terms) > _MANY:
            shelf.kind(self._connection, "text")
        for term in self._terms:
            mask |= shelf.bits(self._connection, term)
        return mask


def _on_side(value: str, side: str, name: str) -> bool:
    region, _, on = name.partition("/")
    return on == side and bears(region, value)


def epoch_of(when: datetime) -> int:
    """Return the seconds since 1970, rounded up, also of moments that time stamps do not reach."""
    since = when.replace(tzinfo=None) - EPOCH - (when.utcoffset() or timedelta())
    return -(-since // timedelta(seconds=1))


def _fts(value: str) -> str:
    """Return the words as FTS5 asks for them: next to each other, the last one perhaps unfinished."""
    words = value.replace('"', " ").strip()
    return f'"{words}"*' if any(letter.isalnum() for letter in words) else ""


def known_names(connection: sqlite3.Connection, shelves: list[Shelf]) -> dict[str, set[str]]:
    """Return the ids that occur in sessions, by field: regions, causes, alarms."""
    names: dict[str, set[str]] = {}
    for field, kind in (("region", "mark"), ("cause", "cause"), ("alarm", "alarm")):
        terms = {term for shelf in shelves for term in shelf.kind(connection, kind)}
        names[field] = {term.split("/")[1] for term in terms} - {"none"}
    return names
