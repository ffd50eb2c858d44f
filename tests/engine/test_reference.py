"""The engine and the plain second evaluator agree, on random packs and on the shipped one."""

from __future__ import annotations

import random

from hypothesis import given
from laws import law
from reference import Reference
from strategies import ANATOMY, findings, packs, random_findings

from bodymap.engine import Findings, compile_pack
from bodymap.engine.engine import Engine
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack

COMPARED = 100_000


def agree_in_full(engine: Engine, found: Findings) -> None:
    reference = Reference(engine.pack, engine.anatomy, found)
    assessment = engine.assess(found, questions=False)
    for assessed in assessment.causes:
        words = {line.id: reference.truth(line.when) for line in assessed.cause.lines}
        kinds = {line.id: line.kind for line in assessed.cause.lines}

        def ids(
            kind: str, word: str, words: dict[str, str] = words, kinds: dict[str, str] = kinds
        ) -> list[str]:
            return [id for id, found in words.items() if found == word and kinds[id] == kind]

        assert [line.line.id for line in assessed.for_lines] == ids("for", "true")
        assert [line.line.id for line in assessed.against_lines] == ids("against", "true")
        assert [line.line.id for line in assessed.needs_missing] == ids("need", "false")
        assert [line.line.id for line in assessed.unknown_lines] == [
            id for id, word in words.items() if word == "unknown"
        ]
        assert assessed.score == reference.score(assessed.cause)
        assert assessed.band == reference.band(assessed.cause)
        low, high = reference.bound(assessed.cause)
        assert low <= assessed.low <= assessed.high <= high
        higher = [other for other in assessment.causes if other.score > assessed.score]
        assert assessed.rank == len(higher) + 1
        tied = {other.cause.id for other in assessment.causes if other.score == assessed.score}
        assert set(assessed.tied_with) == tied - {assessed.cause.id}
    true = {alarm.id for alarm in engine.pack.alarms if reference.truth(alarm.when) == "true"}
    assert {assessed.alarm.id for assessed in assessment.alarms} == true


@given(packs(), findings())
@law(300)
def test_random_packs(pack: Pack, found: Findings) -> None:
    agree_in_full(compile_pack(pack, ANATOMY), found)


def test_the_shipped_pack_in_full() -> None:
    pack, anatomy = load_pack(), load_anatomy()
    engine = compile_pack(pack, anatomy)
    dice = random.Random(20)
    places = [tuple(place) for place in anatomy.places]
    for _ in range(1_000):
        agree_in_full(engine, random_findings(dice, pack, anatomy, places))


def test_a_hundred_thousand_findings_over_the_shipped_pack() -> None:
    """The truth of every line and alarm: the masks of the engine against the words of the second evaluator."""
    pack, anatomy = load_pack(), load_anatomy()
    engine = compile_pack(pack, anatomy)
    dice = random.Random(7)
    places = [tuple(place) for place in anatomy.places]
    rules = [(line.when, true, false) for line, true, false in engine.tables.lines()]
    rules += [(alarm.when, *when) for alarm, (when, _) in zip(pack.alarms, engine.tables.alarms, strict=True)]
    for _ in range(COMPARED):
        found = random_findings(dice, pack, anatomy, places)
        reference = Reference(pack, anatomy, found)
        state = engine.state(found)
        for when, true, false in rules:
            word = "true" if state & true else "false" if state & false else "unknown"
            assert word == reference.truth(when), (found, when)
