"""Checks of the texts a patient reads: the grade of each group of texts, and of each long one alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bodymap.knowledge.check_rules import placed_lines
from bodymap.knowledge.models import Reading
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.reading import Measure, hard_words, measure, measure_all
from bodymap.knowledge.references import Misfit, Path, cause_file

LONG = 30
"""Words from which a text is also measured alone; below that the grade says too little."""
ALLOWANCE = 1.0
"""Grades by which one long text may exceed the limit that its group must keep."""


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
    """A group's name, its measure and its grade."""

    name: str
    measure: Measure
    grade: float


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


def known_words(reading: Reading) -> frozenset[str]:
    """Return the words a pack explains where they stand, in small letters."""
    return frozenset(word.lower() for word in reading.known_words)


def grades(pack: Pack, reading: Reading) -> tuple[Graded, ...]:
    """Return the grade of each group of texts that has any."""
    known = known_words(reading)
    measured = [
        (group.name, measure_all((text.text for text in group.texts), known)) for group in text_groups(pack)
    ]
    return tuple(Graded(name, whole, whole.grade) for name, whole in measured if whole.words)


def check_texts(pack: Pack, reading: Reading) -> Iterator[Misfit]:
    """Yield groups of texts and long texts that are too hard to read, and known words that stand nowhere."""
    known, limit = known_words(reading), float(reading.highest_grade)
    everything = []
    for group in text_groups(pack):
        everything += [text.text.lower() for text in group.texts]
        alone = [(measure(text.text, known), text) for text in group.texts]
        too_hard = [
            (part, text) for part, text in alone if part.words >= LONG and part.grade > limit + ALLOWANCE
        ]
        for part, text in too_hard:
            what = f"This text reads at grade {part.grade:.1f}; at most {limit + ALLOWANCE:.1f} is allowed."
            yield Misfit(text.file, text.path, what, _remedy(part, [text], known))
        whole = measure_all((text.text for text in group.texts), known)
        if whole.grade > limit and not too_hard:
            _, hardest = max(
                alone, key=lambda pair: pair[0].syllables - 1.4 * pair[0].words + pair[0].words / 10
            )
            what = (
                f"“{group.name}” reads at grade {whole.grade:.1f} as a whole; at most {limit:.1f} is allowed."
            )
            remedy = f"This text weighs most. {_remedy(whole, list(group.texts), known)}"
            yield Misfit(hardest.file, hardest.path, what, remedy)
    for number, word in enumerate(reading.known_words):
        if not any(word.lower() in text for text in everything):
            what = f"The known word “{word}” stands in no text."
            yield Misfit("pack.toml", ("reading", "known_words", number), what, "Remove it from the list.")


def _remedy(whole: Measure, texts: list[PatientText], known: frozenset[str]) -> str:
    length = whole.words / max(1, whole.sentences)
    words = hard_words((text.text for text in texts), known)
    hint = f" Long words: {', '.join(words[:6])}." if words else ""
    return f"Sentences have {length:.0f} words on average; write shorter ones or plainer words.{hint}"
