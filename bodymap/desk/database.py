"""The file of an index: where it may lie, whether it is ours, and making it anew. It is a cache and never the truth."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bodymap.common.places import cache_folder
from bodymap.desk.rows import COLUMNS

VERSION = 1
"""Raised whenever what is kept, or how, changes: an index of another version is made anew."""
_APPLICATION = 0x626D6170  # "bmap"
_NAME = ".index.sqlite"
_BESIDE = ("", "-wal", "-shm", "-journal")
_WAIT = 2.0
"""Seconds that one process waits for another to finish writing."""

_SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE folder (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, settled INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE session (
    key INTEGER PRIMARY KEY, day TEXT NOT NULL, name BLOB NOT NULL, stamp TEXT NOT NULL, review_stamp TEXT NOT NULL,
    epoch INTEGER NOT NULL, {", ".join(COLUMNS)}
);
CREATE UNIQUE INDEX session_file ON session (day, name);
CREATE INDEX session_code ON session (code, epoch DESC, key DESC);
CREATE INDEX session_bad ON session (epoch) WHERE trouble <> '';
CREATE INDEX session_id ON session (id);
CREATE TABLE shelf (
    number INTEGER PRIMARY KEY, version INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    keys BLOB NOT NULL, epochs BLOB NOT NULL, days BLOB NOT NULL
);
CREATE TABLE bits (shelf INTEGER, term TEXT, bits BLOB NOT NULL, PRIMARY KEY (shelf, term)) WITHOUT ROWID;
CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE said_words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE noted USING fts5 (text, tokenize='unicode61 remove_diacritics 2');
"""
# Numbers in blobs stand as the machine writes them, so a file from another kind of machine is another schema.
_MARK = sha256(f"{_SCHEMA} {VERSION} {sys.byteorder}".encode()).hexdigest()


def place_of(folder: Path) -> Path | None:
    """Return where the index of the sessions in `folder` belongs, None where there is no such folder.

    Beside the sessions where the folder is ours alone: who could put links there could have us write elsewhere. Else
    in the cache folder.
    """
    try:
        status = folder.stat()
    except OSError:
        return None
    mine = status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if mine and os.access(folder, os.W_OK | os.X_OK):
        return folder / _NAME
    return cached_place(folder)


def cached_place(folder: Path) -> Path:
    """Return the place in the cache folder for the index of the sessions in `folder`."""
    name = sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:32]
    return cache_folder() / "index" / f"{name}.sqlite"


class Newer(Exception):  # noqa: N818 - it is an answer, not a fault
    """The file belongs to a newer bodymap, which still uses it."""


def opened(place: Path | None) -> sqlite3.Connection:
    """Return a connection to the index at `place`, made anew where there is none, or none of ours; in memory for None.

    Raises `OSError`, `sqlite3.Error`, and `Newer`.
    """
    if place is None:
        connection = _connected(":memory:")
        _make(connection)
        return connection
    for trying in (1, 2):
        _prepare(place)
        connection = _connected(str(place))
        try:
            if _is_ours(connection):
                return connection
        except sqlite3.DatabaseError as error:
            connection.close()
            if trying == 2 or is_passing(error):
                raise
        except BaseException:
            connection.close()
            raise
        else:
            connection.close()
        remove(place)
    raise sqlite3.DatabaseError("the index cannot be made")


def remove(place: Path) -> None:
    """Remove the index at `place` with everything that belongs to it."""
    for end in _BESIDE:
        with suppress(OSError):
            Path(f"{place}{end}").unlink()


def is_passing(error: sqlite3.Error) -> bool:
    """Return whether an error says nothing against the file: another process writes, the disk is full or read-only."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
    )


def _prepare(place: Path) -> None:
    """Make an empty file for us alone where there is none; take away what is no regular file of ours."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for end in _BESIDE:
        path = Path(f"{place}{end}")
        try:
            status = path.lstat()
        except OSError:
            continue
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_nlink != 1:
            path.unlink()
    with suppress(FileExistsError):
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))


def _connected(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = NORMAL",
        "cache_size = -8000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Return whether the file is an index of this version, after filling one that is empty. Raises `Newer`."""
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if (application, version) == (0, 0):
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return False
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = WAL")
        _make(connection)
        return True
    if application == _APPLICATION and version > VERSION:
        raise Newer
    if (application, version) != (_APPLICATION, VERSION):
        return False
    # What runs by itself was not put there by us.
    foreign = connection.execute("SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone()
    mark = connection.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()
    return foreign is None and bool(mark == (_MARK,))


def _make(connection: sqlite3.Connection) -> None:
    """Fill an empty file, in one step, so that two processes that start at once both find it whole."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            for statement in _SCHEMA.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute("INSERT INTO about VALUES ('schema', ?)", (_MARK,))
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
