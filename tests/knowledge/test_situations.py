"""The search for a situation agrees with trying every situation there is, one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
import tiny_pack
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.folder import read_folder
from bodymap.knowledge.loader import read_pack
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number, Pack
from bodymap.knowledge.situations import Situations, Term, UndecidedError

PLACES = (("calf", "left"), ("calf", "right"), ("saddle", "midline"))
ATOMS: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Answer, st.just("sitting-worse"), st.sampled_from(["yes", "no"])),
    st.sampled_from([Number("age", 60, None), Number("age", None, 59), Number("age", 20, 70)]),
    st.builds(
        Marked,
        st.sampled_from([("calf",), ("saddle",), ("calf", "saddle")]),
        st.sampled_from(["any", "left", "right", "both", "one"]),
        st.sampled_from([1, 8]),
        st.sampled_from([(), ("ache",), ("ache", "numb")]),
        st.sampled_from([None, "sitting-worse"]),
    ),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
TERMS = st.lists(st.builds(Term, CONDITIONS, st.sampled_from([-6, -3, 3, 6])), min_size=1, max_size=3)


@cache
def knowledge() -> tuple[Pack, Anatomy]:
    with tempfile.TemporaryDirectory() as folder:
        return read_pack(read_folder(tiny_pack.write(Path(folder)))), load_anatomy()


class Mark(NamedTuple):
    intensity: int
    qualities: tuple[str, ...]
    worse_with: tuple[str, ...]


class Patient(NamedTuple):
    """Somebody who has said everything."""

    marks: tuple[tuple[tuple[str, str], Mark], ...]
    sitting: str
    age: int


def everybody(terms: list[Term]) -> Iterator[Patient]:
    """Yield somebody of each kind that the terms can tell apart: what none of them asks about stays as it is."""
    atoms = [atom for term in terms for atom in parts_of(term.when)]
    marked = [atom for atom in atoms if isinstance(atom, Marked)]
    intensities = [1, 8] if any(atom.intensity_at_least > 1 for atom in marked) else [8]
    qualities: list[tuple[str, ...]] = [()]
    if any(atom.qualities for atom in marked):
        qualities += [("ache",), ("numb",), ("sharp",)]
    worse: list[tuple[str, ...]] = [()]
    if any(atom.worse_with for atom in marked):
        worse += [("sitting-worse",)]
    marks = [None, *(Mark(*parts) for parts in product(intensities, qualities, worse))]
    named = {region for atom in marked for region in atom.regions}
    ages = [10, 30, 65, 80] if any(isinstance(atom, Number) for atom in atoms) else [30]
    for chosen in product(*(marks if region in named else [None] for region, _ in PLACES)):
        made = tuple((place, mark) for place, mark in zip(PLACES, chosen, strict=True) if mark)
        for sitting, age in product(["yes", "no"], ages):
            if sitting == "yes" or not any(mark.worse_with for _, mark in made):
                yield Patient(made, sitting, age)


def parts_of(when: Condition) -> Iterator[Condition]:
    """Yield the conditions without parts that a condition is made of."""
    parts = when.parts if isinstance(when, All | Any) else (when.part,) if isinstance(when, Not) else ()
    for part in parts:
        yield from parts_of(part)
    if not parts:
        yield when


def truth(when: Condition, patient: Patient) -> bool | None:
    """The three values, written down once more and as plainly as possible."""
    match when:
        case Answer(_, value):
            return patient.sitting == value
        case Number(_, low, high):
            return (low is None or patient.age >= low) and (high is None or patient.age <= high)
        case Not(part):
            value = truth(part, patient)
            return None if value is None else not value
        case All(parts):
            values = [truth(part, patient) for part in parts]
            return False if False in values else None if None in values else True
        case Any(parts):
            values = [truth(part, patient) for part in parts]
            return True if True in values else None if None in values else False
    left, right, middle = (
        [
            at(when, mark, patient)
            for (region, on), mark in patient.marks
            if on == side and region in when.regions
        ]
        for side in ("left", "right", "midline")
    )
    one, two, any_side = (
        True if True in values else None if None in values else False
        for values in (left, right, left + right + middle)
    )
    if when.sides == "both":
        return False if False in (one, two) else None if None in (one, two) else True
    if when.sides == "one":
        return None if None in (one, two) else one != two
    return {"left": one, "right": two, "any": any_side}[when.sides]


def at(when: Marked, mark: Mark, patient: Patient) -> bool | None:
    if mark.intensity < when.intensity_at_least:
        return False
    values: list[bool | None] = [True]
    if when.qualities:
        values.append(bool(set(when.qualities) & set(mark.qualities)) if mark.qualities else None)
    if when.worse_with and not mark.worse_with:
        values.append(False if patient.sitting == "no" else None)
    return False if False in values else None if None in values else True


@settings(max_examples=15, deadline=None)
@given(terms=TERMS)
def test_the_most_agrees_with_trying_everything(terms: list[Term]) -> None:
    best = max(
        sum(term.points for term in terms if truth(term.when, patient) is True)
        for patient in everybody(terms)
    )
    assert Situations(terms, *knowledge()).most() == best


def test_a_search_too_wide_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bodymap.knowledge.situations.BUDGET", 1)
    when = All((Answer("sitting-worse"), Answer("walking-worse"), Number("age", 60)))
    with pytest.raises(UndecidedError):
        Situations([Term(when, 1)], *knowledge()).reaches(1)
