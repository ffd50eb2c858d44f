"""How fast the engine is, side by side with two rule engines that are given the same rules.

    python benchmarks/engine.py [--findings 2000] [--alone]

The rules are those of the shipped pack; the findings are its vignettes, each varied at random (a mark moved,
answers added, taken away and changed), so that hardly any two are alike. Times are medians over single
calls, in microseconds. An assessment sorts and traces its lines when they are first looked at, so it is
measured both ways: as it is returned, and with every line of every cause and every finding behind it
looked at.

The other engines know neither regions nor three values. They get every line as two expressions, one for
"true" and one for "false", over answers, numbers and what is marked (worked out for them beforehand and not
timed), and give back which hold. What the three say is compared first; any difference ends the run. `pip
install 'bodymap[benchmarks]'` brings them.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.engine import Assessment, Engine, Findings, Mark, compile_pack, read_findings
from bodymap.engine.facts import Facts, atoms_of
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import QUALITIES, All, Answer, Condition, Marked, Not, Number, Pack
from bodymap.knowledge.pack import Any as AnyOf


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure the engine.")
    parser.add_argument(
        "--findings", type=int, default=2000, help="how many different findings (default 2000)"
    )
    parser.add_argument("--alone", action="store_true", help="leave out the other engines")
    options = parser.parse_args()
    pack, anatomy = load_pack(), load_anatomy()
    cases = vignettes(pack, anatomy)
    several = varied(cases, options.findings, pack, anatomy)
    print(f"{len(pack.causes)} causes, {len(rules(pack))} lines, {len(pack.alarms)} alarms;")
    print(f"{len(several)} findings varied from {len(cases)} vignettes; Python {sys.version.split()[0]}\n")
    compiled = [timed(lambda: compile_pack(pack, anatomy)) for _ in range(30)]
    engine = compile_pack(pack, anatomy)
    before = varied(cases, options.findings, pack, anatomy, seed=2)

    def used() -> Engine:
        """Return an engine that has assessed and shown other findings than those it is measured with."""
        engine = compile_pack(pack, anatomy)
        for found in before:
            in_full(engine.assess(found))
        return engine

    def assessing(engine: Engine, look: Callable[[Assessment], object]) -> Callable[[Findings], object]:
        return lambda found: look(engine.assess(found, questions=False))

    rows = [
        ("bodymap, lines true and false only", each(used().state, several)),
        ("bodymap, assessment, its trace ready to be looked at", each(assessing(used(), len_of), several)),
        ("  and every line and finding of it looked at", each(assessing(used(), in_full), several)),
        ("  the same while a person answers, key by key", each(assessing(used(), in_full), typed(cases))),
        ("  the same of the first 100 after compiling", each(assessing(engine, in_full), several[:100])),
        ("bodymap, with next questions", each(used().assess, several)),
    ]
    base = rows[1][1]
    if not options.alone:
        rows += others(engine, several[: max(50, options.findings // 10)])
    print(f"{'median of single calls':<54}{'µs':>10}{'ratio':>9}")
    for name, median in rows:
        print(f"{name:<54}{median * 1e6:>10,.1f}{median / base:>9.2f}")
    print(f"\n{'compile_pack':<54}{statistics.median(compiled) * 1e6:>10,.0f}")
    for module in ("bodymap.knowledge.pack", "bodymap.engine", "bodymap.engine.engine"):
        print(f"{'import ' + module + ', over bare Python':<54}{import_cost(module) * 1e6:>10,.0f}")


def timed(call: Callable[[], object]) -> float:
    """Return how long a call takes, in seconds."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def each(call: Callable[[Any], object], several: list[Any]) -> float:
    """Return the median time of one call, each on other input."""
    times = []
    for one in several:
        start = time.perf_counter()
        call(one)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def len_of(assessment: Assessment) -> int:
    """Look at the ranking only."""
    return len(assessment.causes)


