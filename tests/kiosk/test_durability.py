"""Disks that fail under the real kiosk: the person is told, keeps every answer, and trying again makes one file."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from guided import knowledge
from real_visit import WELCOME, Patient, RealKiosk

from bodymap.sessions import SessionStore, findings_of


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 256 KiB, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
    yield folder
    assert _run("umount", str(folder)).returncode == 0


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def fill(disk: Path) -> None:
    with (disk / "filling").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 512):
            pass


def free(disk: Path) -> None:
    (disk / "filling").unlink()


def forbid(disk: Path) -> None:
    assert _run("mount", "-o", "remount,ro", str(disk)).returncode == 0


def allow(disk: Path) -> None:
    assert _run("mount", "-o", "remount,rw", str(disk)).returncode == 0


def test_a_disk_that_will_not_costs_nobody_an_answer(tmp_path: Path, disk: Path) -> None:
    """One visit is saved; in the next the disk is full, then read-only, then full again, and mended at last."""
    pack, _, anatomy = knowledge()
    folder = tmp_path / "kiosk"
    folder.mkdir()
    with RealKiosk(folder, sessions=disk / "sessions", most_questions=0, show_causes=False) as kiosk:
        kiosk.until(WELCOME)
        first, second = (Patient(kiosk, random.Random(number)) for number in range(2))
        save(first, files=1)
        second.go_to("consent")
        for hurt, mend, said in (
            (fill, free, "The disk is full."),
            (forbid, allow, "The disk can only be read."),
            (fill, free, "The disk is full."),
        ):
            hurt(disk)
            second.fails_to_save(said)
            for words in ("It could not be saved", "Your answers are still here.", "Try again"):
                assert words in kiosk.words
            assert len(kiosk.files()) == 1, "neither half a file nor a temporary one"
            mend(disk)
        save(second, files=2)
        assert kiosk.log == ""
        store = SessionStore(kiosk.sessions)
        for who in (first, second):
            session = store.read(store.find(who.code))
            assert session.integrity == "ok"
            assert findings_of(session, pack, anatomy) == who.beside.findings


def save(who: Patient, files: int) -> None:
    """Go on to the end, and see that so many files are there, and that no more come when the visit is over."""
    who.go_to("consent")
    who.consent("save")
    assert [path.suffix for path in who.kiosk.files()] == [".toml"] * files
    who.press("1")
    who.kiosk.until(WELCOME)
    assert [path.suffix for path in who.kiosk.files()] == [".toml"] * files
