"""Checks of the texts a patient reads: the grade of each group of texts, and of each long one alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bodymap.knowledge.check_rules import placed_lines
from bodymap.knowledge.models import Reading
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.reading import Measure, together
from bodymap.knowledge.references import Misfit, Path, cause_file
from bodymap.knowledge.scales import Scale, scale_of

LONG = 30
"""Words from which a text is also measured alone; below that the grade says too little."""


class PatientText(NamedTuple):
    """A text with its place."""

    file: str
    path: Path
    text: str


class TextGroup(NamedTuple):
    """Texts that are measured together."""

    name: str
    texts: tuple[PatientText, ...]


class Graded(NamedTuple):
    """A group's name, its measure and its grade: a US school year in English, an ease in Spanish."""

    name: str
    measure: Measure
    grade: float


class Readings(NamedTuple):
    """How the texts of a pack read in one language. `scale` is None where there is no formula for it."""

    language: str
    scale: Scale | None
    limit: float
    groups: tuple[Graded, ...]


def text_groups(pack: Pack) -> Iterator[TextGroup]:
    """Yield the texts a patient reads: causes, their lines, questions by heading, alarms, facts."""
    for cause in pack.causes:
        file = cause_file(cause)
        told = (
            (("article", "says"), cause.article_says),
            (("article", "helps"), cause.article_helps),
            (("literature", "says"), cause.literature_says),
            (("evidence_says",), cause.evidence_says),
            (("prior_says",), cause.prior_says),
            (("clinic", "next"), cause.clinic_next),
        )
        yield _group(f"{cause.id}: explanation", [PatientText(file, *part) for part in told])
        lines = [PatientText(file, (*path, "says"), line.says) for path, line in placed_lines(cause)]
        yield _group(f"{cause.id}: lines", lines)
    for group in pack.groups:
        texts = []
        for number, question in enumerate(pack.questions.values()):
            if question.group == group.id:
                path: Path = ("questions", number)
                for key in ("asks", "why", "yes", "no"):
                    texts.append(PatientText("questions.toml", (*path, key), getattr(question, key)))
        yield _group(f"questions: {group.id}", texts)
    alarms = []
    for number, alarm in enumerate(pack.alarms):
        alarms.append(PatientText("alarms.toml", ("alarms", number, "says"), alarm.says))
        alarms.append(PatientText("alarms.toml", ("alarms", number, "do"), alarm.do))
    yield _group("alarms", alarms)
    yield _group("facts", [PatientText("pack.toml", ("facts", id), text) for id, text in pack.facts.items()])


def _group(name: str, texts: list[PatientText]) -> TextGroup:
    return TextGroup(name, tuple(text for text in texts if text.text))


def known_words(pack: Pack, reading: Reading, own: str) -> list[str]:
    """Return the words a pack explains where they stand, in the language it speaks now."""
    if pack.language == own:
        return reading.known_words
    return reading.text[pack.language].known_words if pack.language in reading.text else []


def readings(pack: Pack, reading: Reading, own: str) -> Readings:
    """Return the grade of each group of texts that has any, in the language the pack speaks now."""
    scale = scale_of(pack.language)
    if scale is None:
        return Readings(pack.language, None, 0.0, ())
    known = _lowered(known_words(pack, reading, own))
    found = []
    for group in text_groups(pack):
        whole = together(scale.measure(text.text, known) for text in group.texts)
        if whole.words:
            found.append(Graded(group.name, whole, scale.score(whole)))
    return Readings(pack.language, scale, scale.limit(reading), tuple(found))


def check_texts(pack: Pack, reading: Reading, own: str) -> Iterator[Misfit]:
    """Yield groups of texts and long texts that are too hard to read, and known words that stand nowhere.

    Asked of the texts in the language that the pack speaks now; `own` is the one its files are written in.
    """
    scale = scale_of(pack.language)
    if scale is not None:
        for misfit in _too_hard(pack, reading, scale, own):
            yield misfit._replace(path=in_language(misfit.path, pack.language, own))
    everything = [text.text.lower() for group in text_groups(pack) for text in group.texts]
    for number, word in enumerate(known_words(pack, reading, own)):
        if not any(word.lower() in text for text in everything):
            path = in_language(("reading", "known_words"), pack.language, own)
            what = f"The known word “{word}” stands in no text."
            yield Misfit("pack.toml", (*path, number), what, "Remove it from the list.")


def in_language(path: Path, language: str, own: str) -> Path:
    """Return where the text at `path` stands in another language: in `text.<language>` of the same table."""
    if language == own:
        return path
    if path[0] == "facts":
        return ("text", language, *path)
    return (*path[:-1], "text", language, path[-1])


def _too_hard(pack: Pack, reading: Reading, scale: Scale, own: str) -> Iterator[Misfit]:
    known, limit = _lowered(known_words(pack, reading, own)), scale.limit(reading)
    alone_limit = scale.beyond(limit)
    for group in text_groups(pack):
        measured = [(scale.measure(text.text, known), text) for text in group.texts]
        hard = [
            (part, text)
            for part, text in measured
            if part.words >= LONG and scale.too_hard(scale.score(part), alone_limit)
        ]
        for part, text in hard:
            what = f"This text reads at {scale.word} {scale.score(part):.1f}; {scale.bound(alone_limit)} is allowed."
            yield Misfit(text.file, text.path, what, _remedy(scale, part, [text], known))
        whole = together(part for part, _ in measured)
        if not hard and whole.words and scale.too_hard(scale.score(whole), limit):
            _, hardest = max(measured, key=lambda pair: scale.weight(pair[0]))
            score = f"{scale.word} {scale.score(whole):.1f}"
            what = f"“{group.name}” reads at {score} as a whole; {scale.bound(limit)} is allowed."
            remedy = f"This text weighs most. {_remedy(scale, whole, list(group.texts), known)}"
            yield Misfit(hardest.file, hardest.path, what, remedy)


def _remedy(scale: Scale, whole: Measure, texts: list[PatientText], known: frozenset[str]) -> str:
    length = whole.words / max(1, whole.sentences)
    words = scale.hard_words((text.text for text in texts), known)
    hint = f" Long words: {', '.join(words[:6])}." if words else ""
    return f"Sentences have {length:.0f} words on average; write shorter ones or plainer words.{hint}"


def _lowered(words: list[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
