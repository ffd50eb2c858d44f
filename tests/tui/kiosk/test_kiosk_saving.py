"""Keeping a visit: after consent alone, once, and with plain words where the disk will not."""

from __future__ import annotations

from pathlib import Path

import pytest
from guided import BUTTOCK
from kiosk_driver import Person, SitDown

from bodymap.sessions import SessionStore


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


async def to_consent(person: Person) -> None:
    await person.reach("where")
    person.visit.point(BUTTOCK)
    person.visit.choose("yes")
    person.visit.number(7)
    person.visit.choose("ache")
    person.visit.choose("done")
    while person.visit.step.kind in ("question", "hand-off"):
        person.visit.choose("no")
        person.visit.staff_goes_on()
    person.visit.choose("complete")
    await person.reach("consent")


@pytest.mark.parametrize("unfinished", ["discard", "save"])
async def test_nothing_is_on_the_disk_before_consent(
    sit_down: SitDown, own_folders: Path, unfinished: str
) -> None:
    async with sit_down(unfinished=unfinished) as person:
        await to_consent(person)
        assert files(own_folders) == []
        await person.press("2")
        assert person.step.kind == "goodbye"
        assert "Nothing was kept." in person.text
        await person.press("1")
        assert person.ended
    assert files(own_folders) == []


async def test_consent_makes_one_file_and_shows_its_code(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await to_consent(person)
        await person.press("1")
        assert person.step.kind == "goodbye"
        code = person.visit.state.code
        assert f"Sign by sign: {' '.join(code)}" in person.text
        await person.press("1")
        assert person.ended
        assert person.app.return_code == 0
    (path,) = files(own_folders)
    session = SessionStore(own_folders).read(path)
    assert session.code == code
    assert session.state == "finished"
    assert session.language == "en"
    assert session.findings == person.visit.findings


async def test_the_session_keeps_the_language_that_was_read(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await person.press("2")
        await to_consent(person)
        await person.press("1")
        assert person.step.heading == "Su código"
    (path,) = files(own_folders)
    assert SessionStore(own_folders).read(path).language == "es"


async def test_a_disk_that_will_not_is_said_and_tried_again(
    sit_down: SitDown, own_folders: Path, tmp_path: Path
) -> None:
    own_folders.write_text("a file where the folder should be")
    async with sit_down() as person:
        await to_consent(person)
        for _ in range(3):
            await person.press("1")
            assert person.step.kind == "consent"
            text = " ".join(person.text.split())
            assert "Your answers are still here." in text
            assert "Try again" in text
            assert "Traceback" not in text
        own_folders.unlink()
        await person.press("1")
        assert person.step.kind == "goodbye"
    assert len(files(own_folders)) == 1


async def test_a_failed_save_can_be_forgotten(sit_down: SitDown, own_folders: Path) -> None:
    own_folders.write_text("a file where the folder should be")
    async with sit_down() as person:
        await to_consent(person)
        await person.press("1", "2")
        assert person.step.kind == "goodbye"
        assert "Nothing was kept." in person.text


async def test_an_error_after_the_file_was_there_still_makes_one_file(
    sit_down: SitDown, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder cannot be synced the first time: the file exists, nobody was told so, trying again makes no second."""
    import os

    real, failed = os.fsync, []

    def fsync(descriptor: int) -> None:
        opened = Path(f"/proc/self/fd/{descriptor}")
        if not failed and opened.is_dir() and list(opened.glob("*.toml")):
            failed.append(descriptor)
            raise OSError(5, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    async with sit_down() as person:
        await to_consent(person)
        await person.press("1")
        assert failed
        assert person.step.kind == "consent"
        await person.press("1")
        assert person.step.kind == "goodbye"
    assert len(files(own_folders)) == 1


async def test_ending_while_a_save_hangs(sit_down: SitDown, own_folders: Path) -> None:
    """End and clear is there while the disk takes its time, and what comes of it changes nothing any more."""
    from threading import Event

    gate = Event()
    async with sit_down() as person:
        await to_consent(person)
        real = person.screen.sitting.save

        def slow(session):
            gate.wait(30)
            return real(session)

        person.screen.sitting.save = slow  # type: ignore[method-assign]
        await person.pilot.press("1")
        await person.pilot.pause()
        assert person.step.kind == "saving"
        assert "One moment" in person.visit.step.heading
        board = person.screen.board
        box = board.targets[board.of(("ask-end", ""))].box
        assert await person.pilot.click(offset=(box.x + 2, box.y + 1))
        await person.pilot.pause()
        assert person.screen.box == "ending"
        gate.set()
        await person.settle()
        assert person.screen.box == "ending"
        await person.press("2")
        assert person.step.kind == "goodbye"


async def test_a_fault_of_ours_while_saving_keeps_the_answers(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await to_consent(person)
        real = person.screen.sitting.save

        def fails(session):
            raise ZeroDivisionError("canary")

        person.screen.sitting.save = fails  # type: ignore[method-assign]
        await person.press("1")
        assert person.step.kind == "consent"
        assert "canary" not in person.text
        assert "ZeroDivisionError" in person.text
        person.screen.sitting.save = real  # type: ignore[method-assign]
        await person.press("1")
        assert person.step.kind == "goodbye"
    assert len(files(own_folders)) == 1
