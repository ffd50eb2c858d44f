"""A saved session for people, as a page of plain text, and for programs, as JSON. Shows what was shown,
adds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from bodymap.common.text import clean, is_clean
from bodymap.common.wording import BAND_WORDS, GRADE_WORDS, TIER_WORDS
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.pack import Pack
from bodymap.report.said import not_asked, said_marks
from bodymap.report.wording import WIDTH, folded
from bodymap.sessions.document import table_of
from bodymap.sessions.record import Session, Shown, ShownCause
from bodymap.sessions.truth import in_language_of, place_words

PackOf = Callable[[Session], Pack | None]
"""Returns the pack that a session was assessed with, None where it is not at hand."""
INTEGRITY_WORDS = {
    "ok": "The checksum matches: the file is as it was saved.",
    "failed": "THE CHECKSUM DOES NOT MATCH: the file was changed after it was saved.",
    "missing": "THE CHECKSUM IS MISSING: whether the file was changed cannot be told.",
}

MAP_WORDS = {
    True: "Everything that hurts was marked.",
    False: "The map was not declared complete: a place that is not marked is unknown.",
}


def session_json(session: Session) -> str:
    """Return everything the session's file holds as one JSON object in the file's order, and the
    checksum's verdict.

    Times are texts in RFC 3339. `integrity.sha256` is that of the file's content, `integrity.verdict` is
    `ok`, `failed` or `missing`. Where the words kept for a mark's place are not those of its ids, `place` holds
    the words of the ids, `place_differs` is true and `place_kept` holds the words of the file.
    """
    return json.dumps(_json_table(session, load_anatomy()), ensure_ascii=False, indent=2) + "\n"


def sessions_json(sessions: Iterable[Session]) -> Iterator[str]:
    """Yield many sessions in parts that make one JSON object: `schema`, and `sessions`, each on a line of its own."""
    anatomy = load_anatomy()
    yield '{"schema": 1, "sessions": ['
    before = "\n"
    for session in sessions:
        table = _json_table(session, anatomy)
        yield before + json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        before = ",\n"
    yield "\n]}\n"


def sessions_text(sessions: Iterable[Session], pack_of: PackOf) -> Iterator[str]:
    """Yield the page of each session, parted by two empty lines."""
    between = ""
    for session in sessions:
        yield between + session_text(session, pack_of(session))
        between = "\n\n"


def _json_table(session: Session, anatomy: Anatomy) -> dict[str, Any]:
    table = table_of(session)
    for key in ("started", "finished"):
        if key in table:
            table[key] = table[key].isoformat()
    table["integrity"]["verdict"] = session.integrity
    kept = in_language_of(session, anatomy)
    for mark, entry in zip(session.findings.marks, table["findings"].get("marks", ()), strict=True):
        words = place_words(mark, kept)
        if entry.get("place", words) != words:
            entry |= {"place": words, "place_differs": True, "place_kept": entry["place"]}
    cleaned: dict[str, Any] = _cleaned(table)
    return cleaned


def _cleaned(value: Any) -> Any:
    """Return plain values with every text cleaned: a session from a file is clean already, one made here may not be."""
    if isinstance(value, str):
        return value if is_clean(value) and "\n" not in value else clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def session_text(session: Session, pack: Pack | None = None) -> str:
    """Return the page: what was said, what was shown for it, what was not asked, how far the file can be
    trusted.

    `pack` is the one the session was assessed with, None where that is not at hand: then reasons are
    shown by their ids, and what was not asked cannot be listed.
    """
    lines = _head(session)
    lines += _said(session, pack)
    if session.shown is None:
        lines += ["", *_title("Which causes fit"), "Nothing had been assessed yet."]
    else:
        lines += _alarms(session.shown, pack)
        lines += _ranking(session.shown, pack)
    lines += _not_asked(session, pack)
    lines += _file(session)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(text: str) -> list[str]:
    return [text.upper(), "-" * WIDTH]


def _head(session: Session) -> list[str]:
    title = f"BODYMAP SESSION {session.code}"
    lines = ["=" * WIDTH, f"{title}{session.state:>{WIDTH - len(title)}}", "=" * WIDTH]
    lines += folded(f"Started {moment_words(session.started)}.")
    if session.finished is None:
        lines += folded("This session was not finished.")
    else:
        lines += folded(f"Finished {moment_words(session.finished)}.")
    lines += folded(
        "What follows is what was said and what the program showed for it. It is not a diagnosis."
    )
    if session.integrity != "ok":
        lines += ["", *folded(INTEGRITY_WORDS[session.integrity], "!! ", "!! ")]
    return lines


def _said(session: Session, pack: Pack | None) -> list[str]:
    findings = session.findings
    lines = ["", *_title("What was said")]
    anatomy = load_anatomy()
    for said in said_marks(session, pack, anatomy):
        lines += folded(f"{said.place}: {', '.join([said.strength, *said.more])}", "  ", "      ")
        if said.differs:
            lines += folded(
                "The words kept for this place differ; these are the words of its ids.", "   !! ", "      "
            )
    if not findings.marks:
        lines.append("  No place was marked.")
    lines += folded(MAP_WORDS[findings.map_complete], "  ")
    for id, value in findings.answers.items():
        lines += folded(session.words.get(id, f"{id}: {value}"), "  - ", "    ")
    if not findings.answers:
        lines.append("  No question was answered.")
    return lines


def _alarms(shown: Shown, pack: Pack | None) -> list[str]:
    titles = {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}
    if not shown.alarms:
        return ["", "No alarm was shown."]
    lines: list[str] = []
    for alarm in shown.alarms:
        lines += ["", *folded(f"{TIER_WORDS[alarm.tier]}: {titles.get(alarm.id, alarm.id)}", "!! ", "!! ")]
        lines += folded(alarm.says, "!! ", "!! ")
        if alarm.do:
            lines += folded(f"Do: {alarm.do}", "!! ", "!! ")
    return lines


def _ranking(shown: Shown, pack: Pack | None) -> list[str]:
    says = {line.id: line.says for cause in pack.causes for line in cause.lines} if pack else {}
    lines = ["", *_title("Which causes fit, as shown")]
    for cause in shown.ranking:
        lines += _cause(cause, says)
    if shown.none_fits:
        lines.append("None of the causes fitted well enough.")
    names = {cause.id: cause.name for cause in shown.ranking}
    for group in shown.indistinguishable:
        lines += folded(f"Could not be told apart: {'; '.join(names.get(id, id) for id in group)}.")
    return lines


def _cause(cause: ShownCause, says: dict[str, str]) -> list[str]:
    lines = folded(f"{cause.name}: {BAND_WORDS[cause.band]}", f"{cause.rank:>3} ", "    ")
    low, high = cause.score_range
    best, worst = cause.rank_range
    ranks = f"rank {best}" if best == worst else f"rank {best} to {worst}"
    lines += folded(
        f"{cause.score} points ({low} to {high}), {ranks}, evidence {GRADE_WORDS[cause.evidence]}", "    "
    )
    for title, ids in (
        ("Needed, and absent", cause.needs_missing),
        ("For", cause.for_lines),
        ("Against", cause.against),
    ):
        for id in ids:
            lines += folded(f"{title}: {says.get(id, id)}", "      ", "        ")
    if cause.unknown:
        count = len(cause.unknown)
        lines += folded(
            f"Not known: {count} thing{'' if count == 1 else 's'} that could count.", "      ", "        "
        )
    return lines


def _not_asked(session: Session, pack: Pack | None) -> list[str]:
    lines = ["", *_title("Not asked")]
    if pack is None:
        return lines + folded("The pack of this session is not at hand, so this cannot be listed.", "  ")
    answers = session.findings.answers
    unsure = [question.short for id, question in pack.questions.items() if answers.get(id) == "unsure"]
    missing = not_asked(session, pack)
    for title, shorts in missing:
        lines += folded(f"{title}: {_listed(shorts)}.", "  ", "      ")
    if not missing:
        lines += folded("Every question was answered.", "  ")
    if unsure:
        lines += folded(f"Answered “not sure”: {_listed(unsure)}.", "  ", "      ")
    return lines


def _file(session: Session) -> list[str]:
    reference = session.pack
    return [
        "",
        *_title("This file"),
        *folded(f"Session  {session.id}", "  "),
        *folded(f"Pack     {reference.id} {reference.version}", "  "),
        *folded(f"         {reference.sha256}", "  ", "  "),
        *folded(f"Program  {session.app.name} {session.app.version}, language {session.language}", "  "),
        *folded(INTEGRITY_WORDS[session.integrity], "  "),
    ]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def moment_words(moment: datetime) -> str:
    """Return a moment in words with its offset; month names do not depend on the locale."""
    offset = moment.isoformat()[19:]
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} (UTC{offset})"
