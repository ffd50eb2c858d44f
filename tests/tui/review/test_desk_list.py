"""The list: what comes first, what a line says, filter, sort, jumping to a code, and kiosks that write meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk_names import id_at, names_of

from bodymap.desk.rows import Order, Row
from bodymap.sessions import Session, SessionStore, code_of
from bodymap.sessions.review_file import ReviewEntry, append_review
from bodymap.tui.review.session_lines import SessionLines


async def test_unread_emergencies_come_first_then_the_newest(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        rows = [driver.lines.row(number) for number in range(driver.lines.count)]
        assert names_of(rows, people) == [
            *("emergency", "nothing", "leading", "same-day", "unfinished", "stenosis", "read-long-ago")
        ]
        first = next(row for row in driver.rows() if people["emergency"].code in row)
        assert first.startswith("!")
        assert "EMERGENCY" in first


async def test_a_reviewed_emergency_stands_in_the_order_of_time(open_desk, folder: Path, people) -> None:
    session = people["emergency"]
    append_review(folder, session.id, ReviewEntry(session.started, "A. Meier", reviewed=True))
    async with open_desk() as driver:
        rows = [driver.lines.row(number) for number in range(driver.lines.count)]
        assert names_of(rows, people)[0] == "nothing"
        line = next(row for row in driver.rows() if session.code in row)
        assert line.startswith("✓")
        assert "A. Meier" in line


async def test_the_row_under_the_cursor_is_named_in_words(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        await driver.press(*people["leading"].code.lower())
        assert driver.current.id == people["leading"].id
        foot = "\n".join(driver.rows()[-3:])
        assert f"{people['leading'].code} · LEFT buttock, upper part 7, LEFT rim of the pelvis" in foot
        assert "Thoracolumbar joint dysfunction" in foot
        assert "not read yet" in foot


async def test_a_bad_file_is_a_line_with_its_reason(open_desk, folder: Path, people) -> None:
    session = people["stenosis"]
    path = SessionStore(folder).path_of(session)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    async with open_desk() as driver:
        line = next(row for row in driver.rows() if "not readable" in row)
        assert line.startswith("✗")
        assert "cut off after line" in line
        await driver.press(*session.code)
        assert driver.current.trouble
        await driver.press("enter")
        assert "This file is not readable as a session" in driver.text
        await driver.press("escape")
        assert driver.app.screen is driver.list


# ----- codes


async def test_typing_a_code_jumps_in_small_letters_too(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        for name in ("unfinished", "read-long-ago"):
            await driver.press(*people[name].code.lower())
            assert driver.current.id == people[name].id


async def test_a_code_counts_for_more_than_the_filter(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await driver.press("slash")
        await driver.type("tier:emergency")
        await driver.press("enter")
        assert driver.lines.count == 1
        await driver.press(*people["leading"].code)
        assert driver.current.id == people["leading"].id
        assert not driver.desk.written
        assert any("did not fit the filter" in notice for notice in driver.notices)


async def test_a_code_that_nobody_has_is_said(open_desk, folder: Path, people) -> None:
    free = next(
        f"{a}{b}33" for a in "CDFHJ" for b in "KMNPR" if all(f"{a}{b}33" != s.code for s in people.values())
    )
    async with open_desk() as driver:
        before = driver.current
        await driver.press(*free)
        assert driver.current == before
        assert driver.notices == [f"There is no session with the code {free}."]


async def test_a_letter_that_no_code_has_is_said(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.press("o")
        assert "No code has O in it" in driver.notices[0]


# ----- filter and order


async def test_the_list_is_filtered_while_one_types(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await driver.press("slash")
        counts = []
        for letter in "region:buttock":
            await driver.type(letter)
            counts.append(driver.lines.count)
        assert counts[-1] == 2
        assert "2 of 7" in driver.rows()[0]
        await driver.press("enter")
        assert driver.app.focused is driver.lines
        assert "region:buttock" in driver.rows()[1]


async def test_what_a_filter_cannot_mean_is_said_in_one_line(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.press("slash")
        await driver.type("regoin:buttock")
        assert "regoin" in driver.rows()[2]
        assert "region" in driver.rows()[2].replace("regoin", "")
        assert driver.lines.count == 7
        await driver.press("escape")
        assert "leading cause" in driver.rows()[2]


async def test_escape_brings_back_the_filter_from_before(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.press("ctrl+u")
        assert driver.desk.written == "unreviewed"
        await driver.press("slash")
        await driver.type(" nothing-like-this")
        assert driver.lines.count == 0
        assert "No session fits this filter" in driver.text
        await driver.press("escape")
        assert driver.desk.written == "unreviewed"
        await driver.press("escape")
        assert driver.desk.written == ""
        assert driver.lines.count == 7


async def test_every_order_has_its_turn_and_its_words(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        seen = []
        for _ in Order:
            seen.append(driver.desk.order)
            await driver.press("ctrl+o")
        assert set(seen) == set(Order)
        assert driver.desk.order is Order.URGENT
        await driver.press("ctrl+o", "ctrl+o")
        assert driver.current.id == people["read-long-ago"].id
        assert "oldest first" in driver.rows()[0]


# ----- kiosks write meanwhile


def later(session: Session, minutes: int, number: int) -> Session:
    started = session.started + timedelta(minutes=minutes)
    id = id_at(started, 500 + number)
    finished = started + timedelta(minutes=3)
    return replace(session, id=id, code=code_of(id), started=started, finished=finished)


async def test_the_cursor_stays_on_its_session_while_others_come(open_desk, folder: Path, people) -> None:
    async with open_desk((80, 24)) as driver:
        await driver.press(*people["stenosis"].code)
        await driver.press("escape")
        number = driver.lines.cursor
        store = SessionStore(folder)
        for minutes in (1, 2, 3):
            store.save(later(people["leading"], 300 + minutes, minutes))
        driver.list.look()
        await driver.settle()
        assert driver.lines.count == 10
        assert driver.current.id == people["stenosis"].id
        assert driver.lines.cursor == number + 3
        assert "3 new" in driver.rows()[0]


async def test_nothing_moves_on_the_screen_where_the_newest_are_out_of_sight(
    open_desk, folder: Path, people
) -> None:
    store = SessionStore(folder)
    for number in range(60):
        store.save(later(people["leading"], 100 + number, number))
    async with open_desk((80, 24)) as driver:
        await driver.press("pagedown", "pagedown", "up")
        here, top = driver.current.id, driver.lines.top
        line = driver.lines.cursor - top
        assert top
        store.save(later(people["leading"], 400, 99))
        driver.list.look()
        await driver.settle()
        assert driver.current.id == here
        assert driver.lines.cursor - driver.lines.top == line


async def test_a_folder_that_is_not_there_yet_is_said_and_waited_for(
    open_desk, own_folders: Path, people
) -> None:
    async with open_desk() as driver:
        assert "There are no sessions in" in driver.text
        SessionStore(own_folders).save(people["leading"])
        driver.list.look()
        await driver.settle()
        assert driver.current.id == people["leading"].id


async def test_a_folder_that_vanishes_leaves_the_list_and_says_why(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        folder.rename(folder.with_name("elsewhere"))
        driver.list.look()
        await driver.settle()
        assert "There is no such folder" in driver.rows()[2]


# ----- a hundred thousand


class Asked:
    """A source of rows that notes what was asked for."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.asked: list[tuple[int, int]] = []

    def __call__(self, start: int, count: int) -> list[Row]:
        self.asked.append((start, count))
        return [self.row._replace(id=str(start + number)) for number in range(count)]


