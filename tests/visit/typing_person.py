"""Somebody who types: a seeded person who answers each step of a conversation in one of the ways it takes."""

from __future__ import annotations

import random

from guided import begin

from bodymap.knowledge.anatomy import Place
from bodymap.visit import Choice, GuidedVisit, Options, Step
from bodymap.visit.lines import Conversation


def converse(
    options: Options | None = None, language: str = "en", tiny: bool = False
) -> tuple[GuidedVisit, Conversation]:
    """A visit and its conversation, the welcome said."""
    visit = begin(options, language, tiny)
    talk = Conversation(visit)
    talk.say()
    return visit, talk


def type_in(talk: Conversation, *lines: str) -> list[str]:
    """Type lines one after the other; return everything that was said to them, without the empty lines."""
    said: list[str] = []
    for line in lines:
        said += talk.hear(line)
        said += talk.say()
    return [line for line in said if line]


def words_for(place: Place, visit: GuidedVisit, dice: random.Random) -> str:
    """One of the ways to name a place."""
    return dice.choice([f"{place.region} {place.side}", visit.anatomy.named(place)])


def one_of(choices: tuple[Choice, ...], dice: random.Random) -> str:
    """One of the ways to give one of the answers."""
    number = dice.randrange(len(choices))
    return dice.choice([str(number + 1), choices[number].id, choices[number].label])


def line_for(visit: GuidedVisit, step: Step, dice: random.Random, places: tuple[Place, ...]) -> str:
    """A line that answers the step."""
    if step.kind == "hand-off":
        return ""
    if step.kind == "where":
        return words_for(dice.choice(places), visit, dice)
    if step.skip and dice.random() < 0.05:
        return "skip"
    if step.back and dice.random() < 0.04:
        return "b"
    if step.kind in ("number", "strength"):
        return str(dice.randint(step.lowest, step.highest))
    if step.kind in ("several", "feel"):
        wanted = [number for number in range(1, len(step.choices) + 1) if dice.random() < 0.2]
        return dice.choice([" ", ", "]).join(map(str, wanted)) or dice.choice(["0", "none", "no"])
    if step.kind == "consent":
        return "1"
    if step.kind == "another":
        return dice.choice(["1", "2", "more", "complete"])
    return one_of(tuple(choice for choice in step.choices if choice.id not in ("es", "en")), dice)


def script(seed: int, language: str = "en") -> tuple[list[str], GuidedVisit]:
    """Return the lines of a whole visit that ends with saving, and the visit as it was by then."""
    dice = random.Random(seed)
    visit, talk = converse(Options(), language)
    places = tuple(dice.sample(visit.anatomy.places, 12))
    lines: list[str] = []
    while not visit.wants_saving:
        line = line_for(visit, visit.step, dice, places)
        lines.append(line)
        talk.hear(line)
        talk.say()
        assert len(lines) < 500
    return lines, visit
