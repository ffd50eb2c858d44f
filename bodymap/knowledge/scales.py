"""By which scale the texts of a language are read, and from where on they are too hard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bodymap.knowledge import reading, reading_spanish
from bodymap.knowledge.models import Reading
from bodymap.knowledge.reading import Measure


@dataclass(frozen=True, slots=True)
class Scale:
    """A readability formula for one language.

    `name` says what is measured and `unit` how, `word` stands for it in a sentence. `weight` tells how much one
    text does to make a group of texts hard. One long text alone may lie beyond the limit by `allowance`.
    """

    name: str
    unit: str
    word: str
    easier_is_higher: bool
    allowance: float
    known_as: int
    syllables_in: Callable[[str], int]
    score: Callable[[Measure], float]
    weight: Callable[[Measure], float]

    def measure(self, text: str, known: frozenset[str]) -> Measure:
        """Return what the score of a text rests on."""
        return reading.measure(text, known, self.syllables_in, self.known_as)

    def hard_words(self, texts: Iterable[str], known: frozenset[str]) -> list[str]:
        """Return the long words of some texts, the most costly first."""
        return reading.hard_words(texts, known, self.syllables_in, self.known_as)

    def limit(self, wanted: Reading) -> float:
        """Return the limit a pack sets."""
        return float(wanted.lowest_ease if self.easier_is_higher else wanted.highest_grade)

    def beyond(self, limit: float) -> float:
        """Return the limit of one long text alone."""
        return limit - self.allowance if self.easier_is_higher else limit + self.allowance

    def too_hard(self, score: float, limit: float) -> bool:
        """Return whether a score lies beyond `limit`."""
        return score < limit if self.easier_is_higher else score > limit

    def bound(self, limit: float) -> str:
        """Return a limit in words: "at most 7.5"."""
        return f"at {'least' if self.easier_is_higher else 'most'} {limit:g}"


SCALES = {
    "en": Scale(
        name="Reading grade",
        unit="Flesch-Kincaid, US school year",
        word="grade",
        easier_is_higher=False,
        allowance=1.0,
        known_as=reading.KNOWN_AS,
        syllables_in=reading.syllables_in,
        score=lambda whole: whole.grade,
        weight=lambda whole: whole.syllables - 1.4 * whole.words + whole.words / 10,
    ),
    "es": Scale(
        name="Reading ease in Spanish",
        unit="Flesch-Szigriszt, INFLESZ scale",
        word="ease",
        easier_is_higher=True,
        allowance=5.0,
        known_as=reading_spanish.KNOWN_AS,
        syllables_in=reading_spanish.syllables_in,
        score=lambda whole: reading_spanish.ease(whole.words, whole.sentences, whole.syllables),
        weight=lambda whole: whole.syllables - 1.9 * whole.words + whole.words / 10,
    ),
}


def scale_of(language: str) -> Scale | None:
    """Return the scale for a language code, whatever its country; None where there is none."""
    return SCALES.get(language[:2])
