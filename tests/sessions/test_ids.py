"""Ids sort by time and are unique; codes can be said aloud."""

from __future__ import annotations

import time
import uuid

import pytest

from bodymap.sessions import ids


def test_ids_are_version_7_and_sorted() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(ids.ID.fullmatch(id) for id in made)
    assert {uuid.UUID(id).version for id in made} == {7}
    assert {uuid.UUID(id).variant for id in made} == {uuid.RFC_4122}


def test_ids_never_go_back_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    assert ids.new_id() > first


def test_codes_have_no_look_alikes_and_spell_no_words() -> None:
    assert not set(ids.ALPHABET) & set("0O1IL2Z5S6G8BUVAEQ")
    assert len(set(ids.ALPHABET)) == len(ids.ALPHABET)
    codes = [ids.code_of(ids.new_id()) for _ in range(2000)]
    assert all(ids.CODE.fullmatch(code) for code in codes)
    assert len(set(codes)) > 1900
    assert set("".join(codes)) == set(ids.ALPHABET)


def test_a_code_belongs_to_its_id_for_ever() -> None:
    assert ids.code_of("01a20774-d5db-73ef-9cc1-f95464d648ee") == "DYWK"
