"""What differs between two sessions, as content. Nothing here says that anything went up or down for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.wording import BAND_WORDS
from bodymap.report.wording import answer_words
from bodymap.tui.review.list_layout import TIERS, fit
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from fractions import Fraction

    from textual.content import Content

    from bodymap.desk.comparing import Comparison, PlacePair
    from bodymap.engine.findings import AnswerValue, Mark
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions.record import ShownCause

_KINDS = (
    ("gained", "+", "Marked in B alone"),
    ("lost", "−", "Marked in A alone"),
    ("changed", "~", "Marked in both, not alike"),
    ("same", "=", "Marked alike in both"),
)


def overlap_rows(comparison: Comparison) -> list[Content]:
    """Return how far the places are the same, beside what redrawing alone brings."""
    overlap = comparison.overlap
    noise = overlap.redrawing
    rows = [shown(("OVERLAP OF THE PLACES", "bold"))]
    if overlap.jaccard is None:
        rows.append(shown("Nothing is felt in either."))
    else:
        rows.append(
            shown(
                (f"{_number(overlap.jaccard)} ", "bold"),
                f"{overlap.shared} of {overlap.either} places in both; A has {overlap.first}, B has {overlap.second}.",
            )
        )
    rows.append(
        shown(
            (
                f"People who draw the same pain again a minute later reach {_number(noise.overlap_mean)} ± "
                f"{_number(noise.overlap_spread)}; how much is marked agrees then ({_number(noise.extent_agreement)}). "
                f"{noise.cite}",
                "$quiet",
            )
        )
    )
    within = overlap.within_redrawing
    rows.append(
        shown(
            "This difference is no more than redrawing brings: the places tell of no change."
            if within
            else "This is less overlap than redrawing brings."
        )
    )
    if not overlap.complete:
        rows.append(shown(("A map was not declared complete: places without a mark may hurt.", "$warning")))
    return rows


def place_rows(comparison: Comparison, anatomy: Anatomy) -> list[Content]:
    """Return the places by what became of them."""
    rows = [shown(("PLACES", "bold"))]
    for kind, sign, title in _KINDS:
        pairs = comparison.of_kind(kind)
        if pairs:
            rows.append(shown((f"{sign} {title}", "$mine" if kind != "same" else "$quiet")))
            rows += [shown(f"  {pair_words(pair, anatomy)}") for pair in pairs]
    if len(rows) == 1:
        rows.append(shown("Nothing is felt in either."))
    return rows


def pair_words(pair: PlacePair, anatomy: Anatomy) -> str:
    """Return a place with how it was marked in A and in B."""
    known = anatomy.regions.get(pair.place.region)
    fits = known is not None and pair.place.side in known.sides
    name = anatomy.named(pair.place) if fits else f"{pair.place.side.upper()} {pair.place.region}"
    return f"{name}:  A {_mark(pair.first, pair.first_state)}  B {_mark(pair.second, pair.second_state)}"


def _mark(mark: Mark | None, state: str) -> str:
    if mark is None:
        return "not marked" if state == "absent" else "not known"
    felt = ", ".join(mark.qualities)
    return f"{mark.intensity}{f' ({felt})' if felt else ''}"


def answer_rows(comparison: Comparison, pack: Pack | None) -> list[Content]:
    """Return the answers that differ."""
    rows = [shown(("ANSWERS THAT DIFFER", "bold"))]
    for pair in comparison.answers:
        question = pack.questions.get(pair.id) if pack else None
        rows.append(shown(question.short if question else pair.id))
        for letter, value in (("A", pair.first), ("B", pair.second)):
            words = _answer(value, pack, pair.id)
            rows.append(shown((f"  {letter}  ", "$quiet"), (words, "" if value is not None else "$quiet")))
    if not comparison.answers:
        rows.append(shown("None."))
    return rows


def _answer(value: AnswerValue | None, pack: Pack | None, id: str) -> str:
    if value is None:
        return "not asked"
    question = pack.questions.get(id) if pack else None
    return answer_words(question, value) if question else str(value)


def ranking_rows(comparison: Comparison, width: int) -> list[Content]:
    """Return the causes with rank and band as shown in A and in B, in the order of B."""
    rows = [shown(("CAUSES AS SHOWN", "bold"))]
    if not comparison.assessed:
        return [*rows, shown("One of them was not assessed.")]
    names = max(12, width - 2 * 14)
    rows.append(shown((f"{'':<{names}}{'A':<14}B", "$quiet")))
    for pair in comparison.causes:
        style = "bold" if pair.differs else "$quiet"
        places = f"{_place(pair.first):<14}{_place(pair.second)}"
        rows.append(shown((fit(pair.name, names), style), (places, style)))
    if not comparison.same_pack:
        rows.append(
            shown(("The packs are not the same: ranks and bands may differ for that alone.", "$warning"))
        )
    return rows


def _place(cause: ShownCause | None) -> str:
    return f"{cause.rank:>2} {BAND_WORDS[cause.band]}" if cause is not None else " – not in it"


def alarm_rows(comparison: Comparison, pack: Pack | None) -> list[Content]:
    """Return the alarms of both; none where there were none."""
    titles = {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}
    rows = []
    for pair in comparison.alarms:
        tiers = [TIERS[alarm.tier] if alarm else "–" for alarm in (pair.first, pair.second)]
        rows.append(shown((f"{titles.get(pair.id, pair.id)}: A {tiers[0]}, B {tiers[1]}", "bold $alarm")))
    return [shown(("ALARMS AS SHOWN", "bold")), *rows] if rows else []


def time_words(comparison: Comparison) -> str:
    """Return how far the two lie apart."""
    seconds = abs(comparison.seconds_between)
    days, rest = divmod(seconds, 86_400)
    if days:
        return f"{days} day{'s' if days > 1 else ''} between"
    return f"{rest // 3600} h {rest % 3600 // 60} min between"


def joined(*groups: list[Content]) -> Content:
    """Return groups of rows with an empty row between them."""
    rows: list[Content] = []
    for group in groups:
        if group:
            rows += ([shown("")] if rows else []) + group
    return lines(*rows)


def _number(value: Fraction) -> str:
    return f"{float(value):.2f}"
