"""Whether the parts of a pack fit each other: names that exist, kinds that agree, scales in order.

Asked of every pack before it is used, freshly read or taken from the cache. Works on the plain `Pack`, so
that a pack from the cache is held to the same rules as one from its files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from bodymap.common.trouble import nearest
from bodymap.knowledge.pack import (
    BANDS,
    Alarm,
    All,
    Answer,
    Any,
    Cause,
    Condition,
    Marked,
    Not,
    Number,
    Pack,
    Question,
)

Path = tuple[str | int, ...]
"""A place in a TOML file, counted from 0: `("lines", 2, "when")`."""


class Misfit(NamedTuple):
    """A fault at `path` of `file`, not yet with a line."""

    file: str
    path: Path
    what: str
    remedy: str


def cause_file(cause: Cause) -> str:
    """Return the file a cause is written in."""
    return f"causes/{cause.id}.toml"


def misfits(pack: Pack, regions: Collection[str]) -> Iterator[Misfit]:
    """Yield everything in `pack` that does not fit; `regions` are the ids of the anatomy."""
    yield from _scales(pack)
    for area, members in pack.areas.items():
        if area in regions:
            yield Misfit(
                "pack.toml", ("areas", area), f"“{area}” is a region already.", "Give the area another name."
            )
        yield from _known("pack.toml", ("areas", area), "region", members, regions)
    for fact, source in pack.fact_sources.items():
        place: Path = ("fact_sources", fact)
        yield from _known("pack.toml", place, "fact", [fact], pack.facts)
        yield from _known("pack.toml", place, "source", [source], pack.sources)
    groups = [group.id for group in pack.groups]
    yield from _once("questions.toml", "groups", "group", groups)
    for number, question in enumerate(pack.questions.values()):
        path: Path = ("questions", number)
        yield from _known("questions.toml", (*path, "group"), "group", [question.group], groups)
        yield from _question(path, question)
    yield from _once("alarms.toml", "alarms", "alarm", [alarm.id for alarm in pack.alarms])
    for number, alarm in enumerate(pack.alarms):
        yield from _alarm(pack, ("alarms", number), alarm, regions)
    seen: dict[str, str] = {}
    for cause in pack.causes:
        yield from _cause(pack, cause, regions, seen)


def _scales(pack: Pack) -> Iterator[Misfit]:
    bands = pack.bands
    if not bands["strong"] > bands["possible"] > bands["weak"]:
        yield Misfit(
            "pack.toml",
            ("bands",),
            "The bands must fall: strong above possible above weak.",
            "Put the numbers in that order.",
        )
    caps = [BANDS.index(pack.caps[grade]) for grade in ("strong", "moderate", "weak", "very-low")]
    if caps != sorted(caps):
        what = "The caps must not rise as the evidence falls from strong to very-low."
        yield Misfit("pack.toml", ("caps",), what, "Lower the caps of the weaker grades.")
    if 0 in caps[2:]:
        what = "Weak and very-low evidence may never show “strong”."
        yield Misfit("pack.toml", ("caps",), what, "Cap both at “possible” or lower.")
    if "need" not in pack.strengths:
        what = "The strengths lack “need”: what the known absence of a need costs."
        yield Misfit("pack.toml", ("strengths",), what, "Add need = 40, or a number of your own.")


def _question(path: Path, question: Question) -> Iterator[Misfit]:
    if question.kind == "number" and question.lowest >= question.highest:
        yield Misfit(
            "questions.toml", (*path, "lowest"), "“lowest” must be below “highest”.", "Change one of them."
        )
    ids = [choice for choice, _ in question.choices]
    if question.kind == "choice" and (len(ids) < 2 or len(set(ids)) < len(ids)):
        what = "A choice needs at least two answers with different ids."
        yield Misfit("questions.toml", (*path, "choices"), what, "Mend the list of choices.")
    if "unsure" in ids:
        what = "“unsure” is always allowed and must not be listed."
        yield Misfit("questions.toml", (*path, "choices"), what, "Remove it.")


def _alarm(pack: Pack, path: Path, alarm: Alarm, regions: Collection[str]) -> Iterator[Misfit]:
    file = "alarms.toml"
    yield from _known(file, (*path, "source"), "source", [alarm.source], pack.sources)
    yield from _known(file, (*path, "opens"), "question", alarm.opens, pack.questions)
    yield from _condition(pack, file, (*path, "when"), alarm.when, regions)
    if alarm.opened_by is not None:
        yield from _condition(pack, file, (*path, "opened_by"), alarm.opened_by, regions)
    if bool(alarm.opens) != (alarm.opened_by is not None):
        what = "“opens” and “opened_by” go together: one says what is asked at once, the other when."
        yield Misfit(file, path, what, "Add the other one, or remove both.")


def _cause(pack: Pack, cause: Cause, regions: Collection[str], seen: dict[str, str]) -> Iterator[Misfit]:
    file = cause_file(cause)
    yield from _known(file, ("evidence_source",), "source", [cause.evidence_source], pack.sources)
    if cause.prior_source:
        yield from _known(file, ("prior_source",), "source", [cause.prior_source], pack.sources)
    if cause.prior and not (cause.prior_says and cause.prior_source):
        what = "A prior other than 0 needs “prior_says” and “prior_source”."
        yield Misfit(file, ("prior",), what, "Say why the cause starts there and where that comes from.")
    yield from _known(file, ("literature", "sources"), "source", cause.literature_sources, pack.sources)
    for key, named in (("usual", cause.usual), ("possible", cause.possible)):
        yield from _known(file, ("regions", key), "region or area", named, (*regions, *pack.areas), regions)
    counts = {"needs": 0, "lines": 0}
    for line in cause.lines:
        kind = "needs" if line.kind == "need" else "lines"
        path: Path = (kind, counts[kind])
        counts[kind] += 1
        if line.id in seen:
            what = f"The line “{line.id}” stands in {seen[line.id]} already."
            yield Misfit(file, (*path, "id"), what, "Give each line an id of its own.")
        seen.setdefault(line.id, file)
        yield from _known(file, (*path, "strength"), "strength", [line.strength], pack.strengths)
        yield from _known(file, (*path, "source"), "source", [line.source], pack.sources)
        yield from _condition(pack, file, (*path, "when"), line.when, regions)


def _condition(
    pack: Pack, file: str, path: Path, when: Condition, regions: Collection[str]
) -> Iterator[Misfit]:
    match when:
        case All(parts) | Any(parts):
            key = "all" if isinstance(when, All) else "any"
            for number, part in enumerate(parts):
                yield from _condition(pack, file, (*path, key, number), part, regions)
        case Not(part):
            yield from _condition(pack, file, (*path, "not"), part, regions)
        case Answer(id, value):
            yield from _known(file, (*path, "answer"), "question", [id], pack.questions)
            if id in pack.questions:
                yield from _answer(file, path, pack.questions[id], value)
        case Number(id, low, high):
            yield from _known(file, (*path, "number"), "question", [id], pack.questions)
            if id in pack.questions and pack.questions[id].kind != "number":
                what = f"“{id}” is not answered with a number."
                yield Misfit(file, (*path, "number"), what, f'Write answer = "{id}".')
            if low is None and high is None:
                yield Misfit(file, path, "A number needs “at_least”, “at_most” or both.", "Add a bound.")
            elif low is not None and high is not None and low > high:
                yield Misfit(file, path, "“at_least” is above “at_most”.", "Swap them.")
        case Marked():
            yield from _known(
                file, (*path, "marked"), "region or area", when.regions, (*regions, *pack.areas), regions
            )
            if when.worse_with is not None:
                yield from _known(file, (*path, "worse_with"), "question", [when.worse_with], pack.questions)
                if when.worse_with in pack.questions and pack.questions[when.worse_with].kind != "yes-no":
                    what = f"“{when.worse_with}” is not a yes-no question."
                    yield Misfit(
                        file, (*path, "worse_with"), what, "Name a question that is true or not at a place."
                    )


def _answer(file: str, path: Path, question: Question, value: str) -> Iterator[Misfit]:
    if question.kind == "number":
        what = f"“{question.id}” is answered with a number."
        yield Misfit(
            file, (*path, "answer"), what, f'Write number = "{question.id}" with at_least or at_most.'
        )
        return
    valid = ["yes", "no"] if question.kind == "yes-no" else [choice for choice, _ in question.choices]
    if value == "unsure":
        what = "“unsure” is unknown, never true; no condition can ask for it."
        yield Misfit(file, (*path, "is"), what, f"Write one of: {', '.join(valid)}.")
    elif value not in valid:
        yield Misfit(
            file, (*path, "is"), f"“{value}” is no answer to “{question.id}”.", nearest(value, valid)
        )


def _known(
    file: str,
    path: Path,
    kind: str,
    names: Iterable[str],
    offered: Collection[str],
    valid: Collection[str] | None = None,
) -> Iterator[Misfit]:
    for name in names:
        if name not in (offered if valid is None else valid):
            remedy = nearest(name, offered, f"Name a {kind} that exists, or add it.")
            yield Misfit(file, path, f"Unknown {kind} “{name}”.", remedy)


def _once(file: str, key: str, kind: str, ids: list[str]) -> Iterator[Misfit]:
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield Misfit(
                file, (key, number, "id"), f"The {kind} “{id}” stands twice.", "Give each an id of its own."
            )
