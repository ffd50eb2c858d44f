"""From what the explorer holds to a session, and back: one call each way."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import TYPE_CHECKING

from bodymap import __version__
from bodymap.common.language import LANGUAGES, marked, translator
from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.engine.findings import AnswerValue, Findings
from bodymap.knowledge.anatomy import Anatomy, Place
from bodymap.sessions.ids import code_of
from bodymap.sessions.record import App, PackReference, Session, Shown, ShownAlarm, ShownCause

if TYPE_CHECKING:
    from bodymap.common.language import Translator
    from bodymap.engine.assessment import Assessment
    from bodymap.knowledge.pack import Pack, Question


def compose(
    pack: Pack,
    anatomy: Anatomy,
    findings: Findings,
    assessment: Assessment | None,
    *,
    id: str,
    started: datetime,
    finished: datetime | None = None,
    language: str = "",
) -> Session:
    """Return the session of these findings: finished where `finished` is given, else unfinished.

    `id` comes from `new_id()` and stays the same for the whole sitting. Times carry their offset (see `now`);
    `assessment` is what was on the screen, and is needed to finish. `language` is the pack's where it is
    empty. What the session keeps in words is in the language of `pack` and `anatomy`, whichever the engine spoke.
    """
    if finished is not None and assessment is None:
        raise ValueError("a finished session keeps the assessment that was shown")
    language = language or pack.language
    said = translator(language) if language in dict(LANGUAGES) else None
    return Session(
        id=id,
        code=code_of(id),
        started=whole_seconds(started),
        finished=None if finished is None else whole_seconds(finished),
        state="unfinished" if finished is None else "finished",
        language=language,
        app=App("bodymap", __version__),
        pack=PackReference(pack.id, pack.version, pack.sha256),
        findings=findings,
        places=tuple(_line(anatomy.words(Place(*mark.place))) for mark in findings.marks),
        words=MappingProxyType(
            {
                id: _line(f"{question.asks} {answer_words(question, value, said)}.")
                for id, value in findings.answers.items()
                if (question := pack.questions.get(id)) is not None
            }
        ),
        shown=None if assessment is None else _shown(assessment, pack),
    )


def findings_of(session: Session, pack: Pack, anatomy: Anatomy) -> Findings:
    """Return the findings of a session checked against `pack`, to go on with. Raises `Trouble` where they
    do not fit.
    """
    from bodymap.engine import findings_table, read_findings

    if session.pack.id != pack.id:
        raise Trouble(
            f"The session was begun with the pack “{session.pack.id}”; this is “{pack.id}”.",
            where=f"session {session.code}",
            remedy="Open it with that pack (--pack).",
        )
    return read_findings(findings_table(session.findings), pack, anatomy, f"session {session.code}")


def same_pack(session: Session, pack: Pack) -> bool:
    """Return whether the session was assessed with exactly this pack."""
    reference = session.pack
    return (reference.id, reference.version, reference.sha256) == (pack.id, pack.version, pack.sha256)


_SAID = {"yes": marked("Yes"), "no": marked("No"), "unsure": marked("Not sure")}


def answer_words(question: Question, value: AnswerValue, words: Translator | None = None) -> str:
    """Return an answer as it is read back: "Yes", "Not sure", "47 years", "Female".

    `words` is the interface in the language of `question`; without one, yes, no and not sure are said in English.
    """
    if question.kind == "number" and value != "unsure":
        return f"{value} {question.unit}".rstrip()
    if question.kind == "choice" and value != "unsure":
        return dict(question.choices).get(str(value), str(value))
    word = _SAID.get(str(value), str(value))
    return words.gettext(word) if words is not None else word


def now() -> datetime:
    """Return the present moment with the offset of this place."""
    return datetime.now().astimezone()


def whole_seconds(moment: datetime) -> datetime:
    """Cut a moment to whole seconds, and its offset to whole minutes, as the file keeps them."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment without its offset")
    minutes = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    return moment.astimezone(minutes).replace(microsecond=0)


def _line(text: str) -> str:
    return clean(text, limit=1000)


def _shown(assessment: Assessment, pack: Pack) -> Shown:
    """Return the assessment with the words of `pack`: the engine may speak another language than the person."""
    alarms = {alarm.id: alarm for alarm in pack.alarms}
    names = {cause.id: cause.name for cause in pack.causes}
    return Shown(
        alarms=tuple(
            ShownAlarm(alarm.id, alarm.tier, _line(alarm.says), _line(alarm.do))
            for alarm in (alarms.get(raised.alarm.id, raised.alarm) for raised in assessment.alarms)
        ),
        ranking=tuple(
            ShownCause(
                id=found.cause.id,
                name=_line(names.get(found.cause.id, found.cause.name)),
                rank=found.rank,
                band=found.band,
                evidence=found.cause.evidence,
                score=found.score,
                score_range=(found.low, found.high),
                rank_range=(found.best_rank, found.worst_rank),
                for_lines=tuple(line.line.id for line in found.for_lines),
                against=tuple(line.line.id for line in found.against_lines),
                unknown=tuple(line.line.id for line in found.unknown_lines),
                needs_missing=tuple(line.line.id for line in found.needs_missing),
            )
            for found in assessment.causes
        ),
        none_fits=assessment.none_fits,
        indistinguishable=tuple(tuple(group) for group in assessment.indistinguishable),
    )
