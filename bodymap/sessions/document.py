"""A session as the text of its file: one order of tables for a reader with `less`, one checksum over the
content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import tomli_w

from bodymap.common.quick_json import canonical
from bodymap.common.toml import SESSION_BYTES, Table
from bodymap.common.trouble import Exit, Trouble
from bodymap.engine.findings import Mark
from bodymap.sessions.record import Session, Shown, ShownCause

SCHEMA = 1


def table_of(session: Session) -> Table:
    """Return the content of a session's file as plain tables in their order, `integrity` included."""
    table: Table = {
        "schema": SCHEMA,
        "id": session.id,
        "code": session.code,
        "started": session.started,
        **({"finished": session.finished} if session.finished is not None else {}),
        "state": session.state,
        "language": session.language,
        "findings": _findings(session),
        **({"assessment": _assessment(session.shown)} if session.shown is not None else {}),
        "app": {"name": session.app.name, "version": session.app.version},
        "pack": {
            "id": session.pack.id,
            "version": session.pack.version,
            "sha256": session.pack.sha256,
        },
    }
    table["integrity"] = {"sha256": checksum(table)}
    return table


def checksum(table: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hex, over the canonical content of a session's tables without `integrity`.

    Canonical: JSON, keys sorted, no white space, UTF-8, times in ISO 8601. How the TOML is laid out does
    not matter.
    """
    content = {key: value for key, value in table.items() if key != "integrity"}
    return sha256(canonical(content)).hexdigest()


def content_of(session: Session) -> bytes:
    """Return the bytes of a session's file; the same session gives the same bytes. Raises `Trouble`.

    Where they would be more than may be read back, the words read back to the person are left out: the
    ids say the same.
    """
    content = toml_text(table_of(session)).encode("utf-8")
    if len(content) > SESSION_BYTES:
        content = toml_text(table_of(replace(session, words={}, places=()))).encode("utf-8")
    if len(content) > SESSION_BYTES:
        raise Trouble(
            f"The session would fill {len(content):,} bytes; at most {SESSION_BYTES:,} are kept in one file.",
            remedy="Remove marks that say the same.",
            exit=Exit.FILE_FAILED,
        )
    return content


def _findings(session: Session) -> Table:
    findings = session.findings
    places = session.places or ("",) * len(findings.marks)
    table: Table = {"map_complete": findings.map_complete}
    if findings.marks:
        table["marks"] = [_mark(mark, words) for mark, words in zip(findings.marks, places, strict=True)]
    if findings.answers:
        table["answers"] = dict(findings.answers)
    if session.words:
        table["words"] = dict(session.words)
    return table


def _mark(mark: Mark, place: str) -> Table:
    return {
        **({"place": place} if place else {}),
        "region": mark.region,
        "side": mark.side,
        "intensity": mark.intensity,
        **({"qualities": list(mark.qualities)} if mark.qualities else {}),
        **({"worse_with": list(mark.worse_with)} if mark.worse_with else {}),
    }


def _assessment(shown: Shown) -> Table:
    table: Table = {
        "none_fits": shown.none_fits,
        "indistinguishable": [list(group) for group in shown.indistinguishable],
    }
    if shown.alarms:
        table["alarms"] = [
            {
                "id": alarm.id,
                "tier": alarm.tier,
                "says": alarm.says,
                **({"do": alarm.do} if alarm.do else {}),
            }
            for alarm in shown.alarms
        ]
    if shown.ranking:
        table["ranking"] = [_cause(cause) for cause in shown.ranking]
    return table


def _cause(cause: ShownCause) -> Table:
    return {
        "id": cause.id,
        "name": cause.name,
        "rank": cause.rank,
        "band": cause.band,
        "evidence": cause.evidence,
        "score": cause.score,
        "score_range": list(cause.score_range),
        "rank_range": list(cause.rank_range),
        "for": list(cause.for_lines),
        "against": list(cause.against),
        "unknown": list(cause.unknown),
        "needs_missing": list(cause.needs_missing),
    }


def toml_text(table: Table) -> str:
    """Return a table of ours as TOML, laid out to be read: one heading a table, short lists on one line."""
    parts: list[str] = []
    _write(parts, "", "", table)
    return "\n".join(parts)


def _write(parts: list[str], name: str, heading: str, table: Table) -> None:
    """Append a table, its own values first. Headings are ours, so that a list of tables never becomes one long line."""
    values = {key: value for key, value in table.items() if not _is_table(value)}
    if values:
        body = _laid_out(tomli_w.dumps(values))
        parts.append(f"{heading}\n{body}" if heading else body)
    for key, value in table.items():
        inner = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            _write(parts, inner, f"[{inner}]", value)
        elif _is_table(value):
            for entry in value:
                _write(parts, inner, f"[[{inner}]]", entry)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


_WIDTH = 100
_SPREAD = re.compile(r"^(\S+ = )\[\n(.*?)^\]$", re.MULTILINE | re.DOTALL)
_MOMENT = re.compile(r"^([a-z]+ = [0-9]{4}-[0-9]{2}-[0-9]{2}) (?=[0-9])", re.MULTILINE)


def _laid_out(text: str) -> str:
    """Put short lists, which tomli-w spreads over one line an item, on one line, and the “T” of RFC 3339 into times.

    Safe line by line: no text of ours spans lines, so what starts a line is a key, an item, or the end of a list.
    """
    return _MOMENT.sub(r"\1T", _SPREAD.sub(_narrowed, text))


def _narrowed(spread: re.Match[str]) -> str:
    joined = spread[1] + "["
    for item in (line.strip() for line in spread[2].removesuffix("\n").split("\n")):
        joined = joined.removesuffix(", ") + item if item.startswith("]") else joined + item
        joined += " " if item.endswith(",") else ""
    joined = joined.removesuffix(", ") + "]"
    return joined if len(joined) <= _WIDTH else spread[0]
