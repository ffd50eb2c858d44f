"""JSON out and in again: the same bytes, the same strictness, all or nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from carried import several, sitting
from hypothesis import given, settings
from hypothesis import strategies as st
from session_folder import everything
from session_given import SESSION, sessions, unfinished, with_id

from bodymap.common.trouble import Exit, Trouble
from bodymap.report.session import session_json, sessions_json
from bodymap.sessions import Session, SessionStore
from bodymap.sessions.document import content_of
from bodymap.sessions.exported import MOST, STEP, sessions_in
from bodymap.sessions.taking_in import TakenIn, take_in


def written(sessions: Iterable[Session]) -> str:
    return "".join(sessions_json(sessions))


def read(text: str | bytes) -> list[Session]:
    content = text.encode() if isinstance(text, str) else text
    return list(sessions_in(io.BytesIO(content), "file.json"))


def refused(text: str | bytes) -> Trouble:
    with pytest.raises(Trouble) as raised:
        read(text)
    assert raised.value.where.startswith("file.json")
    return raised.value


def take(store: SessionStore, text: str) -> TakenIn:
    def again() -> Iterator[Session]:
        return sessions_in(io.BytesIO(text.encode()), "file.json")

    return take_in(store, again, "file.json")


@settings(max_examples=30)
@given(sessions())
def test_a_session_comes_back_byte_for_byte(session: Session) -> None:
    for text in (session_json(session), written([session])):
        (back,) = read(text)
        assert content_of(back) == content_of(session)


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(session_json, several(3))),
        "\n".join(json.dumps(json.loads(session_json(one))) for one in several(3)),
        f"[{','.join(map(session_json, several(3)))}]",
        json.dumps(json.loads(written(several(3))), indent=4),
        written(several(3)),
    ],
    ids=["objects", "lines", "list", "indented", "export"],
)
def test_every_form_that_json_takes_is_read(text: str) -> None:
    assert [content_of(one) for one in read(text)] == [content_of(one) for one in several(3)]


def test_an_export_is_json() -> None:
    assert json.loads(written([])) == {"schema": 1, "sessions": []}
    assert [one["id"] for one in json.loads(written(several(3)))["sessions"]] == [
        one.id for one in several(3)
    ]
    assert read(written([])) == []


def test_words_that_differ_from_their_ids_come_back_too() -> None:
    session = replace(SESSION, places=("your RIGHT ear", *SESSION.places[1:]))
    mark = json.loads(session_json(session))["findings"]["marks"][0]
    assert mark["place_differs"] is True
    assert mark["place"] == SESSION.places[0]
    assert read(session_json(session)) == [session]


def changed(**more: Any) -> str:
    return json.dumps(json.loads(session_json(SESSION)) | more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no sessions"),
        ("  \n", "no sessions"),
        ("{", "cut off"),
        ('{"schema": 1, "sessions": [', "cut off"),
        (written([SESSION])[:-20], "cut off"),
        (written([SESSION])[:-3], "cut off"),
        (written([SESSION]) + "x", "after the end"),
        ('{"schema": 2, "sessions": [', "newer"),
        ("[1]", "not a session"),
        ("x", "not a session"),
        ("{}", "empty"),
        ("[" + session_json(SESSION) * 2 + "]", "cut off, or no “,”"),
        ("{" * 100, "nested"),
        ('{"a": "' + "x" * (MOST + 1), "too long"),
        (b"\xff", "UTF-8"),
        (changed(surprise=1), "Unknown key"),
        (changed(schema=2), "newer"),
        (changed(state=["finished"]), "words that can stand here"),
        (changed(started="yesterday"), "date and time"),
        (changed(started="2026-11-23T09:30:05"), "date and time"),
        (changed(started="2026-13-23T09:30:05+01:00"), "date and time"),
        (changed(language=None), "null"),
        (changed(language=1.5), "not a whole number"),
        (changed(language="de"), "checksum"),
        (changed(findings=[{}, 1]), "not a session"),
        (changed(findings="\ud800"), "not a session"),
        (changed(**{"a]\nb": 1}), "letters, digits"),
        (session_json(SESSION).replace('"code"', '"id": "x", "code"'), "twice"),
        (session_json(replace(SESSION, integrity="failed")), "changed after it was saved"),
        (session_json(replace(SESSION, integrity="missing")), "changed after it was saved"),
        (session_json(SESSION).replace('"intensity": 7', '"intensity": 8'), "checksum"),
        (session_json(SESSION).replace("your LEFT", "your \\u202eLEFT"), "hidden"),
        (session_json(SESSION).replace('"age": 47', '"age": ' + "9" * 5000), "valid JSON"),
        (session_json(SESSION).replace('"age": 47', '"age": NaN'), "not a whole number"),
    ],
    ids=lambda value: ascii(value)[:40] if isinstance(value, str) and len(value) < 60 else "",
)
def test_what_is_not_right_is_refused_with_its_place(text: str | bytes, said: str) -> None:
    trouble = refused(text)
    assert said in f"{trouble.what} {trouble.remedy}"
    assert trouble.remedy


def test_a_text_that_is_never_closed_is_gone_through_once() -> None:
    # Tried again from each of its quotes, it would take minutes.
    text = '{"a": "' + '\\"' * 1000
    assert [len(step) for step in STEP.findall(text)] == [1, 3, len(text) - 6]
    assert refused('{"a": "' + '\\"' * (MOST // 2)).what == "The session is far too long."


def test_a_fault_names_the_session_it_is_in() -> None:
    good, bad = session_json(SESSION), session_json(SESSION).replace('"side": "left"', '"side": "lefft"')
    trouble = refused(good + good + bad)
    assert trouble.where.startswith("file.json, session 3, findings.marks[1].side")
    assert "left" in trouble.remedy


def test_sessions_are_taken_in_byte_for_byte_and_only_once(tmp_path: Path) -> None:
    there, here = SessionStore(tmp_path / "there"), SessionStore(tmp_path / "here")
    made = [*several(5), unfinished(with_id(sitting(2, 3), "01a20774-d5db-73ef-9cc1-aaaaaaaaaaaa"))]
    for session in made:
        (there.save if session.state == "finished" else there.autosave)(session)
    export = written(entry.session for entry in there.iterate() if entry.session is not None)
    assert take(here, export) == TakenIn(6, 0)
    assert take(here, export) == TakenIn(0, 6)

    def content(store: SessionStore) -> dict[str, bytes]:
        return {str(path.relative_to(store.folder)): path.read_bytes() for path in everything(store.folder)}

    assert content(here) == content(there)


@pytest.mark.parametrize(
    "other", [replace(SESSION, language="es"), unfinished(), replace(SESSION, code="3333")]
)
def test_another_session_of_the_same_id_stops_everything(tmp_path: Path, other: Session) -> None:
    store = SessionStore(tmp_path)
    (store.save if other.state == "finished" else store.autosave)(other)
    before = {path: path.read_bytes() for path in everything(tmp_path)}
    with pytest.raises(Trouble, match="other content") as raised:
        take(store, written([*several(3), SESSION]))
    assert raised.value.exit is Exit.FILE_FAILED
    assert {path: path.read_bytes() for path in everything(tmp_path)} == before


def test_the_same_id_twice_is_one_session_or_a_conflict(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    with pytest.raises(Trouble, match="twice"):
        take(store, written([SESSION, replace(SESSION, language="es")]))
    assert everything(tmp_path) == []
    assert take(store, written([SESSION, SESSION])) == TakenIn(1, 0)


def test_one_bad_session_and_nothing_is_taken_in(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        take(SessionStore(tmp_path / "new"), written(several(3)) + "x")
    assert everything(tmp_path) == []


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.just("place"), inner, max_size=4)
    ),
    max_leaves=12,
)


def places_in(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything in a table."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(way for key, part in inner for way in places_in(part, (*here, key)))]


WAYS = places_in(json.loads(session_json(SESSION)))


@settings(max_examples=200)
@given(st.sampled_from(WAYS), VALUES)
def test_whatever_stands_somewhere_in_a_session_is_refused_or_the_same(
    way: tuple[Any, ...], value: Any
) -> None:
    table = json.loads(session_json(SESSION))
    if way:
        inside = table
        for key in way[:-1]:
            inside = inside[key]
        inside[way[-1]] = value
    text = json.dumps(table if way else value)
    try:
        back = read(text)
    except Trouble as trouble:
        assert trouble.remedy  # noqa: PT017 - nothing else may be raised, and often nothing is
    else:
        assert back in ([SESSION], [])
