"""One person's answers given in three ways: typed to `bodymap ask`, at the kiosk's screen, in the explorer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from explorer_driver import Driver
from guided import begin
from kiosk_driver import Person
from textual import events

from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Place
from bodymap.tui.kiosk.scene import Act
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import DONE

FELT = dict(
    zip(
        ("ache", "sharp", "burning", "shooting", "tingling", "numb", "tight", "weak"), "asbotniw", strict=True
    )
)
"""The letters of the explorer's box for what a place feels like."""


class Said(NamedTuple):
    """What somebody said to one step: `value` is an id, a number, a place, or the ids that were chosen on a list.

    "back" and "skip" are said to any step that lets them be.
    """

    kind: str
    value: str | int | Place | tuple[str, ...] = ""


class Telling(NamedTuple):
    """All that somebody said from the welcome to the consent, and the visit as it was then."""

    said: tuple[Said, ...]
    visit: GuidedVisit

    @property
    def findings(self) -> Findings:
        return self.visit.findings


def say(visit: GuidedVisit, said: Said) -> None:
    """Say one thing to a visit."""
    step = visit.step
    assert step.kind == said.kind
    if said.value == "back":
        visit.back()
    elif said.kind == "hand-off":
        visit.staff_goes_on()
    elif isinstance(said.value, Place):
        visit.point(said.value)
    elif isinstance(said.value, int):
        visit.number(said.value)
    elif isinstance(said.value, str):
        visit.choose(said.value)
    else:
        for choice in step.choices:
            if choice.chosen != (choice.id in said.value):
                visit.choose(choice.id)
        visit.choose(DONE)


def made_up(seed: int, language: str = "en") -> Telling:
    """Return the answers of a seeded person, who changes their mind now and then."""
    dice = random.Random(f"told {seed}")
    places = tuple(dice.sample(begin().anatomy.places, 12))
    return told_by(lambda visit: _answer(visit, dice, places), language)


def told_by(answer: Callable[[GuidedVisit], Said], language: str = "en") -> Telling:
    """Return what somebody says who answers each step so, up to the yes to saving."""
    visit = begin(Options(), language)
    said: list[Said] = []
    while not visit.wants_saving:
        said.append(answer(visit))
        say(visit, said[-1])
        assert len(said) < 500
    return Telling(tuple(said), visit)


def _answer(visit: GuidedVisit, dice: random.Random, places: tuple[Place, ...]) -> Said:
    step = visit.step
    if step.kind == "hand-off":
        return Said(step.kind)
    if step.skip and dice.random() < 0.08:
        return Said(step.kind, "skip")
    if step.back and dice.random() < 0.05:
        return Said(step.kind, "back")
    if step.kind == "question" and dice.random() < 0.4:
        return Said(step.kind, "no")  # or nearly everybody would be an emergency
    if step.kind == "where" and (dice.random() < 0.9 or len(visit.findings.marks) > 5):
        return Said(step.kind, dice.choice(places))
    if step.kind == "strength" or (step.kind == "number" and dice.random() < 0.8):
        return Said(step.kind, dice.randint(step.lowest, step.highest))
    if step.kind in ("several", "feel"):
        return Said(step.kind, tuple(choice.id for choice in step.choices if dice.random() < 0.25))
    if step.kind == "consent":
        return Said(step.kind, "save")
    ids = [choice.id for choice in step.choices if choice.id not in ("en", "es")]
    return Said(step.kind, dice.choice(ids))


# ----- typed


def lines_of(telling: Telling, language: str = "en") -> Iterator[str]:
    """Return the lines to type to `bodymap ask`, one a step."""
    visit = begin(Options(), language)
    for one in telling.said:
        yield _line(visit.step, one, language)
        say(visit, one)


def _line(step: Step, one: Said, language: str) -> str:
    if one.value == "back":
        return "v" if language == "es" else "b"
    if one.value == "skip":
        return "o" if language == "es" else "s"
    if isinstance(one.value, Place):
        return f"{one.value.region} {one.value.side}"
    if isinstance(one.value, int):
        return str(one.value)
    ids = [choice.id for choice in step.choices]
    if isinstance(one.value, tuple):
        return " ".join(str(ids.index(id) + 1) for id in one.value) or "0"
    if one.value in ("nothing", "unsure"):
        return "0" if one.value == "nothing" else next(c.label for c in step.choices if c.id == "unsure")
    return "" if step.kind in ("hand-off", "results") else str(ids.index(one.value) + 1)