def in_full(assessment: Assessment) -> int:
    """Look at every line, and at every finding behind it."""
    return sum(
        len(line.findings)
        for cause in assessment.causes
        for lines in (cause.for_lines, cause.against_lines, cause.unknown_lines, cause.needs_missing)
        for line in lines
    )


def vignettes(pack: Pack, anatomy: Anatomy) -> list[Findings]:
    """Return the findings of the pack's vignettes."""
    found = []
    for path in sorted((data_folder() / "packs" / pack.id / "cases").glob("*.toml")):
        for case in toml.read(path, limit=toml.PACK_BYTES)["cases"]:
            found.append(read_findings(case["findings"], pack, anatomy, str(path)))
    return found


def varied(cases: list[Findings], count: int, pack: Pack, anatomy: Anatomy, seed: int = 1) -> list[Findings]:
    """Return findings near to the vignettes, the same for the same seed."""
    dice = random.Random(seed)
    return [vary(dice, dice.choice(cases), pack, anatomy) for _ in range(count)]


def typed(cases: list[Findings]) -> list[Findings]:
    """Return the vignettes as they grow while a person answers: one mark or answer more each time."""
    steps = []
    for case in cases:
        growing = Findings()
        for mark in case.marks:
            growing = growing.with_mark(mark)
            steps.append(growing)
        growing = growing.with_map_complete(case.map_complete)
        for id, value in case.answers.items():
            growing = growing.with_answer(id, value)
            steps.append(growing)
    return steps


def vary(dice: random.Random, found: Findings, pack: Pack, anatomy: Anatomy) -> Findings:
    """Return findings near to some others."""
    for mark in found.marks:
        if dice.random() < 0.5:
            feels = mark.qualities or tuple(dice.sample(QUALITIES, dice.choice((0, 1))))
            found = found.with_mark(Mark(mark.region, mark.side, dice.randint(1, 10), feels, mark.worse_with))
    if dice.random() < 0.3:
        parents = {anatomy.regions[mark.region].parent for mark in found.marks}
        near = [place for place in anatomy.places if anatomy.regions[place.region].parent in parents]
        if near:
            found = found.with_mark(Mark(*dice.choice(near), dice.randint(0, 10)))
    for question in dice.sample(list(pack.questions.values()), 12):
        if question.kind == "number":
            found = found.with_answer(question.id, dice.randint(question.lowest, min(question.highest, 90)))
        elif question.kind == "yes-no":
            found = found.with_answer(question.id, dice.choice(("yes", "no", "no", None)))
    return found.with_map_complete(dice.random() < 0.7)


# The other engines


def others(engine: Engine, several: list[Findings]) -> list[tuple[str, float]]:
    """Return the medians of the other engines, once they have been seen to agree."""
    try:
        import rule_engine
        import zen
    except ImportError as missing:
        print(f"({missing.name} is not installed: run with bodymap alone)\n")
        return []
    atoms = [atom for line in rules(engine.pack) for atom in atoms_of(line)]
    names: dict[Marked, str] = {}
    for atom in atoms:
        if isinstance(atom, Marked):
            names.setdefault(atom, f"m{len(names)}")
    contexts = [context(engine, found, names) for found in several]
    truths = [truth(engine, found) for found in several]
    written = [(expression(line, True, names), expression(line, False, names)) for line in rules(engine.pack)]
    decision = zen.ZenEngine().create_decision(json.dumps(graph(written)))
    compiled = [tuple(rule_engine.Rule(one) for one in pair) for pair in written]

    def by_zen(facts: dict[str, Any]) -> list[bool | None]:
        result = decision.evaluate(facts)["result"]
        return [value(result[f"t{n}"], result[f"f{n}"]) for n in range(len(written))]

    def by_rule_engine(facts: dict[str, Any]) -> list[bool | None]:
        return [value(true.matches(facts), false.matches(facts)) for true, false in compiled]

    for facts, expected in zip(contexts, truths, strict=True):
        if by_zen(facts) != expected or by_rule_engine(facts) != expected:
            raise SystemExit("The engines disagree; the times would mean nothing.")
    print(f"The three engines agree on {len(contexts)} findings x {len(written)} lines.\n")
    return [
        ("zen-engine, lines true and false only", each(decision.evaluate, contexts)),
        ("rule-engine, lines true and false only", each(by_rule_engine, contexts)),
    ]


