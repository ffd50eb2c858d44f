"""The questions: one key an answer, numbers with bounds, choices, the engine's next question, undo and redo."""

from __future__ import annotations

import pytest
from explorer_driver import UPPER, Driver
from textual.widgets import Static

from bodymap.engine.findings import Findings
from bodymap.tui.widgets.question_card import QuestionCard


def card(driver: Driver) -> str:
    """Return the text of the card, whole."""
    box = driver.explorer.query_one(QuestionCard)
    return "\n".join(str(part.render()) for part in box.query(Static))


@pytest.mark.parametrize(("key", "answer"), [("y", "yes"), ("n", "no"), ("u", "unsure")])
async def test_one_key_an_answer(open_explorer, key: str, answer: str) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("bending-forward-worse")
        question = driver.explorer.question_in_hand
        assert question is not None
        assert question.id == "bending-forward-worse"
        assert question.asks in card(driver)
        await driver.press(key)
        assert driver.findings.answers == {"bending-forward-worse": answer}
        await driver.press("x")
        assert driver.findings.answers == {}


async def test_the_row_shows_the_answer_with_a_sign(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await driver.choose_question("bending-forward-worse")
        for key, sign, word in (("y", "●", "yes"), ("n", "○", "no"), ("u", "?", "?")):
            await driver.press(key)
            row = driver.questions.get_option("bending-forward-worse").prompt.plain
            assert row.split() == [sign, word, "bending", "forward"]


async def test_enter_steps_through_the_answers(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("sitting-worse")
        seen = []
        for key in ("enter", "space", "enter", "enter", "enter"):
            await driver.press(key)
            seen.append(driver.findings.answers.get("sitting-worse"))
        assert seen == ["yes", "no", "unsure", None, "yes"]


async def test_the_first_row_follows_the_engine(open_explorer) -> None:
    async with open_explorer() as driver:
        driver.explorer.action_go("questions")
        await driver.settle()
        first = driver.explorer.next_question
        assert first is not None
        assert first.ask_first
        assert "MOST TELLING NOW" in card(driver)
        await driver.press("n")
        assert driver.findings.answers == {first.id: "no"}
        following = driver.explorer.next_question
        assert following is not None
        assert following.id != first.id
        assert following.short in driver.place_line
        await driver.press("enter")
        assert len(driver.findings.answers) == 1, (
            "Enter does not scatter answers over questions that come and go"
        )
        assert any("y, n or u" in notice for notice in driver.notices)


async def test_home_goes_to_the_most_telling(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("tender-deep-buttock")
        await driver.press("home")
        assert driver.explorer.asked_id == ""
        assert "MOST TELLING NOW" in card(driver)


async def test_a_number_is_kept_by_enter(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        await driver.press("4", "7")
        assert " 47 " in card(driver)
        assert driver.findings.answers == {}
        await driver.press("enter")
        assert driver.findings.answers == {"age": 47}


async def test_a_number_is_kept_by_leaving_the_row(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        await driver.press("4", "7", "backspace", "8", "down")
        assert driver.findings.answers == {"age": 48}
        assert driver.explorer.asked_id == "duration-weeks"
        assert "48" not in card(driver)


@pytest.mark.parametrize("key", ["tab", "ctrl+s", "ctrl+q"])
async def test_a_number_is_kept_by_whatever_comes_next(open_explorer, key: str) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER)
        await driver.choose_question("age")
        await driver.press("4", "7", key)
        assert driver.findings.answers == {"age": 47}


@pytest.mark.parametrize("typed", ["999", "121"])
async def test_a_number_out_of_range_is_refused_with_its_range(open_explorer, typed: str) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        question = driver.explorer.question_in_hand
        assert question is not None
        assert int(typed) > question.highest
        await driver.press(*typed, "enter")
        assert driver.findings.answers == {}
        assert any(f"from {question.lowest} to {question.highest}" in notice for notice in driver.notices)


async def test_an_empty_number_says_what_is_wanted(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("worst-pain")
        await driver.press("enter")
        assert any("from 0 to 10" in notice for notice in driver.notices)


async def test_more_digits_than_a_number_has_are_not_taken(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        await driver.press(*"12345")
        assert len(driver.explorer.typed) == 3


async def test_numbers_by_mouse(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        box = driver.explorer.query_one(QuestionCard)
        lowest = driver.explorer.question_in_hand.lowest
        for press, wanted in (("[+10]", 10), ("[+10]", 20), ("[+1]", 21), ("[−1]", 20), ("[−10]", 10)):
            await driver.click_text(press, box)
            assert driver.findings.answers == {"age": max(lowest, lowest + wanted)}


async def test_letters_do_not_answer_a_number(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.choose_question("age")
        await driver.press("y", "n")
        assert driver.findings.answers == {}
        await driver.press("u")
        assert driver.findings.answers == {"age": "unsure"}


async def test_a_choice_by_its_number_by_enter_and_by_mouse(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await driver.choose_question("sex-at-birth")
        await driver.press("2")
        assert driver.findings.answers == {"sex-at-birth": "male"}
        await driver.press("1")
        assert driver.findings.answers == {"sex-at-birth": "female"}
        await driver.press("9", "y")
        assert driver.findings.answers == {"sex-at-birth": "female"}
        await driver.press("enter")
        assert driver.findings.answers == {"sex-at-birth": "male"}
        await driver.click_text("Not sure", driver.explorer.query_one(QuestionCard))
        assert driver.findings.answers == {"sex-at-birth": "unsure"}


@pytest.mark.parametrize(("label", "answer"), [("Yes", "yes"), ("No ", "no"), ("Not sure", "unsure")])
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_answers_by_mouse(open_explorer, size: tuple[int, int], label: str, answer: str) -> None:
    async with open_explorer(size) as driver:
        await driver.choose_question("twisting-worse")
        await driver.click_text(label, driver.explorer.query_one(QuestionCard).query_one(".answers"))
        assert driver.findings.answers == {"twisting-worse": answer}


async def test_pressing_a_row_never_answers(open_explorer) -> None:
    async with open_explorer() as driver:
        for _ in range(3):
            await driver.click_text("numb between the legs", driver.questions)
        assert driver.explorer.asked_id == "saddle-numbness"
        assert driver.findings == Findings()


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (110, 30), (80, 24), (60, 20)])
async def test_question_reason_and_all_answers_fit_on_the_card(open_explorer, size: tuple[int, int]) -> None:
    """Every question of the pack, at every size: no word is cut off."""
    async with open_explorer(size) as driver:
        cut = []
        box = driver.explorer.query_one(QuestionCard)
        assert driver.explorer.knowledge is not None
        for question in driver.explorer.knowledge.pack.questions.values():
            if question.kind == "choice":
                continue
            await driver.choose_question(question.id)
            region = box.content_region
            area = " ".join(row[region.x : region.right] for row in driver.rows()[region.y : region.bottom])
            stands = " ".join(area.split())
            wanted = [*question.asks.split(), *question.why.split(), "Not", "sure", "u"]
            if not all(word in stands for word in wanted) or " ".join(question.why.split()) not in stands:
                cut.append(question.id)
        assert cut == []


async def test_all_answers_of_a_choice_fit(open_explorer) -> None:
    async with open_explorer((120, 40)) as driver:
        await driver.choose_question("sex-at-birth")
        driver.find("Not sure u]", driver.explorer.query_one(QuestionCard))


async def test_what_no_longer_matters_says_so(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.mark(UPPER, 7)
        quiet = next(
            question
            for question in driver.explorer.knowledge.pack.questions
            if question not in driver.explorer.matters
        )
        await driver.choose_question(quiet)
        assert "no longer changes the result" in card(driver).replace("\n", " ")


async def test_undo_and_redo_over_everything(open_explorer) -> None:
    async with open_explorer() as driver:
        states = [driver.findings]

        async def step(*keys: str) -> None:
            await driver.press(*keys)
            assert driver.findings != states[-1]
            states.append(driver.findings)

        await step("7")
        await step("9")
        await step("q", "a", "escape")
        await step("left", "enter")
        await step("x")
        await step("e")
        await driver.choose_question("sitting-worse")
        await step("y")
        await step("n")
        await driver.choose_question("age")
        await step("4", "7", "enter")
        await driver.choose_question("sex-at-birth")
        await step("1")
        await step("x")
        for state in reversed(states[:-1]):
            await driver.press("ctrl+z")
            assert driver.findings == state
        await driver.press("ctrl+z")
        assert driver.findings == Findings()
        assert any("Nothing to take back" in notice for notice in driver.notices)
        for state in states[1:]:
            await driver.press("ctrl+y")
            assert driver.findings == state
        await driver.press("ctrl+y")
        assert any("Nothing to bring back" in notice for notice in driver.notices)
        assert driver.findings == states[-1]


async def test_what_was_undone_is_forgotten_after_a_new_step(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.press("7", "ctrl+z", "3", "ctrl+y")
        assert [mark.intensity for mark in driver.findings.marks] == [3]


async def test_undo_brings_the_ranking_back(open_explorer) -> None:
    async with open_explorer() as driver:
        before = [(entry.cause.id, entry.score) for entry in driver.explorer.assessment.causes]
        await driver.mark(UPPER, 7)
        assert [(entry.cause.id, entry.score) for entry in driver.explorer.assessment.causes] != before
        await driver.press("ctrl+z")
        assert [(entry.cause.id, entry.score) for entry in driver.explorer.assessment.causes] == before
