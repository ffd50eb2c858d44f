"""How hard an English text is to read: the Flesch–Kincaid grade, the US school year in which it is easily read.

    grade = 0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59

(Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas for Navy enlisted personnel,
Naval Technical Training Command, Research Branch Report 8-75, 1975.) An age of 12 is grade 6 to 7. The
formula was fitted to passages of about 100 words and says little of a single short sentence, so short texts
are measured together.

Syllables are counted by rule, for English: groups of vowel letters, less the silent ones.
docs/writing-a-pack.md says how that compares with the CMU Pronouncing Dictionary. The formula for Spanish is
in `reading_spanish`, and `scales` says which language is read by which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")

# Vowels written together that are spoken apart (li-on, flu-id, the-o-ry), and those of them that are not (na-
# tion).
_APART = re.compile(
    r"i[ao](?!us$|u)|[^q]u[ai](?![ln]t|t$|de|ld)|eo(?!u)|(?<=[aeiouy])ing$|iu|ie(?:t|r$|st$|n[ct])|[^q]ua|uou|"
    r"oe[tm]|y[ai]|ism|ysm|rea(?=t[ei]|$|s$)"
)
_TOGETHER = re.compile(r"[cgstx]i(?:a|o|e)|geo[nu]|iage$|[gq]u[aeio]|peop|leop|t(?:rea|oday)t")
_ENDING = re.compile(r"[^aeiouy](e|es|ed)$")
_INNER_E = re.compile(
    r"([^aeiouyl]|[aeiouy]l)e(?=(?:ly|ty|less|ness|ful|some|times?|where|thing|fore|body|ward|work|like|let)(?:s|ly)?$)"
)
_INNER_E_MENT = re.compile(r"([^aeiouyl])e(?=ments?$)")
_CONSONANT_L = re.compile(r"[^aeiouylr]l$")
_EXCEPTIONS = {
    **dict.fromkeys(
        ("area", "areas", "idea", "ideas", "being", "various", "previous", "create", "creates"), 3
    ),
    **dict.fromkeys(("every", "evening", "people", "something", "sometimes", "someone", "somewhere"), 2),
    **dict.fromkeys(("everything", "everyone", "everybody", "everywhere", "family", "several", "opinion"), 3),
    **dict.fromkeys(("create", "creates", "being", "maybe", "unique", "patient", "patients", "delete"), 2),
    **dict.fromkeys(
        ("doesn't", "isn't", "hasn't", "didn't", "wasn't", "couldn't", "wouldn't", "shouldn't"), 2
    ),
    **dict.fromkeys(("treated", "seated", "repeat", "greater", "heated"), 2),
    **dict.fromkeys(("repeated", "element", "elements", "efficient", "convenient", "axial", "aortic"), 3),
    **dict.fromkeys(("aches", "aged", "juice"), 1),
}
KNOWN_AS = 2
"""Syllables that an English word counts for when the pack explains it where it stands."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Words, sentences and syllables of some text."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    @property
    def grade(self) -> float:
        """The Flesch–Kincaid grade; 0 for no text."""
        if not self.words or not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables
        )


def measure(
    text: str,
    known: frozenset[str] = frozenset(),
    count: Callable[[str], int] | None = None,
    known_as: int = KNOWN_AS,
) -> Measure:
    """Return what the grade of `text` rests on; words in `known` (small letters) count as `known_as` syllables.

    `count` returns the syllables of a word; without it, those of an English word.
    """
    count = count or syllables_in
    words = _WORD.findall(text)
    syllables = 0
    for word in words:
        found = count(word)
        lowered = word.lower().replace("’", "'")
        if found > known_as and (lowered in known or lowered.removesuffix("'s").removesuffix("s") in known):
            found = known_as
        syllables += found
    if not words:
        return Measure()
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    # What follows the last full stop is a sentence too, if there is a word in it.
    unfinished = _WORD.search(text, ends[-1] if ends else 0) is not None
    return Measure(len(words), len(ends) + unfinished, syllables)


def measure_all(texts: Iterable[str], known: frozenset[str] = frozenset()) -> Measure:
    """Return the measure of several English texts together, each counting as at least one sentence."""
    return together(measure(text, known) for text in texts)


def together(measures: Iterable[Measure]) -> Measure:
    """Return the sum of several measures."""
    total = Measure()
    for one in measures:
        total += one
    return total


def syllables_in(word: str) -> int:
    """Return the syllables of an English word, counted by rule; a number in digits counts as two."""
    word = word.lower().replace("’", "'")
    if word[0].isdigit():
        return 2
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    core = _INNER_E_MENT.sub(r"\1", _INNER_E.sub(r"\1", _spoken(word.replace("'", ""))))
    if core.startswith("y") and core[1:2] in tuple("aeiou"):
        core = core[1:]
    count = len(_VOWELS.findall(core)) + len(_APART.findall(core))
    count -= sum(
        1 for found in _TOGETHER.finditer(core) if _APART.search(core, found.start(), found.end() + 1)
    )
    return max(1, count - core.endswith("ically"))


def _spoken(word: str) -> str:
    """Return the word without a silent ending: `e`, `es` after most consonants, `ed` but after t and d."""
    ending = _ENDING.search(word)
    if ending is None:
        return word
    stem = word[: -len(ending[1])]
    if not _VOWELS.search(stem) or _CONSONANT_L.search(stem):
        return word
    if ending[1] == "es" and (stem[-1] in "sxzcg" or stem.endswith(("sh", "ch"))):
        return word
    if ending[1] == "ed" and stem[-1] in "td":
        return word
    return stem


def hard_words(
    texts: Iterable[str],
    known: frozenset[str],
    count: Callable[[str], int] | None = None,
    known_as: int = KNOWN_AS,
) -> list[str]:
    """Return the words of more than `known_as` syllables that are not known, the most costly first."""
    count = count or syllables_in
    cost: dict[str, int] = {}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            found = count(word)
            if found > known_as and measure(word, known, count, known_as).syllables == found:
                cost[word] = cost.get(word, 0) + found - known_as
    return sorted(cost, key=lambda word: (-cost[word], word))
