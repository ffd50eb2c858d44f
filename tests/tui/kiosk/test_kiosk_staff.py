"""Staff: a hand-off that nobody else passes, and a way out by PIN alone."""

from __future__ import annotations

import pytest
from kiosk_driver import Person, SitDown

from bodymap.kiosk.child import STAFF_EXIT
from bodymap.kiosk.pin import hash_pin
from bodymap.tui.kiosk.scene import Act

PIN = "471108"


@pytest.fixture(scope="module")
def hashed() -> str:
    return hash_pin(PIN)


async def to_hand_off(person: Person) -> None:
    await person.begin()
    for _ in range(10):
        if person.step.kind == "hand-off":
            return
        await person.press("1")
    raise AssertionError("no hand-off came")


async def test_an_emergency_answer_shows_the_hand_off_with_the_next_frame(sit_down: SitDown) -> None:
    rung: list[int] = []
    async with sit_down(bell=True) as person:
        person.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
        await to_hand_off(person)
        assert person.screen.board.grave
        assert "call for emergency help" in " ".join(person.text.split())
        assert "This is not a diagnosis." in " ".join(person.text.split())
        assert rung == [1]
    async with sit_down() as person:
        person.app.bell = lambda: rung.append(2)  # type: ignore[method-assign]
        await to_hand_off(person)
        assert rung == [1]


async def test_a_hand_off_is_passed_by_two_deliberate_presses(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await to_hand_off(person)
        await person.press("1", "2", "3", "0", "backspace", "escape", "space")
        assert person.step.kind == "hand-off"
        assert person.held == Act("staff")
        await person.press("enter")
        assert person.screen.box == "sure"
        assert person.held == Act("stay")  # pressing on and on leads back
        await person.press(*["enter"] * 7)
        assert person.step.kind == "hand-off"
        await person.press("escape")
        assert person.screen.box == ""
        await person.touch("staff")
        await person.touch("staff-sure")
        assert person.step.kind != "hand-off"
        await person.press("escape")
        assert person.step.kind != "hand-off"


@pytest.mark.parametrize("seed", range(3))
async def test_a_key_held_down_does_not_pass_a_hand_off(sit_down: SitDown, seed: int) -> None:
    async with sit_down() as person:
        await to_hand_off(person)
        await person.hold(("enter", "space", "2")[seed], 200, 0.04)
        assert person.visit.step.kind == "hand-off"


async def test_a_hand_off_can_be_ended_and_cleared(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await to_hand_off(person)
        await person.touch("ask-end")
        assert person.screen.box == "ending"
        await person.press("escape")
        assert person.step.kind == "hand-off"
        await person.touch("ask-end")
        await person.press("1")
        assert person.ended


async def test_with_a_pin_only_the_pin_passes_a_hand_off(sit_down: SitDown, hashed: str) -> None:
    async with sit_down(pin_hash=hashed) as person:
        await to_hand_off(person)
        await person.touch("staff")
        assert person.screen.box == "pin"
        await person.press(*"123456", "enter")
        assert person.screen.box == "pin"
        assert person.step.kind == "hand-off"
        assert "not the right PIN" in person.text or "try again in" in person.text
        await person.press("escape")
        assert person.screen.box == ""
        assert person.step.kind == "hand-off"
        person.clock.now += 60
        await person.touch("staff")
        await person.press(*PIN, "enter")
        assert person.step.kind not in ("hand-off", "welcome")
        assert not person.ended


async def test_staff_leave_by_pin(sit_down: SitDown, hashed: str) -> None:
    async with sit_down(pin_hash=hashed) as person:
        await person.touch("staff")
        for digit in PIN:
            await person.touch("type", digit)
        assert PIN not in person.text
        await person.touch("enter")
        assert person.ended
        assert person.app.return_code == STAFF_EXIT
        assert not person.text.strip()


async def test_wrong_pins_are_slowed_and_end_nothing(sit_down: SitDown, hashed: str) -> None:
    async with sit_down(pin_hash=hashed) as person:
        await person.touch("staff")
        waits = 0
        for number in range(6):
            await person.press(*str(100_000 + number), "enter")
            waits += "try again in" in person.text
            assert person.screen.box == "pin"
        assert waits >= 4
        await person.press(*PIN, "enter")  # right, but too early
        assert not person.ended
        assert "try again in" in person.text
        person.clock.now += 400
        person.screen.idle.touch(person.clock.now)
        await person.press(*PIN, "enter")
        assert person.ended
        assert person.app.return_code == STAFF_EXIT


async def test_a_pin_that_goes_on_without_end_and_an_empty_one(sit_down: SitDown, hashed: str) -> None:
    async with sit_down(pin_hash=hashed) as person:
        await person.touch("staff")
        await person.press("enter")
        assert person.screen.box == "pin"
        await person.press(*"12345678901234567890")
        assert len(person.screen.typed) == 12
        await person.paste(PIN + "\n")
        assert len(person.screen.typed) == 12
        await person.press(*["backspace"] * 15)
        assert person.screen.typed == ""


async def test_without_a_pin_there_is_no_way_out(sit_down: SitDown) -> None:
    async with sit_down() as person:
        assert person.screen.board.of(Act("staff")) is None
        assert "Staff" not in person.text


async def test_a_pin_that_comes_right_after_the_box_is_closed_ends_nothing(
    sit_down: SitDown, hashed: str
) -> None:
    async with sit_down(pin_hash=hashed) as person:
        await person.touch("staff")
        await person.press("escape")
        person.screen.take_pin("right", 0)
        await person.settle()
        assert not person.ended
