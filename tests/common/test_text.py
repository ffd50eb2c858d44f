"""The laws of clean text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.common.text import clean, is_clean

ANY = st.text(st.characters(), max_size=80) | st.text(
    st.sampled_from("a \t\r\n\x1b\x9b\u202e\u0301\u20e0\u200b\ud800é人\U000e0041"), max_size=80
)
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(ANY, st.booleans(), st.integers(0, 90))
def test_cleaning_again_changes_nothing(text: str, lines: bool, limit: int) -> None:
    once = clean(text, lines=lines, limit=limit)
    assert clean(once, lines=lines, limit=limit) == once
    assert is_clean(once)


@given(ANY, st.booleans(), st.integers(0, 90))
def test_never_longer_than_its_limit(text: str, lines: bool, limit: int) -> None:
    assert len(clean(text, lines=lines, limit=limit)) <= limit


@given(ANY)
def test_what_was_cut_says_so(text: str) -> None:
    if len(text) > 10:
        assert clean(text, limit=10).endswith("…")


@given(ANY, st.booleans())
def test_no_unsafe_character_is_left(text: str, lines: bool) -> None:
    allowed = {"\n"} if lines else set()
    assert {c for c in clean(text, lines=lines) if unicodedata.category(c) in HIDDEN} <= allowed


def test_every_hidden_character_is_unsafe() -> None:
    characters = map(chr, range(0x110000))
    hidden = [c for c in characters if unicodedata.category(c) in HIDDEN and c not in "\t\n"]
    assert all(not is_clean(c) for c in hidden)


@given(st.text("abc ÄÖé人д.,“”", max_size=50))
def test_ordinary_text_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("flood", ["\u0301", "\u20e0", "\u0489", "\u0e49"])
def test_floods_of_marks_are_cut(flood: str) -> None:
    assert len(clean("a" + flood * 1000)) <= 4


def test_marks_that_languages_need_stay() -> None:
    for text in ("Việt".encode().decode(), unicodedata.normalize("NFD", "Việt Nam"), "ที่", "किस्म"):
        assert clean(text) == text


def test_lines_are_kept_only_where_asked() -> None:
    assert clean("a\r\nb\tc\rd") == "a b c d"
    assert clean("a\r\nb\tc\rd", lines=True) == "a\nb    c\nd"
