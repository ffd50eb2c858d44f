"""Alarms in the explorer: above everything, foldable, never away."""

from __future__ import annotations

import pytest
from explorer_driver import Driver

from bodymap.tui.commands.table import CAUSES, EVERYWHERE, MAP, QUESTIONS, commands_for
from bodymap.tui.screens.reading import AlarmPage

TLJ = "thoracolumbar-joint-dysfunction"


async def raise_alarm(driver: Driver) -> None:
    await driver.say(bladder_bowel_change="yes", saddle_numbness="yes")
    assert driver.explorer.assessment.alarms[0].alarm.tier == "emergency"


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24)])
async def test_an_emergency_stands_above_everything(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        assert not driver.banner.display or not driver.banner.region.height
        await raise_alarm(driver)
        region = driver.banner.region
        assert region.y == 1
        assert region.width == size[0]
        alarm = driver.explorer.assessment.alarms[0].alarm
        stands = banner_words(driver)
        assert "GET HELP NOW" in stands
        assert alarm.do in stands
        assert "This is not a diagnosis." in stands
        for id in ("bladder-bowel-change", "saddle-numbness"):
            assert driver.explorer.knowledge.pack.questions[id].yes in stands


def banner_words(driver: Driver) -> str:
    region = driver.banner.region
    return " ".join(" ".join(row[1:] for row in driver.rows()[region.y : region.bottom]).split())


async def test_an_emergency_is_whole_on_the_smallest_screen(open_explorer) -> None:
    async with open_explorer((60, 20)) as driver:
        await raise_alarm(driver)
        assert driver.explorer.assessment.alarms[0].alarm.do in banner_words(driver)


async def test_questions_can_be_answered_below_an_emergency(open_explorer) -> None:
    async with open_explorer((60, 20)) as driver:
        await driver.choose_question("saddle-numbness")
        await raise_alarm(driver)
        driver.find("Yes y", driver.explorer.panes["questions"])


async def test_the_banner_names_what_was_said(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await driver.say(both_legs_weak="yes")
        pack = driver.explorer.knowledge.pack
        assert driver.explorer.assessment.alarms[0].alarm.tier == "emergency"
        said = driver.banner.render().plain
        assert pack.questions["both-legs-weak"].yes.split()[0].lower() in said.lower()
        assert "bladder" not in said


async def test_no_key_takes_an_alarm_away(open_explorer) -> None:
    async with open_explorer() as driver:
        await raise_alarm(driver)
        keys = {
            key
            for where in (MAP, QUESTIONS, CAUSES, EVERYWHERE)
            for command in commands_for(where)
            for key, _ in command.keys
        } - {"ctrl+z", "ctrl+q", "ctrl+y"}
        # x and the answers are tried where they act on another question; undoing the answer itself may remove it.
        for pane in ("map", "questions", "causes"):
            for key in sorted(keys | {"escape", "q", "shift+a", "delete", "backspace", "ctrl+w", "ctrl+d"}):
                driver.explorer.action_go(pane)
                if pane == "questions":
                    await driver.choose_question("twisting-worse")
                await driver.press(key)
                for _ in range(3):
                    if driver.app.screen is not driver.explorer:
                        await driver.pilot.press("escape")
                        await driver.pilot.pause()
                assert driver.app.screen is driver.explorer, key
                assert driver.findings.answers["saddle-numbness"] == "yes", key
                assert driver.banner.display, key
                assert driver.banner.region.height >= 1, key
                assert "GET HELP NOW" in driver.text, key


async def test_an_alarm_folds_to_one_line_and_unfolds(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        await raise_alarm(driver)
        tall = driver.banner.region.height
        await driver.press("A")
        assert driver.banner.region.height < tall
        assert "GET HELP NOW" in driver.text
        await driver.press("A")
        assert driver.banner.region.height == tall
        await driver.click_text("Smaller")
        assert driver.banner.folded


async def test_another_alarm_unfolds_the_banner(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.say(fever_or_chills="yes")
        await driver.say(steroid_use="yes", osteoporosis="yes", minor_trauma="yes")
        before = len(driver.explorer.assessment.alarms)
        await driver.press("A")
        assert driver.banner.folded
        await raise_alarm(driver)
        assert len(driver.explorer.assessment.alarms) > before
        assert not driver.banner.folded


async def test_a_worse_alarm_unfolds_the_banner_though_there_are_not_more(open_explorer) -> None:
    async with open_explorer() as driver:
        await driver.say(bladder_bowel_change="yes")
        await driver.press("A")
        first = driver.explorer.assessment.alarms
        findings = driver.findings.with_answer("bladder-bowel-change", None).with_answer(
            "sudden-severe-with-faintness", "yes"
        )
        driver.explorer.findings = findings.with_answer("known-aneurysm", "yes")
        await driver.settle()
        now = driver.explorer.assessment.alarms
        assert [entry.alarm.id for entry in now] != [entry.alarm.id for entry in first]
        assert not driver.banner.folded


async def test_the_alarm_page_names_what_was_said(open_explorer) -> None:
    async with open_explorer() as driver:
        await raise_alarm(driver)
        await driver.press("a")
        assert isinstance(driver.app.screen, AlarmPage)
        text = driver.app.screen.body().plain
        pack = driver.explorer.knowledge.pack
        for id in ("bladder-bowel-change", "saddle-numbness"):
            assert pack.questions[id].yes in text
        for assessed in driver.explorer.assessment.alarms:
            assert assessed.alarm.do in text
        await driver.press("escape")
        await driver.click_text("What I said")
        assert isinstance(driver.app.screen, AlarmPage)


async def test_an_alarm_goes_with_the_answer_that_raised_it(open_explorer) -> None:
    async with open_explorer() as driver:
        await raise_alarm(driver)
        await driver.press("ctrl+z", "ctrl+z")
        assert not driver.explorer.assessment.alarms
        assert "GET HELP NOW" not in driver.text
        await driver.press("a")
        assert "Nothing you said raises an alarm" in driver.text


async def test_alarms_stay_on_top_of_the_lists_when_the_window_changes(open_explorer) -> None:
    async with open_explorer() as driver:
        await raise_alarm(driver)
        for size in ((80, 24), (60, 20), (50, 10), (120, 40)):
            await driver.resize(*size)
            if size != (50, 10):
                assert "GET HELP NOW" in driver.text
