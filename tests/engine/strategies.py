"""Random packs and random findings for the laws."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Anatomy, Region
from bodymap.knowledge.pack import (
    GRADES,
    TIERS,
    Alarm,
    All,
    Answer,
    Any,
    Cause,
    Condition,
    Line,
    Marked,
    Not,
    Number,
    Pack,
    Question,
)

QUALITIES = ("ache", "numb", "sharp")
WORDS = ("sit", "bend", "walk", "cough", "numbness")


def _region(id: str, *sides: str) -> Region:
    return Region(id, id, "back", sides, "body")


ANATOMY = Anatomy(
    {
        region.id: region
        for region in (
            _region("crest", "left", "right"),
            _region("buttock", "left", "right"),
            _region("calf", "left", "right"),
            _region("sacrum", "midline"),
        )
    }
)
AREAS = {"leg": ("calf", "buttock")}


def _question(id: str, kind: str = "yes-no", **more: object) -> Question:
    return Question(
        id=id,
        group="g",
        kind=kind,  # type: ignore[arg-type]
        asks=f"{id}?",
        short=id,
        why=f"Why {id}.",
        clinician=id,
        ask_first=id == "cough",
        **more,  # type: ignore[arg-type]
    )


QUESTIONS = {
    question.id: question
    for question in (
        *(_question(id) for id in WORDS),
        _question("age", "number", lowest=0, highest=120, unit="years"),
        _question("weeks", "number", lowest=1, highest=50),
        _question("sex", "choice", choices=(("female", "Female"), ("male", "Male"), ("other", "Other"))),
    )
}


def conditions() -> st.SearchStrategy[Condition]:
    return _dice().map(random_condition)


def causes() -> st.SearchStrategy[Cause]:
    return _dice().map(lambda dice: random_cause(dice, 1))


def packs() -> st.SearchStrategy[Pack]:
    """Packs of one to four causes. Made by a seeded generator: drawing each part by itself takes far too
    long.
    """
    return _dice().map(random_pack)


def _dice() -> st.SearchStrategy[random.Random]:
    return st.integers(0, 2**40).map(random.Random)


def random_pack(dice: random.Random) -> Pack:
    found = tuple(random_cause(dice, number) for number in range(dice.randint(1, 4)))
    return make_pack(found, tuple(random_alarm(dice, number) for number in range(dice.randint(0, 2))))


def random_alarm(dice: random.Random, number: int) -> Alarm:
    opens = tuple(dice.sample(WORDS, dice.randint(0, 2)))
    opened_by = random_condition(dice) if dice.random() < 0.5 else None
    when = random_condition(dice)
    return Alarm(
        f"a{number}", dice.choice(TIERS), f"Alarm {number}", when, "says", "do", "c", "s", opens, opened_by
    )


def random_condition(dice: random.Random, depth: int = 0) -> Condition:
    roll = dice.random()
    if depth > 2 or roll < 0.5:
        return _random_atom(dice)
    if roll < 0.65:
        return Not(random_condition(dice, depth + 1))
    parts = tuple(random_condition(dice, depth + 1) for _ in range(dice.randint(1, 3)))
    return All(parts) if roll < 0.82 else Any(parts)


def _random_atom(dice: random.Random) -> Condition:
    roll = dice.random()
    if roll < 0.3:
        return Answer(dice.choice(WORDS), dice.choice(["yes", "yes", "no"]))
    if roll < 0.4:
        return Answer("sex", dice.choice(["female", "male", "other"]))
    if roll < 0.55:
        question = QUESTIONS[dice.choice(["age", "weeks"])]
        low, high = (dice.choice([None, dice.randint(question.lowest, question.highest)]) for _ in range(2))
        return Number(question.id, question.lowest + 5 if low is None and high is None else low, high)
    return Marked(
        tuple(dice.sample([*ANATOMY.regions, "leg"], dice.randint(1, 3))),
        dice.choice(["any", "any", "left", "right", "both", "one"]),  # type: ignore[arg-type]
        dice.choice([1, 1, 4, 7]),
        tuple(dice.sample(QUALITIES, dice.choice([0, 0, 1, 2]))),
        dice.choice([None, None, *WORDS]),
    )


def random_cause(dice: random.Random, number: int) -> Cause:
    lines = []
    for place in range(dice.randint(0, 6)):
        kind = dice.choice(["for", "for", "against", "need"])
        points = {"for": dice.randint(1, 9), "against": -dice.randint(1, 9), "need": -40}[kind]
        id = f"c{number}-{place}"
        when = random_condition(dice)
        lines.append(Line(id, kind, when, points, "", f"says {id}", id, "study"))  # type: ignore[arg-type]
    return Cause(
        id=f"c{number}",
        name=f"Cause {number}",
        plain=f"cause {number}",
        evidence=dice.choice(GRADES),
        evidence_says="",
        evidence_source="study",
        prior=dice.choice([-12, -6, -3, 0, 0, 0, 3, 10, 20]),
        prior_says="",
        prior_source="study",
        usual=tuple(dice.sample(list(ANATOMY.regions), dice.randint(0, 2))),
        possible=tuple(dice.sample(list(ANATOMY.regions), dice.randint(0, 2))),
        article_section="Section",
        article_says="says",
        article_helps="helps",
        clinic_next="",
        literature_says="",
        literature_sources=("study",),
        clinician="",
        lines=tuple(lines),
    )


def make_pack(found: tuple[Cause, ...], alarms: tuple[Alarm, ...] = ()) -> Pack:
    return Pack(
        id="random",
        version="1.0.0",
        title="Random",
        language="en",
        sha256="0" * 64,
        bands={"strong": 14, "possible": 7, "weak": 1},
        margin=3,
        strengths={},
        caps={"strong": "strong", "moderate": "strong", "weak": "possible", "very-low": "possible"},
        areas=AREAS,
        sources={},
        groups=(),
        questions=QUESTIONS,
        alarms=alarms,
        causes=found,
    )


def marks(place: tuple[str, str]) -> st.SearchStrategy[Mark]:
    return st.builds(
        Mark,
        st.just(place[0]),
        st.just(place[1]),
        st.sampled_from([0, 0, 2, 5, 8, 10]),
        st.lists(st.sampled_from(QUALITIES), max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
    )


def values(question: Question) -> st.SearchStrategy[str | int]:
    unsure: st.SearchStrategy[str | int] = st.just("unsure")
    if question.kind == "number":
        return unsure | st.integers(question.lowest, question.highest)
    if question.kind == "choice":
        return unsure | st.sampled_from([id for id, _ in question.choices])
    return st.sampled_from(["yes", "no", "yes", "no", "unsure"])


@st.composite
def findings(draw: st.DrawFn) -> Findings:
    places = draw(
        st.lists(st.sampled_from([tuple(place) for place in ANATOMY.places]), unique=True, max_size=5)
    )
    ids = draw(st.lists(st.sampled_from(list(QUESTIONS)), unique=True))
    return Findings(
        tuple(draw(marks(place)) for place in places),
        {id: draw(values(QUESTIONS[id])) for id in ids},
        draw(st.booleans()),
    )


def random_findings(
    dice: random.Random, pack: Pack, anatomy: Anatomy, places: list[tuple[str, str]]
) -> Findings:
    """Return findings over a real pack, for the long comparison: cheap, and the same for the same dice."""
    qualities = ("ache", "sharp", "burning", "shooting", "tingling", "numb", "tight", "weak")
    words = [question.id for question in pack.questions.values() if question.kind == "yes-no"]
    found = []
    for region, side in dice.sample(places, dice.choice((0, 1, 1, 2, 3, 5))):
        worse = dice.sample(words, 1) if dice.random() < 0.2 else []
        feels = dice.sample(qualities, dice.choice((0, 1, 1, 2)))
        found.append(Mark(region, side, dice.choice((0, 3, 5, 7, 10)), tuple(feels), tuple(worse)))
    given: dict[str, str | int] = {}
    for question in dice.sample(list(pack.questions.values()), dice.choice((0, 4, 10, 20, 40))):
        if dice.random() < 0.1:
            given[question.id] = "unsure"
        elif question.kind == "number":
            given[question.id] = dice.randint(question.lowest, question.highest)
        elif question.kind == "choice":
            given[question.id] = dice.choice(question.choices)[0]
        else:
            given[question.id] = dice.choice(("yes", "no"))
    return Findings(tuple(found), given, dice.random() < 0.5)
