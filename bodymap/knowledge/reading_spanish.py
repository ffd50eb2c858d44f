"""How easy a Spanish text is to read: the Flesch–Szigriszt index, read on the INFLESZ scale.

    ease = 206.835 − 62.3 × syllables ÷ words − words ÷ sentences

(Szigriszt Pazos: Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad, thesis,
Universidad Complutense de Madrid, 1993.) The scale was fitted to what is read in Spain, and checked on texts for
patients: from 65 a text is “fairly easy”, as schoolbooks for children up to 12 are. (Barrio-Cantalejo and others:
Validación de la Escala INFLESZ para evaluar la legibilidad de los textos dirigidos a pacientes, Anales del
Sistema Sanitario de Navarra 2008;31:135-152.) Like every such formula it is for passages, not for single short
sentences.

Syllables are counted by the rules of Spanish spelling, which say of every two vowels whether they are one
syllable or two.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

KNOWN_AS = 3
"""Syllables that a word counts for when the pack explains it where it stands."""
_IN_DIGITS = 3
_SILENT_U = re.compile(r"(?<=q)u(?=[eéií])|(?<=g)u(?=[eéií])")
_SPOKEN_Y = re.compile(r"y(?![aeiouáéíóú])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéó")
_STRESSED_WEAK = frozenset("íú")
_KEPT = frozenset("áéíóúüñ")


def ease(words: int, sentences: int, syllables: int) -> float:
    """Return the Flesch–Szigriszt index: about 0 (very hard) to 100 (very easy); 100 for no text."""
    if not words or not sentences:
        return 100.0
    return 206.835 - 62.3 * syllables / words - words / sentences


def syllables_in(word: str) -> int:
    """Return the syllables of a Spanish word, at least one; a number in digits counts as three."""
    if word[0].isdigit():
        return _IN_DIGITS
    spelled = _SILENT_U.sub("", _plain(word).replace("h", ""))
    spelled = _SPOKEN_Y.sub("i", spelled)
    count = 0
    for run in _VOWELS.findall(spelled):
        count += 1 + sum(_apart(one, other) for one, other in pairwise(run))
    return max(1, count)


def _plain(word: str) -> str:
    """Return the word in small letters, without marks that Spanish does not have."""
    letters = unicodedata.normalize("NFC", word.lower())
    if letters.isascii():
        return letters
    return "".join(
        letter if letter in _KEPT else unicodedata.normalize("NFD", letter)[0] for letter in letters
    )


def _apart(one: str, other: str) -> bool:
    """Return whether two vowels side by side are two syllables.

    They are where both are strong, where a strong one meets a stressed i or u, and where they are alike.
    """
    if one in _STRONG:
        return other in _STRONG or other in _STRESSED_WEAK
    return (one in _STRESSED_WEAK and other in _STRONG) or one == other
