"""Folders that cannot be opened, are links, or vanish under the list: each a line, and what was known stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.writing import generation_of

BAD = Query.parse("bad")
GOOD = Query.parse("-bad")
DAY = f"{NOON:%Y/%m/%d}"


def test_a_link_instead_of_a_folder_is_one_line_and_nothing_behind_it_is_read(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    put(elsewhere, made(5, started=NOON.replace(year=2025)))
    (folder / "2025").symlink_to(elsewhere / "2025")
    (folder / "2026/10").symlink_to(elsewhere / "2025/11")
    (folder / "2026/11/01").symlink_to(elsewhere / "2025/11/23")
    (folder / "2026/11/02").touch()
    index = SessionIndex(folder)
    assert index.refresh()[:4] == (6, 0, 0, 4)
    found = {str(row.path.relative_to(folder)): row.trouble for row in index.rows(BAD)}
    assert set(found) == {"2025", "2026/10", "2026/11/01", "2026/11/02"}
    assert all("link" in reason for reason in found.values())
    assert index.refresh()[:4] == (0, 0, 0, 4)
    (folder / "2025").unlink()
    put(folder, made(6, started=NOON.replace(year=2025)))
    assert index.refresh()[:4] == (1, 0, 1, 3)
    index.close()


class Denied:
    """Names that may not be opened, also by root, to whom nothing is denied."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        self._open = os.open
        monkeypatch.setattr(os, "open", self.open)

    def open(self, path: str | Path, *rest: int, **more: int | None) -> int:
        if Path(os.fsdecode(path)).name in self.names:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return self._open(path, *rest, **more)  # type: ignore[arg-type]


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> Denied:
    return Denied(monkeypatch)


def test_a_file_that_may_not_be_read_is_a_line_until_it_may(
    index: SessionIndex, folder: Path, denied: Denied
) -> None:
    denied.names = {f"{made(2).id}.toml"}
    index.refresh()
    (row,) = index.rows(BAD)
    assert "not allowed" in row.trouble
    denied.names = set()
    (folder / DAY / f"{made(2).id}.toml").chmod(0o640)  # whoever allows it changes it
    index.refresh()
    assert (index.count(BAD), index.count()) == (0, 2)


@pytest.mark.parametrize("level", ["23", "11", "2026"])
def test_a_folder_that_may_not_be_opened_keeps_its_lines_and_says_why(
    index: SessionIndex, folder: Path, denied: Denied, level: str
) -> None:
    put(folder, made(3, started=NOON.replace(year=2025)))
    index.refresh()
    denied.names = {level}
    put(folder, made(4))
    written = []
    for _ in range(2):
        index.refresh()
        with index.reading() as listing:
            written.append(generation_of(listing.connection))
        rows = index.rows(BAD)
        assert all("not allowed" in row.trouble for row in rows)
        assert folder / DAY.partition(level)[0] / level in [row.path for row in rows]
        assert index.count(GOOD) == 3
    assert written[0] == written[1], "nothing is written when nothing changes"
    denied.names = set()
    put(folder, made(5))
    index.refresh()
    assert (index.count(BAD), index.count()) == (0, 5)


def test_the_root_that_may_not_be_opened_is_said_and_the_list_stays(
    index: SessionIndex, folder: Path, denied: Denied
) -> None:
    index.refresh()
    denied.names = {folder.name}
    assert "not allowed" in str(index.refresh().trouble)
    assert index.count() == 2


def test_a_folder_that_vanishes_under_the_list_leaves_it_as_it_was(index: SessionIndex, folder: Path) -> None:
    index.refresh()
    gone = folder.with_name("gone")
    folder.rename(gone)
    done = index.refresh()
    assert done.trouble is not None
    assert "no such folder" in str(done.trouble)
    assert len(index.rows()) == 2
    gone.rename(folder)
    put(folder, made(3))
    done = index.refresh()
    assert (done.trouble, index.count()) == (None, 3)
