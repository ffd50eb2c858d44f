"""A contrast of two causes as plain text, 80 columns wide."""

from __future__ import annotations

from bodymap.common.wording import BAND_WORDS
from bodymap.engine.contrast import Change, Contrast, ContrastLine
from bodymap.engine.engine import Engine
from bodymap.report.wording import NOT_A_DIAGNOSIS, WIDTH, Cites, answer_words, folded, signed


def contrast_text(contrast: Contrast, engine: Engine) -> str:
    """Return what tells two causes apart: A and B are the two in the order in which they were named."""
    cite = Cites(engine.pack)
    lines = ["=" * WIDTH, "TWO CAUSES COMPARED", "=" * WIDTH]
    lines += folded(engine.pack.facts.get("not-a-diagnosis", NOT_A_DIAGNOSIS))
    lines.append("")
    for letter, assessed in (("A", contrast.first), ("B", contrast.second)):
        lines += folded(assessed.cause.name, f"{letter}  ")
        lines.append(
            f"   rank {assessed.rank}, {BAND_WORDS[assessed.band]}, "
            f"score {assessed.score} ({assessed.low} to {assessed.high})"
        )
    lines += ["", f"{'A':>5}{'B':>6}   so far   what counts, and its points", "-" * WIDTH]
    for row in contrast.lines:
        first, second = (signed(points) if points else "." for points in (row.first, row.second))
        text = f"{row.line.says} {cite(row.line.source)}"
        lines += folded(text, f"{first:>5}{second:>6}   {_state(row):<8} ", " " * 23)
    names = {assessed.cause.id: assessed.cause.name for assessed in (contrast.first, contrast.second)}
    lines.append("")
    if contrast.changes is None or contrast.after is None:
        lines += folded(contrast.reason)
    else:
        lines += folded(f"The fewest answers that would put “{names[contrast.lower]}” first of the two:")
        for change in contrast.changes:
            lines += folded(_change(change), "  - ")
        lines += folded(f"The scores would then be A {contrast.after[0]}, B {contrast.after[1]}.")
    lines += ["", "SOURCES", "-" * WIDTH, *cite.listed()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _state(row: ContrastLine) -> str:
    """Return whether a line counts: for a need, what counts is its absence."""
    if row.truth is None:
        return "open"
    return "counts" if row.truth == (row.line.kind != "need") else "no"


def _change(change: Change) -> str:
    new = answer_words(change.question, change.new)
    if change.old is None:
        return f"{new} (not known yet)"
    return f"{new} (now: {answer_words(change.question, change.old)})"
