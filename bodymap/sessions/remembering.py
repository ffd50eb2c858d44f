"""Many sessions' files, read the sooner the more were read before: most of what is said in them is said in few lines.

What goes across lines is looked at in every file: which tables and keys there are, that none stands twice, what
belongs together. Whatever is unlike what we write is left to the reader of one file, so that what this returns is what
that one returns (tests hold them against each other), and so is what it raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from bodymap.common.trouble import Trouble
from bodymap.engine.findings import Findings, Mark
from bodymap.sessions import sections
from bodymap.sessions.document import SCHEMA
from bodymap.sessions.fields import Fields
from bodymap.sessions.known_lines import (
    KnownLines,
    Purse,
    Tables,
    Unusual,
    list_of,
    object_of,
    tables_of,
    value_of,
)
from bodymap.sessions.reader import session_of
from bodymap.sessions.record import App, PackReference, Session, Shown, ShownAlarm, ShownCause

_FINDINGS, _ANSWERS, _WORDS, _ASSESSMENT = "findings]", "findings.answers]", "findings.words]", "assessment]"
_MARKS, _ALARMS, _RANKING = "[findings.marks]]", "[assessment.alarms]]", "[assessment.ranking]]"
_APP, _PACK, _INTEGRITY = "app]", "pack]", "integrity]"
_HEADINGS = (
    *(_FINDINGS, _MARKS, _ANSWERS, _WORDS),
    *(_ASSESSMENT, _ALARMS, _RANKING),
    *(_APP, _PACK, _INTEGRITY),
)
_ORDER = {heading: place for place, heading in enumerate(_HEADINGS)}
_cause = itemgetter(*sections.CAUSE)


class Remembering:
    """Reads sessions as `reader.session_of` does.

    It keeps no line by which a person could be told: not the id, the code, the times, nor the checksum.
    """

    def __init__(self, purse: Purse | None = None) -> None:
        self._purse = purse or Purse()
        rules = {
            "": {key: sections.TOP[key] for key in ("state", "language")},
            _FINDINGS: sections.FINDINGS,
            _MARKS: sections.MARK,
            _ASSESSMENT: sections.ASSESSMENT,
            _ALARMS: sections.ALARM,
            _RANKING: sections.CAUSE,
            _APP: sections.APP,
            _PACK: sections.PACK,
        }
        self.known = {heading: KnownLines(given.__getitem__, self._purse) for heading, given in rules.items()}
        """What was learnt, by heading."""
        self.known[_ANSWERS] = KnownLines(lambda _: sections.answer, self._purse)
        self.known[_WORDS] = KnownLines(lambda _: Fields.text, self._purse)

    def session_of(self, content: bytes, where: str) -> Session:
        """Return the session in the bytes of a file; `where` is the name that errors carry. Raises `Trouble` alone."""
        self._purse.next_file()
        try:
            return self._session(*tables_of(content, _ORDER))
        except (Unusual, Trouble, KeyError, ValueError):
            return session_of(content, where)

    def _session(self, top: Sequence[str], tables: Tables) -> Session:
        said, parts = self._head(top)
        findings, places, words = self._findings(tables, parts)
        shown = self._shown(tables, parts) if _ASSESSMENT in tables else None
        if shown is None and said["state"] == "finished":
            raise Unusual
        app, app_parts = self._only(tables, _APP)
        pack, pack_parts = self._only(tables, _PACK)
        parts += [f'"app":{object_of(app_parts)}', f'"pack":{object_of(pack_parts)}']
        ((line,),) = tables[_INTEGRITY]
        sealed = value_of(line, "sha256", sections.SHA256)
        return Session(
            **said,
            app=App(app["name"], app["version"]),
            pack=PackReference(pack["id"], pack["version"], pack["sha256"]),
            findings=findings,
            places=places,
            words=words,
            shown=shown,
            integrity="ok" if sealed == sha256(object_of(parts).encode()).hexdigest() else "failed",
        )

    def _head(self, lines: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """Return what stands before the first table; all but the last two lines stand in one file alone."""
        schema, *own = lines[:-2]
        if schema != f"schema = {SCHEMA}":
            raise Unusual
        said, parts = self.known[""].table(lines[-2:])
        keys = (
            ("id", "code", "started", "finished")
            if said["state"] == "finished"
            else ("id", "code", "started")
        )
        for line, key in zip(own, keys, strict=True):
            value = said[key] = value_of(line, key, sections.TOP[key])
            parts.append(f'"{key}":"{value if isinstance(value, str) else value.isoformat()}"')
        parts.append(f'"schema":{SCHEMA}')
        return {"finished": None, **said}, parts

    def _only(self, tables: Tables, heading: str) -> tuple[dict[str, Any], list[str]]:
        (lines,) = tables[heading]
        return self.known[heading].table(lines)

    def _each(self, tables: Tables, heading: str, key: str, parts: list[str]) -> list[dict[str, Any]]:
        """Return the tables listed under a heading, and put the list under `key` into the parts of the one above."""
        if heading not in tables:
            return []
        read = [self.known[heading].table(lines) for lines in tables[heading]]
        parts.append(f'"{key}":{list_of([object_of(inner) for _, inner in read])}')
        return [said for said, _ in read]

    def _findings(
        self, tables: Tables, above: list[str]
    ) -> tuple[Findings, tuple[str, ...], Mapping[str, str]]:
        said, parts = self._only(tables, _FINDINGS)
        marks = self._each(tables, _MARKS, "marks", parts)
        if len({(mark["region"], mark["side"]) for mark in marks}) < len(marks):
            raise Unusual  # a place is marked twice
        places = tuple([mark.get("place", "") for mark in marks])
        answers: dict[str, Any] = {}
        words: dict[str, str] = {}
        if _ANSWERS in tables:
            answers, inner = self._only(tables, _ANSWERS)
            parts.append(f'"answers":{object_of(inner)}')
        if _WORDS in tables:
            words, inner = self._only(tables, _WORDS)
            parts.append(f'"words":{object_of(inner)}')
        if not words.keys() <= answers.keys():
            raise Unusual
        above.append(f'"findings":{object_of(parts)}')
        found = [
            Mark(
                mark["region"],
                mark["side"],
                mark["intensity"],
                mark.get("qualities", ()),
                mark.get("worse_with", ()),
            )
            for mark in marks
        ]
        return (
            Findings(tuple(found), MappingProxyType(answers), said["map_complete"]),
            places if any(places) else (),
            MappingProxyType(words),
        )

    def _shown(self, tables: Tables, above: list[str]) -> Shown:
        said, parts = self._only(tables, _ASSESSMENT)
        alarms = self._each(tables, _ALARMS, "alarms", parts)
        ranking = self._each(tables, _RANKING, "ranking", parts)
        above.append(f'"assessment":{object_of(parts)}')
        return Shown(
            alarms=tuple(
                [
                    ShownAlarm(alarm["id"], alarm["tier"], alarm["says"], alarm.get("do", ""))
                    for alarm in alarms
                ]
            ),
            ranking=tuple([ShownCause(*_cause(cause)) for cause in ranking]),
            none_fits=said["none_fits"],
            indistinguishable=said["indistinguishable"],
        )
