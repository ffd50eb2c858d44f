"""A session's file back into a session: bounded, strict, and one readable reason for each way it can be
wrong.

Reading needs no pack, so that a file still opens when its pack is long gone. What cannot be trusted but
can be shown (a checksum that fails or is absent) is said in `Session.integrity`; everything else that is
wrong is a `Trouble`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bodymap.common import toml
from bodymap.common.toml import Table
from bodymap.common.trouble import Trouble
from bodymap.engine.findings import Findings, Mark
from bodymap.sessions import sections
from bodymap.sessions.document import SCHEMA, checksum
from bodymap.sessions.fields import Fields
from bodymap.sessions.record import (
    App,
    Integrity,
    PackReference,
    Session,
    Shown,
    ShownAlarm,
    ShownCause,
)
from bodymap.sessions.sections import values

Reads = Callable[[bytes, str], Session]
"""What makes a session of the bytes of a file and the name that errors carry. Raises `Trouble` alone."""


def read_session(
    path: Path, *, directory: int | None = None, where: str = "", reads: Reads | None = None
) -> Session:
    """Read the session file `path`, whose name must be its id. Raises `Trouble`, nothing else.

    `directory`, when given, is an open directory descriptor that `path` is relative to; `where` is the
    name errors carry, `path` when empty; `reads` does what `session_of` does where many are read.
    """
    where = where or str(path)
    content = toml.read_bytes(path, toml.SESSION_BYTES, directory=directory, where=where)
    session = (reads or session_of)(content, where)
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
    said = sections.SHA256(top.inner("integrity", ("sha256",)), "sha256")
    return "ok" if said == checksum(table) else "failed"


def _session(top: Fields) -> Session:
    top.only(("schema", *sections.TOP, "findings", "assessment", "app", "pack", "integrity"))
    unfinished = sections.TOP["state"](top, "state") == "unfinished"
    if unfinished and "finished" in top.table:
        raise top.trouble(
            "finished", "An unfinished session has no end.", "Remove the line, or mend “state”."
        )
    if not unfinished and "assessment" not in top.table:
        raise top.trouble("assessment", "The table is missing.", "A finished session keeps what was shown.")
    app = top.inner("app", tuple(sections.APP))
    pack = top.inner("pack", tuple(sections.PACK))
    findings, places, words = _findings(top.inner("findings", ("map_complete", "marks", "answers", "words")))
    return Session(
        **{"finished": None, **values(top, sections.TOP, ("finished",) if unfinished else ())},
        app=App(**values(app, sections.APP)),
        pack=PackReference(**values(pack, sections.PACK)),
        findings=findings,
        places=places,
        words=words,
        shown=_shown(top) if "assessment" in top.table else None,
    )


def _findings(fields: Fields) -> tuple[Findings, tuple[str, ...], Mapping[str, str]]:
    marks: list[Mark] = []
    places: list[str] = []
    for entry in fields.tables("marks", tuple(sections.MARK)):
        said = values(entry, sections.MARK, ("place",))
        places.append(said.pop("place", ""))
        mark = Mark(**said)
        if any(other.place == mark.place for other in marks):
            raise entry.trouble(
                "region", "This place is marked twice.", "Keep one mark for each place and side."
            )
        marks.append(mark)
    answers = {}
    if "answers" in fields.table:
        given = fields.inner("answers")
        answers = {id: sections.answer(given, id) for id in given.table}
    words = {}
    if "words" in fields.table:
        spoken = fields.inner("words", tuple(answers))
        words = {id: spoken.text(id) for id in spoken.table}
    found = Findings(
        tuple(marks), MappingProxyType(answers), sections.FINDINGS["map_complete"](fields, "map_complete")
    )
    return found, tuple(places) if any(places) else (), MappingProxyType(words)


def _shown(top: Fields) -> Shown:
    fields = top.inner("assessment", (*sections.ASSESSMENT, "alarms", "ranking"))
    return Shown(
        alarms=tuple(
            ShownAlarm(**values(entry, sections.ALARM, ("do",)))
            for entry in fields.tables("alarms", tuple(sections.ALARM))
        ),
        ranking=tuple(
            ShownCause(*values(entry, sections.CAUSE).values())
            for entry in fields.tables("ranking", tuple(sections.CAUSE))
        ),
        **values(fields, sections.ASSESSMENT),
    )
