"""What comes of a visit, one idea a page: what must not wait first, then each cause that fits, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bodymap.engine.assessment import AnswerRef
from bodymap.knowledge.anatomy import Place
from bodymap.sessions.compose import answer_words
from bodymap.visit.step import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bodymap.common.language import Translator
    from bodymap.engine import AssessedAlarm, AssessedCause, Assessment
    from bodymap.engine.findings import Findings
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack

_MOST_CAUSES = 3
_ALARMS_ON_A_PAGE = 2
_MOST_SAID = 6


class Page(NamedTuple):
    """One screen of the results: alarms, or one cause, or (neither) that none fits."""

    alarms: tuple[AssessedAlarm, ...] = ()
    cause: AssessedCause | None = None
    more: bool = False
    """More causes may fit than there are pages for, and this is the last of them."""


def pages(assessment: Assessment, show_causes: bool) -> tuple[Page, ...]:
    """Return the pages of the results. What must not wait is shown whether or not the clinic lets causes be."""
    alarms = assessment.alarms
    found = [
        Page(alarms=alarms[place : place + _ALARMS_ON_A_PAGE])
        for place in range(0, len(alarms), _ALARMS_ON_A_PAGE)
    ]
    if show_causes:
        likely = [cause for cause in assessment.causes if cause.band in ("strong", "possible")]
        found += [Page(cause=cause) for cause in likely[:_MOST_CAUSES]] or [Page()]
        found[-1] = found[-1]._replace(more=len(likely) > _MOST_CAUSES)
    return tuple(found)


def alarm_rows(ids: Iterable[str], pack: Pack) -> tuple[Row, ...]:
    """Return what is said of alarms, and what to do about each."""
    alarms = {alarm.id: alarm for alarm in pack.alarms}
    return tuple(
        Row(kind, text) for id in ids for kind, text in (("alarm", alarms[id].says), ("do", alarms[id].do))
    )


def what_raised(
    raised: Iterable[AssessedAlarm], findings: Findings, pack: Pack, anatomy: Anatomy, words: Translator
) -> tuple[Row, ...]:
    """Return, as one row, what somebody said that raised these alarms; none where nothing did.

    Staff read it first: an alarm names all that may raise it.
    """
    said: dict[str, None] = {}
    for ref in (ref for assessed in raised for ref in assessed.because):
        if isinstance(ref, AnswerRef):
            question = pack.questions.get(ref.id)
            if question is None or ref.value in (None, "no", "unsure"):
                continue
            answer = f"{question.short}: {answer_words(question, ref.value or '', words)}"
            said[question.yes or question.short if ref.value == "yes" else answer] = None
        elif ref.intensity or ref.felt:
            mark = findings.mark_at(ref.region, ref.side)
            felt = [anatomy.wording.qualities[quality] for quality in (mark.qualities if mark else ())]
            place = anatomy.named(Place(ref.region, ref.side))
            said[f"{place} ({', '.join(felt)})" if felt else place] = None
    told = list(said)[:_MOST_SAID]
    return (Row("note", "; ".join(told), words.gettext("You said")),) if told else ()


def cause_rows(page: Page, assessment: Assessment, pack: Pack, words: Translator) -> tuple[Row, ...]:
    """Return what is told of the cause of a page: what it is, how well it fits, why and why not, and what helps."""
    _, assessed = words.gettext, page.cause
    if assessed is None:
        return ()
    cause = pack.cause(assessed.cause.id)
    says = {line.id: line.says for line in cause.lines}
    fits = _("It fits well.") if assessed.band == "strong" else _("It may fit.")
    rows = [Row("cause", cause.name), Row("plain", cause.plain), Row("note", fits)]
    if assessed.for_lines:
        strongest = max(assessed.for_lines, key=lambda line: line.points)
        rows.append(Row("for", says[strongest.line.id], _("For it")))
    if assessed.against_lines:
        strongest = min(assessed.against_lines, key=lambda line: line.points)
        rows.append(Row("against", says[strongest.line.id], _("Against it")))
    if cause.article_helps:
        rows.append(Row("helps", cause.article_helps, _("What helps, says the article")))
    together = [id for group in assessment.indistinguishable if cause.id in group for id in group]
    others = ", ".join(pack.cause(id).name for id in together if id != cause.id)
    if others:
        rows.append(Row("note", others, _("What is known cannot tell it apart from")))
    if page.more:
        rows.append(Row("note", _("More causes may fit; your clinician sees them all.")))
    return tuple(rows)
