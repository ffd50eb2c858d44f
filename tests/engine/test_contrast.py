"""Two causes side by side, and the fewest answers that change their order."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from completing import mentions
from hypothesis import given
from laws import law
from reference import Reference
from strategies import ANATOMY, QUESTIONS, findings, make_pack, packs
from test_questions import cause

from bodymap.engine import Findings, compile_pack
from bodymap.engine.contrast import Contrast
from bodymap.engine.engine import Engine
from bodymap.knowledge.pack import All, Answer, Marked, Number, Pack


def engine_of(*causes: object) -> Engine:
    return compile_pack(make_pack(causes), ANATOMY)  # type: ignore[arg-type]


def changes(contrast: Contrast) -> list[tuple[str, object, object]] | None:
    if contrast.changes is None:
        return None
    return [(change.question.id, change.old, change.new) for change in contrast.changes]


def test_lines_with_the_same_condition_stand_together_and_equal_ones_are_left_out() -> None:
    engine = engine_of(
        cause("a", ("+", Answer("sit"), 6), ("+", Answer("walk"), 3), ("!", Marked(("calf",)), -40)),
        cause("b", ("-", Answer("sit"), -4), ("+", Answer("walk"), 3), ("+", Answer("bend"), 2)),
    )
    found = engine.contrast(Findings(answers={"sit": "yes"}), "a", "b")
    assert [(row.line.id, row.truth, row.first, row.second) for row in found.lines] == [
        ("a-0", True, 6, -4),
        ("a-2", None, -40, 0),
        ("b-2", None, 0, 2),
    ]
    assert found.difference == 10
    assert found.lower == "b"


def test_an_unknown_answer_is_given_rather_than_a_known_one_changed() -> None:
    engine = engine_of(
        cause("a", ("+", Answer("sit"), 6)),
        cause("b", ("+", Answer("bend"), 7), ("+", Answer("walk"), 9)),
    )
    found = engine.contrast(Findings(answers={"sit": "yes", "walk": "no"}), "a", "b")
    assert changes(found) == [("bend", None, "yes")]
    assert found.after == (6, 7)


def test_the_smallest_set_wins_even_where_it_changes_what_is_known() -> None:
    engine = engine_of(
        cause("a", ("+", Answer("sit"), 9)),
        cause("b", ("+", Answer("bend"), 5), ("+", Answer("walk"), 5), ("+", Answer("cough"), 5)),
    )
    found = engine.contrast(Findings(answers={"sit": "yes"}), "a", "b")
    assert changes(found) == [("bend", None, "yes"), ("walk", None, "yes")]
    found = engine.contrast(Findings(answers={"sit": "yes", "cough": "no", "walk": "no"}), "b", "a")
    assert changes(found) == [("sit", "yes", "no"), ("bend", None, "yes")]


def test_a_number_is_taken_near_what_is_known() -> None:
    engine = engine_of(cause("a", ("+", Number("age", 70), 6)), cause("b", prior=2))
    assert changes(engine.contrast(Findings(answers={"age": 47}), "a", "b")) == [("age", 47, 70)]
    assert changes(engine.contrast(Findings(), "a", "b")) == [("age", None, 70)]
    assert changes(engine.contrast(Findings(answers={"age": 80}), "a", "b")) == [("age", 80, 69)]


def test_answers_that_only_count_together_are_found_together() -> None:
    both = All((Answer("sit"), Answer("bend"), Number("age", 50)))
    engine = engine_of(cause("a", ("+", both, 9)), cause("b", ("+", Answer("walk"), 2), prior=3))
    assert changes(engine.contrast(Findings(), "a", "b")) == [
        ("sit", None, "yes"),
        ("bend", None, "yes"),
        ("age", None, 50),
    ]


def test_it_says_when_answers_cannot_do_it() -> None:
    engine = engine_of(cause("a", ("+", Answer("sit"), 3)), cause("b", prior=20))
    found = engine.contrast(Findings(), "a", "b")
    assert found.changes is None
    assert found.after is None
    assert found.reason == "No other answers put “A” above “B”; the marks would have to be different."


def test_unknown_ids_and_the_same_cause_twice() -> None:
    engine = engine_of(cause("a"), cause("b"))
    with pytest.raises(KeyError):
        engine.contrast(Findings(), "a", "c")
    with pytest.raises(ValueError, match="another"):
        engine.contrast(Findings(), "a", "a")


@given(packs(), findings())
@law(100)
def test_the_changes_really_swap_the_two_and_no_smaller_set_does(pack: Pack, found: Findings) -> None:
    if len(pack.causes) < 2:
        return
    engine = compile_pack(pack, ANATOMY)
    first, second = pack.causes[0].id, pack.causes[1].id
    contrast = engine.contrast(found, first, second)
    upper = second if contrast.lower == first else first
    if contrast.changes is None:
        assert contrast.reason
        assert not any(swaps(pack, found, contrast.lower, upper, size) for size in (1, 2))
        return
    after = found
    for change in contrast.changes:
        assert change.old != change.new
        after = after.with_answer(change.question.id, change.new)
    assessment = engine.assess(after, questions=False)
    assert assessment.cause(contrast.lower).rank < assessment.cause(upper).rank
    assert contrast.after == (assessment.cause(first).score, assessment.cause(second).score)
    for size in range(1, min(3, len(contrast.changes))):
        assert not swaps(pack, found, contrast.lower, upper, size)


def swaps(pack: Pack, found: Findings, lower: str, upper: str, size: int) -> bool:
    """Return whether some `size` answers do it, by trying all of them with the second evaluator.

    Questions that neither cause mentions are passed over: no truth of theirs depends on them.
    """
    low, high = (next(cause for cause in pack.causes if cause.id == id) for id in (lower, upper))
    named = {id for line in low.lines + high.lines for id in mentions(line.when)[0]}
    numbers: dict[str, list[object]] = {"age": list(range(0, 121, 7)), "weeks": list(range(1, 51, 5))}
    values: dict[str, list[object]] = {
        id: numbers.get(id) or (["female", "male", "other"] if id == "sex" else ["yes", "no"])
        for id in QUESTIONS
        if id in named
    }
    if size > 1:
        values = {id: choices[:: max(1, len(choices) // 3)] for id, choices in values.items()}
    for ids in combinations(values, size):
        for chosen in product(*(values[id] for id in ids)):
            after = found
            for id, value in zip(ids, chosen, strict=True):
                after = after.with_answer(id, value)  # type: ignore[arg-type]
            reference = Reference(pack, ANATOMY, after)
            if reference.score(low) > reference.score(high):
                return True
    return False
