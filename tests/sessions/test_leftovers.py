"""Temporary files that writers left behind, and folders that cannot link or are held by another writer."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from session_folder import FILE, everything
from session_given import SESSION, unfinished

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import SessionStore, writer


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


def test_a_held_lock_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SessionStore(tmp_path)
    store.autosave(unfinished())
    monkeypatch.setattr(writer, "_LOCK_TRIES", 2)
    held = os.open((tmp_path / FILE).parent, os.O_RDONLY)
    try:
        writer._lock(held, 1)
        with pytest.raises(Trouble, match="Another bodymap") as caught:
            store.save(SESSION)
        assert caught.value.exit is Exit.FILE_FAILED
    finally:
        os.close(held)
    store.save(SESSION)
    assert everything(tmp_path) == [tmp_path / FILE]
