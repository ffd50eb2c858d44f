"""Visits for tests: made of the shipped pack or of the tiny one, walked by hand or by a seeded person."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import tiny_pack
import tiny_spanish

from bodymap.engine import Engine, compile_pack
from bodymap.knowledge.anatomy import Anatomy, Place, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import DONE

BUTTOCK = Place("buttock-upper", "left")
SADDLE = Place("saddle", "midline")


@cache
def knowledge(tiny: bool = False) -> tuple[Pack, Engine, Anatomy]:
    anatomy = load_anatomy()
    if not tiny:
        pack = load_pack()
    else:
        with TemporaryDirectory() as folder:
            pack = load_pack(tiny_pack.write(Path(folder), tiny_spanish.files()))
    return pack, compile_pack(pack, anatomy), anatomy


def begin(options: Options | None = None, language: str = "en", tiny: bool = False) -> GuidedVisit:
    """A visit that stands at the welcome."""
    return GuidedVisit(*knowledge(tiny), options, language)


def answer(visit: GuidedVisit, value: str = "no") -> None:
    """Answer or pass whatever question stands there; with lists, choose nothing."""
    step = visit.step
    if step.kind == "several":
        visit.choose("skip" if value == "skip" else DONE)
    elif step.kind == "number":
        visit.choose("unsure" if value in ("yes", "no") else value)
    else:
        visit.choose(value if value in {"skip", *(choice.id for choice in step.choices)} else "unsure")


def reach(visit: GuidedVisit, *kinds: str, value: str = "no") -> Step:
    """Answer every question with `value`, mark nothing, until a step of one of the kinds comes."""
    for _ in range(200):
        step = visit.step
        if step.kind in kinds:
            return step
        assert step.kind != "goodbye", f"no {kinds} came"
        if step.kind in ("question", "number", "several"):
            answer(visit, value)
        elif step.kind == "hand-off":
            visit.staff_goes_on()
        else:
            ways = {"welcome": "begin", "where": "nothing", "another": "complete"}
            visit.choose(ways.get(step.kind, step.choices[-1].id if step.choices else DONE))
    raise AssertionError(f"no {kinds} came")


def mark(visit: GuidedVisit, place: Place, strength: int, *felt: str) -> None:
    """Go through the steps of one place, from `where` to what follows on what is felt there."""
    visit.point(place)
    visit.choose("yes")
    if visit.step.kind == "hand-off":
        visit.staff_goes_on()
    visit.number(strength)
    if visit.step.kind == "hand-off":
        visit.staff_goes_on()
    for quality in felt:
        visit.choose(quality)
    visit.choose(DONE)


def act(visit: GuidedVisit, dice: random.Random, places: tuple[Place, ...]) -> None:
    """Do one thing that the step offers, as a person might; a list gets a few things chosen before it is ended."""
    step = visit.step
    if step.kind == "hand-off":
        visit.staff_goes_on()
    elif step.kind == "saving":
        visit.saved_as("K7PM")
    elif step.kind in ("number", "strength") and dice.random() < 0.8:
        visit.number(dice.randint(step.lowest, step.highest))
    elif step.kind == "where" and dice.random() < 0.9:
        visit.point(dice.choice(places))
    elif step.kind in ("several", "feel"):
        for choice in step.choices:
            if dice.random() < 0.2:
                visit.choose(choice.id)
        visit.choose("skip" if step.skip and dice.random() < 0.2 else DONE)
    else:
        ids = [choice.id for choice in step.choices] + (["skip"] if step.skip else [])
        if ids:
            visit.choose(dice.choice(ids))
