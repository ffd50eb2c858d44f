"""Sessions as the rows of one long table: a row for every mark, answer, alarm and cause, each naming its session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from bodymap.common.text import clean
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.report.said import said_marks
from bodymap.sessions.document import table_of
from bodymap.sessions.record import Session, Shown

Cell = str | int | None


class Row(NamedTuple):
    """One row. What a column means for each `kind` stands in docs/carrying-away.md; None is an empty cell.

    `kind` is `map`, `mark`, `answer`, `alarm`, `cause`, `result` or `tie`. Lists of ids are parted by blanks.
    """

    session: str
    code: str
    started: str
    finished: str | None
    state: str
    language: str
    program: str
    program_version: str
    pack: str
    pack_version: str
    pack_sha256: str
    session_sha256: str
    integrity: str
    kind: str
    position: int
    id: str
    side: str | None = None
    value: str | None = None
    number: int | None = None
    words: str | None = None
    qualities: str | None = None
    worse_with: str | None = None
    tier: str | None = None
    band: str | None = None
    evidence: str | None = None
    rank: int | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    score_low: int | None = None
    score_high: int | None = None
    lines_for: str | None = None
    lines_against: str | None = None
    lines_unknown: str | None = None
    needs_missing: str | None = None


NUMBERS = frozenset(("position", "number", "rank", "rank_best", "rank_worst", "score_low", "score_high"))
"""The columns that hold whole numbers; all others hold text."""
_LIMIT = 2000


def rows_of(sessions: Iterable[Session]) -> Iterator[Row]:
    """Yield the rows of each session in turn: map, marks, answers, alarms, causes, result, ties."""
    anatomy = load_anatomy()
    for session in sessions:
        yield from _rows(session, anatomy)


def _rows(session: Session, anatomy: Anatomy) -> Iterator[Row]:
    row = partial(
        Row,
        session.id,
        session.code,
        session.started.isoformat(),
        session.finished.isoformat() if session.finished is not None else None,
        session.state,
        session.language,
        _text(session.app.name),
        _text(session.app.version),
        session.pack.id,
        _text(session.pack.version),
        session.pack.sha256,
        table_of(session)["integrity"]["sha256"],
        session.integrity,
    )
    findings = session.findings
    yield row("map", 1, "map-complete", value=_yes(findings.map_complete))
    for position, said in enumerate(said_marks(session, None, anatomy), start=1):
        mark = said.mark
        yield row(
            "mark",
            position,
            mark.region,
            side=mark.side,
            number=mark.intensity,
            words=_text(said.place),
            qualities=_listed(mark.qualities),
            worse_with=_listed(mark.worse_with),
        )
    for position, (id, value) in enumerate(findings.answers.items(), start=1):
        words = _text(session.words[id]) if id in session.words else None
        number = value if isinstance(value, int) else None
        yield row(
            "answer",
            position,
            id,
            value=None if number is not None else str(value),
            number=number,
            words=words,
        )
    if session.shown is not None:
        yield from _shown(row, session.shown)


def _shown(row: Callable[..., Row], shown: Shown) -> Iterator[Row]:
    for position, alarm in enumerate(shown.alarms, start=1):
        words = _text(f"{alarm.says} {alarm.do}".strip())
        yield row("alarm", position, alarm.id, tier=alarm.tier, words=words)
    for position, cause in enumerate(shown.ranking, start=1):
        yield row(
            "cause",
            position,
            cause.id,
            number=cause.score,
            words=_text(cause.name),
            band=cause.band,
            evidence=cause.evidence,
            rank=cause.rank,
            rank_best=cause.rank_range[0],
            rank_worst=cause.rank_range[1],
            score_low=cause.score_range[0],
            score_high=cause.score_range[1],
            lines_for=_listed(cause.for_lines),
            lines_against=_listed(cause.against),
            lines_unknown=_listed(cause.unknown),
            needs_missing=_listed(cause.needs_missing),
        )
    yield row("result", 1, "none-fits", value=_yes(shown.none_fits))
    for position, group in enumerate(shown.indistinguishable, start=1):
        yield row("tie", position, "indistinguishable", value=_listed(group))


def _text(text: str) -> str:
    return clean(text, limit=_LIMIT)


def _listed(ids: tuple[str, ...]) -> str | None:
    return " ".join(ids) or None


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
