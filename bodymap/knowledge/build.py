"""From the models of a pack's files to the plain `Pack` the rest of the program uses."""

from __future__ import annotations

from bodymap.knowledge import conditions as written
from bodymap.knowledge.models import (
    AlarmsFile,
    AlarmTable,
    CauseFile,
    NeedTable,
    PackFile,
    QuestionsFile,
    QuestionTable,
)
from bodymap.knowledge.pack import (
    Alarm,
    All,
    Answer,
    Any,
    Cause,
    Condition,
    Group,
    Line,
    Marked,
    Not,
    Number,
    Pack,
    Question,
    Source,
)

Areas = dict[str, tuple[str, ...]]


def build_pack(
    pack: PackFile, questions: QuestionsFile, alarms: AlarmsFile, causes: list[CauseFile], sha256: str
) -> Pack:
    """Return the pack; names are carried over as they are, whether they exist is asked of the result."""
    areas = {id: tuple(regions) for id, regions in pack.areas.items()}
    return Pack(
        id=pack.id,
        version=pack.version,
        title=pack.title,
        language=pack.language,
        sha256=sha256,
        bands={"strong": pack.bands.strong, "possible": pack.bands.possible, "weak": pack.bands.weak},
        margin=pack.ranking.margin,
        strengths=dict(pack.strengths),
        caps={
            "strong": pack.caps.strong,
            "moderate": pack.caps.moderate,
            "weak": pack.caps.weak,
            "very-low": pack.caps.very_low,
        },
        areas=areas,
        sources={
            id: Source(id, source.voice, source.cite, source.link) for id, source in pack.sources.items()
        },
        groups=tuple(Group(group.id, group.title) for group in questions.groups),
        questions={question.id: _question(question) for question in questions.questions},
        alarms=tuple(_alarm(alarm, areas) for alarm in alarms.alarms),
        causes=tuple(_cause(cause, pack.strengths, areas) for cause in causes),
        facts=dict(pack.facts),
        fact_sources=dict(pack.fact_sources),
        languages=tuple(pack.languages or [pack.language]),
    )


def _question(question: QuestionTable) -> Question:
    return Question(
        id=question.id,
        group=question.group,
        kind=question.kind,
        asks=question.asks,
        short=question.short,
        why=question.why,
        clinician=question.clinician,
        yes=question.yes,
        no=question.no,
        unit=question.unit,
        lowest=question.lowest or 0,
        highest=question.highest or 0,
        choices=tuple((choice.id, choice.says) for choice in question.choices),
        ask_first=question.ask_first,
    )


def _alarm(alarm: AlarmTable, areas: Areas) -> Alarm:
    return Alarm(
        id=alarm.id,
        tier=alarm.tier,
        title=alarm.title,
        when=condition(alarm.when, areas),
        says=alarm.says,
        do=alarm.do,
        clinician=alarm.clinician,
        source=alarm.source,
        opens=tuple(alarm.opens),
        opened_by=None if alarm.opened_by is None else condition(alarm.opened_by, areas),
    )


def _cause(cause: CauseFile, strengths: dict[str, int], areas: Areas) -> Cause:
    needs = [_line(need, "need", "need", -strengths.get("need", 0), areas) for need in cause.needs]
    lines = [
        _line(
            line,
            line.counts,
            line.strength,
            strengths.get(line.strength, 0) * (1 if line.counts == "for" else -1),
            areas,
        )
        for line in cause.lines
    ]
    usual = expand(cause.regions.usual, areas)
    return Cause(
        id=cause.id,
        name=cause.name,
        plain=cause.plain,
        evidence=cause.evidence,
        evidence_says=cause.evidence_says,
        evidence_source=cause.evidence_source,
        prior=cause.prior,
        prior_says=cause.prior_says,
        prior_source=cause.prior_source,
        usual=usual,
        possible=tuple(region for region in expand(cause.regions.possible, areas) if region not in usual),
        article_section=cause.article.section,
        article_says=cause.article.says,
        article_helps=cause.article.helps,
        clinic_next=cause.clinic.next,
        literature_says=cause.literature.says,
        literature_sources=tuple(cause.literature.sources),
        clinician=cause.literature.clinician,
        lines=(*needs, *lines),
    )


def _line(line: NeedTable, kind: str, strength: str, points: int, areas: Areas) -> Line:
    return Line(
        id=line.id,
        kind=kind,  # type: ignore[arg-type]  # one of the three kinds, from a checked model
        when=condition(line.when, areas),
        points=points,
        strength=strength,
        says=line.says,
        clinician=line.clinician,
        source=line.source,
        ratio=line.ratio,
    )


def expand(names: list[str], areas: Areas) -> tuple[str, ...]:
    """Return the regions that names of regions and areas stand for, in the order first named, each once."""
    return tuple(dict.fromkeys(region for name in names for region in areas.get(name, (name,))))


def condition(form: written.When, areas: Areas) -> Condition:
    """Return a condition as the engine takes it, with areas replaced by their regions."""
    match form:
        case written.AnswerForm():
            return Answer(form.answer, form.is_)
        case written.NumberForm():
            return Number(form.number, form.at_least, form.at_most)
        case written.MarkedForm():
            return Marked(
                expand(form.marked, areas),
                form.sides,
                form.intensity_at_least,
                tuple(form.qualities),
                form.worse_with,
            )
        case written.AllForm():
            return All(tuple(condition(part, areas) for part in form.all))
        case written.AnyForm():
            return Any(tuple(condition(part, areas) for part in form.any))
        case written.NotForm():
            return Not(condition(form.not_, areas))
