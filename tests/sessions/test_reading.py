"""A session survives its file, and every way a file can be wrong has its own sentence."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
import tomli_w
from faults_given import FAULTS, changed, crowded, put
from hypothesis import given, settings
from hypothesis import strategies as st
from session_given import ID, SESSION, sessions, unfinished

from bodymap.common import toml
from bodymap.common.text import is_clean
from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions.document import checksum, content_of, table_of
from bodymap.sessions.fields import Fields
from bodymap.sessions.reader import read_session, session_of
from bodymap.sessions.record import Session

CONTENT = content_of(SESSION)


@settings(max_examples=60)
@given(sessions())
def test_any_session_comes_back_as_it_was(session: Session) -> None:
    content = content_of(session)
    assert content.endswith(b"\n")
    assert b"\t" not in content
    assert is_clean(content.decode())
    back = session_of(content, "x.toml")
    assert back == session
    assert back.integrity == "ok"
    assert content_of(back) == content
    assert (back.started.isoformat(), list(back.findings.answers)) == (
        session.started.isoformat(),
        list(session.findings.answers),
    )


def test_findings_come_first_and_the_checksum_last() -> None:
    text = CONTENT.decode()
    headings = [line for line in text.splitlines() if line.startswith("[")]
    assert text.startswith("schema = 1\nid = ")
    assert headings[0] == "[findings]"
    assert headings[-1] == "[integrity]"
    assert list(dict.fromkeys(h.strip("[]").split(".")[0] for h in headings)) == [
        *("findings", "assessment", "app", "pack", "integrity")
    ]
    assert 'qualities = ["ache", "tight"]' in text
    assert "started = 2026-11-23T09:30:05+01:00" in text


def test_reading_does_not_depend_on_layout() -> None:
    back = session_of(tomli_w.dumps(toml.parse(CONTENT, "x.toml")).encode(), "x.toml")
    assert back == SESSION
    assert back.integrity == "ok"


def test_the_same_moment_elsewhere_is_another_content() -> None:
    moved = replace(SESSION, started=SESSION.started.astimezone(UTC))
    assert checksum(table_of(moved)) != checksum(table_of(SESSION))


@given(st.binary(max_size=2000))
def test_any_bytes_give_a_session_or_a_trouble(content: bytes) -> None:
    with suppress(Trouble):
        session_of(content, "x.toml")


@given(st.integers(0, len(CONTENT) - 1), st.binary(max_size=6), st.integers(0, 6))
def test_any_damage_gives_a_session_that_says_so_or_a_trouble(at: int, new: bytes, gone: int) -> None:
    damaged = CONTENT[:at] + new + CONTENT[at + gone :]
    try:
        session = session_of(damaged, "x.toml")
    except Trouble:
        return
    same = toml.parse(damaged, "x") == toml.parse(CONTENT, "x")
    assert session.integrity == ("ok" if same else session.integrity)
    assert same or session.integrity in ("failed", "missing")


@pytest.mark.parametrize(
    "session", [SESSION, unfinished(), replace(unfinished(), shown=None)], ids=["finished", "begun", "early"]
)
def test_no_beginning_of_a_file_passes_for_the_whole(session: Session) -> None:
    """Every beginning there is: only where nothing but the checksum is gone can a session still be shown."""
    content = content_of(session)
    named = content.index(b"\ncode = ")
    signed = content.index(b"\n[integrity]")
    for length in range(len(content)):
        try:
            found = session_of(content[:length], "x.toml")
        except Trouble as trouble:
            # Before there is an id, it may be any file.
            assert length < named or "cut off after line" in trouble.what, length  # noqa: PT017
        else:
            whole = length == len(content) - 1  # without its last line break
            assert found.integrity == ("ok" if whole else "missing"), length
            assert whole or signed - 1 <= length <= signed + 1, length
            assert replace(found, integrity="ok") == session


@pytest.mark.parametrize(("path", "value", "what", "where"), FAULTS)
def test_each_fault_has_its_sentence_and_its_place(path: str, value: object, what: str, where: str) -> None:
    with pytest.raises(Trouble) as caught:
        session_of(changed(put(path, value)), "x.toml")
    assert what in caught.value.what
    assert caught.value.where == where
    assert caught.value.remedy
    assert caught.value.exit is Exit.BAD_INPUT


def test_a_place_marked_twice() -> None:
    def twice(table: dict) -> None:  # type: ignore[type-arg]
        table["findings"]["marks"].append(table["findings"]["marks"][0])

    with pytest.raises(Trouble, match="marked twice"):
        session_of(changed(twice), "x.toml")


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(Trouble) as caught:
        session_of(changed(put("langauge", "en")), "x.toml")
    assert "language" in caught.value.remedy


def test_a_changed_file_is_shown_as_such() -> None:
    session = session_of(CONTENT.replace(b"intensity = 7", b"intensity = 2"), "x.toml")
    assert session.integrity == "failed"
    assert session.findings.marks[0].intensity == 2


def test_a_file_without_its_checksum_is_shown_as_such() -> None:
    assert session_of(changed(put("integrity", None)), "x.toml").integrity == "missing"


def test_empty_and_cut_off() -> None:
    with pytest.raises(Trouble, match="empty"):
        session_of(b" \n", "x.toml")
    lines = CONTENT.split(b"\n")
    with pytest.raises(Trouble, match="cut off after line 31"):
        session_of(b"\n".join(lines[:30]) + b"\n" + lines[30][:5], "x.toml")
    end = CONTENT.index(b"[app]")
    with pytest.raises(Trouble, match="cut off"):
        session_of(CONTENT[:end], "x.toml")


def test_foreign_toml_is_no_session() -> None:
    for content in (b"", b"a = 1\n", b"schema = 1\n[findings]\n", b'schema = 9\nname = "x"\n'):
        with pytest.raises(Trouble):
            session_of(content, "x.toml")


def test_an_unfinished_session_needs_no_assessment() -> None:
    begun = replace(unfinished(), shown=None)
    assert session_of(content_of(begun), "x.toml") == begun


def test_the_name_of_a_file_is_its_id(tmp_path: Path) -> None:
    (tmp_path / f"{ID}.toml").write_bytes(CONTENT)
    (tmp_path / "copy.toml").write_bytes(CONTENT)
    assert read_session(tmp_path / f"{ID}.toml") == SESSION
    with pytest.raises(Trouble, match="not its name"):
        read_session(tmp_path / "copy.toml")


def test_pipes_and_links_with_a_good_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f"{ID}.toml")
    with pytest.raises(Trouble, match="regular file"):
        read_session(tmp_path / f"{ID}.toml")
    other = ID[:-1] + "f"
    (tmp_path / f"{other}.toml").symlink_to(tmp_path / f"{ID}.toml")
    with pytest.raises(Trouble, match="link"):
        read_session(tmp_path / f"{other}.toml")


def test_a_session_too_large_to_be_read_back_keeps_what_was_said() -> None:
    session = crowded(300)
    content = content_of(session)
    assert len(content) <= toml.SESSION_BYTES
    back = session_of(content, "x.toml")
    assert back.findings == session.findings
    assert not back.places
    with pytest.raises(Trouble) as caught:
        content_of(crowded(600))
    assert caught.value.exit is Exit.FILE_FAILED


def test_an_unknown_key_has_a_remedy_where_none_can_stand() -> None:
    table = {"findings": {"answers": {}, "words": {"age": "How old are you? 27 years."}}}
    with pytest.raises(Trouble) as told:
        Fields(table, "x.toml").inner("findings").inner("words", ())
    assert told.value.remedy == "Remove it: nothing can stand here."
