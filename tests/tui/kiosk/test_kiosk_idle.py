"""Nobody there any more: a warning that any key or touch answers, then a blank screen and an end."""

from __future__ import annotations

from pathlib import Path

import pytest
from guided import BUTTOCK
from kiosk_driver import SitDown

from bodymap.sessions import SessionStore


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.toml")) if folder.exists() else []


async def test_a_warning_comes_and_counts(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.wait(89)
        assert person.screen.box == ""
        await person.wait(2)
        assert person.screen.box == "idle"
        left = person.screen.left
        assert left in (29, 30)
        assert f"In {left} seconds the screen is cleared, for your privacy." in person.text
        await person.wait(left - 1)
        assert "In 1 second the screen is cleared, for your privacy." in person.text
        assert not person.ended
        await person.wait(2)
        assert person.ended
        assert person.app.return_code == 0
        assert person.app.blanked
        assert not person.text.strip()


@pytest.mark.parametrize("key", ["space", "x", "f5", "escape", "ctrl+q", "2", "enter"])
async def test_any_key_extends_and_does_nothing_else(sit_down: SitDown, key: str) -> None:
    async with sit_down() as person:
        await person.begin()
        before = person.visit.state
        for _ in range(5):
            await person.wait(100)
            assert person.screen.box == "idle"
            await person.press(key)
            assert person.screen.box == ""
            assert person.visit.state == before
        await person.wait(80)
        assert person.screen.box == ""


async def test_a_touch_anywhere_extends_and_does_nothing_else(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        before = person.visit.state
        for place in ((1, 1), (10, 18), (70, 1), (40, 22)):
            await person.wait(100)
            assert person.screen.box == "idle"
            await person.touch_at(*place)
            assert person.screen.box == ""
            assert person.visit.state == before


async def test_what_was_under_way_is_there_after_the_warning(sit_down: SitDown) -> None:
    async with sit_down(most_questions=60) as person:
        await person.reach("number", value="skip")
        await person.press("4")
        await person.wait(100)
        await person.press("space")
        await person.press("7", "enter")
        assert person.visit.findings.answers["age"] == 47
        await person.press("escape", "escape")
        await person.press("escape")
        assert not person.ended


async def test_the_question_about_ending_comes_back_after_the_warning(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.touch("ask-end")
        await person.wait(100)
        await person.press("a")
        assert person.screen.box == "ending"


async def test_a_paste_and_a_moving_mouse_are_nobody(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.wait(60)
        await person.paste("222\n\x1b")
        await person.pilot.hover(offset=(20, 10))
        await person.wait(35)
        assert person.screen.box == "idle"


async def test_nothing_is_kept_of_who_walks_away(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await person.reach("where")
        person.visit.point(BUTTOCK)
        person.visit.choose("yes")
        person.visit.number(7)
        person.screen.arrive()
        await person.wait(130)
        assert person.ended
    assert not own_folders.exists()


async def test_unfinished_is_kept_where_the_clinic_says_so(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down(unfinished="save") as person:
        assert "if you walk away" in " ".join(person.text.split())
        await person.reach("where")
        person.visit.point(BUTTOCK)
        person.visit.choose("yes")
        person.visit.number(7)
        person.screen.arrive()
        assert files(own_folders) == []  # not before the end
        await person.wait(130)
        assert person.ended
        assert not person.text.strip()
    store = SessionStore(own_folders)
    (path,) = files(own_folders)
    session = store.read(path)
    assert session.state == "unfinished"
    assert session.findings.mark_at(*BUTTOCK) is not None


async def test_nobody_who_said_nothing_is_kept(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down(unfinished="save") as person:
        await person.begin()
        await person.wait(130)
        assert person.ended
    assert files(own_folders) == []


async def test_whoever_ends_and_clears_is_never_kept(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down(unfinished="save") as person:
        await person.reach("consent")
        await person.touch("ask-end")
        await person.touch("end")
        assert person.ended
    assert files(own_folders) == []


async def test_goodbye_ends_by_itself(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down(unfinished="save") as person:
        await person.reach("consent")
        await person.touch("choose", "save")
        assert person.step.kind == "goodbye"
        await person.wait(130)
        assert person.ended
    assert len(files(own_folders)) == 1
    async with sit_down(unfinished="save") as person:
        await person.reach("consent")
        await person.touch("choose", "discard")
        await person.wait(130)
        assert person.ended
    assert len(files(own_folders)) == 1


async def test_a_full_disk_does_not_keep_a_blank_screen_up(sit_down: SitDown, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    async with sit_down(unfinished="save", sessions=blocked) as person:
        await person.reach("consent")
        await person.wait(130)
        assert person.ended
        assert person.app.return_code == 0


async def test_a_sleep_of_a_day_never_costs_the_warning(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        for _ in range(3):
            person.clock.now += 86_400
            person.screen.look_at_clock()
            assert person.screen.box == "idle"
            await person.wait(19)
            assert not person.ended
            await person.press("space")
            assert person.screen.box == ""


async def test_keys_after_the_end_do_nothing(sit_down: SitDown) -> None:
    async with sit_down(unfinished="save") as person:
        await person.begin()
        state = person.visit.state
        person.screen.leave(0)
        await person.press("1", "2", "enter")
        assert person.visit.state == state
        assert person.screen.box == "blank"
