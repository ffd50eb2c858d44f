"""The causes and the alarms: what lights up, what is read, what is compared, what never goes away."""

from __future__ import annotations

import pytest
from explorer_driver import UPPER, Driver

from bodymap.figure import Role
from bodymap.knowledge.anatomy import Place
from bodymap.tui.screens.reading import CausePage, ContrastPage

TLJ = "thoracolumbar-joint-dysfunction"


async def story(driver: Driver) -> None:
    await driver.mark(UPPER, 7)
    await driver.say(sits_most_of_day="yes", bending_forward_worse="no")


async def test_the_story_leads_to_the_thoracolumbar_joints(open_explorer) -> None:
    async with open_explorer() as driver:
        await story(driver)
        first = driver.explorer.assessment.causes[0]
        assert first.cause.id == TLJ
        assert first.rank == 1
        assert first.for_lines


async def test_moving_onto_a_cause_lights_exactly_its_regions(open_explorer) -> None:
    async with open_explorer((160, 50)) as driver:
        await story(driver)
        driver.explorer.action_go("causes")
        await driver.settle()
        pack = driver.explorer.knowledge.pack
        for entry in driver.explorer.assessment.causes:
            await driver.choose_cause(entry.cause.id)
            cause = pack.cause(entry.cause.id)
            assert driver.explorer.lit == cause.id
            assert driver.explorer.lit_regions == (frozenset(cause.usual), frozenset(cause.possible))
            lit = lit_places(driver)
            assert {place.region for place in lit[Role.USUAL]} <= set(cause.usual)
            assert {place.region for place in lit[Role.POSSIBLE]} <= set(cause.possible)
            # A mark or the cursor may hide a place, but on one side at most.
            shown = {place.region for _, grid in driver.canvas.sheet.grids.values() for place in grid.places}
            assert {place.region for place in lit[Role.USUAL]} == set(cause.usual) & shown
            assert cause.name in driver.place_line
            assert cause.name in driver.marks.render().plain


async def test_a_cause_is_lit_when_the_map_is_opened_again(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await story(driver)
        await driver.choose_cause(TLJ)
        driver.explorer.action_go("map")
        await driver.settle()
        assert lit_places(driver)[Role.USUAL]


def lit_places(driver: Driver) -> dict[Role, set[Place]]:
    """Return the places drawn as usual and as possible."""
    sheet = driver.canvas.sheet
    found: dict[Role, set[Place]] = {Role.USUAL: set(), Role.POSSIBLE: set()}
    for start, grid in sheet.grids.values():
        for place in grid.places:
            for column, row in grid.cells(place):
                role = sheet.roles[row + 1][start + column]
                if role in found:
                    found[Role(role)].add(place)
    return found


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_opening_a_cause_shows_everything_known_of_it(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        await story(driver)
        await driver.choose_cause(TLJ)
        await driver.press("enter")
        page = driver.app.screen
        assert isinstance(page, CausePage)
        text = page.body().plain
        entry = driver.explorer.assessment.cause(TLJ)
        cause = entry.cause
        for part in (cause.article_says, cause.article_helps, cause.clinic_next, cause.literature_says):
            assert part in text
        for line in (*entry.for_lines, *entry.against_lines, *entry.unknown_lines, *entry.needs_missing):
            assert line.line.says in text
        assert "SOURCES" in text.upper()
        assert text.index("FROM THE ARTICLE") < text.index("FROM THE LITERATURE")
        assert cause.article_says in text[: text.index("FROM THE LITERATURE")]
        assert cause.literature_says in text[text.index("FROM THE LITERATURE") :]
        assert "FROM THE ARTICLE" in driver.text
        await driver.press("escape")
        assert driver.app.screen is driver.explorer
        assert driver.explorer.pane == "causes"


async def test_pages_turn_through_all_causes_and_scroll(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await driver.choose_cause(TLJ)
        await driver.press("enter")
        seen = []
        for _ in driver.explorer.assessment.causes:
            seen.append(driver.app.screen.cause)
            await driver.press("right")
        assert sorted(seen) == sorted(entry.cause.id for entry in driver.explorer.assessment.causes)
        assert driver.app.screen.cause == seen[0]
        await driver.press("left")
        assert driver.app.screen.cause == seen[-1]
        top = driver.text
        await driver.press("end")
        assert driver.text != top
        await driver.press("home")
        assert driver.text == top
        for key in ("down", "pagedown", "up", "pageup"):
            await driver.press(key)
        await driver.press("q")
        assert driver.app.screen is driver.explorer


async def test_contrast_from_the_list_and_from_the_page(open_explorer) -> None:
    async with open_explorer() as driver:
        await story(driver)
        await driver.choose_cause(TLJ)
        await driver.press("c")
        assert isinstance(driver.app.screen, ContrastPage)
        second = driver.explorer.assessment.causes[1].cause
        contrast = driver.explorer.knowledge.engine.contrast(driver.findings, TLJ, second.id)
        text = driver.app.screen.body().plain
        assert second.name in text
        assert contrast.changes
        assert "Line against line" in text
        others = {driver.app.screen.heading().plain}
        for _ in range(len(driver.explorer.assessment.causes) - 2):
            await driver.press("right")
            others.add(driver.app.screen.heading().plain)
        assert len(others) == len(driver.explorer.assessment.causes) - 1
        await driver.press("escape", "enter", "right", "c")
        assert isinstance(driver.app.screen, ContrastPage)
        second = driver.explorer.assessment.causes[1].cause.name
        assert driver.app.screen.heading().plain.startswith(second)


async def test_every_pair_can_be_compared(open_explorer) -> None:
    async with open_explorer() as driver:
        await story(driver)
        for entry in driver.explorer.assessment.causes:
            await driver.choose_cause(entry.cause.id)
            await driver.press("c")
            for _ in driver.explorer.assessment.causes[1:]:
                await driver.pilot.press("right")
            await driver.press("escape")
        assert driver.app.screen is driver.explorer


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_causes_by_mouse(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        await story(driver)
        if size[0] < 110:
            await driver.click_text("3 What fits")
        causes = driver.causes
        await driver.click_text("Discogenic", causes)
        assert driver.explorer.lit == "discogenic-pain"
        await driver.click_text("Discogenic", causes)
        assert isinstance(driver.app.screen, CausePage)
        await driver.click_text("Esc close")
        assert driver.app.screen is driver.explorer


async def test_the_cursor_keeps_its_cause_when_the_order_changes(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_cause("sciatica-disc-herniation")
        await story(driver)
        assert driver.causes.current == "sciatica-disc-herniation"
        assert driver.explorer.lit == "sciatica-disc-herniation"


async def test_every_cause_has_rank_band_bar_and_evidence(open_explorer) -> None:
    async with open_explorer() as driver:
        await story(driver)
        causes = driver.causes
        for entry in driver.explorer.assessment.causes:
            row = " ".join(causes.get_option(entry.cause.id).prompt.plain.split())
            assert row.startswith(str(entry.rank))
            assert " ".join(entry.cause.name.split()) in row
            assert entry.band in row
            assert entry.cause.evidence.replace("-", " ") in row
            assert ("=" in row.split()[0]) == bool(entry.tied_with)


async def test_a_ranking_that_changes_says_what_moved_and_why(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        note = driver.note.render().plain
        assert "▲" in note
        row = driver.causes.get_option(TLJ).prompt.plain
        assert "▲" in row
        line = next(line for line in driver.explorer.assessment.cause(TLJ).for_lines)
        assert line.line.says in note
