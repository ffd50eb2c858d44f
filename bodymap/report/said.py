"""What a session says, in words and in order, for every page that shows one. Decides nothing, formats nothing."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.desk.rows import SAMPLE
from bodymap.engine.findings import AnswerValue, Mark
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.pack import Pack, Question
from bodymap.sessions.record import Session
from bodymap.sessions.truth import in_language_of, place_words


class SaidMark(NamedTuple):
    """A mark in words: its place, whether the words kept for it say otherwise, how strong, and what else."""

    mark: Mark
    place: str
    differs: bool
    strength: str
    more: tuple[str, ...]


class SaidGroup(NamedTuple):
    """Answers under one heading: labels by what was said, and everything else as label and value."""

    title: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unsure: tuple[str, ...]
    other: tuple[tuple[str, str], ...]


def is_synthetic(session: Session) -> bool:
    """Return whether a session was made up for demonstration or tests."""
    return session.app.name == SAMPLE


def said_marks(session: Session, pack: Pack | None, anatomy: Anatomy | None = None) -> tuple[SaidMark, ...]:
    """Return the marks in words, in the order of marking; `pack` names what makes them worse."""
    anatomy = anatomy or load_anatomy()
    kept = in_language_of(session, anatomy)
    places = session.places or ("",) * len(session.findings.marks)
    found = []
    for mark, words in zip(session.findings.marks, places, strict=True):
        nothing = "no pain" if mark.strength else "nothing hurts here"
        worse = (f"worse: {_short(id, pack)}" for id in mark.worse_with)
        found.append(
            SaidMark(
                mark,
                place_words(mark, anatomy),
                words not in ("", place_words(mark, kept)),
                f"{mark.intensity}/10" if mark.intensity else nothing,
                (*mark.qualities, *worse),
            )
        )
    return tuple(found)


def said_groups(session: Session, pack: Pack) -> tuple[SaidGroup, ...]:
    """Return the answers under the headings of `pack`, in its order; what it does not know comes last."""
    answers = session.findings.answers
    found = []
    for group in pack.groups:
        asked = [question for question in pack.questions.values() if question.group == group.id]
        found.append(
            _group(
                group.title,
                [(question, answers[question.id]) for question in asked if question.id in answers],
            )
        )
    strange = tuple((id, str(value)) for id, value in answers.items() if id not in pack.questions)
    found.append(SaidGroup("Not in the pack", (), (), (), strange))
    return tuple(group for group in found if any(group[1:]))


def not_asked(session: Session, pack: Pack) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return, heading by heading, the labels of the questions that have no answer."""
    answers = session.findings.answers
    missing = [question for id, question in pack.questions.items() if id not in answers]
    groups = (
        (group.title, tuple(question.short for question in missing if question.group == group.id))
        for group in pack.groups
    )
    return tuple((title, shorts) for title, shorts in groups if shorts)


def _short(id: str, pack: Pack | None) -> str:
    question = pack.questions.get(id) if pack is not None else None
    return id if question is None else question.short


def _group(title: str, answered: list[tuple[Question, AnswerValue]]) -> SaidGroup:
    said: dict[str, list[str]] = {"yes": [], "no": [], "unsure": []}
    other: list[tuple[str, str]] = []
    for question, value in answered:
        if value == "unsure" or (question.kind == "yes-no" and value in said):
            said[str(value)].append(question.short)
        elif question.kind == "number":
            other.append((question.short, f"{value} {question.unit}".rstrip()))
        else:
            other.append((question.short, dict(question.choices).get(str(value), str(value))))
    return SaidGroup(title, tuple(said["yes"]), tuple(said["no"]), tuple(said["unsure"]), tuple(other))
