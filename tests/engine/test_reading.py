"""Findings tables: read strictly, written back the same."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ANATOMY, QUESTIONS, WORDS, findings, make_pack

from bodymap.common.trouble import Trouble
from bodymap.engine import Findings, Mark, findings_table, read_findings

PACK = make_pack(())


def read(table: dict[str, Any]) -> Findings:
    return read_findings(table, PACK, ANATOMY, "x.toml")


def mark(**changes: object) -> dict[str, Any]:
    return {"marks": [{"region": "calf", "side": "left", "intensity": 4} | changes]}


def test_everything_that_a_table_can_say() -> None:
    found = read(
        {
            "schema": 1,
            "map_complete": True,
            "marks": [
                {
                    "region": "calf",
                    "side": "left",
                    "intensity": 7,
                    "qualities": ["ache"],
                    "worse_with": ["sit"],
                },
                {"region": "sacrum", "side": "midline", "intensity": 0, "place": "your sacrum"},
            ],
            "answers": {"sit": "yes", "age": 47, "sex": "female", "weeks": "unsure"},
            "words": {"sit": "sitting makes it worse"},
        }
    )
    assert found == Findings(
        (Mark("calf", "left", 7, ("ache",), ("sit",)), Mark("sacrum", "midline", 0)),
        {"sit": "yes", "age": 47, "sex": "female", "weeks": "unsure"},
        True,
    )


def test_an_empty_table_is_valid() -> None:
    assert read({}) == Findings()


FAULTS = [
    ({"schema": 2}, "x.toml, schema", "reads schema 1"),
    ({"schema": True}, "x.toml, schema", "true"),
    ({"mark": []}, "x.toml", "Unknown key “mark”. Did you mean “marks”?"),
    ({"map_complete": "yes"}, "map_complete", "true or false"),
    ({"words": {"a": 1}}, "words", "table of texts"),
    ({"marks": {}}, "marks", "[[marks]]"),
    ({"marks": ["calf"]}, "marks[1]", "not a table"),
    (mark(colour="red"), "marks[1]", "Unknown key “colour”"),
    ({"marks": [{"region": "calf", "side": "left"}]}, "marks[1]", "“intensity” is missing"),
    (mark(region="clf"), "marks[1].region", "Did you mean “calf”?"),
    (mark(region=3), "marks[1].region", "not a text"),
    (mark(side="links"), "marks[1].side", "“links” is not a side"),
    (mark(side="midline"), "marks[1].side", "It has “left” and “right”"),
    (mark(side=["left"]), "marks[1].side", "is not a side"),
    (mark(region="sacrum"), "marks[1].side", "It has “midline”"),
    (mark(intensity=11), "marks[1].intensity", "from 0 to 10"),
    (mark(intensity=-1), "marks[1].intensity", "from 0 to 10"),
    (mark(intensity=4.0), "marks[1].intensity", "from 0 to 10"),
    (mark(intensity=True), "marks[1].intensity", "from 0 to 10"),
    (mark(intensity="4"), "marks[1].intensity", "from 0 to 10"),
    (mark(qualities="ache"), "marks[1].qualities", "not a list"),
    (mark(qualities=["ahce"]), "marks[1].qualities", "Did you mean “ache”?"),
    (mark(qualities=["ache", "ache"]), "marks[1].qualities", "twice"),
    (mark(worse_with=["age"]), "marks[1].worse_with", "no yes-or-no question “age”"),
    (mark(place=1), "marks[1].place", "not a text"),
    ({"marks": [*mark()["marks"], *mark(intensity=9)["marks"]]}, "marks[2]", "marked twice"),
    ({"marks": mark()["marks"] * 501}, "marks", "at most 500"),
    ({"answers": []}, "answers", "not a table"),
    ({"answers": {f"q{number}": "yes" for number in range(501)}}, "answers", "at most 500"),
    ({"answers": {"sitt": "yes"}}, "answers", "Did you mean “sit”?"),
    ({"answers": {"sit": True}}, "answers.sit", 'Write "yes", in quotes'),
    ({"answers": {"sit": 1}}, "answers.sit", "“yes”, “no” or “unsure”"),
    ({"answers": {"sit": "maybe"}}, "answers.sit", "“yes”, “no” or “unsure”"),
    ({"answers": {"sex": "yes"}}, "answers.sex", "“female”, “male”, “other” or “unsure”"),
    ({"answers": {"age": "47"}}, "answers.age", "unquoted"),
    ({"answers": {"age": 47.5}}, "answers.age", "whole number"),
    ({"answers": {"age": True}}, "answers.age", "whole number"),
    ({"answers": {"age": 121}}, "answers.age", "from 0 to 120 years"),
    ({"answers": {"weeks": 0}}, "answers.weeks", "from 1 to 50"),
]


@pytest.mark.parametrize(("table", "where", "says"), FAULTS)
def test_each_fault_names_its_place_and_remedy(table: dict[str, Any], where: str, says: str) -> None:
    with pytest.raises(Trouble) as caught:
        read(table)
    assert caught.value.where.startswith("x.toml")
    assert where in caught.value.where
    assert says in str(caught.value)
    assert caught.value.exit == 3


@given(findings())
def test_what_is_written_is_read_back(found: Findings) -> None:
    table = findings_table(found)
    assert read(table) == found
    assert list(table["answers"]) == sorted(found.answers)


def test_equal_findings_give_equal_tables() -> None:
    one = Findings(answers={"sit": "yes", "age": 3})
    other = Findings(answers={"age": 3, "sit": "yes"})
    assert str(findings_table(one)) == str(findings_table(other))


scalars: st.SearchStrategy[Any] = (
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["calf", "left", "midline", "ache", "yes", "unsure", "female", 5])
)
keys = st.sampled_from(
    [
        "schema",
        "map_complete",
        "marks",
        "answers",
        "words",
        "region",
        "side",
        "intensity",
        "qualities",
        *QUESTIONS,
    ]
) | st.text(max_size=5)
tables = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, tables, max_size=5))
@settings(max_examples=400, deadline=None)
def test_no_table_is_too_strange(table: dict[str, Any]) -> None:
    with suppress(Trouble):
        assert isinstance(read(table), Findings)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "region": st.sampled_from(["calf", "sacrum"]) | scalars,
            "side": st.sampled_from(["left", "midline"]) | scalars,
            "intensity": st.integers(-1, 11) | scalars,
            "qualities": st.lists(st.sampled_from(["ache", "x"]) | scalars, max_size=2) | scalars,
            "worse_with": st.lists(st.sampled_from(WORDS), max_size=2) | scalars,
        },
    )
)
@settings(max_examples=400, deadline=None)
def test_no_mark_is_too_strange(entry: dict[str, Any]) -> None:
    try:
        found = read({"marks": [entry]})
    except Trouble:
        return
    only = found.marks[0]
    assert only.side in ANATOMY.regions[only.region].sides
    assert 0 <= only.intensity <= 10
