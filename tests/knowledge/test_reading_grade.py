"""The reading grade: the formula of 1975 over syllables counted by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.knowledge.reading import Measure, hard_words, measure, measure_all, syllables_in

# Counts from the CMU Pronouncing Dictionary, for words that packs use.
COUNTED = """
1: pain back leg worse made makes eased joints walked called aches your you eyes nerve lying's through build
2: sitting bending moving standing muscle muscles needed fluid lion body disc's movement statement patient every
2: people something narrow narrowed into older easy easily's pinches reaches causes create
3: area various everything hospital exercise stenosis's family tingling's previous element
4: exercises irritated irritation activation original ability situation
5: examination university
"""


def counted() -> list[tuple[str, int]]:
    found = []
    for row in COUNTED.strip().splitlines():
        number, _, words = row.partition(":")
        found += [(word, int(number)) for word in words.split() if not word.endswith("'s")]
    return found


@pytest.mark.parametrize(("word", "syllables"), counted())
def test_syllables(word: str, syllables: int) -> None:
    assert syllables_in(word) == syllables
    assert syllables_in(word.upper()) == syllables


def test_the_grade_is_the_published_formula() -> None:
    assert Measure(100, 5, 150).grade == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert Measure().grade == 0.0


def test_words_sentences_and_syllables_are_counted() -> None:
    assert measure("The disc is sore. It hurts to bend!") == Measure(8, 2, 8)
    assert measure("No end") == Measure(2, 1, 2)
    assert measure("About 5 % (or 7.4) of people…") == Measure(6, 1, 10)
    assert measure("") == measure(" … ") == Measure()


def test_hard_text_is_graded_above_easy_text() -> None:
    easy = measure("Your back can hurt when you sit. Get up and walk a bit.")
    hard = measure("Prolonged sedentary positioning exacerbates symptomatology of intervertebral origin.")
    assert easy.grade < 3 < 15 < hard.grade


def test_known_words_count_as_two_syllables() -> None:
    assert measure("sciatica", frozenset({"sciatica"})).syllables == 2
    assert measure("Sciatica’s", frozenset({"sciatica"})).syllables == 2
    assert measure("disc", frozenset({"disc"})).syllables == 1


def test_the_costliest_words_come_first() -> None:
    assert hard_words(["rehabilitation helps", "an exercise"], frozenset()) == ["rehabilitation", "exercise"]
    assert hard_words(["rehabilitation"], frozenset({"rehabilitation"})) == []


@given(st.text(max_size=80))
def test_any_text_can_be_measured(text: str) -> None:
    whole = measure(text)
    assert whole.syllables >= whole.words >= 0
    assert measure_all([text, text]) == whole + whole
