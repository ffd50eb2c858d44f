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


class Filter:
    """A query made ready for one state of an index: texts and codes are looked up once, the rest shelf by shelf."""

    def __init__(self, query: Query, connection: sqlite3.Connection, now: datetime) -> None:
        self._connection = connection
        self._found = {
            term: _Looked(connection, term) for term in query.terms if term.field in ("", "text", "code")
        }
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
        return self._found[term].of(shelf)

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
    """What the tables say of a term in words: ids of sentences that hold it, keys of sessions."""

    def __init__(self, connection: sqlite3.Connection, term: Term) -> None:
        self._connection = connection
        self._sentences: list[int] = []
        self._keys: set[int] = set()
        if term.field != "code" and (words := _fts(term.value)):
            ask = "SELECT rowid FROM {} WHERE {} MATCH ?"
            self._sentences = [
                id for (id,) in connection.execute(ask.format("said_words", "said_words"), (words,))
            ]
            self._keys = {key for (key,) in connection.execute(ask.format("noted", "noted"), (words,))}
        if term.field != "text" and term.value.isalnum():
            code = term.value.upper()
            rows = connection.execute(
                "SELECT key FROM session WHERE code >= ? AND code < ?", (code, code + "\U0010ffff")
            )
            self._keys |= {key for (key,) in rows}

    def of(self, shelf: Shelf) -> int:
        """Return the mask of the sessions on a shelf in which the term was found."""
        mask = shelf.among(self._keys) if self._keys else 0
        if len(self._sentences) > _MANY:
            shelf.kind(self._connection, "text")
        for id in self._sentences:
            mask |= shelf.bits(self._connection, f"text/{id}")
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
