"""End and clear: always in reach, asked once, done at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from guided import BUTTOCK, SADDLE
from kiosk_driver import SitDown

from bodymap.tui.kiosk.scene import Act


async def test_escape_twice_asks_and_yes_clears(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.press("2")
        person.clock.now += 5
        await person.pilot.press("escape")
        person.clock.now += 0.5
        await person.pilot.press("escape")
        await person.settle()
        assert person.screen.box == "ending"
        assert person.held == Act("stay")
        await person.press("1")
        assert person.ended
        assert person.app.blanked
        assert not person.text.strip()
    assert not own_folders.exists()


async def test_escape_twice_slowly_is_going_back_twice(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.press("2", "2", "2")
        await person.press("escape", "escape")
        assert person.screen.box == ""
        assert len(person.visit.findings.answers) == 1


@pytest.mark.parametrize("way", ["escape", "enter", "2", "touch"])
async def test_no_goes_on_where_one_was(sit_down: SitDown, way: str) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.press("2")
        before = person.visit.state
        await person.touch("ask-end")
        if way == "touch":
            await person.touch("stay")
        else:
            await person.press(way)
        assert person.screen.box == ""
        assert person.visit.state == before


@pytest.mark.parametrize("way", ["escape", "enter", "2"])
async def test_escape_twice_and_no_goes_on_where_one_was(sit_down: SitDown, way: str) -> None:
    """The first Esc went back; that answer was not to be lost."""
    async with sit_down() as person:
        await person.begin()
        await person.press("2", "3")
        before = person.visit.state
        await person.hold("escape", 2, 0.4)
        assert person.screen.box == "ending"
        await person.press(way)
        assert person.screen.box == ""
        assert person.visit.state == before
        assert person.step == person.visit.step
        await person.press("escape")
        assert len(person.visit.findings.answers) == 1


async def test_what_was_saved_is_not_said_to_be_forgotten(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        await person.reach("consent")
        await person.touch("ask-end")
        assert "Nothing is kept" in person.text
        await person.press("2", "1")
        assert person.step.kind == "goodbye"
        await person.touch("ask-end")
        assert "Nothing is kept" not in person.text
        assert "stays saved" in person.text
        await person.press("1")
        assert person.ended
    assert len(list(own_folders.rglob("*.toml"))) == 1


async def test_it_is_in_reach_on_every_screen(sit_down: SitDown) -> None:
    """By its target, by Tab and Enter, and by Esc Esc."""
    kinds = (
        "welcome",
        "question",
        "where",
        "confirm",
        "strength",
        "feel",
        "another",
        "several",
        "results",
        "consent",
        "goodbye",
        "hand-off",
    )
    for kind in kinds:
        async with sit_down(pin_hash="") as person:
            if kind in ("confirm", "strength", "feel", "another"):
                await person.reach("where")
                person.visit.point(BUTTOCK)
                if kind != "confirm":
                    person.visit.choose("yes")
                if kind in ("feel", "another"):
                    person.visit.number(7)
                if kind == "another":
                    person.visit.choose("done")
                    while person.visit.step.kind == "question":
                        person.visit.choose("no")
            elif kind == "hand-off":
                await person.reach("where")
                person.visit.point(SADDLE)
                person.visit.choose("yes")
            elif kind == "goodbye":
                await person.reach("consent")
                person.visit.choose("discard")
            elif kind != "welcome":
                await person.reach(kind)
            person.screen.arrive()
            await person.settle()
            assert person.step.kind == kind
            await person.touch("ask-end")
            assert person.screen.box == "ending"
            await person.press("2")
            for _ in range(40):
                await person.press("tab")
                if person.held == Act("ask-end"):
                    break
            await person.press("enter")
            assert person.screen.box == "ending", kind
            await person.press("2")
            person.clock.now += 5
            await person.pilot.press("escape", "escape")
            await person.settle()
            assert person.screen.box == "ending", kind