def rules(pack: Pack) -> list[Condition]:
    """Return the conditions of all lines."""
    return [line.when for cause in pack.causes for line in cause.lines]


def truth(engine: Engine, found: Findings) -> list[bool | None]:
    """Return the value of every line by our engine."""
    state = engine.state(found)
    return [value(bool(state & true), bool(state & false)) for _, true, false in engine.tables.lines()]


def value(true: bool, false: bool) -> bool | None:
    """Return a three-valued truth from two bits."""
    return True if true else False if false else None


def context(engine: Engine, found: Findings, names: dict[Marked, str]) -> dict[str, Any]:
    """Return findings as the other engines take them: words, numbers (-1 where unknown), and what is marked."""
    facts = Facts(found, engine.pack)
    table: dict[str, Any] = {}
    for question in engine.pack.questions.values():
        absent: Any = -1 if question.kind == "number" else "unknown"
        given = facts.answer(question.id)
        table[variable(question.id)] = absent if given is None else given
    for atom, name in names.items():
        known, _ = engine.explainer.explain(atom, facts)
        table[name] = {True: "yes", False: "no", None: "unknown"}[known]
    return table


def variable(id: str) -> str:
    """Return the name of a question in an expression."""
    return "q_" + id.replace("-", "_")


def expression(condition: Condition, wanted: bool, names: dict[Marked, str]) -> str:
    """Return an expression that both engines understand and that holds where the condition is `wanted`."""
    if isinstance(condition, Not):
        return expression(condition.part, not wanted, names)
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) == wanted else " or "
        return "(" + word.join(expression(part, wanted, names) for part in condition.parts) + ")"
    if isinstance(condition, Marked):
        return f"({names[condition]} == '{'yes' if wanted else 'no'}')"
    name = variable(condition.id)
    if isinstance(condition, Answer):
        if wanted:
            return f"({name} == '{condition.value}')"
        return f"({name} != '{condition.value}' and {name} != 'unknown')"
    return number(condition, name, wanted)


def number(condition: Number, name: str, wanted: bool) -> str:
    """Return the expression of a condition on a number."""
    bounds = []
    if condition.at_least is not None:
        bounds.append(f"{name} >= {condition.at_least}" if wanted else f"{name} < {condition.at_least}")
    if condition.at_most is not None:
        bounds.append(f"{name} <= {condition.at_most}" if wanted else f"{name} > {condition.at_most}")
    return f"({name} >= 0 and ({(' and ' if wanted else ' or ').join(bounds)}))"


def graph(written: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the rules as a decision of zen-engine: one node with all expressions."""
    expressions = [
        {"id": f"{letter}{n}", "key": f"{letter}{n}", "value": text}
        for n, pair in enumerate(written)
        for letter, text in zip("tf", pair, strict=True)
    ]
    at = {"x": 0, "y": 0}
    content = {"expressions": expressions}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": at},
            {"id": "lines", "type": "expressionNode", "name": "lines", "position": at, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": at},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "lines", "type": "edge"},
            {"id": "2", "sourceId": "lines", "targetId": "out", "type": "edge"},
        ],
    }


def import_cost(module: str) -> float:
    """Return what importing a module adds to starting Python, in seconds: the difference of medians."""

    def start(code: str) -> float:
        return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    bare, loaded = [], []
    for _ in range(15):
        bare.append(start("pass"))
        loaded.append(start(f"import {module}"))
    return statistics.median(loaded) - statistics.median(bare)


if __name__ == "__main__":
    main()
