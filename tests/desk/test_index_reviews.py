"""What clinicians add beside a session shows in its line as soon as the list looks again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order
from bodymap.sessions.review_file import ReviewEntry, append_review, review_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, made(1, alarm="aneurysm"), made(2), made(3))
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Iterator[SessionIndex]:
    index = SessionIndex(folder)
    index.refresh()
    yield index
    index.close()


def codes(index: SessionIndex, text: str) -> list[str]:
    return [row.code for row in index.rows(Query.parse(text), Order.NEWEST)]


def test_a_review_changes_the_line_and_where_it_stands(index: SessionIndex, folder: Path) -> None:
    urgent = made(1)
    assert [row.code for row in index.rows()] == [made(n).code for n in (1, 3, 2)]
    append_review(folder, urgent.id, ReviewEntry(NOON, "Dr Gruen", reviewed=True, note="seen at once"))
    assert index.refresh()[:3] == (0, 1, 0)
    assert [row.code for row in index.rows()] == [made(n).code for n in (3, 2, 1)]
    (row,) = index.rows(Query.parse("reviewed"))
    assert (row.code, row.reviewed_by, row.reviewed_at) == (urgent.code, "Dr Gruen", NOON)
    append_review(folder, urgent.id, ReviewEntry(NOON, "Dr Weiss", reviewed=False))
    index.refresh()
    assert index.count(Query.parse("reviewed")) == 0
    assert index.rows()[0].code == urgent.code


def test_notes_are_found_and_forgotten_with_their_session(index: SessionIndex, folder: Path) -> None:
    entry = ReviewEntry(
        NOON, "Dr Gruen", working_diagnosis="other", diagnosis_words="Gürtelrose", note="two lines"
    )
    append_review(folder, made(2).id, entry)
    index.refresh()
    for text in ("text:gurtel", "Gürtelrose", 'text:"two li"', "text:gruen"):
        assert codes(index, text) == [made(2).code]
    (path,) = folder.rglob(f"{made(2).id}.toml")
    path.unlink()
    index.refresh()
    assert codes(index, "text:gurtel") == []


def test_a_review_that_cannot_be_read_is_said_and_costs_nothing_else(
    index: SessionIndex, folder: Path
) -> None:
    (path,) = folder.rglob(f"{made(3).id}.toml")
    review_path(path).write_text("schema = 9\n")
    index.refresh()
    (row,) = index.rows(Query.parse("bad"))
    assert (row.code, row.trouble) == (made(3).code, "")
    assert "review cannot be read" in row.warning
    assert "newer" in row.warning
    review_path(path).unlink()
    index.refresh()
    assert index.count(Query.parse("bad")) == 0


def test_a_review_without_its_session_is_no_line(index: SessionIndex, folder: Path) -> None:
    (path,) = folder.rglob(f"{made(3).id}.toml")
    append_review(folder, made(3).id, ReviewEntry(NOON, "Dr Gruen", reviewed=True))
    path.unlink()
    index.refresh()
    assert index.count() == 2
