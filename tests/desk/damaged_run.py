"""Damaged session files through the reader and the index, in a process that may take one gigabyte of addresses.

`damaged_run.py COUNT SEED FOLDER`, several of which `benchmarks/damaged.py` runs at once, writes them into FOLDER,
hundreds at a time, and prints one line of JSON: how many, how many could be read all the same, the slowest in
milliseconds, and what was wrong with what came out.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mutating import mutated

from bodymap.common.text import is_clean
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.reading import read_day
from bodymap.desk.rows import COLUMNS, Found, Order
from bodymap.desk.sample import sample_sessions
from bodymap.desk.tree import list_day
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions.document import content_of
from bodymap.sessions.remembering import Remembering

_ADDRESSES = 2**30
_BATCH = 400
_DAY = "2026/11/22"
_OUR_FAULT = "Reading it failed"
FILTERS = [
    Query.parse(text) for text in ("", "bad", "region:buttock side:left", "text:bending -cause:disc", "K")
]


def main(count: int, seed: int, folder: Path) -> dict[str, Any]:
    """Return what came of `count` damaged files."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    dice = random.Random(seed)
    until = datetime(2026, 11, 23, tzinfo=UTC)
    whole = list(sample_sessions(_BATCH, 11, load_pack(), load_anatomy(), until=until))
    contents = [(session.id, content_of(session)) for session in whole]
    done: dict[str, Any] = {"files": 0, "read": 0, "slowest": 0.0, "refresh": 0.0, "wrong": []}
    index = SessionIndex(folder)
    remembering = Remembering()
    number = 0
    while number < count:
        day = folder / _DAY
        day.mkdir(parents=True)
        for id, content in contents[: count - number]:
            (day / f"{id}.toml").write_bytes(mutated(dice, content))
            number += 1
        _through_reader(folder, remembering, done)
        _through_index(folder, index, done)
        shutil.rmtree(day)
    index.close()
    return done


def _through_reader(folder: Path, remembering: Remembering, done: dict[str, Any]) -> None:
    directory = os.open(folder / _DAY, os.O_RDONLY)
    files = list_day(directory)
    os.close(directory)
    for file in files:
        began = time.thread_time()
        found = read_day(folder, _DAY, [file])
        between = time.thread_time()
        remembered = read_day(folder, _DAY, [file], remembering.session_of)
        ended = time.thread_time()
        done["slowest"] = max(done["slowest"], (between - began) * 1000, (ended - between) * 1000)
        done["files"] += 1
        wrong = "not one line" if len(found) != 1 else _wrong(found[0][1])
        wrong = wrong or ("" if found == remembered else "read in another way where many are")
        if wrong:
            done["wrong"] = [*done["wrong"], f"{os.fsdecode(file.name)}: {wrong}"][:20]
            shutil.copy(folder / _DAY / os.fsdecode(file.name), folder.parent)
        done["read"] += bool(found) and not found[0][1].columns[COLUMNS.index("trouble")]


def _wrong(found: Found) -> str:
    texts = [
        text for text in (*found.columns, *found.terms, *found.texts, found.note) if isinstance(text, str)
    ]
    if not all(is_clean(text) for text in texts):
        return "a text is not clean"
    return next((text for text in texts if text.startswith(_OUR_FAULT)), "")


def _through_index(folder: Path, index: SessionIndex, done: dict[str, Any]) -> None:
    began = time.thread_time()
    refreshed = index.refresh()
    done["refresh"] = max(done["refresh"], (time.thread_time() - began) * 1000)
    names = {path.name for path in (folder / _DAY).iterdir()}
    rows = index.rows(order=Order.NEWEST, count=10_000)
    counts = [index.count(query) for query in FILTERS]
    wrong = ""
    if refreshed.trouble is not None:
        wrong = str(refreshed.trouble)
    elif {row.path.name for row in rows} != names or counts[0] != len(names):
        wrong = f"{len(rows)} lines for {len(names)} files"
    elif not all(is_clean(value) for row in rows for value in row if isinstance(value, str)):
        wrong = "a line is not clean"
    if wrong:
        done["wrong"] = [*done["wrong"], f"index: {wrong}"][:20]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
