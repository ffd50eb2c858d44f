"""The ease of Spanish texts: the formula of 1993 over syllables counted by the rules of spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.knowledge.models import Reading
from bodymap.knowledge.reading_spanish import ease, syllables_in
from bodymap.knowledge.scales import SCALES, scale_of

# Counted by hand; the hard cases are vowels side by side, silent u, h between vowels, and y.
COUNTED = """
1: pie que y muy hay buey guion quién les pies dos
2: nalga muslo ciudad cuidar quiere guerra prohibir leer hacia ahí aún búho argüir día río reyes país baúl
3: espalda columna pingüino vergüenza oído ahumado rodilla caído hacía leía ayuda tiroides
4: hormigueo aéreo cirugía averiguáis adormecer dolorido cirujano pantorrilla caminaba
5: zoológico articulación debilitado
6: entumecimiento inmediatamente
7: rehabilitaciones inmunodeprimido
"""


def counted() -> list[tuple[str, int]]:
    found = []
    for row in COUNTED.strip().splitlines():
        number, _, words = row.partition(":")
        found += [(word, int(number)) for word in words.split()]
    return found


@pytest.mark.parametrize(("word", "syllables"), counted())
def test_syllables(word: str, syllables: int) -> None:
    assert syllables_in(word) == syllables
    assert syllables_in(word.upper()) == syllables


def test_the_ease_is_the_published_formula() -> None:
    assert ease(100, 10, 200) == pytest.approx(206.835 - 62.3 * 2 - 10)
    assert ease(0, 0, 0) == 100.0


def test_numbers_and_foreign_marks_are_counted_too() -> None:
    assert syllables_in("85") == 3
    assert syllables_in("Zürich") == 2
    assert syllables_in("crème") == 2
    assert syllables_in("brr") == 1


def test_easy_text_is_easier_than_hard_text() -> None:
    scale = SCALES["es"]
    easy = scale.score(scale.measure("La espalda le puede doler. Ande un poco y pare.", frozenset()))
    hard = scale.score(
        scale.measure(
            "La irritación discal desencadena sintomatología neurológica considerable.", frozenset()
        )
    )
    assert hard < 20 < 80 < easy
    assert scale.too_hard(hard, scale.limit(Reading()))
    assert not scale.too_hard(easy, scale.limit(Reading()))
    assert scale.beyond(65) == 60


def test_known_words_count_as_three_syllables() -> None:
    scale = SCALES["es"]
    assert scale.measure("entumecimiento", frozenset({"entumecimiento"})).syllables == 3
    assert scale.hard_words(["entumecimiento y hormigueo"], frozenset({"hormigueo"})) == ["entumecimiento"]


def test_a_language_is_read_by_its_scale_whatever_the_country() -> None:
    assert scale_of("es-MX") is SCALES["es"]
    assert scale_of("en") is SCALES["en"]
    assert scale_of("fr") is None


@given(st.text(max_size=40).filter(bool))
def test_any_word_has_a_syllable(word: str) -> None:
    assert syllables_in(word) >= 1
