"""A person with pain in four places: how many presses it takes, and what the engine makes of it, byte for byte."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from guided import knowledge
from kiosk_driver import Person, SitDown

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Place
from bodymap.report.assessment import assessment_json
from bodymap.sessions import SessionStore, findings_of
from bodymap.visit.step import DONE

FOUR = {
    Place("buttock-upper", "left"): (7, "ache"),
    Place("iliac-crest", "left"): (6, "ache"),
    Place("low-back", "left"): (4, "tight"),
    Place("thigh-back", "left"): (3, "ache"),
}
YES = {"sits-most-of-day", "sitting-worse", "twisting-worse", "tender-iliac-crest"}
DOCS = Path(__file__).parent.parent.parent.parent / "docs" / "kiosk.md"


async def tell(person: Person) -> dict[str, int]:
    """Go through the whole visit by keys; return how many went to what."""
    counted: dict[str, int] = {}
    left = dict(FOUR)
    current: Place | None = None
    while person.step.kind != "goodbye":
        step, before = person.step, person.presses
        if step.kind == "welcome":
            await person.press("1")
        elif step.kind == "question":
            await person.press("1" if step.question in YES else "2")
        elif step.kind == "several":
            await person.press(str(len(step.choices) + 1))
        elif step.kind == "number":
            await person.press(*"47", "enter")
        elif step.kind == "where":
            current = next(iter(left))
            await person.press(*person.way_to(current), "enter")
        elif step.kind == "confirm":
            assert step.place == current
            await person.press("enter")
        elif step.kind == "strength":
            await person.press(str(FOUR[current][0]), "enter")
        elif step.kind == "feel":
            number = [choice.id for choice in step.choices].index(FOUR[current][1]) + 1
            await person.press(str(number), str(len(step.choices) + 1))
            left.pop(current, None)
        elif step.kind == "another":
            await person.press("1" if left else "2")
        elif step.kind == "results":
            await person.press("enter")
        elif step.kind == "consent":
            await person.press("1")
        else:
            raise AssertionError(step.kind)
        part = {"question": "questions", "several": "questions", "number": "questions"}.get(
            step.kind, step.kind
        )
        counted[part] = counted.get(part, 0) + person.presses - before
    return counted


async def test_four_places_take_the_presses_that_the_docs_tell(sit_down: SitDown, own_folders: Path) -> None:
    async with sit_down() as person:
        counted = await tell(person)
        total = sum(counted.values())
        code = person.visit.state.code
    marks = sum(counted[kind] for kind in ("where", "confirm", "strength", "feel", "another"))
    told = re.search(
        r"take (\d+) key presses.*?(\d+) for the four places, (\d+) for the questions and (\d+) for the rest",
        " ".join(DOCS.read_text(encoding="utf-8").split()),
    )
    assert told is not None
    rest = total - marks - counted["questions"]
    assert tuple(map(int, told.groups())) == (total, marks, counted["questions"], rest), counted
    store = SessionStore(own_folders)
    session = store.read(store.find(code))
    assert {mark.place for mark in session.findings.marks} == set(FOUR)
    assert session.findings.map_complete


async def test_the_kiosk_hears_what_the_engine_is_told(sit_down: SitDown, own_folders: Path) -> None:
    """The findings of the file, put together by hand, and of the visit give the same assessment, byte for byte."""
    pack, engine, anatomy = knowledge()
    async with sit_down() as person:
        await tell(person)
        heard = person.visit.findings
        shown = assessment_json(person.visit.assessment, engine)
        code = person.visit.state.code
    by_hand = Findings()
    for place, (strength, felt) in FOUR.items():
        by_hand = by_hand.with_mark(Mark(*place, strength, (felt,)))
    for id, value in heard.answers.items():
        assert value == ("yes" if id in YES else 47 if id == "age" else "no"), id
        by_hand = by_hand.with_answer(id, value)
    by_hand = by_hand.with_map_complete(True)
    store = SessionStore(own_folders)
    kept = findings_of(store.read(store.find(code)), pack, anatomy)
    for findings in (by_hand, heard, kept):
        assert assessment_json(engine.assess(findings), engine) == shown


@pytest.mark.parametrize("seed", range(6))
async def test_random_answers_through_the_screen_are_those_of_the_visit(sit_down: SitDown, seed: int) -> None:
    """The same choices made on the screen and on the visit alone lead to the same findings and the same bytes."""
    from bodymap.visit import GuidedVisit, Options

    pack, engine, anatomy = knowledge()
    dice = random.Random(seed)
    async with sit_down(languages=("en", "es")) as person:
        other = GuidedVisit(pack, engine, anatomy, Options(languages=("en", "es")))
        for _ in range(90):
            step = person.step
            assert step == other.step
            if step.kind in ("goodbye", "saving"):
                break
            if step.kind == "hand-off":
                await person.touch("staff")
                await person.touch("staff-sure")
                other.staff_goes_on()
            elif step.kind == "strength":
                value = dice.randint(0, 10)
                await person.touch("number", str(value))
                other.number(value)
            elif step.kind == "number":
                value = dice.randint(step.lowest, step.highest)
                await person.press(*str(value), "enter")
                other.number(value)
            elif step.kind == "where" and dice.random() < 0.8:
                grid = dice.choice(list(person.screen.map.sheet.grids.values()))[1]
                place = dice.choice([place for place in grid.places if grid.cells(place)])
                await person.touch_place(place)
                other.point(place)
            elif step.kind in ("several", "feel") and dice.random() < 0.6:
                id = dice.choice([choice.id for choice in step.choices])
                await person.touch("choose", id)
                other.choose(id)
            else:
                ids = (
                    [DONE]
                    if step.done
                    else [choice.id for choice in step.choices if choice.id not in ("es", "more", "no")]
                )
                id = dice.choice([*ids, "skip"] if step.skip else ids)
                await person.touch("choose", id)
                other.choose(id)
            if other.wants_saving:
                other.saved_as(person.visit.state.code)
        assert person.visit.findings == other.findings
        assert assessment_json(person.visit.assessment, engine) == assessment_json(
            engine.assess(other.findings), engine
        )
