"""The long table: what stands in it, and that a spreadsheet takes nothing in it for a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from carried import several, sitting
from session_given import FINDINGS, ID, SESSION

from bodymap.common.trouble import Exit, Trouble
from bodymap.report.csv_table import defused, sessions_csv
from bodymap.report.parquet import write_parquet
from bodymap.report.rows import NUMBERS, Row, rows_of
from bodymap.sessions import Session
from bodymap.sessions.document import table_of

DOCS = Path(__file__).parents[2] / "docs" / "carrying-away.md"


def read(sessions: list[Session]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(sessions_csv(sessions)), newline=""), strict=True))


def test_everything_that_was_said_and_shown_has_a_row() -> None:
    rows = read([SESSION])
    assert [row["kind"] for row in rows] == [
        "map",
        "mark",
        "mark",
        *["answer"] * 3,
        "alarm",
        *["cause"] * 2,
        "result",
        "tie",
    ]
    buttock = rows[1]
    assert (buttock["id"], buttock["side"], buttock["number"]) == ("buttock-upper", "left", "7")
    assert buttock["words"] == "your LEFT buttock, upper part, seen from behind"
    assert (buttock["qualities"], buttock["worse_with"]) == ("ache tight", "sitting-worse")
    assert [(row["id"], row["value"], row["number"]) for row in rows[3:6]] == [
        ("sits-most-of-day", "yes", ""),
        ("bending-forward-worse", "no", ""),
        ("age", "", "47"),
    ]
    leader = rows[7]
    assert (leader["id"], leader["rank"], leader["band"], leader["number"]) == (
        "thoracolumbar-joint-dysfunction",
        "1",
        "possible",
        "10",
    )
    assert (leader["score_low"], leader["score_high"], leader["lines_for"]) == (
        "-4",
        "28",
        "tl-buttock tl-sitting",
    )
    assert rows[-1]["value"] == "thoracolumbar-joint-dysfunction discogenic-pain"


def test_every_row_leads_back_to_its_session_and_pack() -> None:
    sessions = several(5)
    known = {session.id: session for session in sessions}
    for row in rows_of(sessions):
        session = known[row.session]
        assert (row.code, row.pack, row.pack_version) == (session.code, session.pack.id, session.pack.version)
        assert row.pack_sha256 == session.pack.sha256
        assert row.session_sha256 == table_of(session)["integrity"]["sha256"]


def test_many_sessions_have_one_header_and_lines_as_the_standard_says() -> None:
    text = "".join(sessions_csv(several(20)))
    assert text.count("session,code,") == 1
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert {row["session"] for row in read(several(20))} == {session.id for session in several(20)}
    assert "".join(sessions_csv([])) == ",".join(Row._fields) + "\r\n"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("x;=1", "x;'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a-b, c=d; e", "a-b, c=d; e"),
        ("", ""),
    ],
    ids=ascii,
)
def test_formulas_are_words(text: str, safe: str) -> None:
    assert defused(text) == safe


def test_numbers_stay_numbers() -> None:
    answers = MappingProxyType({"age": -47, "worst-pain": 10**18})
    session = replace(SESSION, findings=replace(FINDINGS, answers=answers), words=MappingProxyType({}))
    assert [row["number"] for row in read([session]) if row["kind"] == "answer"] == ["-47", str(10**18)]
    assert {row["number"] for row in read([SESSION]) if row["kind"] == "cause"} == {"10", "-6"}


def test_a_file_that_was_changed_says_so_in_every_row() -> None:
    assert {row["integrity"] for row in read([replace(SESSION, integrity="failed")])} == {"failed"}


def test_the_page_about_it_explains_every_column() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in Row._fields if f"`{name}`" not in text] == []


def test_parquet_holds_the_same_table() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    sessions = [*several(6), sitting(3, 9, id=ID)]
    file = io.BytesIO()
    write_parquet(iter(sessions), file)
    table = parquet.read_table(io.BytesIO(file.getvalue()))
    assert [Row(**row) for row in table.to_pylist()] == list(rows_of(sessions))
    for field in table.schema:
        assert str(field.type) == ("int64" if field.name in NUMBERS else "string")


def test_without_the_library_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(Trouble) as raised:
        write_parquet([SESSION], io.BytesIO())
    assert raised.value.exit is Exit.WRONG_USAGE
    assert "pip install pyarrow" in raised.value.remedy
