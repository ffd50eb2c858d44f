"""Which lines need their ranges worked out by trying."""

from __future__ import annotations

import pytest
from strategies import ANATOMY, make_pack
from test_questions import cause

from bodymap.engine import compile_pack
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number

SIT, CALF = Answer("sit"), Marked(("calf",))
ACHE = Marked(("calf", "sacrum"), "any", 4, ("ache",))


@pytest.mark.parametrize(
    ("when", "tangled"),
    [
        (All((SIT, CALF)), False),
        (Marked(("calf",), "one"), False),
        (All((SIT, Any((SIT, CALF)))), False),
        (All((SIT, Any((Not(SIT), CALF)))), True),
        (All((SIT, Answer("sit", "no"))), True),
        (All((CALF, Any((ACHE, Answer("bend"))))), False),
        (Not(All((CALF, ACHE))), False),
        (All((CALF, Not(ACHE))), True),
        (All((CALF, Marked(("calf",), "both"))), False),
        (All((CALF, Marked(("calf",), "one"))), True),
        (All((SIT, Marked(("calf",), worse_with="sit"))), False),
        (All((Not(SIT), Marked(("calf",), worse_with="sit"))), True),
        (All((Number("age", 50), Number("age", 60))), True),
        (All((Number("age", 50), Any((Number("age", 50), SIT)))), False),
        (Number("age", 0), True),
    ],
)
def test_only_lines_that_may_contradict_themselves_are_tried(when: Condition, tangled: bool) -> None:
    """What is mentioned twice in the same sense can go along with the condition, or against it, as a whole."""
    engine = compile_pack(make_pack((cause("a", ("+", when, 6)),)), ANATOMY)
    assert bool(engine.tangles.lines) == tangled
