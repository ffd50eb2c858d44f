"""Bringing an index up to what lies in the folder, by difference."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from bodymap.common.trouble import Trouble
from bodymap.desk import tree
from bodymap.desk.rows import Found, found_trouble
from bodymap.desk.shelves import MOST
from bodymap.desk.tree import File, Stamp, Tree
from bodymap.desk.writing import Changes, Kept, Step
from bodymap.sessions import folders
from bodymap.sessions.troubles import folder_trouble

_TASK = 512
"""Files that are read together."""
_BATCH = MOST
"""Files that are written together: a shelf full. What was found so far shows after each batch."""
_FAILED = "errno"


class Refreshed(NamedTuple):
    """What refreshing found: files `added`, `changed` and `gone` since the last time, files in all that are `bad`, how
    long it took, and `trouble` where the folder itself cannot be read, or the index not written: then what was known
    stays as it was.
    """

    added: int
    changed: int
    gone: int
    bad: int
    seconds: float
    trouble: Trouble | None = None


class ToRead(NamedTuple):
    """Files of one day to be read, names that are gone, and the day's stamp where this is the last of it."""

    day: str
    files: Sequence[File]
    gone: Sequence[bytes]
    stamp: Stamp | None


Task = Sequence[tuple[str, Sequence[File]]]
Read = Callable[[Iterator[Task]], Iterator[Sequence[Sequence[tuple[File, Found]]]]]
"""Reads the files of some days a task, and yields what was found, day by day."""


class Book(Protocol):
    """An index as refreshing needs it; each call is one step of its own."""

    def stamps(self) -> dict[str, Stamp]:
        """Return the folders as they were."""
        ...

    def kept(self, day: str) -> dict[bytes, Kept]:
        """Return the files of a day as they were."""
        ...

    def bad(self) -> list[tuple[str, bytes, str]]:
        """Return day, name and stamp of files that could not be read, the newest hundreds."""
        ...

    def write(self, steps: Sequence[Step]) -> Changes:
        """Put down what was found."""
        ...

    def forget(self, paths: Sequence[str], stamps: dict[str, Stamp]) -> Changes:
        """Take out folders that are gone, note folders without files."""
        ...


def bring_up(
    folder: Path, book: Book, read: Read, *, whole: bool, going_on: Callable[[int, int], bool]
) -> Changes:
    """Bring `book` up to what lies in `folder`; with `whole`, look at every file though its folder is unchanged.

    `going_on` is told how many days of how many are done, and stops everything by returning False: what was written
    is right, and the rest comes with the next refresh. Raises `OSError` where the root cannot be read.
    """
    known = book.stamps()
    with folders.opened_root(folder) as root:
        seen = tree.look(root, {} if whole else known)
        changes = _forget(book, known, seen).plus(_fail(folder, book, known, seen))
        mended = _mended(root, book)
        days = [
            day
            for day in seen.days
            if whole or day in mended or known.get(day) != seen.stamps[day] or not seen.stamps[day].settled
        ]
        tasks = _Tasks(root, folder, book, [(day, seen.stamps[day], known.get(day)) for day in days])
        steps: list[Step] = []
        size = 0
        for found in read(iter(tasks)):
            parts = tasks.given.popleft()
            steps += [
                Step(one.day, each, one.gone, one.stamp) for one, each in zip(parts, found, strict=True)
            ]
            size += sum(len(one.files) for one in parts)
            if size >= _BATCH:
                changes = changes.plus(book.write(steps))
                steps, size = [], 0
                if not going_on(tasks.done, len(days)):
                    return changes
        steps += tasks.failed
        if steps:
            changes = changes.plus(book.write(steps))
    # Only now: a folder that is as it was is not listed again, so all below it must be known.
    above = {
        path: stamp for path, stamp in seen.stamps.items() if path.count("/") < 2 and known.get(path) != stamp
    }
    if above:
        book.forget((), above)
    return changes


