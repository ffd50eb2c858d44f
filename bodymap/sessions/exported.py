"""Sessions out of exported JSON: one, several on lines of their own, a list, or the object that an export writes.

Read piece by piece, so that a file of any length needs no more memory than one session. Each session goes through
the file it would be: what a session's file may not hold is refused here by the same reader.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from bodymap.common.toml import Table
from bodymap.common.trouble import Trouble
from bodymap.sessions.document import content_of, toml_text
from bodymap.sessions.reader import session_of
from bodymap.sessions.record import Session

MOST = 1024 * 1024
"""The most letters that one session can have in JSON: many times what its file may hold."""
_DEEP = 16
_PART = 64 * 1024
_WRAPPER = re.compile(r'\{\s*"schema"\s*:\s*(\d{1,9})\s*,\s*"sessions"\s*:\s*\[')
# A text that is never closed runs to the end, or trying again from each quote would take quadratic time.
STEP = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_KEY = re.compile(r"[A-Za-z0-9_-]{1,200}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
_REMEDY = "Export it again with “bodymap sessions export --format json”."


def sessions_in(file: BinaryIO, where: str) -> Iterator[Session]:
    """Yield the sessions of an export, in its order. `where` is the name errors carry. Raises `Trouble` alone.

    A session that had been changed after it was saved is refused: taken in, it would look like one that had not.
    """
    text = _Text(file, where)
    first = text.first()
    wrapped = _WRAPPER.match(text.ahead(200)) if first == "{" else None
    if wrapped is not None and int(wrapped[1]) != 1:
        raise Trouble(
            f"The export has the schema {wrapped[1]}; this bodymap reads 1.",
            where=where,
            remedy="Import it with a newer bodymap.",
        )
    if not first:
        raise Trouble("There are no sessions in it.", where=where, remedy=_REMEDY)
    ends = "]}" if wrapped is not None else "]" if first == "[" else ""
    if ends:
        text.skip(wrapped.end() if wrapped is not None else 1)
    number = 0
    while (sign := text.first()) and not (ends and sign == "]"):
        if number and ends:
            text.expect(",")
        number += 1
        here = f"{where}, session {number}"
        yield _session(text.value(here), here)
    for sign in ends:
        text.expect(sign)
    if text.first():
        raise Trouble("Something stands after the end of the export.", where=where, remedy=_REMEDY)


class _Text:
    """The text of a file, a part of it at a time."""

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file = file
        self._where = where
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._kept = ""
        self._ended = False

    def ahead(self, count: int) -> str:
        """Return the next letters, fewer at the end of the file, without taking them."""
        while len(self._kept) < count and not self._ended:
            part = self._file.read(_PART)
            self._ended = not part
            try:
                self._kept += self._decode.decode(part, final=self._ended)
            except UnicodeDecodeError:
                raise Trouble("This is not UTF-8 text.", where=self._where, remedy=_REMEDY) from None
        return self._kept

    def skip(self, count: int) -> None:
        """Take so many letters."""
        self._kept = self._kept[count:]

    def first(self) -> str:
        """Return the next letter that is no blank, "" at the end; the blanks before it are taken."""
        while True:
            kept = self.ahead(1).lstrip(" \t\r\n")
            self._kept = kept
            if kept or self._ended:
                return kept[:1]

    def expect(self, sign: str) -> None:
        """Take one letter that must stand here."""
        if self.first() != sign:
            raise Trouble(
                f"The export is cut off, or no “{sign}” stands where one must.",
                where=self._where,
                remedy=_REMEDY,
            )
        self.skip(1)

    def value(self, where: str) -> str:
        """Take one object. Raises `Trouble` where it has no end, is too long or nested too deeply."""
        if self.first() != "{":
            raise Trouble("This is not a session in JSON.", where=where, remedy=_REMEDY)
        wanted = _PART
        while True:
            kept = self.ahead(wanted)
            end = _end_of(kept[: MOST + 1], where)
            if end:
                value, self._kept = kept[:end], kept[end:]
                return value
            if len(kept) > MOST:
                raise Trouble("The session is far too long.", where=where, remedy=_REMEDY)
            if self._ended:
                raise Trouble("The export is cut off.", where=where, remedy=_REMEDY)
            wanted = 2 * len(kept)


def _end_of(text: str, where: str) -> int:
    """Return where the object that `text` starts with ends, 0 where that lies further on."""
    depth = 0
    for found in STEP.finditer(text):
        if found[0] in ("{", "["):
            depth += 1
            if depth > _DEEP:
                raise Trouble("Brackets nested too deeply.", where=where, remedy=_REMEDY)
        elif found[0] in ("}", "]"):
            depth -= 1
            if depth == 0:
                return found.end()
    return 0


def _session(text: str, where: str) -> Session:
    """Return the session that one JSON object holds. Raises `Trouble`."""
    try:
        table = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number)
    except Trouble as trouble:
        raise Trouble(trouble.what, where=where, remedy=trouble.remedy) from None
    except (ValueError, RecursionError):
        raise Trouble("This is not valid JSON.", where=where, remedy=_REMEDY) from None
    verdict = table["integrity"].pop("verdict", "ok") if isinstance(table.get("integrity"), dict) else "ok"
    if verdict != "ok":
        raise Trouble(
            "It was changed after it was saved, or nobody can tell: its checksum did not match when it was exported.",
            where=where,
            remedy="Take it from another copy.",
        )
    _as_in_the_file(table, where)
    try:
        content = toml_text(table).encode("utf-8")
    except (AttributeError, TypeError, ValueError):  # lists of this and that, half letters
        raise Trouble("This is not a session in JSON.", where=where, remedy=_REMEDY) from None
    session = session_of(content, where)
    if session.integrity != "ok":
        raise Trouble(
            "The checksum of the session is not that of its content, or is missing.",
            where=where,
            remedy="It was changed after it was exported; export it again.",
        )
    content_of(session)
    return session


def _once(pairs: list[tuple[str, Any]]) -> Table:
    table: Table = {}
    for key, value in pairs:
        if not _KEY.fullmatch(key):
            raise Trouble("A key holds something other than letters, digits, “-” and “_”.", remedy=_REMEDY)
        if key in table:
            raise Trouble(f"The key “{key}” stands twice.", remedy=_REMEDY)
        if value is None:
            raise Trouble(f"There is nothing (null) at “{key}”.", remedy=_REMEDY)
        table[key] = value
    return table


def _no_number(text: str) -> float:
    raise Trouble(f"“{text[:20]}” is not a whole number.", remedy=_REMEDY)


def _as_in_the_file(table: Table, where: str) -> None:
    """Turn what JSON writes in another way back into what stands in the file."""
    for key in ("started", "finished"):
        written = table.get(key)
        if isinstance(written, str):
            table[key] = _moment(written, f"{where}, {key}")
    findings = table.get("findings")
    marks = findings.get("marks") if isinstance(findings, dict) else None
    for mark in marks if isinstance(marks, list) else ():
        if isinstance(mark, dict) and mark.pop("place_differs", False) is True and "place_kept" in mark:
            mark["place"] = mark.pop("place_kept")


def _moment(written: str, where: str) -> datetime:
    try:
        if _MOMENT.fullmatch(written):
            return datetime.fromisoformat(written)
    except ValueError:
        pass
    raise Trouble(
        "This is not a date and time with its offset.",
        where=where,
        remedy="Write it as in 2026-01-31T09:30:00+01:00.",
    )
