"""The kiosk by mouse and by touch: whole visits, trembling hands, windows of every size."""

from __future__ import annotations

import pytest
from guided import BUTTOCK, SADDLE
from kiosk_driver import SitDown

from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Place
from bodymap.tui.kiosk.scene import Act
from bodymap.tui.kiosk.visit_state import MOST_NEAR


async def test_a_visit_by_touch_alone(sit_down: SitDown) -> None:
    """From the welcome to the code without a key."""
    async with sit_down() as person:
        await person.touch("choose", "begin")
        kinds = []
        marked = False
        for _ in range(60):
            step = person.step
            kinds.append(step.kind)
            if step.kind == "goodbye":
                break
            if step.kind == "question":
                await person.touch("choose", "no")
            elif step.kind == "several":
                await person.touch("choose", step.choices[0].id)
                await person.touch("choose", step.choices[0].id)
                await person.touch("choose", "done")
            elif step.kind == "where" and not marked:
                await person.touch_place(BUTTOCK)
                marked = True
            elif step.kind == "confirm":
                assert step.place == BUTTOCK
                await person.touch("choose", "yes")
            elif step.kind == "strength":
                await person.touch("number", "7")
            elif step.kind == "feel":
                await person.touch("choose", "ache")
                await person.touch("choose", "done")
            elif step.kind == "another":
                await person.touch("choose", "complete")
            elif step.kind == "results":
                await person.touch("choose", "next")
            elif step.kind == "consent":
                await person.touch("choose", "save")
            elif step.kind == "number":
                for digit in "47":
                    await person.touch("type", digit)
                await person.touch("type", "1")
                await person.touch("erase")
                await person.touch("enter")
            elif step.kind == "hand-off":
                await person.touch("staff")
                await person.touch("staff-sure")
        assert kinds[-1] == "goodbye", kinds
        assert person.visit.findings.marks == (Mark(*BUTTOCK, 7, ("ache",)),)
        assert person.visit.state.code
        await person.touch("end")
        assert person.ended
        assert person.app.return_code == 0


async def test_a_press_beside_everything_does_nothing(sit_down: SitDown) -> None:
    async with sit_down((120, 40)) as person:
        await person.begin()
        before = person.visit.state
        await person.touch_at(1, 38)
        await person.touch_at(118, 20)
        assert person.visit.state == before


