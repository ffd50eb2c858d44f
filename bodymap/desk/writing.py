"""Putting what was found into an index, in one step that other processes see whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from bodymap.desk.changing import Changing, Coming
from bodymap.desk.rows import COLUMNS, Found
from bodymap.desk.shelves import Damaged
from bodymap.desk.tree import File, Stamp

_INSERT = f"INSERT INTO session VALUES ({', '.join('?' * (6 + len(COLUMNS)))})"


class Kept(NamedTuple):
    """What an index holds of one file."""

    key: int
    stamp: str
    review: str
    epoch: int


class Step(NamedTuple):
    """One change of an index: what was found in the folder `day`, what is gone from it, and the stamp of the folder
    where nothing of it is left to be read (None where there is more to come).
    """

    day: str
    found: Sequence[tuple[File, Found]]
    gone: Sequence[bytes]
    stamp: Stamp | None


class Changes(NamedTuple):
    """How many files came, changed and went."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    def plus(self, other: Changes) -> Changes:
        """Return the sum."""
        return Changes(*(one + another for one, another in zip(self, other, strict=True)))


def kept_of(connection: sqlite3.Connection, day: str) -> dict[bytes, Kept]:
    """Return what the index holds of the files of a day, by name."""
    rows = connection.execute(
        "SELECT name, key, stamp, review_stamp, epoch FROM session WHERE day = ?", (day,)
    )
    return {name: Kept(*rest) for name, *rest in rows}


def generation_of(connection: sqlite3.Connection) -> int:
    """Return the number of the state of an index; it grows with every change, whoever makes it."""
    row = connection.execute("SELECT value FROM about WHERE name = 'generation'").fetchone()
    if row and not isinstance(row[0], int):
        raise Damaged("a state without a number")
    return row[0] if row else 0


def write(connection: sqlite3.Connection, steps: Sequence[Step]) -> Changes:
    """Make these changes. What another process wrote meanwhile is not written again."""
    with _transaction(connection):
        version = generation_of(connection) + 1
        connection.execute("INSERT OR REPLACE INTO about VALUES ('generation', ?)", (version,))
        (key,) = connection.execute("SELECT coalesce(max(key), 0) + 1 FROM session").fetchone()
        shelves = Changing(connection, version)
        sentences = _Sentences(connection)
        coming: list[Coming] = []
        changes = Changes()
        for step in steps:
            kept = kept_of(connection, step.day)
            gone = [kept[name] for name in step.gone if name in kept]
            new = [
                (file, found)
                for file, found in step.found
                if file.name not in kept or kept[file.name][1:3] != (file.stamp, file.review)
            ]
            old = [kept[file.name] for file, _ in new if file.name in kept]
            for one in (*gone, *old):
                shelves.remove(one.epoch, one.key)
            _delete(connection, [one.key for one in (*gone, *old)])
            for file, found in new:
                connection.execute(
                    _INSERT, (key, step.day, file.name, file.stamp, file.review, found.epoch, *found.columns)
                )
                if found.note:
                    connection.execute("INSERT INTO noted (rowid, text) VALUES (?, ?)", (key, found.note))
                coming.append(Coming(key, found, (*found.terms, *sentences.terms(found.texts))))
                key += 1
            if step.stamp is not None:
                connection.execute("INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", (step.day, *step.stamp))
            changes = changes.plus(Changes(len(new) - len(old), len(old), len(gone)))
        shelves.add(coming)
        shelves.write()
    return changes


def forget(connection: sqlite3.Connection, paths: Sequence[str], stamps: dict[str, Stamp]) -> Changes:
    """Take everything of the folders `paths` out, and note the stamps of folders that hold no files themselves."""
    with _transaction(connection):
        version = generation_of(connection) + 1
        shelves = Changing(connection, version)
        keys: list[int] = []
        for path in paths:
            kept = kept_of(connection, path).values()
            for one in kept:
                shelves.remove(one.epoch, one.key)
            keys += [one.key for one in kept]
            connection.execute("DELETE FROM folder WHERE path = ?", (path,))
        _delete(connection, keys)
        connection.executemany(
            "INSERT OR REPLACE INTO folder VALUES (?, ?, ?)",
            [(path, *stamp) for path, stamp in stamps.items()],
        )
        if keys:
            connection.execute("INSERT OR REPLACE INTO about VALUES ('generation', ?)", (version,))
            shelves.write()
    return Changes(gone=len(keys))


def _delete(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    numbers = [(key,) for key in keys]
    connection.executemany("DELETE FROM session WHERE key = ?", numbers)
    connection.executemany("DELETE FROM noted WHERE rowid = ?", numbers)


class _Sentences:
    """Sentences are few and said by many: each is kept once, and found in a session by a bit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms: dict[str, str] = {}

    def terms(self, texts: Sequence[str]) -> list[str]:
        return [self._terms.get(text) or self._term(text) for text in texts]

    def _term(self, text: str) -> str:
        execute = self._connection.execute
        row = execute("SELECT id FROM said WHERE text = ?", (text,)).fetchone()
        if row is None:
            row = (execute("INSERT INTO said (text) VALUES (?)", (text,)).lastrowid,)
            execute("INSERT INTO said_words (rowid, text) VALUES (?, ?)", (*row, text))
        term = self._terms[text] = f"text/{row[0]}"
        return term


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
