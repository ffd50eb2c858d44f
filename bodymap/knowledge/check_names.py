"""Checks of names: findings, sources, areas and groups that nothing uses, ids that clash, voices that mix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from bodymap.knowledge import conditions as written
from bodymap.knowledge.cases import Case
from bodymap.knowledge.check_rules import conditions_of, placed_lines
from bodymap.knowledge.models import AlarmsFile, CauseFile
from bodymap.knowledge.pack import Answer, Number, Pack
from bodymap.knowledge.references import Misfit, Path, cause_file
from bodymap.knowledge.situations import atoms_in
from bodymap.knowledge.source import Sources


def check_names(sources: Sources, pack: Pack, cases: Iterable[Case]) -> Iterator[Misfit]:
    """Yield what nothing uses, what clashes, and what is said in the wrong voice."""
    yield from _unused_questions(sources, pack)
    yield from _unused_rest(sources, pack, cases)
    yield from _clashes(pack)
    yield from _voices(pack)


def used_questions(pack: Pack) -> frozenset[str]:
    """Return the ids of the questions that any line, need or alarm of the pack looks at."""
    used = set()
    for placed in conditions_of(pack):
        for atom in atoms_in(placed.when):
            if isinstance(atom, Answer | Number):
                used.add(atom.id)
            elif atom.worse_with is not None:
                used.add(atom.worse_with)
    return frozenset(used)


def _unused_questions(sources: Sources, pack: Pack) -> Iterator[Misfit]:
    used = used_questions(pack)
    for number, question in enumerate(sources.questions_file.questions):
        path: Path = ("questions", number)
        if question.id not in used and not question.record_only:
            what = f"Nothing uses the finding “{question.id}”."
            remedy = "Use it in a line or an alarm, remove it, or say in `record_only` why it is asked."
            yield Misfit("questions.toml", path, what, remedy)
        if question.id in used and question.record_only:
            what = f"“{question.id}” says record_only, but lines or alarms use it."
            yield Misfit("questions.toml", (*path, "record_only"), what, "Remove the key.")


def _unused_rest(sources: Sources, pack: Pack, cases: Iterable[Case]) -> Iterator[Misfit]:
    cited = {case.vignette.source for case in cases} | {alarm.source for alarm in pack.alarms}
    cited |= set(pack.fact_sources.values())
    for cause in pack.causes:
        cited |= {cause.evidence_source, cause.prior_source, *cause.literature_sources}
        cited |= {line.source for line in cause.lines}
    for id, source in pack.sources.items():
        # The article's own explanations cite it without naming it.
        if id not in cited and source.voice != "article":
            yield Misfit(
                "pack.toml", ("sources", id), f"Nothing cites the source “{id}”.", "Cite it, or remove it."
            )
    areas = set(_named_places(sources))
    for id in pack.areas:
        if id not in areas:
            yield Misfit(
                "pack.toml", ("areas", id), f"Nothing uses the area “{id}”.", "Use it, or remove it."
            )
    groups = {question.group for question in pack.questions.values()}
    for number, group in enumerate(pack.groups):
        if group.id not in groups:
            what = f"No question stands in the group “{group.id}”."
            yield Misfit("questions.toml", ("groups", number), what, "Put a question into it, or remove it.")


def _named_places(sources: Sources) -> Iterator[str]:
    """Yield the names of regions and areas as they are written in causes and alarms."""
    for name, model in sources.models.items():
        if isinstance(model, CauseFile):
            yield from (*model.regions.usual, *model.regions.possible)
            for line in (*model.needs, *model.lines):
                yield from _marked_names(line.when)
        elif name == "alarms.toml":
            for alarm in cast(AlarmsFile, model).alarms:
                yield from _marked_names(alarm.when)
                if alarm.opened_by is not None:
                    yield from _marked_names(alarm.opened_by)


def _marked_names(when: written.When) -> Iterator[str]:
    match when:
        case written.MarkedForm():
            yield from when.marked
        case written.AllForm():
            for part in when.all:
                yield from _marked_names(part)
        case written.AnyForm():
            for part in when.any:
                yield from _marked_names(part)
        case written.NotForm():
            yield from _marked_names(when.not_)


def _clashes(pack: Pack) -> Iterator[Misfit]:
    """Yield ids that two kinds of thing share; within one kind they are refused on loading already."""
    seen: dict[str, str] = dict.fromkeys(pack.questions, "question")

    def meet(id: str, kind: str, file: str, path: Path) -> Iterator[Misfit]:
        if seen.setdefault(id, kind) != kind:
            what = f"The {kind} “{id}” has the id of a {seen[id]}."
            yield Misfit(file, (*path, "id"), what, "Give each an id of its own: reports name them by id.")

    for number, alarm in enumerate(pack.alarms):
        yield from meet(alarm.id, "alarm", "alarms.toml", ("alarms", number))
    for cause in pack.causes:
        yield from meet(cause.id, "cause", cause_file(cause), ())
    for cause in pack.causes:
        for path, line in placed_lines(cause):
            yield from meet(line.id, "line", cause_file(cause), path)


def _voices(pack: Pack) -> Iterator[Misfit]:
    if not any(source.voice == "article" for source in pack.sources.values()):
        what = "No source speaks with the voice “article”, so the explanations have none to name."
        yield Misfit(
            "pack.toml",
            ("sources",),
            what,
            'Add the text the explanations come from, with voice = "article".',
        )
    for cause in pack.causes:
        for id in cause.literature_sources:
            if pack.sources[id].voice == "article":
                what = f"The literature of this cause cites “{id}”, which is the article."
                remedy = "Cite a study or a guideline; the two voices are shown apart."
                yield Misfit(cause_file(cause), ("literature", "sources"), what, remedy)
