"""A session's file back into a session: bounded, strict, and one readable reason for each way it can be
wrong.

Reading needs no pack, so that a file still opens when its pack is long gone. What cannot be trusted but
can be shown (a checksum that fails or is absent) is said in `Session.integrity`; everything else that is
wrong is a `Trouble`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from bodymap.common import toml
from bodymap.common.toml import Table
from bodymap.common.trouble import Trouble
from bodymap.engine.findings import AnswerValue, Findings, Mark
from bodymap.knowledge.vocabulary import BANDS, GRADES, QUALITIES, SIDES, TIERS
from bodymap.sessions.document import SCHEMA, checksum
from bodymap.sessions.fields import Fields
from bodymap.sessions.ids import CODE, ID
from bodymap.sessions.record import (
    App,
    Integrity,
    PackReference,
    Session,
    Shown,
    ShownAlarm,
    ShownCause,
    State,
)

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_session(path: Path, *, directory: int | None = None, where: str = "") -> Session:
    """Read the session file `path`, whose name must be its id. Raises `Trouble`, nothing else.

    `directory`, when given, is an open directory descriptor that `path` is relative to; `where` is the
    name errors carry, `path` when empty.
    """
    where = where or str(path)
    content = toml.read_bytes(path, toml.SESSION_BYTES, directory=directory, where=where)
    session = session_of(content, where)
    if path.name != f"{session.id}.toml":
        raise Trouble(
            f"The file holds the session {session.id}, which is not its name.",
            where=where,
            remedy=f"It was renamed or copied; its name should be {session.id}.toml.",
        )
    return session


def session_of(content: bytes, where: str) -> Session:
    """Return the session in the bytes of a file; `where` is the name that errors carry. Raises `Trouble`
    alone.
    """
    if not content.strip():
        raise Trouble("The file is empty.", where=where, remedy="Nothing in it can be brought back.")
    try:
        table = toml.parse(content, where)
    except Trouble as trouble:
        raise _cut_off(content, where) if _looks_cut_off(content) else trouble from None
    top = Fields(table, where)
    _check_schema(top)
    if _ends_early(table, content):
        raise _cut_off(content, where)
    session = _session(top)
    return replace(session, integrity=_integrity(top, table))


def _check_schema(top: Fields) -> None:
    schema = top.table.get("schema")
    if isinstance(schema, bool) or not isinstance(schema, int) or "id" not in top.table:
        raise Trouble(
            "This is not a session file of bodymap.",
            where=top.where,
            remedy="A session file starts with “schema = 1” and an id.",
        )
    if schema > SCHEMA:
        raise Trouble(
            f"The file was written by a newer bodymap (schema {schema}; this one reads {SCHEMA}).",
            where=top.where,
            remedy="Open it with a newer bodymap; this one leaves it as it is.",
        )
    if schema != SCHEMA:
        raise top.trouble("schema", f"There is no schema {schema}.", f"This bodymap reads schema {SCHEMA}.")


def _looks_cut_off(content: bytes) -> bool:
    return content.lstrip().startswith(b"schema") and (
        not content.endswith(b"\n") or re.search(rb"^\[integrity\]", content, re.MULTILINE) is None
    )


def _ends_early(table: Table, content: bytes) -> bool:
    """Return whether a file that is good TOML lacks its end: a cut between two lines leaves no other trace.

    Without its checksum alone it may also have been changed by hand; that is for `Session.integrity` to say.
    """
    if "integrity" in table:
        return table["integrity"] == {} and content.rstrip().endswith(b"[integrity]")
    pack = table.get("pack")
    return not (isinstance(pack, dict) and "sha256" in pack)  # the last line before the checksum


def _cut_off(content: bytes, where: str) -> Trouble:
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    return Trouble(
        f"The file is cut off after line {lines}.",
        where=where,
        remedy="What is left can be read with any text viewer; the rest is lost.",
    )


def _integrity(top: Fields, table: Table) -> Integrity:
    if "integrity" not in table:
        return "missing"
    said = top.inner("integrity", ("sha256",)).text("sha256", _SHA256, "64 hexadecimal digits")
    return "ok" if said == checksum(table) else "failed"


_TOP = (
    "schema",
    "id",
    "code",
    "started",
    "finished",
    "state",
    "language",
    "findings",
    "assessment",
    "app",
    "pack",
)


def _session(top: Fields) -> Session:
    top.only((*_TOP, "integrity"))
    state: State = (
        "finished" if top.choice("state", ("finished", "unfinished")) == "finished" else "unfinished"
    )
    finished: datetime | None = None
    if state == "finished":
        finished = top.moment("finished")
    elif "finished" in top.table:
        raise top.trouble(
            "finished", "An unfinished session has no end.", "Remove the line, or mend “state”."
        )
    if state == "finished" and "assessment" not in top.table:
        raise top.trouble("assessment", "The table is missing.", "A finished session keeps what was shown.")
    app = top.inner("app", ("name", "version"))
    pack = top.inner("pack", ("id", "version", "sha256"))
    findings, places, words = _findings(top.inner("findings", ("map_complete", "marks", "answers", "words")))
    return Session(
        id=top.text("id", ID, "a UUIDv7 in small letters"),
        code=top.text("code", CODE, "four letters and digits, as in “K7PM”"),
        started=top.moment("started"),
        finished=finished,
        state=state,
        language=top.text("language", _LANGUAGE, "a language such as “en”"),
        app=App(app.text("name"), app.text("version")),
        pack=PackReference(
            pack.text("id", _WORD, "an id such as “rear-pain”"),
            pack.text("version"),
            pack.text("sha256", _SHA256, "64 hexadecimal digits"),
        ),
        findings=findings,
        places=places,
        words=words,
        shown=_shown(top) if "assessment" in top.table else None,
    )


def _findings(fields: Fields) -> tuple[Findings, tuple[str, ...], Mapping[str, str]]:
    marks: list[Mark] = []
    places: list[str] = []
    for entry in fields.tables("marks", ("place", "region", "side", "intensity", "qualities", "worse_with")):
        mark = Mark(
            region=entry.text("region", _WORD, "a region's id"),
            side=entry.choice("side", SIDES),
            intensity=entry.number("intensity", 0, 10),
            qualities=entry.words("qualities", QUALITIES),
            worse_with=entry.words("worse_with"),
        )
        if any(other.place == mark.place for other in marks):
            raise entry.trouble(
                "region", "This place is marked twice.", "Keep one mark for each place and side."
            )
        marks.append(mark)
        places.append(entry.text("place") if "place" in entry.table else "")
    answers = _answers(fields.inner("answers")) if "answers" in fields.table else {}
    words: dict[str, str] = {}
    if "words" in fields.table:
        spoken = fields.inner("words", tuple(answers))
        words = {id: spoken.text(id) for id in spoken.table}
    found = Findings(tuple(marks), MappingProxyType(answers), fields.truth("map_complete"))
    return found, tuple(places) if any(places) else (), MappingProxyType(words)


def _answers(fields: Fields) -> dict[str, AnswerValue]:
    answers: dict[str, AnswerValue] = {}
    for id, value in fields.table.items():
        if not _WORD.fullmatch(id):
            raise fields.trouble(
                id, "This is not the id of a question.", "Ids are small letters, digits and “-”."
            )
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise fields.trouble(
                id, "An answer is a word in quotes or a whole number.", 'Write "yes", "no" or "unsure".'
            )
        answers[id] = value if isinstance(value, int) else fields.text(id, _WORD, "one word such as “yes”")
    return answers


def _shown(top: Fields) -> Shown:
    fields = top.inner("assessment", ("none_fits", "indistinguishable", "alarms", "ranking"))
    alarms = tuple(
        ShownAlarm(
            id=entry.text("id", _WORD, "an alarm's id"),
            tier=entry.choice("tier", TIERS),
            says=entry.text("says"),
            do=entry.text("do") if "do" in entry.table else "",
        )
        for entry in fields.tables("alarms", ("id", "tier", "says", "do"))
    )
    return Shown(
        alarms=alarms,
        ranking=tuple(_cause(entry) for entry in fields.tables("ranking", _CAUSE)),
        none_fits=fields.truth("none_fits"),
        indistinguishable=fields.groups("indistinguishable"),
    )


_CAUSE = (
    *("id", "name", "rank", "band", "evidence", "score", "score_range", "rank_range"),
    *("for", "against", "unknown", "needs_missing"),
)


def _cause(fields: Fields) -> ShownCause:
    return ShownCause(
        id=fields.text("id", _WORD, "a cause's id"),
        name=fields.text("name"),
        rank=fields.number("rank", 1, 10_000),
        band=fields.choice("band", BANDS),
        evidence=fields.choice("evidence", GRADES),
        score=fields.number("score"),
        score_range=fields.pair("score_range"),
        rank_range=fields.pair("rank_range"),
        for_lines=fields.words("for"),
        against=fields.words("against"),
        unknown=fields.words("unknown"),
        needs_missing=fields.words("needs_missing"),
    )
