"""The sessions that a filter lets through, read one after another: what is carried away in part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bodymap.common.trouble import Exit, Trouble
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order
from bodymap.sessions.store import Entry, SessionStore

_TOGETHER = 500  # places in the list that are asked for at once


def query_of(text: str) -> Query:
    """Return the filter in `text`. Raises `Trouble` (exit 2) where a part of it is not understood: what is carried away
    must be what was meant.
    """
    query = Query.parse(text)
    for fault in query.faults:
        raise Trouble(
            f"“{fault.word}” is not understood: {fault.what}",
            where="--filter",
            remedy=fault.remedy,
            exit=Exit.WRONG_USAGE,
        )
    return query


def chosen(store: SessionStore, query: Query) -> Iterator[Entry]:
    """Yield the files that `query` lets through, newest first, each read when it is asked for.

    One state of the index is held meanwhile. Raises `Trouble` where the folder or the index cannot be used.
    """
    index = SessionIndex(store.folder)
    try:
        done = index.refresh()
        if done.trouble is not None:
            raise done.trouble
        with index.reading() as listing:
            start = 0
            while page := listing.rows(query, Order.NEWEST, start, _TOGETHER):
                start += len(page)
                for day, name, *_ in page:
                    yield _entry(store, store.folder / day / os.fsdecode(name))
    finally:
        index.close()


def _entry(store: SessionStore, path: Path) -> Entry:
    try:
        return Entry(path, store.read(path), None)
    except Trouble as trouble:
        return Entry(path, None, trouble)
