"""The long table as Parquet, a file of columns for statistics over many sessions. Needs the library pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO

from bodymap.common.trouble import Exit, Trouble
from bodymap.report.rows import NUMBERS, Row, rows_of
from bodymap.sessions.record import Session

_GROUP = 10_000  # rows that are held in memory and written as one group


def check_parquet() -> None:
    """Raise `Trouble` (exit 2) where pyarrow is not installed."""
    _library()


def write_parquet(sessions: Iterable[Session], file: BinaryIO) -> None:
    """Write the table of `sessions` to `file`, group by group. Raises `Trouble` (exit 2) without pyarrow."""
    arrow, parquet = _library()
    kinds = [(name, arrow.int64() if name in NUMBERS else arrow.string()) for name in Row._fields]
    schema = arrow.schema(kinds)
    rows = rows_of(sessions)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            columns = [
                arrow.array(values, type=field.type)
                for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(arrow.table(columns, schema=schema))


def _library() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise Trouble(
            "Parquet needs the library pyarrow, which is not installed.",
            where="--format parquet",
            remedy="Install it beside bodymap (python -m pip install pyarrow), or take csv: it holds the same table.",
            exit=Exit.WRONG_USAGE,
        ) from None
