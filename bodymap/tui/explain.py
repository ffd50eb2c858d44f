"""An assessed cause in words for the screen: the article's voice and the literature's, kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from bodymap.engine import AssessedCause, AssessedLine
    from bodymap.knowledge.pack import Pack


def line_content(
    sign: str, assessed: AssessedLine, style: str, *, points: bool, clinician: bool, pack: Pack
) -> Content:
    """Return one evidence line: sign, sentence, and with `points` what it counts."""
    content = shown((f"{sign} ", f"bold {style}"), assessed.line.says)
    if points:
        content = content + shown((f"  {assessed.points:+d}", "$quiet"))
    if clinician:
        source = pack.sources.get(assessed.line.source)
        cite = source.cite if source else assessed.line.source
        ratio = f" · ratio {assessed.line.ratio}" if assessed.line.ratio else ""
        content = content + shown((f"\n    {assessed.line.clinician} [{cite}]{ratio}", "$quiet"))
    return content


def _block(heading: str, rows: Iterable[Content]) -> list[Content]:
    rows = list(rows)
    return [shown((heading, "bold")), *rows, shown("")] if rows else []


def standing(assessed: AssessedCause, causes: int) -> Content:
    """Return where a cause stands now: rank, band, score and how far the open answers could take it."""
    return shown(
        (f"{BAND_WORDS[assessed.band]}", "bold $cause"),
        f" · rank {assessed.rank} of {causes}, could be {assessed.best_rank}–{assessed.worst_rank}",
        f" · {assessed.score} points, could be {assessed.low} to {assessed.high}",
        (f" · evidence {GRADE_WORDS[assessed.cause.evidence]}", "$quiet"),
    )


def preview(assessed: AssessedCause, pack: Pack, limit: int = 4) -> Content:
    """Return the short form that stands beside the ranking."""
    cause = assessed.cause
    rows: list[Content] = [
        shown((cause.name, "bold $cause")),
        shown(("FROM THE ARTICLE  ", "bold"), cause.article_says),
        shown(("WHAT HELPS  ", "bold"), cause.article_helps) if cause.article_helps else shown(""),
        *reasons(assessed, pack, limit=limit),
        shown(("Enter reads it all.", "$quiet")),
    ]
    return lines(*(row for row in rows if row.plain))


def reasons(
    assessed: AssessedCause, pack: Pack, *, limit: int = 99, clinician: bool = False
) -> list[Content]:
    """Return the lines for, against, missing and open, as rows with their headings."""
    rows: list[Content] = []
    for heading, sign, style, entries in (
        ("FOR", "+", "$success", assessed.for_lines),
        ("AGAINST", "−", "$warning", assessed.against_lines),
        ("MISSING", "✗", "$warning", assessed.needs_missing),
        ("STILL OPEN", "?", "$quiet", assessed.unknown_lines),
    ):
        ordered = sorted(entries, key=lambda entry: -abs(entry.points))
        if not ordered:
            continue
        rows.append(shown((heading, "bold")))
        rows += [
            line_content(sign, e, style, points=True, clinician=clinician, pack=pack) for e in ordered[:limit]
        ]
        if len(ordered) > limit:
            rows.append(shown((f"  and {len(ordered) - limit} more", "$quiet")))
    return rows


def whole(assessed: AssessedCause, pack: Pack, causes: int) -> Content:
    """Return the page about one cause."""
    cause = assessed.cause
    article = pack.sources.get("article")
    cites = [pack.sources[id].cite for id in cause.literature_sources if id in pack.sources]
    evidence_source = pack.sources.get(cause.evidence_source)
    prior_source = pack.sources.get(cause.prior_source)
    rows: list[Content] = [standing(assessed, causes), shown("")]
    rows += _block("FROM THE ARTICLE", [shown(cause.article_says)])
    rows += _block("WHAT HELPS, IN THE ARTICLE", [shown(cause.article_helps)] if cause.article_helps else [])
    rows += _block("WHAT THE CLINIC DOES NEXT", [shown(cause.clinic_next)] if cause.clinic_next else [])
    if article:
        rows += [shown((f"Source: {article.cite}, “{cause.article_section}”.", "$quiet")), shown("")]
    rows += [*reasons(assessed, pack, clinician=True), shown("")]
    start = shown(f"{cause.prior_says}", (f"  {cause.prior:+d} ", "$quiet"))
    rows += _block(
        "WHERE IT STARTS", [start + shown((f"[{prior_source.cite}]" if prior_source else "", "$quiet"))]
    )
    rows += _block(
        "FROM THE LITERATURE",
        [
            shown(cause.literature_says),
            shown((cause.clinician, "$quiet")),
            shown((f"Evidence grade: {GRADE_WORDS[cause.evidence]}. {cause.evidence_says}", "")),
            *(
                shown((f"Source: {cite}", "$quiet"))
                for cite in dict.fromkeys([*cites, *([evidence_source.cite] if evidence_source else [])])
            ),
        ],
    )
    return lines(*rows)
