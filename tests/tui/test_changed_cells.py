"""Only what looks different is sent: the remembered screen and what a terminal makes of the bytes stay the same."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from bodymap.tui.changed_cells import ShownCells, cells_of, without_repeats

STYLES = [
    None,
    Style.parse("bold"),
    Style.parse("#ffaf00 on #121212"),
    Style.parse("bold #ffaf00 on #121212"),
    Style.parse("#e4e4e4 on #121212"),
    Style.parse("reverse"),
]
COLUMNS, ROWS = 24, 4
PIECES = st.lists(
    st.tuples(st.text(st.sampled_from("ab .│█é漢"), max_size=9), st.sampled_from(STYLES)), max_size=5
)
WRITES = st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 6), PIECES), max_size=8)


def strip_of(pieces: list[tuple[str, Style | None]], room: int) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces]).crop(0, room)


def looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse)
            for cell in (screen.buffer[row][column] for column in range(COLUMNS))
        ]
        for row in range(ROWS)
    ]


@settings(deadline=None)
@given(WRITES)
def test_a_terminal_ends_up_looking_as_if_everything_had_been_sent(
    writes: list[tuple[int, int, list[tuple[str, Style | None]]]],
) -> None:
    less, more = pyte.Screen(COLUMNS, ROWS), pyte.Screen(COLUMNS, ROWS)
    shown = ShownCells()
    blank = Strip([Segment(" " * COLUMNS)])
    for row in range(ROWS):
        pyte.Stream(less).feed("".join(shown.send(row, 0, cells_of(blank, ColorSystem.EIGHT_BIT))))
    for row, left, pieces in writes:
        strip = strip_of(pieces, COLUMNS - left)
        cells = cells_of(strip, ColorSystem.EIGHT_BIT)
        before = shown._rows[row][left : left + len(cells) + 1]
        if any(not character for character, _ in (before[:1] + before[len(cells) :])):
            continue  # half a wide character would be left over: Textual always writes the whole one
        pyte.Stream(less).feed(without_repeats("".join(shown.send(row, left, cells))))
        everything = "".join(ShownCells().send(row, left, cells))
        pyte.Stream(more).feed(everything)
    assert looks(less) == looks(more)


def test_the_same_again_sends_nothing() -> None:
    shown = ShownCells()
    cells = cells_of(Strip([Segment("left buttock", STYLES[2])]), ColorSystem.EIGHT_BIT)
    assert "".join(shown.send(3, 5, cells))
    assert list(shown.send(3, 5, cells)) == []
    shown.forget()
    assert "".join(shown.send(3, 5, cells))


def test_one_changed_word_sends_that_word() -> None:
    shown = ShownCells()
    style = STYLES[2]
    for words, wanted in (("your LEFT buttock, upper part", ""), ("your LEFT buttock, lower part", "low")):
        cells = cells_of(Strip([Segment(words, style)]), ColorSystem.EIGHT_BIT)
        sent = "".join(shown.send(0, 0, cells))
        if wanted:
            assert wanted in sent
            assert "buttock" not in sent
