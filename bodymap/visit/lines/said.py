"""A step as lines: what is asked, why, and the ways to answer with the keys for each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from bodymap.common.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bodymap.visit.step import Step

WIDTH = 76
_APART = "   "
_MOST_IN_A_ROW = 6


class Way(NamedTuple):
    """One way to answer: what to type for it, and what it means."""

    key: str
    label: str


def folded(text: str) -> list[str]:
    """Return `text`, cleaned, as lines that any terminal and any braille line can show; none where it is empty."""
    return textwrap.wrap(clean(text), WIDTH, break_on_hyphens=False)


def told(step: Step) -> list[str]:
    """Return what a step says, without the ways to answer."""
    lines = [*folded(step.heading), *folded(step.text)]
    for row in step.rows:
        lines += folded(row.line)
    return lines


def listed(ways: Iterable[Way]) -> list[str]:
    """Return ways to answer: a few short ones in a row, others one a line."""
    each = [clean(f"{way.key} {way.label}") for way in ways]
    row = _APART.join(each)
    if not each or (len(each) <= _MOST_IN_A_ROW and len(row) <= WIDTH):
        return [row] if each else []
    return [line for way in each for line in folded(way)]
