"""The index of a folder of sessions: a cache that answers filters at once, made anew at will, never the truth."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bodymap.common.trouble import Exit, Trouble
from bodymap.desk import database, writing
from bodymap.desk.listing import Listing
from bodymap.desk.masks import known_names
from bodymap.desk.query import Query
from bodymap.desk.refreshing import Refreshed, bring_up
from bodymap.desk.rows import Order, Row, row_of
from bodymap.desk.shelves import Damaged, Shelf, load
from bodymap.desk.tree import Stamp
from bodymap.desk.worker import read_tasks
from bodymap.desk.writing import Changes, Kept, Step
from bodymap.sessions.ids import CODE_LENGTH
from bodymap.sessions.troubles import folder_trouble

_MOST_BAD = 200
_ALL = Query()


class SessionIndex:
    """Answers questions about all sessions of a folder. Made without touching the disk; opened when first asked.

    Safe to use from several threads, and by several processes at once: each sees whole states only. While one thread
    refreshes, others get answers from what is there so far. `place` is where the file lies, and None before the first
    question or where it is kept in memory (no folder yet, nowhere to write).
    """

    def __init__(self, folder: Path, *, place: Path | None = None) -> None:
        self.folder = folder
        self.place: Path | None = None
        self._wanted = place
        self._lock = threading.RLock()
        self._refreshing = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._without_folder = False
        self._closed = False
        self._shelves: list[Shelf] = []
        self._generation = -1
        self._listing: Listing | None = None

    def refresh(self, going_on: Callable[[int, int], bool] | None = None) -> Refreshed:
        """Bring the index up to the folder by the times of its folders. Raises nothing: see `Refreshed.trouble`.

        `going_on` is told after every few thousand files how many days of how many are done, and stops the rest by
        returning False.
        """
        return self._bring_up(going_on, whole=False)

    def check(self, going_on: Callable[[int, int], bool] | None = None) -> Refreshed:
        """Do the same by looking at every file: what was changed without its folder noticing is found too."""
        return self._bring_up(going_on, whole=True)

    def rebuild(self, going_on: Callable[[int, int], bool] | None = None) -> Refreshed:
        """Forget everything and read all files anew."""
        with self._lock, suppress(Trouble):
            self._opened()  # so that there is a place to clear
            self._drop()
        return self._bring_up(going_on, whole=True)

    def count(self, query: Query = _ALL) -> int:
        """Return how many files `query` lets through, bad ones included. Raises `Trouble`."""
        with self.reading() as listing:
            return listing.count(query)

    def rows(
        self, query: Query = _ALL, order: Order = Order.URGENT, start: int = 0, count: int = 50
    ) -> list[Row]:
        """Return the lines `start` to `start + count` of the list. Raises `Trouble`."""
        with self.reading() as listing:
            return [self._row(*kept) for kept in listing.rows(query, order, start, count)]

    def position_of(self, code: str, query: Query = _ALL, order: Order = Order.URGENT) -> int | None:
        """Return the place in the list of the newest session with this code or id; None where none is in it.

        Raises `Trouble`.
        """
        with self.reading() as listing:
            column = "code" if len(code) == CODE_LENGTH else "id"
            return listing.position_of(
                column, code.upper() if column == "code" else code.lower(), query, order
            )

    def names(self) -> dict[str, set[str]]:
        """Return the ids that occur, by field, for `Query.parse`. Raises `Trouble`."""
        with self.reading() as listing:
            return known_names(listing.connection, listing.shelves)

    @contextmanager
    def reading(self) -> Iterator[Listing]:
        """Hold one state of the index while it is asked. Raises `Trouble`."""
        with self._lock, self._mending() as connection:
            connection.execute("BEGIN")
            try:
                yield self._current(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file, and end a refresh that is under way as soon as it can."""
        self._closed = True
        with self._lock:
            self._release()

    # What refreshing needs (`refreshing.Book`), each with the lock held no longer than it takes.

    def stamps(self) -> dict[str, Stamp]:
        """Return the folders as they were."""
        rows = self._ask("SELECT path, stamp, settled FROM folder")
        return {path: Stamp(stamp, bool(settled)) for path, stamp, settled in rows}

    def kept(self, day: str) -> dict[bytes, Kept]:
        """Return the files of a day as they were."""
        with self._lock, self._mending() as connection:
            return writing.kept_of(connection, day)

    def bad(self) -> list[tuple[str, bytes, str]]:
        """Return day, name and stamp of the newest files that could not be read."""
        return self._ask(
            "SELECT day, name, stamp FROM session WHERE trouble <> '' ORDER BY epoch DESC LIMIT ?", _MOST_BAD
        )

    def write(self, steps: Sequence[Step]) -> Changes:
        """Put down what was found."""
        with self._lock, self._mending() as connection:
            return writing.write(connection, steps)

    def forget(self, paths: Sequence[str], stamps: dict[str, Stamp]) -> Changes:
        """Take out folders that are gone, note folders without files."""
        with self._lock, self._mending() as connection:
            return writing.forget(connection, paths, stamps)

    def _bring_up(self, going_on: Callable[[int, int], bool] | None, *, whole: bool) -> Refreshed:
        began = time.perf_counter()
        changes, trouble, bad = Changes(), None, 0

        def further(done: int, days: int) -> bool:
            return not self._closed and (going_on is None or going_on(done, days))

        with self._refreshing:
            try:
                self._still_there()
                changes = bring_up(
                    self.folder, self, partial(read_tasks, self.folder), whole=whole, going_on=further
                )
            except OSError as error:
                if not (isinstance(error, FileNotFoundError) and self.place is None):
                    trouble = folder_trouble(error, self.folder)
            except Trouble as found:
                trouble = found
        with suppress(Trouble):
            ((bad,),) = self._ask("SELECT count(*) FROM session WHERE trouble <> ''")
        return Refreshed(*changes, bad, time.perf_counter() - began, trouble)

    def _ask(self, statement: str, *values: object) -> list[Any]:
        with self._lock, self._mending() as connection:
            return connection.execute(statement, values).fetchall()

    def _row(self, day: str, name: bytes, columns: tuple[str | int, ...], twice: bool) -> Row:
        try:
            return row_of(self.folder, day, name, columns, "Another file has the same id." if twice else "")
        except (ValueError, TypeError) as error:
            raise Damaged("a row that cannot have been written") from error

    def _current(self, connection: sqlite3.Connection) -> Listing:
        generation = writing.generation_of(connection)
        minute = int(time.time() // 60)
        if self._listing is None or generation != self._generation:
            self._shelves = load(connection, self._shelves)
            self._generation = generation
            self._listing = None
        if self._listing is None or self._listing.minute != minute:
            self._listing = Listing(connection, self._shelves, minute, datetime.now().astimezone())
        return self._listing

    # Opening, and what to do about a file that cannot be used.

    @contextmanager
    def _mending(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; a file that turns out to be damaged is thrown away, to be made anew."""
        try:
            yield self._opened()
        except (sqlite3.DatabaseError, Damaged) as error:
            if isinstance(error, sqlite3.DatabaseError) and database.is_passing(error):
                self._forget_shelves()
                raise self._passing(error) from None
            self._drop()
            raise Trouble(
                "The index of the sessions was damaged and is made anew.",
                where=str(self.folder),
                remedy="Nothing is lost; look again in a moment.",
                exit=Exit.FILE_FAILED,
            ) from None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            if self._closed:
                raise Trouble("The index was closed.", where=str(self.folder))
            self._connection, self.place = self._open()
            self._inode = self.place.stat().st_ino if self.place else 0
        return self._connection

    def _open(self) -> tuple[sqlite3.Connection, Path | None]:
        place = self._wanted or database.place_of(self.folder)
        self._without_folder = place is None
        if place is not None:
            for trying in (place, database.cached_place(self.folder)):
                with suppress(OSError, sqlite3.Error, database.Newer):
                    return database.opened(trying), trying
        return database.opened(None), None

    def _still_there(self) -> None:
        """Open the file again where it is no longer the one that we have open, or where there is a place for it now."""
        with self._lock:
            self._opened()
            if self.place is None:
                if self._without_folder and self.folder.exists():
                    self._release()
                return
            try:
                same = self.place.stat().st_ino == self._inode
            except OSError:
                # With the folder gone as well, what we still have open is the best there is.
                same = not self.folder.exists()
            if not same:
                self._release()

    def _drop(self) -> None:
        place = self.place
        self._release()
        if place is not None:
            database.remove(place)

    def _release(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._forget_shelves()

    def _forget_shelves(self) -> None:
        self._shelves, self._generation, self._listing = [], -1, None

    def _passing(self, error: sqlite3.Error) -> Trouble:
        return Trouble(
            f"The index cannot be used at the moment: {error}.",
            where=str(self.place or self.folder),
            remedy="Another bodymap may be writing it, or the disk is full; try again.",
            exit=Exit.FILE_FAILED,
        )
