"""Every step by the keyboard alone, with what the visit has heard at the end."""

from __future__ import annotations

import pytest
from guided import BUTTOCK
from kiosk_driver import Person, SitDown

from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Place
from bodymap.tui.kiosk.looks import WIDE
from bodymap.tui.kiosk.scene import Act


async def test_welcome_begins_with_enter_or_its_digit(sit_down: SitDown) -> None:
    for key in ("enter", "1"):
        async with sit_down() as person:
            assert person.step.kind == "welcome"
            assert "End and clear (Esc Esc)" in person.text
            await person.press(key)
            assert person.step.kind == "question"
            assert "1 of 6" in person.text


async def test_nothing_that_can_be_said_looks_chosen_before(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        assert person.held is None
        asked = person.step.question
        await person.press("enter")  # only takes hold of the first answer
        assert person.step.question == asked
        assert person.held == Act("choose", "yes")
        await person.press("right", "enter")
        assert person.visit.findings.answers[asked] == "no"
        for kind in ("another", "consent"):
            person.visit.state = person.visit.state.__class__(kind=kind)
            person.screen.arrive()
            assert person.held is None


async def test_a_question_by_digits_arrows_skip_and_back(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        first = person.step.question
        await person.press("3")
        assert person.visit.findings.answers[first] == "unsure"
        second = person.step.question
        await person.press("0")
        assert second not in person.visit.findings.answers
        assert person.step.question not in (first, second)
        await person.press("escape")
        assert person.step.question == second
        await person.press("escape")
        assert person.step.question == first
        assert first not in person.visit.findings.answers
        await person.press("down", "down", "up", "right", "enter")
        assert person.visit.findings.answers[first] == "no"


async def test_where_by_arrows_and_enter(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        assert person.held is None
        assert "Enter: low back, over the spine" in person.text
        await person.press("left", "down")
        place = person.screen.place
        assert place.side == "left"
        assert person.visit.anatomy.named(place) in person.text
        await person.press("enter")
        assert person.step.kind == "confirm"
        assert person.step.place == place
        assert person.visit.anatomy.words(place).split(",")[0] in person.text
        assert person.screen.map.display
        assert person.screen.map.place == place


async def test_from_the_body_to_the_targets_and_back(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        close = person.screen.map.sheet.close_up
        for _ in range(12):
            await person.press("down")
            if person.held is not None:
                break
        assert person.held is not None
        await person.press("up")
        assert person.held is None
        await person.press("tab")
        assert person.held == Act("zoom")
        await person.press("enter")
        assert person.screen.map.sheet.close_up != close
        assert person.held == Act("zoom")
        await person.press("1")
        assert person.screen.map.sheet.close_up == close
        await person.press("shift+tab")
        assert person.held is None
        await person.press("2")
        assert person.visit.findings.map_complete


async def test_other_side_and_choosing_again(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("2")
        assert person.step.place == Place(BUTTOCK.region, "right")
        assert "RIGHT" in person.text
        assert person.screen.map.place == Place(BUTTOCK.region, "right")
        await person.press("3")
        assert person.step.kind == "where"
        assert not person.visit.findings.marks


@pytest.mark.parametrize("strength", range(11))
async def test_strength_by_digits(sit_down: SitDown, strength: int) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("1")
        assert person.step.kind == "strength"
        await person.press(*str(strength))
        assert person.held == Act("number", str(strength))
        await person.press("enter")
        assert person.visit.findings.marks == (Mark(*BUTTOCK, strength),)


async def test_strength_by_arrows_and_a_second_thought(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("1", "1", "2")  # one, then rather two: twelve is no strength
        assert person.held == Act("number", "2")
        await person.press("right", "right", "left", "enter")
        assert person.visit.findings.marks[0].intensity == 3
        await person.press("escape")
        assert person.step.kind == "strength"
        assert person.held is None


async def test_feel_by_digits_and_done(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("1", "7", "enter")
        assert person.step.kind == "feel"
        assert "[ ] ache" in person.text
        await person.press("1")
        assert "[x] ache" in person.text
        assert person.held == Act("choose", "ache")
        await person.press("8", "8")
        assert "[ ] weak" in person.text
        await person.press("9")
        assert person.visit.findings.marks == (Mark(*BUTTOCK, 7, ("ache",)),)
        assert person.step.kind in ("another", "question", "hand-off")


async def test_marked_places_stand_on_the_map(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("where")
        person.screen.point(BUTTOCK)
        await person.press("1", "7", "enter", "1", "9")
        while person.step.kind == "question":
            await person.press("2")
        assert person.step.kind == "another"
        assert "7 of 10: LEFT buttock, upper part" in person.text
        await person.press("1")
        assert person.step.kind == "where"
        sheet = person.screen.map.sheet
        assert any("7" in row for row in sheet.rows)


async def test_several_by_digits(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.walk_to("several")
        listed = [choice.id for choice in person.step.choices]
        await person.press("2")
        assert person.step.choices[1].chosen
        await person.press("down", "enter", str(len(listed) + 1))
        answers = person.visit.findings.answers
        assert [answers[id] for id in listed[:3]] == ["no", "yes", "yes"]


async def number_step(person: Person) -> None:
    await person.reach("number", value="skip")
    assert person.step.question == "age"


async def test_a_number_by_digits(sit_down: SitDown) -> None:
    async with sit_down(most_questions=60) as person:
        await number_step(person)
        assert "__ years" in person.text or person.screen.drawn
        await person.press("enter")
        assert person.step.question == "age"
        assert person.screen.note
        await person.press("4", "7")
        assert person.screen.typed == "47"
        assert not person.screen.note
        await person.press("backspace", "8", "enter")
        assert person.visit.findings.answers["age"] == 48
        await person.press("escape")
        assert person.step.question == "age"
        assert person.screen.typed == ""


async def test_a_number_out_of_bounds_is_said_and_can_be_mended(sit_down: SitDown) -> None:
    async with sit_down(most_questions=60) as person:
        await number_step(person)
        await person.press("9", "9", "9", "9", "enter")
        assert person.step.question == "age"
        text = " ".join(person.text.split())
        assert "999 does not fit." in text
        assert "1 to 120" in person.screen.note
        await person.press("6", "1", "enter")
        assert person.visit.findings.answers["age"] == 61


async def test_a_number_with_leading_zeros_not_sure_and_skip(sit_down: SitDown) -> None:
    async with sit_down(most_questions=60) as person:
        await number_step(person)
        await person.press("0", "0", "5", "0", "enter")
        assert person.visit.findings.answers["age"] == 50
    async with sit_down(most_questions=60) as person:
        await number_step(person)
        await person.touch("choose", "unsure")
        assert person.visit.findings.answers["age"] == "unsure"
    async with sit_down(most_questions=60) as person:
        await number_step(person)
        await person.touch("choose", "skip")
        assert "age" not in person.visit.findings.answers


async def test_languages_change_everything_with_one_key(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.press("2")
        assert person.visit.language == "es"
        assert "Empezar" in person.text
        assert "Terminar y borrar (Esc Esc)" in person.text
        await person.walk_to("where")
        assert "DETRÁS" in person.text
        assert "su izquierda" in person.text
        assert "zona lumbar" in person.text
        await person.press("enter")
        assert "vista por detrás" in person.text or "por detrás" in person.text
        async with sit_down(languages=("es",), language="es") as other:
            assert "English" not in other.text


async def test_larger_letters_by_one_key(sit_down: SitDown) -> None:
    async with sit_down() as person:
        plain = person.text
        await person.press("3")
        assert person.screen.large
        assert person.text != plain
        await person.reach("consent")
        assert person.target("choose", "save").drawn
        assert person.target("choose", "save").box.height >= 6


async def test_large_type_can_be_where_it_begins(sit_down: SitDown) -> None:
    async with sit_down(large_type=True) as person:
        assert person.screen.large


async def test_pages_turn_by_targets_keys_and_wheel(sit_down: SitDown) -> None:
    async with sit_down(large_type=True, drawn=WIDE) as person:
        await person.begin()
        assert person.screen.board.pages > 1
        assert person.held == Act("more")
        await person.press("enter")
        assert person.screen.board.page == 1
        await person.press("escape")
        assert person.screen.board.page == 0
        await person.touch("more")
        assert person.screen.board.page == 1
        await person.touch("page-back")
        assert person.screen.board.page == 0
        await person.press("pagedown", "pagedown", "pagedown")
        assert person.screen.board.page == person.screen.board.pages - 1
        await person.press("pageup", "pageup", "pageup")
        assert person.screen.board.page == 0
