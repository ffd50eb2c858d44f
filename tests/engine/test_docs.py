"""The example in docs/how-the-engine-reasons.md is what the engine does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from strategies import QUESTIONS, make_pack
from test_questions import cause

from bodymap.engine import Engine, Findings, compile_pack, read_findings
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.pack import Answer, Condition, Marked, Number

PAGE = (Path(__file__).parents[2] / "docs" / "how-the-engine-reasons.md").read_text(encoding="utf-8")


def condition(table: dict[str, Any]) -> Condition:
    if "answer" in table:
        return Answer(table["answer"], table.get("is", "yes"))
    if "number" in table:
        return Number(table["number"], table.get("at_least"), table.get("at_most"))
    return Marked(tuple(table["marked"]), table.get("sides", "any"))


def example() -> tuple[Engine, Findings]:
    rules, said = (tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
    signs = {"for": "+", "against": "-", "need": "!"}
    causes = tuple(
        cause(
            id,
            *((signs[line["counts"]], condition(line["when"]), line["points"]) for line in table["lines"]),
            prior=table["prior"],
        )
        for id, table in rules.items()
    )
    asked = {
        id: replace(QUESTIONS["sit"], id=id, asks=f"{id}?")
        for id in ("bending-forward-worse", "sitting-worse")
    }
    pack = replace(
        make_pack(causes),
        questions={**asked, "age": QUESTIONS["age"]},
        bands={"strong": 22, "possible": 9, "weak": 0},
    )
    anatomy = load_anatomy()
    return compile_pack(pack, anatomy), read_findings(said, pack, anatomy, "docs")


def test_the_table_of_the_example() -> None:
    engine, found = example()
    assessment = engine.assess(found)
    rows = re.findall(r"^\| (\w+) \| (-?\d+) \| (-?\d+) to (-?\d+) \| (\w+) \|", PAGE, re.MULTILINE)
    assert rows == [
        (each.cause.id, str(each.score), str(each.low), str(each.high), each.band)
        for each in assessment.causes
    ]
    assert assessment.settled
    assert assessment.next_questions == ()


def test_the_gains_of_the_example() -> None:
    engine, found = example()
    before = engine.assess(found.with_answer("bending-forward-worse", None))
    disc = before.cause("disc")
    assert f"the disc stood at {disc.score} ({disc.low} to {disc.high})" in PAGE
    gains = {each.question.id: each.gain for each in before.next_questions}
    assert gains == {"bending-forward-worse": 12, "sitting-worse": 6, "age": 3}
    text = " ".join(PAGE.split())
    assert "`bending-forward-worse` was 12" in text
    assert "`sitting-worse` 6 (" in text
    assert "`age` 3." in text


def test_the_contrast_of_the_example() -> None:
    engine, found = example()
    contrast = engine.contrast(found, "disc", "stenosis")
    assert contrast.lower == "stenosis"
    assert contrast.changes is not None
    assert [(change.question.id, change.new) for change in contrast.changes] == [
        ("bending-forward-worse", "no"),
        ("age", 71),
    ]
    assert contrast.after == (-6, -3)