async def test_a_finger_beside_the_body_shows_the_nearest_place(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        canvas = person.screen.map
        rows = range(canvas.region.y, canvas.region.bottom)
        row, edge = next(
            (row, x)
            for row in rows
            for x in range(3, 78)
            if canvas.sheet.place_at(x - canvas.region.x, row - canvas.region.y)
        )
        at = canvas.sheet.place_at(edge - canvas.region.x, row - canvas.region.y)
        assert canvas.pointed(edge, row)[0] == at
        assert canvas.pointed(edge - 3, row)[0] == at
        assert canvas.pointed(edge - 4, row) == ()
        await person.touch_at(edge - 2, row)
        assert person.step.kind == "confirm"
        assert person.step.place == at


async def test_who_missed_a_place_finds_it_among_large_targets(sit_down: SitDown) -> None:
    """The places of the body are smaller than a finger: what was meant is then offered as targets of full size."""
    async with sit_down() as person:
        await person.walk_to("where")
        await person.touch_place(BUTTOCK)
        await person.touch("choose", "no")
        assert person.screen.box == "near"
        board = person.screen.board
        near = [target for target in board.targets if target.act.verb == "near"]
        assert len(near) == MOST_NEAR
        assert all(target.box.width >= 6 and target.box.height >= 3 for target in board.targets)
        assert Act("near", "buttock-upper/left") not in [target.act for target in near], "that was refused"
        await person.touch("near", "iliac-crest/left")
        assert (person.step.kind, person.step.place) == ("confirm", Place("iliac-crest", "left"))
        await person.touch("choose", "no")
        assert person.screen.box == "near", "the others are still offered"
        await person.press("escape")
        assert (person.screen.box, person.step.kind) == ("", "where")


async def test_none_of_the_places_around_leads_back_to_the_body(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        await person.touch_place(BUTTOCK)
        await person.touch("choose", "no")
        await person.hold("escape", 2, 0.4)
        assert person.screen.box == "ending"
        await person.press("2")
        assert (person.screen.box, person.step.kind) == ("", "where"), "the refused place does not come back"
        await person.touch_place(BUTTOCK)
        await person.touch("choose", "no")
        await person.touch("stay")
        assert (person.screen.box, person.step.kind) == ("", "where")


async def test_who_went_there_by_keys_goes_back_to_the_body_at_once(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        await person.touch_place(BUTTOCK)
        await person.press("escape", *person.way_to(Place("low-back", "left")), "enter", "3")
        assert (person.screen.box, person.step.kind) == ("", "where")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("large", [False, True])
async def test_every_place_in_the_close_up_is_had_by_a_finger_that_is_a_little_off(
    sit_down: SitDown, size: tuple[int, int], large: bool
) -> None:
    """Half a finger to a side of its middle: the place is the one that is hit, or among those offered then."""
    async with sit_down(size, large_type=large) as person:
        await person.reach("where")
        canvas = person.screen.map
        assert canvas.sheet.close_up
        origin = canvas.content_region.offset
        for start, grid in canvas.sheet.grids.values():
            for place in grid.places:
                cells = sorted(grid.cells(place))
                column, row = cells[len(cells) // 2]
                for aside, below in ((0, 0), (-2, 0), (2, 0), (0, -1), (0, 1)):
                    hit = canvas.pointed(origin.x + start + column + aside, origin.y + 1 + row + below)
                    assert place in hit[: MOST_NEAR + 1], (place, aside, below)


async def test_a_mark_in_the_saddle_goes_to_staff_at_once(sit_down: SitDown) -> None:
    async with sit_down(bell=True) as person:
        rung: list[int] = []
        person.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
        await person.walk_to("where")
        person.screen.point(SADDLE)
        await person.press("1")
        assert person.step.kind == "hand-off"
        assert rung == [1]


# ----- a trembling hand, a key held down


async def test_a_finger_that_comes_down_twice_presses_once(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        first = person.step.question
        box = person.target("choose", "no").box
        await person.touch_at(box.x + 3, box.y + 1)
        second = person.step.question
        for _ in range(5):
            person.clock.now += 0.1
            assert await person.pilot.click(offset=(box.x + 3, box.y + 1))
        await person.settle()
        assert person.step.question == second != first
        await person.touch_at(box.x + 3, box.y + 1)
        assert person.step.question != second


async def test_a_key_held_down_answers_one_question(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.press("2")
        second = person.step.question
        await person.hold("2", 30, 0.05)
        assert person.step.question == second
        await person.press("2")
        assert person.step.question != second


async def test_a_key_held_down_ends_one_list(sit_down: SitDown) -> None:
    """One list of several is followed by the next under the same heading, and the same key ends both."""
    async with sit_down() as person:
        await person.reach("several")
        first = [choice.id for choice in person.step.choices]
        await person.hold(str(len(first) + 1), 2, 0.05)
        assert person.step.kind == "several"
        second = [choice.id for choice in person.step.choices]
        assert second != first
        await person.hold(str(len(first) + 1), 20, 0.05)
        assert [choice.id for choice in person.step.choices] == second


async def test_the_same_digit_twice_in_a_number_is_two_digits(sit_down: SitDown) -> None:
    async with sit_down(most_questions=60) as person:
        await person.reach("number", value="skip")
        await person.hold("4", 2, 0.05)
        assert person.screen.typed == "44"


# ----- sizes


async def test_what_was_said_survives_every_size(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("1", "7")
        for size in ((60, 20), (30, 8), (1, 1), (200, 60), (80, 24)):
            await person.resize(*size)
            assert person.step.kind == "strength"
        assert person.held == Act("number", "7")
        await person.press("enter")
        assert person.visit.findings.marks[0].intensity == 7


async def test_a_window_too_small_says_so_and_takes_no_answers(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        before = person.visit.state
        await person.resize(40, 15)
        assert "This window has 40 columns and 15 rows" in " ".join(person.text.split())
        await person.press("1", "2", "enter", "right", "enter")
        assert person.visit.state == before
        await person.resize(80, 24)
        assert person.step.kind == "question"
