"""Removing sessions that are older than a clinic keeps them, with what clinicians added to them.

First looked for, then removed: what is found is the same, so that a dry run shows what would go. Every date that a
session has must be old enough: its folder's, the time in its id, and those in its file where that can be read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.sessions import folders
from bodymap.sessions.access_log import log_access
from bodymap.sessions.reader import read_session
from bodymap.sessions.review_file import review_path
from bodymap.sessions.store import REVIEW_NAME, SESSION_NAME
from bodymap.sessions.troubles import change_trouble, folder_trouble

FIRST_DATE = date(2024, 1, 1)
"""The program did not exist before: a session of an earlier date was written while the clock was wrong."""


@dataclass(frozen=True, slots=True)
class Old:
    """A session that is old enough to go, or (`kept` says why) looks so and must be looked at by a person.

    `path` is its file, or that of a review whose session is gone. `day` is the latest of its dates. `reviewed`: there
    is a review, which goes with it.
    """

    path: Path
    id: str
    day: date
    reviewed: bool = False
    readable: bool = True
    kept: str = ""


def older_than(folder: Path, before: date) -> Iterator[Old]:
    """Yield every session all of whose dates lie before the day `before`, newest first. Changes nothing.

    Nothing where there is no folder. Raises `Trouble` where the folder cannot be read.
    """
    try:
        with folders.opened_root(folder) as root:
            for day, error in folders.days(root):
                if error is not None:
                    trouble = folder_trouble(error, folder / day)
                    yield Old(folder / day, "", date.min, kept=trouble.what)
                    continue
                try:
                    named = date(*map(int, day.parts))
                except ValueError:
                    yield Old(folder / day, "", date.min, kept="The name of the folder is no date.")
                    continue
                if named < before:
                    with folders.opened(root, day) as directory:
                        yield from _of_day(folder / day, named, directory, before)
    except FileNotFoundError:
        return
    except OSError as error:
        raise folder_trouble(error, folder) from None


def _of_day(folder: Path, named: date, directory: int, before: date) -> Iterator[Old]:
    names = folders.names(directory)
    there = set(names)
    for name in names:
        path = folder / name
        if REVIEW_NAME.fullmatch(name):
            id = name.removesuffix(".review.toml")
            if f"{id}.toml" not in there:
                found = Old(path, id, max(named, _day_of_id(id)), reviewed=True)
                if found.day < before:
                    yield _dated(found)
        elif SESSION_NAME.fullmatch(name):
            found = _session(path, named, directory, review_path(path).name in there)
            if found.day < before:
                yield _dated(found)
        elif name.endswith(".toml") and not name.startswith("."):
            yield Old(path, "", named, readable=False, kept="This is not the name of a session file.")


def _session(path: Path, named: date, directory: int, reviewed: bool) -> Old:
    days = [named, _day_of_id(path.stem)]
    readable = True
    try:
        session = read_session(Path(path.name), directory=directory, where=str(path))
    except Trouble:
        readable = False
    else:
        days += [moment.date() for moment in (session.started, session.finished) if moment is not None]
    return Old(path, path.stem, max(days), reviewed, readable)


def _dated(found: Old) -> Old:
    if found.day >= FIRST_DATE:
        return found
    kept = f"Its date is {found.day:%Y-%m-%d}: the clock was wrong, so how old it is cannot be told."
    return Old(found.path, found.id, found.day, found.reviewed, found.readable, kept)


def _day_of_id(id: str) -> date:
    """Return the day on which a UUIDv7 was made, as its first 48 bits tell in milliseconds since 1970."""
    try:
        return datetime.fromtimestamp(int(id.replace("-", "")[:12], 16) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return date.max  # a time that no clock shows: never old


def remove(
    folder: Path, found: Iterable[Old], *, by: str, done: Callable[[Old], None] = lambda old: None
) -> int:
    """Remove what `older_than` found and return how many sessions went, calling `done` after each; what is `kept`
    stays.

    Each is in the access log before it goes. What another process removed meanwhile counts as gone. Raises `Trouble`
    at the first that cannot be logged or removed; those before are gone.
    """
    removed = 0
    for day, group in groupby((old for old in found if not old.kept), key=lambda old: old.path.parent):
        olds = list(group)
        log_access(folder, "removed", [old.id for old in olds], by=by, through="purge")
        for number, old in enumerate(olds):
            try:
                _remove(folder, old)
            except OSError as error:
                left = [each.id for each in olds[number:]]
                with suppress(Trouble):
                    log_access(folder, "not-removed", left, by=by, through="purge")
                raise change_trouble(error, old.path, f"{removed} were removed before.") from None
            removed += 1
            done(old)
        _remove_empty(folder, day)
    return removed


def _remove(folder: Path, old: Old) -> None:
    with folders.opened_below(folder, old.path.parent.relative_to(folder)) as directory:
        # The review first: alone it would be in no list any more, while the session, if we end here, still is.
        for name in (f"{old.id}.review.toml", f"{old.id}.toml"):
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=directory)
        os.fsync(directory)


def _remove_empty(folder: Path, day: Path) -> None:
    """Remove the folders of a day, a month and a year that nothing lies in any more."""
    step = day
    while step != folder:
        try:
            step.rmdir()
        except OSError:
            return
        step = step.parent
