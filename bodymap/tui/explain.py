"""An assessed cause in words for the screen: the article's voice and the literature's, kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.report.wording import Cites, answer_words
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from bodymap.engine import AssessedCause, AssessedLine, Contrast
    from bodymap.knowledge.pack import Pack


def _line(sign: str, assessed: AssessedLine, style: str, cites: Cites | None) -> Content:
    """Return one evidence line: sign, sentence, points; with `cites` the clinician's words and the source."""
    content = shown((f"{sign} ", f"bold {style}"), assessed.line.says, (f"  {assessed.points:+d}", "$quiet"))
    if cites is None:
        return content
    ratio = f", ratio {assessed.line.ratio}" if assessed.line.ratio else ""
    return content + shown(
        (f"  {assessed.line.clinician}{ratio} {cites(assessed.line.source)}", "$quiet italic")
    )


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


def beforehand(pack: Pack) -> Content:
    """Return what the article says of such pain as a whole, as far as the pack has it."""
    told = [text for text, _ in pack.facts_of("article")]
    return shown(("FROM THE ARTICLE  ", "bold"), (" ".join(told), "$quiet")) if told else shown("")


def preview(assessed: AssessedCause, pack: Pack, limit: int = 4) -> Content:
    """Return the short form that stands beside the ranking."""
    cause = assessed.cause
    rows: list[Content] = [
        shown((cause.name, "bold $cause"), ("  Enter reads it all", "$quiet")),
        shown(("FROM THE ARTICLE  ", "bold"), cause.article_says),
        shown(("WHAT HELPS  ", "bold"), cause.article_helps) if cause.article_helps else shown(""),
        *reasons(assessed, pack, limit=limit),
    ]
    return lines(*(row for row in rows if row.plain))


def reasons(
    assessed: AssessedCause, pack: Pack, *, limit: int = 99, cites: Cites | None = None
) -> list[Content]:
    """Return the lines for, against, missing and open, the weightiest first, under their headings."""
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
        rows += [_line(sign, entry, style, cites) for entry in ordered[:limit]]
        if len(ordered) > limit:
            rows.append(shown((f"  and {len(ordered) - limit} more", "$quiet")))
    return rows


def swap(contrast: Contrast, pack: Pack) -> list[Content]:
    """Return what would put the lower of two causes ahead of the other, as rows."""
    rows = [shown(("To put ", ""), (pack.cause(contrast.lower).name, "bold"), " ahead:")]
    if contrast.changes is None:
        return [*rows, shown(f"  {contrast.reason}")]
    for change in contrast.changes:
        new, old = (
            answer_words(change.question, value) if value is not None else ""
            for value in (change.new, change.old)
        )
        rows.append(
            shown(("  → ", "bold"), new, (f"  (now: {old})" if old else "  (not answered yet)", "$quiet"))
        )
    return rows


def whole(assessed: AssessedCause, pack: Pack, causes: int, rival: Contrast | None) -> Content:
    """Return the page about one cause; `rival` contrasts it with the leader, or the leader with the second."""
    cause = assessed.cause
    cites = Cites(pack)
    article = next((source.id for source in pack.sources.values() if source.voice == "article"), "")
    said = shown(cause.article_says, (f"  “{cause.article_section}” {cites(article)}", "$quiet"))
    rows: list[Content] = [standing(assessed, causes), shown("")]
    rows += _block("FROM THE ARTICLE", [said])
    rows += _block("WHAT HELPS, IN THE ARTICLE", [shown(cause.article_helps)] if cause.article_helps else [])
    rows += _block("WHAT THE CLINIC DOES NEXT", [shown(cause.clinic_next)] if cause.clinic_next else [])
    rows += [*reasons(assessed, pack, cites=cites), shown("")]
    rows += _block("WHAT WOULD CHANGE IT", swap(rival, pack) if rival else [])
    if cause.prior:
        start = (f"  {cause.prior:+d} before anything is said {cites(cause.prior_source)}", "$quiet")
        rows += _block("WHERE IT STARTS", [shown(cause.prior_says, start)])
    literature = " ".join(cites(source) for source in cause.literature_sources)
    grade = f"Evidence grade: {GRADE_WORDS[cause.evidence]}. {cause.evidence_says} "
    rows += _block(
        "FROM THE LITERATURE",
        [
            shown(cause.literature_says, (f" {literature}", "$quiet")),
            shown((cause.clinician, "$quiet italic")),
            shown(grade, (cites(cause.evidence_source), "$quiet")),
        ],
    )
    studies = [shown(text, (f" {cites(source)}", "$quiet")) for text, source in pack.facts_of("literature")]
    rows += _block("SUCH PAIN IN GENERAL, IN STUDIES", studies)
    rows += _block(
        "CALLING THE CLINIC", [shown(call)] if (call := pack.facts.get("call-the-clinic", "")) else []
    )
    rows += _block("SOURCES", [shown((line, "$quiet")) for line in cites.named()])
    return lines(*rows)
