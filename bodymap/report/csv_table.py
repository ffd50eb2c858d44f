"""The long table as CSV (RFC 4180): for statistics programs and spreadsheets, and safe to open in the latter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bodymap.report.rows import Row, rows_of
from bodymap.sessions.record import Session

_TOGETHER = 500  # rows written at once
# What a spreadsheet takes for the start of a formula; the wide forms are those of East Asian keyboards.
_START = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# In other places of the world a semicolon or a tab ends a cell, and what follows it would start one.
_INNER = re.compile(r"([;\t|]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def sessions_csv(sessions: Iterable[Session]) -> Iterator[str]:
    """Yield the table in parts: one header, then the rows of every session, lines ending in CR LF."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(Row._fields)
    for number, row in enumerate(rows_of(sessions), start=1):
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
        if number % _TOGETHER == 0:
            yield _taken(sheet)
    yield _taken(sheet)


@lru_cache(maxsize=10_000)  # most cells say what the cell above says
def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what could start one."""
    text = _INNER.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" ")[:1] in _START else text


def _taken(sheet: io.StringIO) -> str:
    text = sheet.getvalue()
    sheet.seek(0)
    sheet.truncate()
    return text
