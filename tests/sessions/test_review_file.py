"""What clinicians add beside a session: read strictly, appended without loss, the session untouched."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_folder import FILE, everything
from session_given import ID, SESSION, with_id

from bodymap.common.text import is_clean
from bodymap.common.trouble import Trouble
from bodymap.report.review import review_text
from bodymap.sessions import SessionStore, new_id
from bodymap.sessions.review_file import (
    LONGEST_TEXT,
    MOST_ENTRIES,
    Review,
    ReviewEntry,
    append_review,
    read_review,
    review_path,
)
from bodymap.sessions.review_file import review_of as review_of_bytes

AT = datetime(2026, 11, 24, 8, 15, tzinfo=timezone(timedelta(hours=1)))
SEEN = ReviewEntry(AT, "Dr Ada Berg", reviewed=True)
NOTE = ReviewEntry(AT, "Dr Ada Berg", note="Numb since Monday – “tingling” before [bold].")
DISC = ReviewEntry(AT, "B. Costa", working_diagnosis="discogenic-pain")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    SessionStore(tmp_path).save(SESSION)
    return tmp_path


def review_of(folder: Path) -> Path:
    return review_path(folder / FILE)


def test_what_is_added_is_read_back_in_its_order(folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    for entry in (SEEN, NOTE, DISC):
        returned = append_review(folder, ID, entry)
    review = read_review(review_of(folder))
    assert review == returned == Review(ID, (SEEN, NOTE, DISC))
    assert review.reviewed == SEEN
    assert review.diagnosis == DISC
    assert review.notes == (NOTE,)
    assert (folder / FILE).read_bytes() == before
    assert review_of(folder).stat().st_mode & 0o777 == 0o600
    assert everything(folder) == sorted([folder / FILE, review_of(folder)])
    assert len(list(SessionStore(folder).iterate())) == 1


def test_the_file_is_plain(folder: Path) -> None:
    append_review(folder, ID, replace(DISC, reviewed=True))
    assert review_of(folder).read_text() == (
        f'schema = 1\nsession = "{ID}"\n\n[[entries]]\nat = 2026-11-24T08:15:00+01:00\nby = "B. Costa"\n'
        'reviewed = true\nworking_diagnosis = "discogenic-pain"\n'
    )


def test_the_last_word_counts(folder: Path) -> None:
    append_review(folder, ID, SEEN)
    append_review(folder, ID, DISC)
    append_review(folder, ID, replace(SEEN, reviewed=False, by="B. Costa"))
    none = replace(DISC, working_diagnosis="none")
    review = append_review(folder, ID, none)
    assert review.reviewed is None
    assert review.diagnosis == none
    assert len(review.entries) == 4


def test_a_session_that_nobody_looked_at_has_an_empty_review(folder: Path) -> None:
    review = read_review(review_of(folder))
    assert review == Review(ID)
    assert (review.reviewed, review.diagnosis, review.notes) == (None, None, ())


def test_trying_again_adds_nothing_twice(folder: Path) -> None:
    append_review(folder, ID, NOTE)
    append_review(folder, ID, SEEN)
    content = review_of(folder).read_bytes()
    assert append_review(folder, ID, NOTE).entries == (NOTE, SEEN)
    assert review_of(folder).read_bytes() == content


def test_texts_are_cleaned_and_on_one_line(folder: Path) -> None:
    dirty = ReviewEntry(AT, " \x1b]0;x\x07Ada ", note="one\ntwo\t\u202ethree \x9b31m")
    (entry,) = append_review(folder, ID, dirty).entries
    assert entry.by == "�]0;x�Ada"
    assert entry.note == "one two �three �31m"
    assert read_review(review_of(folder)).entries == (entry,)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (ReviewEntry(AT, "  ", reviewed=True), "name"),
        (ReviewEntry(AT, "Ada"), "says nothing"),
        (ReviewEntry(AT, "Ada", note="x" * (LONGEST_TEXT + 1)), "2,001 characters"),
        (ReviewEntry(AT, "Ada", working_diagnosis="other"), "needs words"),
        (ReviewEntry(AT, "Ada", working_diagnosis="discogenic-pain", diagnosis_words="x"), "alone"),
        (ReviewEntry(AT, "Ada", note="x", diagnosis_words="x"), "alone"),
        (ReviewEntry(AT, "Ada", working_diagnosis="Disc pain"), "not the id"),
    ],
)
def test_an_entry_that_does_not_hold_is_refused(folder: Path, entry: ReviewEntry, says: str) -> None:
    with pytest.raises(Trouble) as caught:
        append_review(folder, ID, entry)
    assert says in caught.value.what
    assert caught.value.remedy
    assert everything(folder) == [folder / FILE]


HEAD = f'schema = 1\nsession = "{ID}"\n'
ENTRY = '[[entries]]\nat = 2026-11-24T08:15:00+01:00\nby = "Ada"\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "missing"),
        (HEAD + "entries = 3\n", "list"),
        (HEAD + ENTRY, "says nothing"),
        (HEAD + ENTRY + "noted = 'x'\n", "Did you mean “note”?"),
        (HEAD + "entry = 1\n", "Did you mean “entries”?"),
        (HEAD + ENTRY + 'note = "a\\u001b[2J"\n', "control"),
        (HEAD + ENTRY + "reviewed = 1\n", "true or false"),
        (HEAD + ENTRY.replace("+01:00", "") + "reviewed = true\n", "offset"),
        (HEAD + ENTRY[:40], "TOML"),
        (HEAD.replace("schema = 1", "schema = 2"), "newer"),
        (HEAD.replace(ID, "01a20774-d5db-73ef-9cc1-f95464d648ef"), "another session"),
        (HEAD + "entries = []\n", "cut off or was edited by hand"),
        ("#" + "x" * 70_000, "bytes"),
        (HEAD + "[[entries]]\n" * 600, "headings"),
    ],
)
def test_a_review_that_cannot_be_read_is_refused_and_never_overwritten(
    folder: Path, content: str, says: str
) -> None:
    path = review_of(folder)
    path.write_text(content)
    if "entries = []" not in content:  # this one can be read, and takes no entry all the same
        with pytest.raises(Trouble) as caught:
            read_review(path)
        assert says in str(caught.value)
        assert str(path) in caught.value.where
    with pytest.raises(Trouble) as caught:
        append_review(folder, ID, NOTE)
    assert says in str(caught.value)
    assert str(path) in caught.value.where
    assert "Nothing was added" in caught.value.remedy
    assert path.read_text() == content
    assert everything(folder) == sorted([folder / FILE, path])


def test_links_pipes_and_folders_in_its_place_are_refused(folder: Path, tmp_path: Path) -> None:
    path = review_of(folder)
    other = tmp_path / "other"
    other.write_text("precious")
    for make in (
        lambda: path.symlink_to(other),
        lambda: path.symlink_to(tmp_path / "nothing"),
        lambda: os.mkfifo(path),
        lambda: path.mkdir(),
    ):
        make()
        with pytest.raises(Trouble):
            read_review(path)
        with pytest.raises(Trouble):
            append_review(folder, ID, NOTE)
        assert not path.is_file() or path.is_symlink()
        path.rmdir() if path.is_dir() else path.unlink()
    assert other.read_text() == "precious"


def test_what_stands_there_by_hand_stays_byte_for_byte(folder: Path) -> None:
    content = f"# ours\n{HEAD}{ENTRY}note = 'x' # kept"
    review_of(folder).write_text(content)
    append_review(folder, ID, SEEN)
    assert review_of(folder).read_text().startswith(content + "\n\n[[entries]]\n")


def test_no_session_no_review(folder: Path) -> None:
    with pytest.raises(Trouble, match="no such session"):
        append_review(folder, "01a20774-d5db-73ef-9cc1-f95464d648ef", NOTE)
    (folder / FILE).unlink()
    with pytest.raises(Trouble, match="no such session any more"):
        append_review(folder, ID, NOTE, path=folder / FILE)
    with pytest.raises(Trouble, match="no such session any more"):
        append_review(folder / "gone", ID, NOTE, path=folder / "gone" / FILE)
    assert everything(folder) == []


def test_a_full_review_says_so(folder: Path) -> None:
    entries = [f'{ENTRY}note = "{number}"\n' for number in range(MOST_ENTRIES)]
    review_of(folder).write_text("\n".join([HEAD, *entries]))
    assert len(read_review(review_of(folder)).entries) == MOST_ENTRIES
    with pytest.raises(Trouble, match="full: 500 entries"):
        append_review(folder, ID, NOTE)
    session = with_id(SESSION, new_id())
    SessionStore(folder).save(session)
    for number in range(16):
        append_review(folder, session.id, replace(NOTE, note=f"{number} " + "é" * 1900))
    with pytest.raises(Trouble, match="full: 16 entries"):
        append_review(folder, session.id, replace(NOTE, note="16 " + "é" * 1900))
    assert len(read_review(review_path(SessionStore(folder).path_of(session))).entries) == 16


SEED = "\n".join(
    [
        f'schema = 1\nsession = "{ID}"\n',
        '[[entries]]\nat = 2026-11-24T08:15:00+01:00\nby = "Ada"\nreviewed = true\nnote = "é – x"\n',
        '[[entries]]\nat = 2026-11-24T08:16:00Z\nby = "Bo"\nworking_diagnosis = "other"\ndiagnosis_words = "x"\n',
    ]
).encode()


@given(st.lists(st.tuples(st.integers(0, len(SEED)), st.integers(0, 9), st.binary(max_size=6)), max_size=6))
@settings(max_examples=300)
def test_a_mutated_review_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    content = SEED
    for start, length, put in cuts:
        content = content[:start] + put + content[start + length :]
    refused: Trouble | None = None
    review = Review(ID)
    try:
        review = review_of_bytes(content, ID, "x.review.toml")
    except Trouble as trouble:
        refused = trouble
    assert refused is None or (refused.what and refused.where.startswith("x.review.toml"))
    for entry in review.entries:
        assert is_clean(f"{entry.by}{entry.note}{entry.diagnosis_words}{entry.working_diagnosis}")
        assert entry.at.tzinfo is not None
    assert is_clean(review_text(review))


def test_a_full_disk_adds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append_review(folder, ID, SEEN)
    content = review_of(folder).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(Trouble, match="The disk is full") as caught:
            append_review(folder, ID, NOTE)
    assert caught.value.where == str(review_of(folder))
    assert "Free some space and try again." in caught.value.remedy
    assert review_of(folder).read_bytes() == content
    assert everything(folder) == sorted([folder / FILE, review_of(folder)])
