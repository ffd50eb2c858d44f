"""Words into lines of a width, by whatever measure: cells of plain text, or columns of drawn letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable


def wrapped(text: str, width: int, measure: Callable[[str], int] = cell_len) -> list[str]:
    """Return `text` in lines that measure at most `width`; only a word longer than that is cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if measure(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, max(1, width), measure)
            lines += full
        lines.append(line)
    return lines


def balanced(text: str, width: int, measure: Callable[[str], int] = cell_len) -> list[str]:
    """Return `text` in as few lines as `wrapped` does, but of about the same length: no last word stands alone."""
    lines = wrapped(text, width, measure)
    if len(lines) == 1 or "\n" in text:
        return lines
    longest_word = max(map(measure, text.split()), default=1)
    low, high = min(longest_word, width), width
    while low < high:
        middle = (low + high) // 2
        if len(wrapped(text, middle, measure)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return wrapped(text, low, measure)


def _cut(word: str, width: int, measure: Callable[[str], int]) -> list[str]:
    """Return a word in pieces that fit, one letter at least in each."""
    pieces = []
    while measure(word) > width and len(word) > 1:
        size = len(word) - 1
        while size > 1 and measure(word[:size]) > width:
            size -= 1
        pieces.append(word[:size])
        word = word[size:]
    return [*pieces, word]