async def test_only_what_the_window_shows_is_asked_for(open_desk, folder: Path) -> None:
    async with open_desk((100, 30)) as driver:
        source = Asked(driver.current)
        lines: SessionLines = driver.lines
        lines._source = source
        lines.show(100_000, 0)
        await driver.settle()
        assert sum(count for _, count in source.asked) <= 64
        await driver.press("end")
        assert driver.current.id == "99999"
        await driver.press("pageup", "up", "home", "down")
        assert driver.current.id == "1"
        assert sum(count for _, count in source.asked) <= 8 * 64
        assert max(count for _, count in source.asked) <= 64


# ----- the mouse, and sizes


async def test_the_mouse_points_and_opens(open_desk, folder: Path, people) -> None:
    async with open_desk() as driver:
        await driver.click_text(people["stenosis"].code)
        assert driver.current.id == people["stenosis"].id
        assert driver.app.screen is driver.list
        await driver.click_text(f" {people['stenosis'].code} ")
        assert driver.app.screen is not driver.list


async def test_the_filter_line_can_be_pressed(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        await driver.click_text("/ to filter")
        await driver.type("bad")
        assert driver.lines.count == 0


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24), (60, 20)])
async def test_code_and_alarm_are_never_cut(open_desk, folder: Path, people, size: tuple[int, int]) -> None:
    async with open_desk(size) as driver:
        line = next(row for row in driver.rows()[3:] if people["emergency"].code in row)
        assert "EMERGENCY" in line
        assert people["leading"].code in driver.text


async def test_a_window_that_is_too_small_says_so(open_desk, folder: Path) -> None:
    async with open_desk((80, 24)) as driver:
        await driver.pilot.resize_terminal(50, 15)
        await driver.settle()
        assert "Make the window larger" in driver.text
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "EMERGENCY" in driver.text


async def test_letters_that_are_faster_than_the_filter_are_in_it(open_desk, folder: Path) -> None:
    async with open_desk() as driver:
        for letter in ("slash", *"region:calf"):
            driver.app.simulate_key(letter)
        await driver.settle()
        assert driver.desk.written == "region:calf"
        assert driver.lines.count == 2
        await driver.press("enter", *driver.current.code)
        assert driver.desk.written == "region:calf", "codes are codes again"
