"""What differs between two sessions, as content: the sentences are those of the page, the ranking is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.wording import BAND_WORDS
from bodymap.report.comparing import alarm_line, answer_line, overlap_words, place_line, shown_words
from bodymap.tui.review.difference_map import SIGNS
from bodymap.tui.review.list_layout import fit
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from textual.content import Content

    from bodymap.desk.comparing import Comparison
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions.record import ShownCause

KINDS = {
    "gained": "in the second alone",
    "lost": "in the first alone",
    "changed": "felt otherwise",
    "same": "felt the same",
}
"""What each sign of the difference map means."""


def overlap_rows(comparison: Comparison) -> list[Content]:
    """Return how far the places are the same, beside what redrawing alone brings."""
    first, *rest = overlap_words(comparison.overlap)
    return [
        shown(("OVERLAP OF THE PLACES", "bold")),
        shown((first, "bold")),
        *(shown((sentence, "$quiet" if sentence.startswith("Source") else "")) for sentence in rest),
    ]


def place_rows(comparison: Comparison, anatomy: Anatomy, pack: Pack | None) -> list[Content]:
    """Return the places by what became of them."""
    rows = [shown(("PLACES", "bold"))]
    for kind, title in KINDS.items():
        for number, pair in enumerate(comparison.of_kind(kind)):
            if not number:
                rows.append(
                    shown((f"{SIGNS[kind][0]} {title}", "$quiet" if kind == "same" else "bold $mine"))
                )
            rows.append(shown(f"  {place_line(pair, anatomy, pack)}"))
    if len(rows) == 1:
        rows.append(shown("Nothing is felt in either."))
    return rows


def answer_rows(comparison: Comparison, pack: Pack | None) -> list[Content]:
    """Return the answers that differ."""
    rows = [shown(("ANSWERS THAT DIFFER", "bold"))]
    rows += [shown(answer_line(pair, pack)) for pair in comparison.answers] or [shown("None.")]
    return rows


def ranking_rows(comparison: Comparison, width: int) -> list[Content]:
    """Return the causes with rank and band as shown in the first and the second, in the order of the second."""
    rows = [shown(("CAUSES AS SHOWN", "bold"))]
    rows += [shown((sentence, "$warning")) for sentence in shown_words(comparison)]
    if comparison.causes:
        names = max(12, width - 2 * 13)
        rows.append(shown((f"{'':<{names}} {'first':<13}second", "$quiet")))
    for pair in comparison.causes:
        style = "bold" if pair.differs else "$quiet"
        places = f"{_place(pair.first):<13}{_place(pair.second)}"
        rows.append(shown((fit(pair.name, names), style), (places, style)))
    return rows


def _place(cause: ShownCause | None) -> str:
    return f"{cause.rank:>2} {BAND_WORDS[cause.band]}" if cause is not None else " – not in it"


def alarm_rows(comparison: Comparison, pack: Pack | None) -> list[Content]:
    """Return the alarms of both; none where there were none."""
    rows = [shown((alarm_line(pair, pack), "bold $alarm")) for pair in comparison.alarms]
    return [shown(("ALARMS AS SHOWN", "bold")), *rows] if rows else []


def joined(*groups: list[Content]) -> Content:
    """Return groups of rows with an empty row between them."""
    rows: list[Content] = []
    for group in groups:
        if group:
            rows += ([shown("")] if rows else []) + group
    return lines(*rows)