# ----- at the kiosk


async def tell_the_kiosk(person: Person, telling: Telling, seed: int) -> None:
    """Give the answers at the screen, by key or by touch as the dice fall, up to the code."""
    dice = random.Random(f"hands {seed}")
    for one in telling.said:
        assert person.step.kind == one.kind, person.text
        if person.screen.box == "near" and not isinstance(one.value, Place):
            await person.touch("stay")
        await _at_the_screen(person, one, dice.random() < 0.5)
    assert person.step.kind == "goodbye"


async def _at_the_screen(person: Person, one: Said, keys: bool) -> None:
    if one.value == "back":
        await (person.press("escape") if keys else person.touch("back"))
    elif one.kind == "hand-off":
        await person.touch("staff")
        await (person.press("2") if keys else person.touch("staff-sure"))
    elif isinstance(one.value, Place):
        await _show(person, one.value, keys)
    elif isinstance(one.value, int):
        await _count(person, one, keys)
    elif isinstance(one.value, str):
        await _press(person, one.value, keys)
    else:
        for choice in person.step.choices:
            if choice.chosen != (choice.id in one.value):
                await _press(person, choice.id, keys)
        await _press(person, DONE, keys)


async def _press(person: Person, id: str, keys: bool) -> None:
    key = person.target("choose", id).key
    await (person.press(key) if keys and key else person.touch("choose", id))


async def _count(person: Person, one: Said, keys: bool) -> None:
    if keys:
        await person.press(*str(one.value), "enter")
    elif one.kind == "strength":
        await person.touch("number", str(one.value))
    else:
        for digit in str(one.value):
            await person.touch("type", digit)
        await person.touch("enter")


async def _show(person: Person, place: Place, keys: bool) -> None:
    if person.screen.box == "near":
        # A touch that was refused: the places around it are offered.
        if person.screen.board.of(Act("near", "/".join(place))) is not None:
            await person.touch("near", "/".join(place))
            return
        await (person.press("escape") if keys else person.touch("stay"))
    sheet = person.screen.map.sheet
    assert sheet is not None
    if not any(grid.cells(place) for _, grid in sheet.grids.values()):
        await person.touch("zoom")
    if keys:
        # Where a touch left the keyboard on a target, the way back to the body is up.
        await person.press(*["up"] * (person.held is not None))
        assert person.held is None
        await person.press(*person.way_to(place), "enter")
    else:
        await person.touch_place(place)


# ----- in the explorer


async def tell_the_explorer(driver: Driver, findings: Findings) -> None:
    """Enter by keys what was found, in the order in which it was said, and save it."""
    explorer = driver.explorer
    for mark in findings.marks:
        explorer.action_go("map")
        explorer.go_to(Place(*mark.place))
        await _type(driver, "plus" if mark.intensity == 10 else str(mark.intensity))
        if mark.qualities:
            await _type(driver, "q", *(FELT[felt] for felt in mark.qualities), "escape")
    for id, value in findings.answers.items():
        explorer.action_go("questions")
        driver.questions.highlighted = driver.questions.get_option_index(id)
        await _settle(driver)
        question = explorer.question_in_hand
        assert question is not None
        assert question.id == id
        if isinstance(value, int):
            await _type(driver, *str(value), "enter")
        elif question.kind == "choice" and value != "unsure":
            await _type(driver, str([id for id, _ in question.choices].index(value) + 1))
        else:
            await _type(driver, {"yes": "y", "no": "n", "unsure": "u"}[value])
    explorer.action_go("map")
    await _type(driver, "e", "ctrl+s", "enter")


async def _type(driver: Driver, *keys: str) -> None:
    for key in keys:
        driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await _settle(driver)


async def _settle(driver: Driver) -> None:
    """Return once every message is handled. The driver's own way waits for an idle processor, several times a press."""
    for _ in range(4):
        await driver.pilot._wait_for_screen()
        await driver.app.workers.wait_for_complete()
