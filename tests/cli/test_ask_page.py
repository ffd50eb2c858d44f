"""What the page about `bodymap ask` counts is counted here, with the program itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from asked import ask, saved
from command import Home
from guided import knowledge
from typing_person import converse

from bodymap.knowledge.anatomy import Place
from bodymap.visit import GuidedVisit
from bodymap.visit.lines.areas import areas

PAGE = (Path(__file__).parents[2] / "docs" / "line-by-line.md").read_text()
REGIONS = (
    (Place("buttock-upper", "left"), 7, "1", "left buttock upper"),
    (Place("iliac-crest", "left"), 5, "1 7", "left rim"),
    (Place("low-back", "left"), 4, "1", "left low-back"),
    (Place("hip-outer", "left"), 3, "0", "left hip outer"),
)
YES = {"sits-most-of-day", "twisting-worse", "sitting-worse", "tender-iliac-crest"}


def numbers(place: Place, visit: GuidedVisit) -> list[str]:
    """The lines that lead to a place by the lists alone."""
    anatomy = visit.anatomy
    for area, (_, places) in enumerate(areas(anatomy, visit._wording._words), start=1):
        if place in places:
            regions = list(dict.fromkeys(each.region for each in places))
            sides = anatomy.regions[place.region].sides
            lines = [str(area), str(regions.index(place.region) + 1)]
            return lines if len(sides) == 1 else [*lines, str(sides.index(place.side) + 1)]
    raise AssertionError(place)


def lines_of(by_name: bool) -> list[str]:
    """Every line that somebody types whom four places hurt, from the welcome to the code."""
    visit, talk = converse()
    left, typed = list(REGIONS), list[str]()

    def type_in(line: str) -> None:
        typed.append(line)
        talk.hear(line)
        talk.say()

    while not visit.wants_saving:
        step = visit.step
        if step.kind == "where":
            place, strength, felt, name = left.pop(0)
            for line in [name] if by_name else numbers(place, visit):
                type_in(line)
            assert visit.step.place == place
            for line in ("1", str(strength), felt):
                type_in(line)
        elif step.kind == "another":
            type_in("1" if left else "2")
        elif step.kind == "several":
            type_in("0")
        elif step.kind in ("question", "number"):
            type_in("1" if step.question in YES else "2")
        else:
            type_in("" if step.kind == "results" else "1")
    assert len(visit.findings.marks) == 4
    assert {id for id, value in visit.findings.answers.items() if value == "yes"} & YES
    return typed


@pytest.mark.parametrize(
    ("by_name", "words"), [(True, "by their names"), (False, "by the numbers of the lists")]
)
def test_the_lines_of_four_places(home: Home, by_name: bool, words: str) -> None:
    lines = lines_of(by_name)
    counted = re.search(rf"^\| {words} \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert counted is not None
    characters = sum(len(line) + 1 for line in lines)
    assert (len(lines), characters) == (int(counted[1]), int(counted[2]))
    ended = ask(home, lines)
    assert (ended.status, ended.err) == (0, "")
    assert len(saved(home)) == 1


def test_both_ways_say_the_same() -> None:
    _, engine, _ = knowledge()
    assert len(lines_of(True)) < len(lines_of(False))
    assert engine.pack.id == "rear-pain"


def test_every_exit_status_of_it_is_on_the_page() -> None:
    assert {int(found) for found in re.findall(r"^\| (\d+) \| [a-z]", PAGE, re.MULTILINE)} == {
        0,
        3,
        4,
        129,
        130,
        143,
    }
