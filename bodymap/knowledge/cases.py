"""Vignettes: made-up patients with the assessment a source leads one to expect. They test a pack, no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, Literal

from pydantic import Field

from bodymap.common import toml
from bodymap.common.text import clean
from bodymap.common.trouble import Trouble, nearest
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.faults import Fault, PackFaults, in_order
from bodymap.knowledge.folder import toml_names
from bodymap.knowledge.locate import Lines, place
from bodymap.knowledge.models import AnyBand, SchemaOne
from bodymap.knowledge.pack import QUALITIES, Pack
from bodymap.knowledge.references import Misfit, Path
from bodymap.knowledge.validate import parse_file, validate
from bodymap.knowledge.words import Amount, Id, Ids, SomeIds, Table, Text


class CaseMark(Table):
    """A place that hurts, or that explicitly does not (intensity 0)."""

    region: Id
    side: Literal["left", "right", "midline"]
    intensity: int = Field(ge=0, le=10)
    qualities: list[Literal[QUALITIES]] = Field(default=[], max_length=len(QUALITIES))  # type: ignore[valid-type]
    worse_with: Ids = Field(default=[])


class CaseFindings(Table):
    """What the made-up patient said: the shape of a findings file."""

    map_complete: bool = False
    marks: list[CaseMark] = Field(default=[], max_length=100)
    answers: dict[Id, Id | Amount] = Field(default={})


class Expect(Table):
    """What the assessment must say; what is left out may be anything, but no other alarm may go off."""

    top: Ids = Field(default=[], description="causes, any of which may lead")
    bands: dict[Id, list[AnyBand]] = Field(default={}, description="cause to the bands it may have")
    not_top: Ids = Field(default=[], description="causes that must not lead")
    none_fits: bool | None = Field(default=None, description="whether no cause may reach `possible`")
    alarms: Ids = Field(default=[], description="exactly these alarms")
    indistinguishable: list[SomeIds] = Field(default=[], description="groups that must be called so")


class Vignette(Table):
    """One made-up patient, the source of the picture, and what is expected."""

    id: Id
    says: Text
    source: Id
    covers: list[str] = Field(default=[], max_length=20, description="free tags: what this case is there for")
    findings: CaseFindings
    expect: Expect


class CasesFile(Table):
    """`cases/*.toml`: vignettes."""

    schema_: SchemaOne = Field(alias="schema")
    cases: list[Vignette] = Field(min_length=1, max_length=400)


@dataclass(frozen=True, slots=True)
class Case:
    """A vignette with where it stands, and its findings as the table that a findings file would hold."""

    file: str
    line: int
    vignette: Vignette

    @property
    def findings(self) -> dict[str, Any]:
        """The findings as a plain table with `schema = 1`."""
        return {"schema": 1, **self.vignette.findings.model_dump()}


def load_cases(folder: File, pack: Pack, anatomy: Anatomy) -> tuple[Case, ...]:
    """Return the cases of the pack in `folder`. Raises `PackFaults` with all their faults."""
    cases, faults = read_cases(folder, pack, anatomy)
    if faults:
        raise PackFaults(clean(str(folder), limit=300), faults)
    return cases


def read_cases(
    folder: File, pack: Pack | None, anatomy: Anatomy
) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """Return the cases and their faults; names are checked where there is a pack."""
    cases: list[Case] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    try:
        names = [f"cases/{name}" for name in toml_names(folder / "cases")]
    except Trouble as trouble:
        return (), (Fault("cases", "", 0, trouble.what, trouble.remedy),)
    for name in names:
        try:
            content = toml.read_bytes(folder / name, toml.PACK_BYTES)
        except Trouble as trouble:
            faults.append(Fault(name, "", 0, trouble.what, trouble.remedy))
            continue
        table, wrong = parse_file(name, content)
        faults += wrong
        if table is None:
            continue
        model, wrong = validate(CasesFile, name, content, table)
        faults += wrong
        if model is None:
            continue
        lines = Lines(content)
        for number, vignette in enumerate(model.cases):
            cases.append(Case(name, lines.of(("cases", number)), vignette))
            path: Path = ("cases", number)
            found = list(_once(name, (*path, "id"), vignette.id, seen))
            if pack is not None:
                found += _misfits(name, path, vignette, pack, anatomy)
            faults += [Fault(file, place(at), lines.of(at), what, remedy) for file, at, what, remedy in found]
    return tuple(cases), in_order(faults)


def _once(file: str, path: Path, id: str, seen: dict[str, str]) -> Iterator[Misfit]:
    if id in seen:
        yield Misfit(
            file, path, f"The case “{id}” stands in {seen[id]} already.", "Give each case an id of its own."
        )
    seen.setdefault(id, file)


def _misfits(file: str, path: Path, vignette: Vignette, pack: Pack, anatomy: Anatomy) -> Iterator[Misfit]:
    causes = [cause.id for cause in pack.causes]
    alarms = [alarm.id for alarm in pack.alarms]
    expect = vignette.expect

    def known(at: Path, kind: str, names: Any, valid: Any) -> Iterator[Misfit]:
        for name in names:
            if name not in valid:
                yield Misfit(file, (*path, *at), f"Unknown {kind} “{name}”.", nearest(name, valid))

    yield from known(("source",), "source", [vignette.source], pack.sources)
    yield from known(("expect", "top"), "cause", expect.top, causes)
    yield from known(("expect", "not_top"), "cause", expect.not_top, causes)
    yield from known(("expect", "bands"), "cause", expect.bands, causes)
    yield from known(("expect", "alarms"), "alarm", expect.alarms, alarms)
    for number, group in enumerate(expect.indistinguishable):
        yield from known(("expect", "indistinguishable", number), "cause", group, causes)
    if expect.top and expect.none_fits:
        what = "A case cannot expect a leading cause and that none fits."
        yield Misfit(file, (*path, "expect"), what, "Remove `top` or `none_fits`.")
    yield from _marks(file, (*path, "findings", "marks"), vignette, pack, anatomy)
    for id, value in vignette.findings.answers.items():
        yield from _answer(file, (*path, "findings", "answers", id), id, value, pack)


def _marks(file: str, path: Path, vignette: Vignette, pack: Pack, anatomy: Anatomy) -> Iterator[Misfit]:
    seen = set()
    for number, mark in enumerate(vignette.findings.marks):
        at: Path = (*path, number)
        region = anatomy.regions.get(mark.region)
        if region is None:
            yield Misfit(
                file,
                (*at, "region"),
                f"Unknown region “{mark.region}”.",
                nearest(mark.region, anatomy.regions),
            )
        elif mark.side not in region.sides:
            what = f"“{mark.region}” has no side “{mark.side}”."
            yield Misfit(file, (*at, "side"), what, f"Write one of: {', '.join(region.sides)}.")
        if (mark.region, mark.side) in seen:
            yield Misfit(file, at, "This place is marked twice.", "Make one mark of them.")
        seen.add((mark.region, mark.side))
        for id in mark.worse_with:
            if id not in pack.questions:
                yield Misfit(
                    file, (*at, "worse_with"), f"Unknown question “{id}”.", nearest(id, pack.questions)
                )


def _answer(file: str, path: Path, id: str, value: str | int, pack: Pack) -> Iterator[Misfit]:
    question = pack.questions.get(id)
    if question is None:
        yield Misfit(file, path, f"Unknown question “{id}”.", nearest(id, pack.questions))
    elif value == "unsure":
        return
    elif question.kind == "number":
        if isinstance(value, str) or not question.lowest <= value <= question.highest:
            what = f"“{id}” takes a whole number from {question.lowest} to {question.highest}."
            yield Misfit(file, path, what, "Change the answer.")
    else:
        valid = ["yes", "no"] if question.kind == "yes-no" else [choice for choice, _ in question.choices]
        if value not in valid:
            yield Misfit(file, path, f"“{value}” is no answer to “{id}”.", nearest(str(value), valid))
