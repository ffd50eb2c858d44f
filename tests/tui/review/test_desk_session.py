"""One session on the screen: everything that was said, shown and added stands there, apart from what holds today."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from desk_driver import DeskDriver
from desk_names import keep

from bodymap.sessions import Session, SessionStore
from bodymap.sessions.review_file import read_review, review_path
from bodymap.tui.review.session_screen import CAUSES, MAP, NOTES, SAID, SessionScreen
from bodymap.tui.screens.reading import CausePage, ContrastPage


async def open_session(driver: DeskDriver, session: Session) -> SessionScreen:
    await driver.press(*session.code)
    await driver.press("enter")
    screen = driver.app.screen
    assert isinstance(screen, SessionScreen)
    return screen


async def everything(driver: DeskDriver) -> str:
    """Return what all panes show, each read to its end."""
    seen = []
    for key in ("1", "2", "3", "4"):
        await driver.press(key)
        seen.append(driver.text)
        if key in "34":
            await driver.press("end")
            seen.append(driver.text)
    return "\n".join(seen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_what_was_said_and_shown_stands_there(open_desk, folder: Path, people, size) -> None:
    async with open_desk(size) as driver:
        session = people["leading"]
        await open_session(driver, session)
        assert session.code in driver.rows()[0]
        seen = await everything(driver)
        for words in (
            "LEFT buttock, upper part",
            "LEFT back of the thigh",
            "tingling,",
            "sits most of the day",
            "NOT ASKED",
            "Thoracolumbar joint",
            "Everything that hurts was marked",
            session.pack.version,
        ):
            assert words in seen, words


async def test_the_strongest_place_is_under_the_cursor(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        screen = await open_session(driver, people["leading"])
        assert screen.pane == MAP
        assert "7 of 10 · LEFT buttock, upper part" in driver.rows()[-2]
        await driver.press("down", "down")
        assert "LEFT buttock, upper part" not in driver.rows()[-2]


async def test_a_place_that_the_close_up_would_hide_is_shown(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        screen = await open_session(driver, people["same-day"])
        assert screen.map.sheet is not None
        assert not screen.map.sheet.close_up
        await driver.press("escape")
        screen = await open_session(driver, people["leading"])
        assert screen.map.sheet is not None
        assert screen.map.sheet.close_up


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_an_alarm_stands_on_top_whatever_pane_is_open(open_desk, folder: Path, people, size) -> None:
    async with open_desk(size) as driver:
        await open_session(driver, people["emergency"])
        for key in ("1", "2", "3", "4"):
            await driver.press(key)
            assert "EMERGENCY" in driver.rows()[1]


async def test_moving_over_the_causes_says_why_and_lights_the_map(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        screen = await open_session(driver, people["leading"])
        assert screen.pane == CAUSES
        first, lit = screen.lit, screen.lit_regions
        assert "FOR" in driver.text
        await driver.press("down")
        assert screen.lit != first
        assert screen.lit_regions != lit


async def test_a_cause_is_read_and_contrasted_as_it_stands_today(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await open_session(driver, people["leading"])
        await driver.press("enter")
        assert isinstance(driver.app.screen, CausePage)
        await driver.press("escape", "c")
        assert isinstance(driver.app.screen, ContrastPage)
        await driver.press("escape", "escape")
        assert driver.app.screen is driver.list


# ----- today


async def test_the_same_pack_says_the_same_today(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await open_session(driver, people["leading"])
        assert "It is the same pack." in driver.text
        assert "▲" not in driver.text


async def test_what_differs_today_stands_apart_from_what_was_shown(
    open_desk, own_folders: Path, people
) -> None:
    session = people["leading"]
    assert session.shown is not None
    first, second, *rest = session.shown.ranking
    shown = replace(
        session.shown, ranking=(replace(second, rank=1, band="strong"), replace(first, rank=2), *rest)
    )
    keep(
        own_folders, replace(session, shown=shown, pack=replace(session.pack, version="0.1", sha256="0" * 64))
    )
    async with open_desk() as driver:
        screen = await open_session(driver, session)
        assert "The pack has changed since." in driver.text
        line = next(row for row in driver.rows() if "▕" in row and second.name[:12] in row)
        then, _, now = line.partition("▏")
        assert "1" in then.partition("│")[2]
        assert "strong" in now
        assert f" 2 {second.band}" in now
        assert "▼" in now
        assert screen.opened.pack is None
        await driver.press("pagedown", "pagedown")
        assert "TODAY" in driver.text


async def test_another_pack_assesses_nothing(open_desk, own_folders: Path, people) -> None:
    session = people["leading"]
    keep(own_folders, replace(session, pack=replace(session.pack, id="other-pack", sha256="0" * 64)))
    async with open_desk() as driver:
        await open_session(driver, session)
        assert "nothing was assessed" in " ".join(driver.text.replace("│", " ").split())
        await driver.press("enter")
        assert "cannot assess this session" in driver.notices[-1]


# ----- adding to it


async def test_reviewed_goes_beside_the_session_with_the_name(open_desk, folder: Path, people) -> None:
    session = people["stenosis"]
    path = SessionStore(folder).path_of(session)
    before = path.read_bytes()
    async with open_desk() as driver:
        await open_session(driver, session)
        await driver.press("r")
        assert "Your name" in driver.text
        await driver.press(*["backspace"] * 60)
        await driver.type("A Meier")
        await driver.press("enter")
        assert "✓ Reviewed by A Meier" in driver.text.replace("✓ Reviewed by", "✓ Reviewed by")
        assert "reviewed by A Meier" in driver.rows()[0]
        review = read_review(review_path(path))
        assert review.reviewed is not None
        assert review.reviewed.by == "A Meier"
        assert path.read_bytes() == before
        await driver.press("r")
        assert read_review(review_path(path)).reviewed is None, "pressed again, it is taken back"
        assert "not reviewed" in driver.rows()[0]


async def test_note_and_diagnosis(open_desk, folder: Path, people) -> None:
    session = people["leading"]
    async with open_desk((80, 24)) as driver:
        driver.desk.name = "A. Meier"
        await open_session(driver, session)
        await driver.press("n")
        await driver.type("Sore on the crest")
        await driver.press("enter")
        await driver.press("d", "down", "enter")
        await driver.press("d", "end", "up", "enter")
        assert "Which one?" in driver.text
        await driver.type("a bruise")
        await driver.press("enter")
        review = read_review(review_path(SessionStore(folder).path_of(session)))
        assert [entry.note for entry in review.notes] == ["Sore on the crest"]
        assert [entry.working_diagnosis for entry in review.entries if entry.working_diagnosis][1:] == [
            "other"
        ]
        assert review.entries[-1].diagnosis_words == "a bruise"
        await driver.press("4")
        assert "Sore on the crest" in driver.text
        assert "a bruise" in driver.text


async def test_nothing_is_written_where_a_box_is_left(open_desk, folder: Path, people) -> None:
    session = people["leading"]
    async with open_desk() as driver:
        await open_session(driver, session)
        for key in ("r", "n", "d", "p"):
            await driver.press(key, "escape")
        assert not review_path(SessionStore(folder).path_of(session)).exists()
        assert isinstance(driver.app.screen, SessionScreen)


async def test_a_review_that_cannot_be_read_is_said_and_left_alone(open_desk, folder: Path, people) -> None:
    session = people["leading"]
    path = review_path(SessionStore(folder).path_of(session))
    path.write_text("schema = 7\n")
    async with open_desk() as driver:
        await open_session(driver, session)
        await driver.press("4")
        assert "The review cannot be read" in driver.text
        await driver.press("r")
        assert driver.notices
        assert path.read_text() == "schema = 7\n"


# ----- reading and handing out


async def test_the_file_as_it_is_written(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await open_session(driver, people["leading"])
        await driver.press("w")
        assert 'region = "buttock-upper"' in driver.text
        await driver.press("escape")
        assert isinstance(driver.app.screen, SessionScreen)


@pytest.mark.parametrize(("keys", "ending"), [(("enter",), "html"), (("down", "enter"), "txt")])
async def test_a_page_is_written_for_its_owner_alone(
    open_desk, folder: Path, people, keys: tuple[str, ...], ending: str
) -> None:
    async with open_desk() as driver:
        await open_session(driver, people["leading"])
        await driver.press("p", *keys)
        await driver.press("p", *keys)
        pages = sorted(Path.cwd().glob(f"bodymap-{people['leading'].code}-*.{ending}"))
        assert len(pages) == 2, "nothing is overwritten"
        assert all(stat.S_IMODE(page.stat().st_mode) == 0o600 for page in pages)
        assert people["leading"].code in pages[0].read_text(encoding="utf-8")
        assert {notice.removeprefix("The page is ") for notice in driver.notices} == {
            str(page) for page in pages
        }


async def test_where_nothing_can_be_written_it_is_said(open_desk, folder: Path, people, monkeypatch) -> None:
    async with open_desk() as driver:
        await open_session(driver, people["leading"])
        gone = Path.cwd() / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        await driver.press("p", "down", "enter")
        assert "cannot be written" in driver.notices[-1]


# ----- going on


async def test_the_neighbours_in_the_list(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        screen = await open_session(driver, people["leading"])
        await driver.press("plus")
        assert screen.row.id == people["same-day"].id
        assert people["same-day"].code in driver.rows()[0]
        await driver.press("minus", "minus")
        assert screen.row.id == people["nothing"].id
        await driver.press("escape")
        assert driver.current.id == people["nothing"].id


async def test_a_session_that_went_meanwhile(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        SessionStore(folder).path_of(people["leading"]).unlink()
        await open_session(driver, people["leading"])
        assert driver.notices
        for key in ("1", "2", "3", "4", "r", "n", "d", "w", "p", "enter", "c"):
            await driver.press(key)
        await driver.press("escape")
        assert driver.app.screen is driver.list


async def test_panes_by_keys_and_by_mouse(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        screen = await open_session(driver, people["leading"])
        order = []
        for _ in range(4):
            await driver.press("tab")
            order.append(screen.pane)
        assert order == [CAUSES, SAID, NOTES, MAP]
        await driver.press("shift+tab")
        assert screen.pane == NOTES
        await driver.click_text("3 What was said")
        assert screen.pane == SAID
        await driver.click_text("2 What fits")
        assert screen.pane == CAUSES
        assert driver.app.focused is screen.causes


async def test_a_key_that_comes_before_the_file_waits_for_it(open_desk, folder: Path, people) -> None:
    session = people["stenosis"]
    async with open_desk() as driver:
        driver.desk.name = "A. Meier"
        await driver.press(*session.code)
        screen = SessionScreen(driver.desk, driver.current)
        driver.app.push_screen(screen)
        await driver.pilot.pause()
        screen.opened = replace(screen.opened, read=False, session=None)
        screen.action_reviewed()
        assert not driver.notices
        screen.read()
        await driver.settle()
        assert read_review(review_path(SessionStore(folder).path_of(session))).reviewed is not None
