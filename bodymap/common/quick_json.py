"""JSON for readers of many files: by the standard library, or where a long build asks for it, by the extra `fast`.

Both are only given what both treat alike: objects, lists, texts, whole numbers, true and false. Tests hold them against
each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any


def _canonical(table: Mapping[str, Any]) -> bytes:
    text = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode("utf-8")


_loads: Callable[[str], Any] = json.loads
_dumps: Callable[[Mapping[str, Any]], bytes] = _canonical


def loads(text: str) -> Any:
    """Return what JSON says. Raises `ValueError`."""
    return _loads(text)


def canonical(table: Mapping[str, Any]) -> bytes:
    """Return a table as JSON in the one form that checksums are over: keys sorted, no white space, UTF-8, times in
    ISO 8601.
    """
    return _dumps(table)


def use_extra() -> bool:
    """Use `orjson` from now on in this process, and return whether it is installed.

    Not by itself: importing it costs more than it saves on one file.
    """
    global _loads, _dumps
    try:
        import orjson
    except ImportError:
        return False
    options = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS

    def dumps(table: Mapping[str, Any]) -> bytes:
        try:
            return orjson.dumps(table, default=_plain, option=options)
        except TypeError:
            # A whole number beyond 64 bits; what neither can write is told by this one.
            return _canonical(table)

    _loads, _dumps = orjson.loads, dumps
    return True


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
