"""Saving: durable or refused with a reason, private under any umask, never over a finished file."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from session_given import ID, SESSION, unfinished, with_id

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import SessionStore, folders, new_id, read_session, writer
from bodymap.sessions.document import content_of

FILE = Path("2026/11/23") / f"{ID}.toml"


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


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


# Leftovers


def leftover(folder: Path, name: str, age: float = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("patient data")
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return path


def test_sweeping_takes_only_what_nobody_uses(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(SESSION)
    day = (tmp_path / FILE).parent
    mine = writer._temporary_name()
    system = mine.split("-")[1]
    gone = [
        leftover(day, f".bodymap-{system}-{2**31 - 2}-77-0.tmp"),
        leftover(day, f".bodymap-{system}-{os.getpid()}-1-0.tmp"),  # the number went to another process
        leftover(day, ".bodymap-0123456789ab-1-77-0.tmp", age=3600),
    ]
    kept = [
        leftover(day, mine),
        leftover(day, ".bodymap-0123456789ab-1-77-1.tmp"),
        leftover(day, ".bodymap-other.tmp", age=3600),
        leftover(day, ".x.tmp", age=3600),
        leftover(day, "notes.txt", age=3600),
        leftover(tmp_path / "elsewhere", f".bodymap-{system}-{2**31 - 2}-77-0.tmp"),
    ]
    assert store.sweep() == len(gone)
    assert everything(tmp_path) == sorted([tmp_path / FILE, *kept])


def test_a_writer_that_ended_is_gone_before_anyone_waited_for_it(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    system = writer._temporary_name().split("-")[1]
    started = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[19]
    leftover(tmp_path / "2026/11/23", f".bodymap-{system}-{child}-{started}-0.tmp")
    assert SessionStore(tmp_path).sweep() == 1
    os.waitpid(child, 0)


def test_a_writer_whose_file_was_swept_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link
    swept = []

    def link(source: str, *args: object, **more: object) -> None:
        if not swept:
            swept.append(source)
            os.unlink(source, dir_fd=more["src_dir_fd"])  # type: ignore[arg-type]
        real(source, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", link)
    SessionStore(tmp_path).save(SESSION)
    assert everything(tmp_path) == [tmp_path / FILE]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    store = SessionStore(tmp_path)
    store.autosave(unfinished())
    store.save(SESSION)
    store.save(SESSION)
    with pytest.raises(Trouble, match="not rewritten"):
        store.save(replace(SESSION, language="de"))
    assert everything(tmp_path) == [tmp_path / FILE]


# Failing disks


class Failing(SimpleNamespace):
    """The `os` module, with one operation failing at its n-th call."""

    def __init__(self, operation: str, at: int, number: int) -> None:
        super().__init__(**{name: getattr(os, name) for name in dir(os)})
        self.calls = 0
        real = getattr(os, operation)

        def fail(*args: object, **more: object) -> object:
            self.calls += 1
            if self.calls == at:
                raise OSError(number, os.strerror(number))
            return real(*args, **more)

        setattr(self, operation, fail)


OPERATIONS = [("open", n) for n in range(1, 8)]
OPERATIONS += [("fsync", n) for n in range(1, 7)]
OPERATIONS += [("mkdir", n) for n in range(1, 4)]
OPERATIONS += [("write", 1), ("fchmod", 1), ("link", 1), ("rename", 1), ("chmod", 1), ("stat", 1)]
ERRORS = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EACCES]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize(("operation", "at"), OPERATIONS)
@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
def test_any_failure_is_said_and_trying_again_makes_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str, at: int, number: int, begun: bool
) -> None:
    folder = tmp_path / "sessions"
    store = SessionStore(folder)
    if begun:
        store.autosave(unfinished())
    with monkeypatch.context() as patch:
        failing = Failing(operation, at, number)
        patch.setattr(writer, "os", failing)
        patch.setattr(folders, "os", failing)
        try:
            store.save(SESSION)
        except Trouble as trouble:
            assert trouble.exit is Exit.FILE_FAILED  # noqa: PT017
            assert trouble.where.startswith(str(tmp_path))  # noqa: PT017
            assert "still here" in trouble.remedy  # noqa: PT017
            assert failing.calls >= at
            # Whoever was told that it failed may change the session before trying again.
            again = replace(SESSION, finished=SESSION.started + timedelta(hours=1))
        else:
            assert failing.calls < at
            again = SESSION
    if begun:
        assert read_session(folder / FILE) in (unfinished(), SESSION)
    store.save(again)
    assert read_session(folder / FILE) == again
    assert everything(folder) == [folder / FILE]


def test_a_file_that_was_made_but_not_acknowledged_may_still_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    store.save(with_id(SESSION, new_id()))
    with monkeypatch.context() as patch:
        patch.setattr(writer, "os", Failing("fsync", 2, errno.EIO))
        with pytest.raises(Trouble):
            store.save(SESSION)
    assert read_session(tmp_path / FILE) == SESSION
    later = replace(SESSION, finished=SESSION.started + timedelta(hours=1))
    store.save(later)
    assert read_session(tmp_path / FILE) == later
    with pytest.raises(Trouble, match="not rewritten"):
        store.save(SESSION)


def test_a_temporary_file_that_cannot_be_removed_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(writer, "os", Failing("unlink", 1, errno.EIO))
        store.save(SESSION)
    assert [entry.session for entry in store.iterate()] == [SESSION]
    assert len(everything(tmp_path)) == 2


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="not a folder") as caught:
        SessionStore(tmp_path / "file").save(SESSION)
    assert caught.value.exit is Exit.FILE_FAILED


def test_a_held_lock_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SessionStore(tmp_path)
    store.autosave(unfinished())
    monkeypatch.setattr(writer, "_LOCK_TRIES", 2)
    held = os.open((tmp_path / FILE).parent, os.O_RDONLY)
    try:
        writer._lock(held)
        with pytest.raises(Trouble, match="Another bodymap") as caught:
            store.save(SESSION)
        assert caught.value.exit is Exit.FILE_FAILED
    finally:
        os.close(held)
    store.save(SESSION)
    assert everything(tmp_path) == [tmp_path / FILE]


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


# Real disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 64 KiB, where that is allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    store = SessionStore(small_disk / "sessions")
    store.save(SESSION)
    other = with_id(SESSION, new_id())
    filling = small_disk / "filling"
    with filling.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 512):
            pass
    with pytest.raises(Trouble, match="disk is full") as caught:
        store.save(other)
    assert caught.value.exit is Exit.FILE_FAILED
    assert len(everything(small_disk / "sessions")) == 1
    filling.unlink()
    store.save(other)
    assert [entry.session for entry in store.iterate()] == [other, SESSION]
    assert len(everything(small_disk / "sessions")) == 2


def test_a_disk_that_can_only_be_read(small_disk: Path) -> None:
    store = SessionStore(small_disk / "sessions")
    store.save(SESSION)
    other = with_id(SESSION, new_id())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Trouble, match="only be read"):
        store.save(other)
    with pytest.raises(Trouble, match="only be read"):
        store.try_writing()
    assert store.sweep() == 0
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    store.save(other)
    assert len(everything(small_disk)) == 2


def test_the_order_of_steps_makes_it_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    watched = SimpleNamespace(**{name: getattr(os, name) for name in dir(os)})

    def watch(name: str) -> None:
        real = getattr(os, name)

        def step(*args: object, **more: object) -> object:
            is_folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)  # type: ignore[call-overload]
            steps.append(f"{name} folder" if is_folder else name)
            return real(*args, **more)

        setattr(watched, name, step)

    for name in ("write", "fsync", "link", "rename", "unlink"):
        watch(name)
    monkeypatch.setattr(writer, "os", watched)
    monkeypatch.setattr(folders, "os", watched)
    store = SessionStore(tmp_path)
    store.autosave(unfinished())
    made = ["write", "fsync", "link", "unlink", "fsync folder"]
    assert steps == ["fsync folder"] * 3 + made  # the day's folder and those above it come first
    steps.clear()
    store.save(SESSION)
    assert steps == ["fsync folder"] * 3 + ["write", "fsync", "link", "rename", "unlink", "fsync folder"]
