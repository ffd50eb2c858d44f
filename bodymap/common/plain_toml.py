"""TOML as our own files are laid out, read fifteen times as fast as by the parser; anything else is left to it.

A file whose every line has one of the few forms that the writer gives needs no parser: its lines are taken apart by
one expression and what stands in square brackets is JSON too. Whatever this returns is what the parser returns (a
test holds them against each other); what it does not know it does not guess.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bodymap.common.quick_json import loads

_TEXT = r'"[^"\\\x00-\x1f\x7f]*+"'
_NUMBER = r"(?:0|-?[1-9][0-9]{0,17}+)(?![0-9])"
_ITEM = rf"(?:{_TEXT}|{_NUMBER}|\[(?:{_TEXT}(?:, {_TEXT})*+)?\])"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+\-][0-9]{2}:[0-9]{2}"
_SPREAD = rf"\[\n(?:    (?:{_ITEM}|\[\n(?:        {_TEXT},\n)++    \]),\n)++\]"
_VALUE = rf"(?:{_TEXT}|{_NUMBER}|true|false|\[(?:{_ITEM}(?:, {_ITEM})*+)?\]|{_SPREAD})"
_KEY = r"[a-z0-9_\-]{1,100}+"
_PATH = rf"{_KEY}(?:\.{_KEY})?"
_PLAIN = re.compile(
    rf"(?:{_KEY} = (?:{_MOMENT}|{_VALUE})\n)++(?:\n(?:\[{_PATH}\]|\[\[{_PATH}\]\])\n(?:{_KEY} = {_VALUE}\n)*+)*+"
)
_MOMENT_LINE = re.compile(rf"^({_KEY}) = ({_MOMENT})$", re.MULTILINE)


def read_plain(text: str) -> dict[str, Any] | None:
    """Return the tables of `text` where it is plain throughout, None where a parser is needed to tell."""
    if _PLAIN.fullmatch(text) is None:
        return None
    # No text holds a line end, so these are the ends of a list's lines and nothing else: now each value is on one.
    text = text.replace("\n        ", "\n    ").replace(",\n    ]", "]")
    text = text.replace("[\n    ", "[").replace(",\n    ", ",").replace(",\n]", "]")
    first, *rest = text.split("\n\n[")
    lines = text.count("\n") - 2 * len(rest)
    if text.count(" = ") != lines:
        return None  # it stands in a text too, where it must stay
    moments = dict(_MOMENT_LINE.findall(first))
    bodies = [_MOMENT_LINE.sub(r"\1 = 0", first).removesuffix("\n")]
    headings = []
    for part in rest:
        heading, _, body = part.partition("\n")
        headings.append(heading)
        bodies.append(body.removesuffix("\n"))
    root, *tables = loads(f"[{','.join([_as_json(body) for body in bodies])}]")
    if sum(map(len, tables), len(root)) != lines:
        return None  # a key stands twice
    try:
        for key, moment in moments.items():
            root[key] = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return root if _hung(root, headings, tables) else None


def _as_json(body: str) -> str:
    """Return lines `key = value` as an object of JSON."""
    if not body:
        return "{}"
    return '{"' + body.replace("\n", ',"').replace(" = ", '":') + "}"


def _hung(root: dict[str, Any], headings: list[str], tables: list[dict[str, Any]]) -> bool:
    """Put every table where its heading says; False where that is not plain."""
    known: dict[str, dict[str, Any]] = {"": root}
    lists: set[str] = set()
    for heading, table in zip(headings, tables, strict=True):
        many = heading[0] == "["
        path = heading[1:-2] if many else heading[:-1]
        above, _, key = path.rpartition(".")
        parent = known.get(above)
        if parent is None:
            return False
        if many and path in lists:
            parent[key].append(table)
        elif key in parent:
            return False
        elif many:
            lists.add(path)
            parent[key] = [table]
        else:
            known[path] = parent[key] = table
    return True


_LINE = re.compile(rf'({_KEY}) = (?:"([^"\\\x00-\x1f\x7f]*+)"|({_MOMENT}))')


def read_line(line: str) -> tuple[str, str | datetime] | None:
    """Return key and value of one line that holds a text in ASCII, or a moment; None for any other."""
    found = _LINE.fullmatch(line)
    if found is None or not line.isascii():
        return None
    key, text, moment = found.groups()
    return key, text if moment is None else datetime.fromisoformat(moment)
