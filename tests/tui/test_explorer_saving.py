"""Keeping: autosave, receipt, finished files, starting over, resuming, and a disk that will not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from explorer_driver import UPPER, Driver

from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Place
from bodymap.sessions import SessionStore
from bodymap.tui.screens.choices import Box
from bodymap.tui.visit import Visit


def states(folder: Path) -> list[str]:
    """Return the states of all session files, sorted."""
    found = [
        entry.session.state if entry.session else "unreadable" for entry in SessionStore(folder).iterate()
    ]
    return sorted(found)


def only(folder: Path) -> str:
    (path,) = folder.rglob("*.toml")
    return path.read_text()


async def save(driver: Driver) -> str:
    """Save, read the receipt and return the code."""
    await driver.press("ctrl+s")
    assert isinstance(driver.app.screen, Box)
    code = re.search(r"bodymapshow([0-9A-Z]{4})", driver.box)
    assert code is not None
    await driver.press("enter")
    return code[1]


async def test_every_step_is_kept_at_once(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        assert not own_folders.exists(), "looking at an empty map writes nothing"
        await driver.mark(UPPER, 7)
        assert states(own_folders) == ["unfinished"]
        assert 'region = "buttock-upper"' in only(own_folders)
        await driver.say(sitting_worse="yes")
        assert 'sitting-worse = "yes"' in only(own_folders)
        await driver.press("ctrl+z")
        assert "sitting-worse" not in only(own_folders).split("[assessment]")[0]
        await driver.press("ctrl+z")
        assert states(own_folders) == [], "nothing said, nothing kept"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_receipt_names_code_and_path(
    open_explorer, own_folders: Path, size: tuple[int, int]
) -> None:
    async with open_explorer(size) as driver:
        await driver.mark(UPPER, 7)
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, Box)
        (path,) = own_folders.rglob("*.toml")
        session = SessionStore(own_folders).read(path)
        assert session.state == "finished"
        assert f"Yourcode{session.code}" in driver.box
        assert str(path) in driver.box, "the whole path can be read"
        assert f"bodymapshow{session.code}" in driver.box
        await driver.press("enter")
        assert driver.app.screen is driver.explorer
        assert driver.head == f"saved · code {session.code}"


async def test_nothing_is_saved_before_anything_is_said(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.press("ctrl+s")
        assert any("nothing to save" in notice for notice in driver.notices)
        assert not own_folders.exists()


async def test_what_changes_after_saving_is_another_session(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        code = await save(driver)
        finished = only(own_folders)
        await driver.say(sitting_worse="yes")
        assert driver.head == f"changed since {code}"
        assert states(own_folders) == ["finished", "unfinished"]
        other = await save(driver)
        assert other != code
        assert states(own_folders) == ["finished", "finished"]
        assert finished in [path.read_text() for path in own_folders.rglob("*.toml")]


async def test_undo_after_saving_is_another_session_too(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.say(sitting_worse="yes")
        code = await save(driver)
        await driver.press("ctrl+z")
        assert driver.app.screen is driver.explorer, driver.text
        assert driver.head == f"changed since {code}"
        assert states(own_folders) == ["finished", "unfinished"]
        await save(driver)
        assert states(own_folders) == ["finished", "finished"]


async def test_going_back_to_what_was_saved_leaves_no_second_file(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        code = await save(driver)
        await driver.say(sitting_worse="yes")
        await driver.press("ctrl+z")
        assert driver.app.screen is driver.explorer, driver.text
        assert driver.head == f"saved · code {code}"
        assert states(own_folders) == ["finished"]


async def test_saving_twice_makes_one_file_and_shows_the_same_code(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        first = await save(driver)
        assert await save(driver) == first
        assert states(own_folders) == ["finished"]


async def test_starting_over_asks_and_can_be_undone(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.press("ctrl+n")
        assert any("empty already" in notice for notice in driver.notices)
        await driver.mark(UPPER, 7)
        await driver.say(sitting_worse="yes")
        said = driver.findings
        for key in ("n", "escape"):
            await driver.press("ctrl+n")
            assert "Start over?" in driver.text
            await driver.press(key)
            assert driver.app.screen is driver.explorer
            assert driver.findings == said
        await driver.press("ctrl+n", "enter")
        assert driver.findings == said, "Enter alone never throws anything away"
        await driver.press("y")
        assert driver.findings == Findings()
        assert driver.head == "nothing entered yet"
        await driver.press("ctrl+z")
        assert driver.findings == said


async def test_starting_over_leaves_no_unfinished_file(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        assert states(own_folders) == ["unfinished"]
        await driver.press("ctrl+n", "y")
        assert states(own_folders) == []


async def test_starting_over_by_mouse(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.press("ctrl+n")
        await driver.click_text("n: go on here")
        assert driver.findings.marks
        await driver.press("ctrl+n")
        await driver.click_text("y: start over")
        assert not driver.findings.marks


async def test_an_unfinished_session_is_picked_up(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.say(sitting_worse="yes", age=47)
        await driver.press("e")
        said = driver.findings
    async with open_explorer(resume=True) as driver:
        assert driver.findings == said
        assert driver.questions.get_option("age").prompt.plain.split()[1] == "47"
        await save(driver)
        assert states(own_folders) == ["finished"], "the same session, finished"
    async with open_explorer(resume=True) as driver:
        assert driver.findings == Findings()
        assert "There is no unfinished session" in driver.text
        await driver.press("enter")
        await driver.press("5")
        assert len(driver.findings.marks) == 1


async def test_a_finished_session_is_not_picked_up(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        code = await save(driver)
    content = only(own_folders)
    async with open_explorer(resume=code) as driver:
        assert "This session is finished" in driver.text
        await driver.press("enter")
        assert driver.findings == Findings()
        await driver.press("5")
    assert content in [path.read_text() for path in own_folders.rglob("*.toml")]


async def test_an_unknown_session_is_said(open_explorer) -> None:
    async with open_explorer(resume="K7PM") as driver:
        assert "There is no such session" in driver.text
        await driver.press("enter")
        assert driver.app.screen is driver.explorer


async def test_a_folder_that_cannot_be_written(open_explorer, own_folders: Path) -> None:
    own_folders.write_text("in the way")
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        assert "What you enter cannot be kept on the disk" in driver.text
        assert str(own_folders) in driver.box
        await driver.press("enter")
        assert driver.head == "NOT kept: press ^s"
        await driver.say(sitting_worse="yes")
        assert driver.app.screen is driver.explorer, "a failing autosave speaks once"
        await driver.press("ctrl+s")
        assert "Not saved" in driver.text
        await driver.press("enter")
        said = driver.findings
        assert len(said.marks) == 1
        assert said.answers == {"sitting-worse": "yes"}
        own_folders.unlink()
        await save(driver)
        assert driver.findings == said
        assert driver.head.startswith("saved · code")
    assert states(own_folders) == ["finished"]


async def test_leaving_asks_while_nothing_could_be_kept(open_explorer, own_folders: Path) -> None:
    own_folders.write_text("in the way")
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        await driver.press("enter", "ctrl+q")
        assert driver.app._exit is False


async def test_keeping_is_never_overtaken(open_explorer, own_folders: Path) -> None:
    """Keys faster than the disk: what lies there in the end is what was said last."""
    async with open_explorer() as driver:
        for _ in range(3):
            for strength in range(10):
                driver.explorer.go_to(UPPER)
                driver.explorer.action_strength(strength)
                await driver.pilot.pause(0)
        driver.explorer.action_strength(4)
        await driver.settle()
        assert re.search(r"intensity = 4\b", only(own_folders))


async def test_finishing_is_not_undone_by_an_earlier_autosave(
    open_explorer, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save pressed while an autosave is still on its way."""
    import threading

    let_go = threading.Event()
    keep = Visit.keep

    def slow(self: Visit, *given: object) -> None:
        let_go.wait(5)
        keep(self, *given)  # type: ignore[arg-type]

    async with open_explorer() as driver:
        monkeypatch.setattr(Visit, "keep", slow)
        driver.explorer.go_to(UPPER)
        driver.explorer.action_strength(7)
        await driver.pilot.pause()
        driver.explorer.action_save()
        await driver.pilot.pause()
        let_go.set()
        await driver.settle()
        assert "cannot be kept" not in driver.text
        assert "Your code" in driver.text
    assert states(own_folders) == ["finished"]


async def test_marks_of_both_sides_and_views_are_written(open_explorer, own_folders: Path) -> None:
    async with open_explorer() as driver:
        places = (UPPER, Place("buttock-upper", "right"), Place("groin", "left"), Place("saddle", "midline"))
        for place in places:
            await driver.mark(place, 6)
        session = SessionStore(own_folders).unfinished()
        assert session is not None
        assert {mark.place for mark in session.findings.marks} == set(places)
