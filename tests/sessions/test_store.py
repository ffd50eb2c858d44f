"""Saving: durable or refused with a reason, private under any umask, never over a finished file."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from session_folder import FILE, everything
from session_given import SESSION, unfinished, with_id

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import SessionStore, new_id, read_session
from bodymap.sessions.document import content_of


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o277, 0o700, 0o777])
def test_files_are_0600_and_folders_0700_under_any_umask(tmp_path: Path, mask: int) -> None:
    store = SessionStore(tmp_path / "a" / "b")
    before = os.umask(mask)
    try:
        store.autosave(unfinished())
        store.save(SESSION)
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*")}
    modes[tmp_path / "a"] = stat.S_IMODE((tmp_path / "a").stat().st_mode)
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_a_receipt_says_where_and_which_code(tmp_path: Path) -> None:
    receipt = SessionStore(tmp_path).save(SESSION)
    assert receipt.path == tmp_path / FILE
    assert receipt.code == SESSION.code
    assert read_session(receipt.path) == SESSION
    assert everything(tmp_path) == [tmp_path / FILE]


def test_nothing_is_made_before_the_first_save(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "none")
    assert list(store.iterate()) == []
    assert store.unfinished() is None
    assert store.sweep() == 0
    assert not (tmp_path / "none").exists()


def test_the_folder_is_the_local_day_of_the_start(tmp_path: Path) -> None:
    late = replace(SESSION, started=SESSION.started.replace(hour=0, minute=10))
    assert SessionStore(tmp_path).save(late).path == tmp_path / FILE  # the day before in UTC


def test_saving_the_same_again_is_the_same(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    assert store.save(SESSION) == store.save(SESSION)
    assert everything(tmp_path) == [tmp_path / FILE]


def test_a_finished_session_is_never_rewritten(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(SESSION)
    for other in (replace(SESSION, language="de"),):
        with pytest.raises(Trouble, match="not rewritten") as caught:
            store.save(other)
        assert caught.value.exit is Exit.FILE_FAILED
    with pytest.raises(Trouble, match="not rewritten"):
        store.autosave(unfinished())
    with pytest.raises(Trouble, match="not rewritten"):
        store.discard(unfinished())
    assert read_session(tmp_path / FILE) == SESSION
    assert everything(tmp_path) == [tmp_path / FILE]


@pytest.mark.parametrize(
    "content",
    [b"", b"mine", content_of(with_id(unfinished(), new_id()))],
    ids=["empty", "foreign", "of another session"],
)
def test_what_is_not_its_own_unfinished_file_is_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(Trouble, match="not rewritten"):
        SessionStore(tmp_path).save(SESSION)
    assert path.read_bytes() == content


def test_an_unfinished_file_that_was_changed_by_hand_is_left(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    path = store.autosave(unfinished()).path
    path.write_bytes(path.read_bytes().replace(b"intensity = 7", b"intensity = 1"))
    with pytest.raises(Trouble, match="not rewritten"):
        store.save(SESSION)


def test_autosave_replaces_and_finishing_ends_it(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.autosave(replace(unfinished(), shown=None))
    store.autosave(unfinished())
    assert store.unfinished() == unfinished()
    store.save(SESSION)
    assert store.unfinished() is None
    assert everything(tmp_path) == [tmp_path / FILE]


def test_discarding_removes_an_unfinished_file(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.discard(unfinished())
    store.autosave(unfinished())
    store.discard(unfinished())
    assert everything(tmp_path) == []


def test_only_the_right_state_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="finished"):
        SessionStore(tmp_path).save(unfinished())
    with pytest.raises(ValueError, match="unfinished"):
        SessionStore(tmp_path).autosave(SESSION)


def test_listing_is_newest_first_and_tells_what_is_bad(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    sessions = [
        with_id(replace(SESSION, started=SESSION.started + timedelta(days=n // 2)), new_id())
        for n in range(6)
    ]
    for session in sessions:
        store.save(session)
    day = tmp_path / "2026/11/24"
    (day / "notes.toml").write_text("x = 1\n")
    (day / f"{sessions[3].id}.review.toml").write_text("x = 1\n")
    (day / ".hidden.toml").write_text("x")
    os.mkfifo(day / f"{new_id()}.toml")
    (tmp_path / "2026/10").symlink_to(tmp_path / "2026/11")
    (tmp_path / "2025").write_text("a file")
    (tmp_path / "elsewhere").mkdir()
    entries = list(store.iterate())
    assert [entry.session for entry in entries if entry.session] == sessions[::-1]
    reasons = {entry.path.name: entry.trouble.what for entry in entries if entry.trouble}
    assert reasons.pop("notes.toml") == "This is not the name of a session file."
    assert "link" in reasons.pop("10")
    assert "not a folder" in reasons.pop("2025")
    assert "regular file" in reasons.popitem()[1]
    assert not reasons


def test_finding_by_id_and_by_code(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    path = store.save(SESSION).path
    assert store.find(SESSION.id) == store.find(SESSION.id.upper()) == path
    assert store.find(SESSION.code) == store.find(SESSION.code.lower()) == path
    assert store.read(path) == SESSION
    for name, what in (("3333", "no such session"), (new_id(), "no such session"), ("hello", "neither")):
        with pytest.raises(Trouble, match=what):
            store.find(name)
    store.save(replace(SESSION, id=new_id()))
    with pytest.raises(Trouble, match="2 sessions"):
        store.find(SESSION.code)


def test_the_newest_unfinished_that_can_be_read(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    first, second, third = (with_id(unfinished(), new_id()) for _ in range(3))
    for session in (first, second, third):
        store.autosave(session)
    path = store.path_of(third)
    path.write_bytes(path.read_bytes()[:-200])
    assert store.unfinished() == second
    assert store.unfinished(within=1) is None


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(SESSION)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        store.save(with_id(SESSION, new_id()))
        list(store.iterate())
        store.unfinished()
        with pytest.raises(Trouble):
            store.save(replace(SESSION, language="de"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(
    ("folder", "what"), [("/proc/nowhere", "system makes none"), ("/dev/null/x/y", "not a folder")]
)
def test_where_no_folder_can_be_made_the_folder_is_named(folder: str, what: str) -> None:
    store = SessionStore(Path(folder))
    for attempt, saving in ((lambda: store.save(SESSION), True), (store.try_writing, False)):
        with pytest.raises(Trouble, match="The folder cannot be made") as caught:
            attempt()
        assert what in caught.value.what
        assert caught.value.where == folder
        assert ("What was entered is still here" in caught.value.remedy) is saving
        assert "(--sessions)" in caught.value.remedy


@pytest.mark.parametrize("level", ["2026", "2026/11", "2026/11/23"])
def test_a_file_in_the_place_of_a_day_is_said_of_the_day(tmp_path: Path, level: str) -> None:
    path = tmp_path / level
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    with pytest.raises(Trouble, match="The folder cannot be made") as caught:
        SessionStore(tmp_path).save(SESSION)
    assert caught.value.where == str((tmp_path / FILE).parent)
    assert path.read_text() == "mine"


# Links


def test_the_sessions_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    store = SessionStore(tmp_path / "link")
    store.save(SESSION)
    assert everything(tmp_path / "real") == [tmp_path / "real" / FILE]
    assert [entry.session for entry in store.iterate()] == [SESSION]


@pytest.mark.parametrize("level", ["2026", "2026/11", "2026/11/23"])
def test_links_inside_are_never_followed(tmp_path: Path, level: str) -> None:
    (tmp_path / "outside").mkdir()
    link = tmp_path / "in" / level
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "outside")
    with pytest.raises(Trouble) as caught:
        SessionStore(tmp_path / "in").save(SESSION)
    assert caught.value.exit is Exit.FILE_FAILED
    assert everything(tmp_path / "outside") == []


def test_a_link_in_the_place_of_the_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "in" / FILE
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "outside.toml")
    (tmp_path / "outside.toml").write_bytes(content_of(unfinished()))
    with pytest.raises(Trouble):
        SessionStore(tmp_path / "in").save(SESSION)
    assert path.is_symlink()
    assert (tmp_path / "outside.toml").read_bytes() == content_of(unfinished())
