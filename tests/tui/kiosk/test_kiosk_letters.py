"""Drawn letters: every one that the program needs, whole, of one size, and unlike every other."""

from __future__ import annotations

from itertools import combinations

import pytest
from guided import knowledge

from bodymap.sessions.ids import ALPHABET
from bodymap.tui.kiosk import letters
from bodymap.tui.kiosk.looks import TALL, WIDE
from bodymap.tui.kiosk.paragraphs import drawn_lines
from bodymap.tui.kiosk.wrapping import balanced, wrapped


def test_every_letter_is_a_rectangle_of_eight_rows() -> None:
    for letter, rows in letters._glyphs().items():
        assert len(rows) == letters.HIGH, letter
        assert len({len(row) for row in rows}) == 1, letter
        assert set("".join(rows)) <= {"#", "."}, letter


def test_no_two_letters_look_alike() -> None:
    same = set(letters._SAME) | {"l", "I", "|"}
    different = {letter: rows for letter, rows in letters._glyphs().items() if letter not in same}
    alike = [(one, other) for one, other in combinations(different, 2) if different[one] == different[other]]
    assert alike == []


def test_letters_of_codes_differ_in_three_dots_at_least() -> None:
    """A code is read from the screen and written down: one dot that the eye misses must not make another letter."""
    glyphs = letters._glyphs()
    for one, other in combinations(ALPHABET, 2):
        dots = zip("".join(glyphs[one]), "".join(glyphs[other]), strict=True)
        assert sum(a != b for a, b in dots) >= 3, (one, other)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_and_cause_can_be_drawn(language: str) -> None:
    pack = knowledge()[0].spoken(language)
    for text in [*(q.asks for q in pack.questions.values()), *(cause.name for cause in pack.causes)]:
        assert letters.drawable(text), text


@pytest.mark.parametrize(
    ("kind", "draw", "measure"),
    [
        (WIDE, letters.wide, letters.wide_width),
        (TALL, letters.tall, letters.tall_width),
    ],
)
def test_drawn_text_is_as_wide_as_it_says(kind: str, draw, measure) -> None:
    for text in ("Yes", "¿Qué siente ahí?", "1 [x] ache", "K7PM", "How old are you?"):
        assert {len(row) for row in draw(text)} == {measure(text)}
        assert len(draw(text)) == letters.ROWS
        found = drawn_lines(text, 80, kind)
        assert found is not None
        assert max(map(len, found)) <= 80


def test_a_word_too_long_for_the_room_is_not_drawn() -> None:
    assert drawn_lines("Lopadotemachoselachogaleo", 40, WIDE) is None
    assert drawn_lines("漢字", 80, WIDE) is None


def test_huge_letters_are_whole_cells() -> None:
    rows = letters.huge("K7PM")
    assert len(rows) == letters.HIGH - 1
    assert set("".join(rows)) == {"█", " "}
    assert len({len(row) for row in rows}) == 1


def test_quarters_show_every_dot() -> None:
    """Read the quarter blocks back into dots."""
    signs = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
    text = "¿Cuánto le duele ahí? [x] 10"
    dots = [row + "." * (len(row) % 2) for row in letters._dots(text)]
    read = [["."] * len(dots[0]) for _ in range(letters.HIGH)]
    for y, row in enumerate(letters.tall(text)):
        for x, sign in enumerate(row):
            for place in range(4):
                if signs.index(sign) >> place & 1:
                    read[2 * y + place // 2][2 * x + place % 2] = "#"
    assert ["".join(row) for row in read] == dots


def test_lines_are_balanced_and_lose_nothing() -> None:
    text = "Is it new or getting worse that you can't pass water, leak, or lose control of your bowels?"
    for width in range(1, 100):
        for lines in (wrapped(text, width), balanced(text, width)):
            assert "".join("".join(lines).split()) == "".join(text.split())
            assert all(len(line) <= width for line in lines)
        assert len(balanced(text, width)) == len(wrapped(text, width))
    assert balanced("one two three four", 14) == ["one two", "three four"]
    assert wrapped("漢字漢字", 3) == ["漢", "字", "漢", "字"]
    assert wrapped("", 5) == [""]
