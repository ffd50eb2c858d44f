"""A findings table, read strictly and written back: the shape of a findings file and of a session's
`[findings]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from bodymap.common.trouble import Trouble, nearest
from bodymap.engine.findings import AnswerValue, Findings, Mark, frozen
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import QUALITIES, Pack, Question

SCHEMA = 1
MOST = 500
"""Marks, and answers, that one table may hold."""

_TOP = ("schema", "map_complete", "marks", "answers", "words")
_MARK = ("region", "side", "intensity", "qualities", "worse_with", "place")


def read_findings(table: Mapping[str, Any], pack: Pack, anatomy: Anatomy, where: str) -> Findings:
    """Return the findings of a parsed table; `where` names the file in errors. Raises `Trouble`, nothing
    else.

    The shape is `schema` (1; may be left out), `map_complete`, `marks` and `answers`. `words` and a mark's
    `place`, which a session carries for people to read, are accepted and say nothing.
    """
    _known_keys(table, _TOP, where)
    schema = table.get("schema", SCHEMA)
    if type(schema) is not int or schema != SCHEMA:
        _refuse(
            f"The schema is {_shown(schema)}; this program reads schema {SCHEMA}.",
            f"{where}, schema",
            "Use a newer program, or write schema = 1."
            if type(schema) is int and schema > SCHEMA
            else f"Write schema = {SCHEMA}.",
        )
    complete = table.get("map_complete", False)
    if type(complete) is not bool:
        _refuse(
            "map_complete is not true or false.", f"{where}, map_complete", "Write true or false, unquoted."
        )
    words = table.get("words", {})
    if not isinstance(words, Mapping) or not all(isinstance(text, str) for text in words.values()):
        _refuse("words is not a table of texts.", f"{where}, words", "Leave it out; it is for reading only.")
    return Findings(
        marks=_marks(table.get("marks", []), pack, anatomy, where),
        answers=frozen(_answers(table.get("answers", {}), pack, where)),
        map_complete=complete,
    )


def findings_table(findings: Findings) -> dict[str, Any]:
    """Return the table that `read_findings` reads back: marks in the order of marking, answers by id."""
    marks: list[dict[str, Any]] = []
    for mark in findings.marks:
        entry: dict[str, Any] = {"region": mark.region, "side": mark.side, "intensity": mark.intensity}
        if mark.qualities:
            entry["qualities"] = list(mark.qualities)
        if mark.worse_with:
            entry["worse_with"] = list(mark.worse_with)
        marks.append(entry)
    return {
        "schema": SCHEMA,
        "map_complete": findings.map_complete,
        "marks": marks,
        "answers": {id: findings.answers[id] for id in sorted(findings.answers)},
    }


def _marks(entries: object, pack: Pack, anatomy: Anatomy, where: str) -> tuple[Mark, ...]:
    if not isinstance(entries, list):
        _refuse("marks is not a list of tables.", f"{where}, marks", "Write each mark under [[marks]].")
    if len(entries) > MOST:
        _refuse(f"{len(entries)} marks; at most {MOST} are read.", f"{where}, marks", "Remove the surplus.")
    marks: dict[tuple[str, str], Mark] = {}
    for number, entry in enumerate(entries, start=1):
        place = f"{where}, marks[{number}]"
        if not isinstance(entry, Mapping):
            _refuse("This mark is not a table.", place, "Write each mark under [[marks]].")
        mark = _mark(entry, pack, anatomy, place)
        if mark.place in marks:
            _refuse(
                f"The place {mark.region}, {mark.side} is marked twice.",
                place,
                "Keep one mark for each place.",
            )
        marks[mark.place] = mark
    return tuple(marks.values())


def _mark(entry: Mapping[str, Any], pack: Pack, anatomy: Anatomy, where: str) -> Mark:
    _known_keys(entry, _MARK, where)
    for key in ("region", "side", "intensity"):
        if key not in entry:
            _refuse(f"The key “{key}” is missing.", where, "Give region, side and intensity.")
    region = _word(entry["region"], anatomy.regions, "region", f"{where}.region")
    sides = anatomy.regions[region].sides
    side = entry["side"]
    if side not in ("left", "right", "midline") or not isinstance(side, str):
        _refuse(f"{_shown(side)} is not a side.", f"{where}.side", "Write “left”, “right” or “midline”.")
    if side not in sides:
        has = " and ".join(f"“{own}”" for own in sides)
        _refuse(f"The region {region} has no side “{side}”.", f"{where}.side", f"It has {has}.")
    intensity = entry["intensity"]
    if type(intensity) is not int or not 0 <= intensity <= 10:
        _refuse(
            f"The intensity {_shown(intensity)} is not a whole number from 0 to 10.",
            f"{where}.intensity",
            "0 means that nothing hurts there, 10 the worst pain there is.",
        )
    if "place" in entry and not isinstance(entry["place"], str):
        _refuse("place is not a text.", f"{where}.place", "Leave it out; it is for reading only.")
    asked = {id: question for id, question in pack.questions.items() if question.kind == "yes-no"}
    return Mark(
        region,
        side,
        intensity,
        _words(entry.get("qualities", []), QUALITIES, "quality", f"{where}.qualities"),
        _words(entry.get("worse_with", []), asked, "yes-or-no question", f"{where}.worse_with"),
    )


def _answers(entries: object, pack: Pack, where: str) -> dict[str, AnswerValue]:
    if not isinstance(entries, Mapping):
        _refuse("answers is not a table.", f"{where}, answers", "Write the answers under [answers].")
    if len(entries) > MOST:
        _refuse(
            f"{len(entries)} answers; at most {MOST} are read.", f"{where}, answers", "Remove the surplus."
        )
    answers: dict[str, AnswerValue] = {}
    for id, value in entries.items():
        question = pack.questions[_word(id, pack.questions, "question", f"{where}, answers")]
        answers[id] = _answer(question, value, f"{where}, answers.{id}")
    return answers


def _answer(question: Question, value: object, where: str) -> AnswerValue:
    if value == "unsure" and isinstance(value, str):
        return value
    if question.kind == "number":
        if type(value) is not int:
            _refuse(
                f"{_shown(value)} is not a whole number.",
                where,
                "Write a whole number, unquoted, or “unsure”.",
            )
        if not question.lowest <= value <= question.highest:
            # “of 10” says the highest number once more.
            unit = "" if question.unit in ("", f"of {question.highest}") else f" {question.unit}"
            _refuse(
                f"{value} is out of range.",
                where,
                f"Give a number from {question.lowest} to {question.highest}{unit}.",
            )
        return value
    choices = ("yes", "no") if question.kind == "yes-no" else tuple(id for id, _ in question.choices)
    if type(value) is bool and question.kind == "yes-no":
        word = "yes" if value else "no"
        _refuse(f"{_shown(value)} is not a word.", where, f'Write "{word}", in quotes.')
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(f"“{choice}”" for choice in choices)
        _refuse(f"{_shown(value)} is not an answer to this question.", where, f"Write {listed} or “unsure”.")
    return value


def _words(values: object, valid: Iterable[str], kind: str, where: str) -> tuple[str, ...]:
    if not isinstance(values, list):
        _refuse("This is not a list of texts.", where, 'Write a list such as ["ache"].')
    if len(values) > MOST:
        _refuse(f"{len(values)} entries.", where, f"At most {MOST} are read.")
    words: dict[str, None] = {}
    for value in values:
        word = _word(value, valid, kind, where)
        if word in words:
            _refuse(f"“{word}” stands twice.", where, "Keep one.")
        words[word] = None
    return tuple(words)


def _word(value: object, valid: Iterable[str], kind: str, where: str) -> str:
    if not isinstance(value, str):
        _refuse(f"{_shown(value)} is not a text.", where, f"Write the id of a {kind} in quotes.")
    if value not in valid:
        _refuse(
            f"There is no {kind} {_shown(value)}.", where, nearest(value[:80], valid, "Check the spelling.")
        )
    return value


def _known_keys(table: Mapping[str, Any], valid: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in valid:
            _refuse(f"Unknown key {_shown(key)}.", where, nearest(str(key)[:80], valid))


def _shown(value: object) -> str:
    """Return a value short enough for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    text = text if len(text) <= 60 else text[:59] + "…"
    return f"“{text}”" if isinstance(value, str) else text


def _refuse(what: str, where: str, remedy: str) -> NoReturn:
    raise Trouble(what, where=where, remedy=remedy)