class _Tasks:
    """What there is to read, in tasks of some hundred files, looked for as they are asked for."""

    def __init__(
        self, root: int, folder: Path, book: Book, days: Sequence[tuple[str, Stamp, Stamp | None]]
    ) -> None:
        self._root = root
        self._folder = folder
        self._book = book
        self._days = days
        self.done = 0
        self.given: deque[list[ToRead]] = deque()
        """The tasks that were asked for and not taken away here yet, in order."""
        self.failed: list[Step] = []
        """Lines of days that could not be opened."""

    def __iter__(self) -> Iterator[Task]:
        task: list[ToRead] = []
        for day, stamp, before in self._days:
            self.done += 1
            try:
                parts = list(_differences(self._root, self._book, day, stamp, before))
            except OSError as error:
                failed = _failed(self._folder, day, error)
                if failed.stamp != before:
                    self.failed.append(failed)
                continue
            for part in parts:
                task.append(part)
                if sum(len(one.files) for one in task) >= _TASK:
                    yield self._given(task)
                    task = []
        if task:
            yield self._given(task)

    def _given(self, task: list[ToRead]) -> Task:
        self.given.append(task)
        return [(one.day, one.files) for one in task]


def _differences(root: int, book: Book, day: str, stamp: Stamp, before: Stamp | None) -> Iterator[ToRead]:
    """Yield what there is to do for one day: nothing where it is as it was."""
    try:
        with folders.opened(root, Path(day)) as directory:
            files = tree.list_day(directory)
    except FileNotFoundError:
        # Gone since we looked; its own folder has changed, so the next refresh takes it out.
        return
    kept = book.kept(day)
    gone = list(kept.keys() - {file.name for file in files})
    new = sorted((file for file in files if _differs(file, kept.get(file.name))), reverse=True)
    if not gone and not new and stamp == before:
        return
    for start in range(0, max(1, len(new)), _TASK):
        last = start + _TASK >= len(new)
        yield ToRead(day, new[start : start + _TASK], gone if last else (), stamp if last else None)


def _differs(file: File, kept: Kept | None) -> bool:
    return kept is None or (kept.stamp, kept.review) != (file.stamp, file.review)


def _mended(root: int, book: Book) -> set[str]:
    """Return the days in which a bad file is no longer as it was: mending one need not change its folder."""
    days = set()
    for day, name, stamp in book.bad():
        if name and day not in days and tree.stamp_at(root, f"{day}/{os.fsdecode(name)}") != stamp:
            days.add(day)
    return days


def _forget(book: Book, known: dict[str, Stamp], seen: Tree) -> Changes:
    """Take out the folders that are gone, and the lines of folders that can be opened again."""
    gone = [
        path
        for path, stamp in known.items()
        if (path not in seen.stamps and not _failing(path, seen))
        or (stamp.text.startswith(_FAILED) and path.count("/") < 2 and path not in seen.failed)
    ]
    return book.forget(gone, {}) if gone else Changes()


def _failing(path: str, seen: Tree) -> bool:
    """Return whether a folder, or one above it, cannot be opened: then what is in it is not gone for certain."""
    return any(path == inner or path.startswith(f"{inner}/") for inner in seen.failed)


def _fail(folder: Path, book: Book, known: dict[str, Stamp], seen: Tree) -> Changes:
    """Put down the folders that cannot be opened, each as one line with its reason."""
    steps = [_failed(folder, path, error) for path, error in seen.failed.items()]
    steps = [step for step in steps if known.get(step.day) != step.stamp]
    return book.write(steps) if steps else Changes()


def _failed(folder: Path, path: str, error: OSError) -> Step:
    stamp = Stamp(f"{_FAILED} {error.errno}", False)
    found = found_trouble(folder / path, path, folder_trouble(error, folder / path), 0.0)
    # What it held is still there, for all we know, so the lines of that stay.
    return Step(path, [(File(b"", stamp.text, "", 0.0), found)], (), stamp)
