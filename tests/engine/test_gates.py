"""Nested conditions settled by adding, against the plain reading of them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from laws import law
from strategies import conditions

from bodymap.engine.facts import spread
from bodymap.engine.gates import Gates
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number

Leaf = tuple[Answer | Number | Marked, bool]


class Laid:
    """Conditions laid one after the other, so that gates of the same height lie side by side."""

    def __init__(self, several: list[Condition]) -> None:
        self.leaves: dict[Leaf, int] = {}
        gates = Gates(5, self.leaf)
        self.bits = [(gates.lay(each, True), gates.lay(each, False)) for each in several]
        self.layers = gates.layers

    def leaf(self, atom: Answer | Number | Marked, wanted: bool, bit: int) -> None:
        self.leaves[atom, wanted] = self.leaves.get((atom, wanted), 0) | bit

    def values(self, known: dict[Answer | Number | Marked, bool | None]) -> list[bool | None]:
        state = 0
        for (atom, wanted), bits in self.leaves.items():
            if known[atom] is wanted:
                state |= bits
        for parts, gaps, ones, outcomes in self.layers:
            state |= (state & parts | gaps) + ones & outcomes
        assert all(not (state & true and state & false) for true, false in self.bits)
        return [True if state & true else False if state & false else None for true, false in self.bits]


def plain(condition: Condition, known: dict[Answer | Number | Marked, bool | None]) -> bool | None:
    if isinstance(condition, Marked) and condition.sides in ("both", "one"):
        return plain(spread(condition), known)
    if isinstance(condition, Not):
        value = plain(condition.part, known)
        return None if value is None else not value
    if isinstance(condition, All | Any):
        decisive = isinstance(condition, Any)
        values = [plain(part, known) for part in condition.parts]
        return decisive if decisive in values else None if None in values else not decisive
    return known[condition]


@given(st.lists(conditions(), min_size=1, max_size=6), st.randoms(use_true_random=False))
@law(200)
def test_gates_say_what_the_conditions_say(several: list[Condition], dice: random.Random) -> None:
    laid = Laid(several)
    for _ in range(10):
        known = {atom: dice.choice((True, False, None)) for atom, _ in laid.leaves}
        assert laid.values(known) == [plain(each, known) for each in several]


def test_every_part_or_one_part_and_parts_with_parts() -> None:
    a, b, c = Answer("sit"), Answer("bend"), Answer("walk")
    several: list[Condition] = [
        All((a, b, c)),
        Any((a, Not(b))),
        All((Any((a, b)), Not(All((b, c))))),
        All(()),
    ]
    laid = Laid(several)
    assert laid.values({a: None, b: None, c: None}) == [None, None, None, True]
    assert laid.values({a: True, b: True, c: True}) == [True, True, False, True]
    assert laid.values({a: None, b: True, c: None}) == [None, None, None, True]
    assert laid.values({a: False, b: True, c: False}) == [False, False, True, True]
    assert laid.values({a: None, b: False, c: None}) == [False, True, None, True]
    assert len(laid.layers) == 2
