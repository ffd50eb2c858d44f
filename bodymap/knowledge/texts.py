"""The texts of a pack that a patient reads, in one fixed order: how a pack changes its language and nothing else.

A translation of a pack is the tuple of these texts. It has as many as the pack itself, and an empty one exactly
where the pack has an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from bodymap.common.trouble import Trouble
from bodymap.knowledge.pack import Alarm, Cause, Group, Line, Pack, Question

Part = TypeVar("Part", Group, Question, Alarm, Cause, Line)

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Group: ("title",),
    Question: ("asks", "short", "why", "yes", "no", "unit"),
    Alarm: ("title", "says", "do"),
    Cause: (
        *("name", "plain", "evidence_says", "prior_says", "article_says", "article_helps"),
        *("clinic_next", "literature_says"),
    ),
    Line: ("says",),
}
"""What a patient reads of each part. The clinician's lines, citations and ratios stay as they are."""
LABELS = frozenset({"title", "short", "name", "plain"})
"""Those of them that must be as short as a label."""


def texts_of(pack: Pack) -> Iterator[tuple[str, bool]]:
    """Yield every text of `pack` that a patient reads, with whether it is a label."""
    yield pack.title, True
    for text in pack.facts.values():
        yield text, False
    for group in pack.groups:
        yield from _read(group)
    for question in pack.questions.values():
        yield from _read(question)
        for _, says in question.choices:
            yield says, True
    for alarm in pack.alarms:
        yield from _read(alarm)
    for cause in pack.causes:
        yield from _read(cause)
        for line in cause.lines:
            yield from _read(line)


def translation_of(pack: Pack) -> tuple[str, ...]:
    """Return the texts of `pack` as `translations` keeps them."""
    return tuple([text for text, _ in texts_of(pack)])


def in_language(pack: Pack, language: str) -> Pack:
    """Return `pack` with its texts in `language` and everything else as it was. Raises `Trouble`."""
    if language == pack.language:
        return pack
    if language not in pack.translations:
        known = pack.languages or (pack.language,)
        raise Trouble(
            f"The pack {pack.id} does not speak “{language[:20]}”.",
            remedy=f"It speaks: {', '.join(known)}.",
        )
    others = {name: texts for name, texts in pack.translations.items() if name != language}
    return replace(
        _with_texts(pack, pack.translations[language]),
        language=language,
        translations={**others, pack.language: translation_of(pack)},
    )


def _read(part: Any) -> Iterator[tuple[str, bool]]:
    for name in FIELDS[type(part)]:
        yield getattr(part, name), name in LABELS


def _with_texts(pack: Pack, texts: tuple[str, ...]) -> Pack:
    # Taken in the order in which `texts_of` yields them.
    take = iter(texts)
    return replace(
        pack,
        title=next(take),
        facts={id: next(take) for id in pack.facts},
        groups=tuple([_said(group, take) for group in pack.groups]),
        questions={id: _question(question, take) for id, question in pack.questions.items()},
        alarms=tuple([_said(alarm, take) for alarm in pack.alarms]),
        causes=tuple([_cause(cause, take) for cause in pack.causes]),
    )


def _said(part: Part, take: Iterator[str]) -> Part:
    said: dict[str, Any] = {name: next(take) for name in FIELDS[type(part)]}
    return replace(part, **said)


def _question(question: Question, take: Iterator[str]) -> Question:
    said = _said(question, take)
    return replace(said, choices=tuple([(id, next(take)) for id, _ in question.choices]))


def _cause(cause: Cause, take: Iterator[str]) -> Cause:
    said = _said(cause, take)
    return replace(said, lines=tuple([_said(line, take) for line in cause.lines]))
