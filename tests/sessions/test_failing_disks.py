"""Disks that fail, fill up or can only be read: each failure is said, and trying again makes one file."""

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
from session_folder import FILE, everything
from session_given import SESSION, unfinished, with_id

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import SessionStore, folders, new_id, read_session, writer


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


# Durability


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
