"""The locator finds the line of every key that tomllib finds, in every way TOML can be written."""

from __future__ import annotations

import tomllib
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.knowledge.locate import Lines, place
from bodymap.knowledge.references import Path

EVERY_WAY = '''\
# a remark with [brackets] and "quotes
title = "a # that is no remark" # one that is
"quoted key" = 'literal \\ text'
dotted.inner.key = 1
long = """
[[not]] a = header
two \\""" quotes""""
raw = \'\'\'
x = [1, 2''\'\'\'

[table]
list = [ # remark
  1, [2, 3],
  { a = 1, b.c = "}" },
]
empty = []
nothing = {}
"esc\\u0061ped" = 1

[[rows]]
when = { all = [{ answer = "x" }, { not = { answer = "y" } }] }
[rows.inner]
deep = true
[[rows.more]]
x = 1
[[rows.more]]
x = 2

[[rows]]
when.answer = "z"
[rows.inner]
deep = 2020-01-01 10:00:00
'''


def paths_in(value: Any, path: Path = ()) -> set[Path]:
    found = {path} if path else set()
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= paths_in(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found |= paths_in(inner, (*path, number))
    return found


def test_every_place_is_found_with_its_line() -> None:
    lines = Lines(EVERY_WAY.encode())
    assert lines.paths() == paths_in(tomllib.loads(EVERY_WAY))
    written = EVERY_WAY.split("\n")
    for path, text in [
        (("quoted key",), '"quoted key"'),
        (("dotted", "inner", "key"), "dotted"),
        (("raw",), "raw ="),
        (("table",), "[table]"),
        (("table", "list", 2, "b", "c"), "{ a = 1"),
        (("table", "list", 1, 1), "1, [2"),
        (("table", "escaped"), '"esc'),
        (("rows", 0), "[[rows]]"),
        (("rows", 0, "when", "all", 1, "not", "answer"), "when = {"),
        (("rows", 0, "more", 1, "x"), "x = 2"),
        (("rows", 1, "when", "answer"), "when.answer"),
        (("rows", 1, "inner", "deep"), "deep = 2020"),
    ]:
        assert text in written[lines.of(path) - 1], path


def test_a_place_that_is_not_there_falls_back_to_the_one_around_it() -> None:
    lines = Lines(b"a = 1\n[b]\nc = 1\n")
    assert lines.of(("b", "missing", 3)) == 2
    assert lines.of(("missing",)) == 1
    assert lines.of(()) == 0


def test_windows_line_ends_count_once() -> None:
    assert Lines(b"a = 1\r\nb = 2\r\nc = 3\r\n").of(("c",)) == 3


def test_places_are_written_as_people_count() -> None:
    assert place(("lines", 2, "when", "all", 0)) == "lines[3].when.all[1]"


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_no_bytes_confuse_it_into_raising(content: bytes) -> None:
    Lines(content).of(("a", 0))


KEYS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=8)
VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-(10**9), 10**9), st.text(st.characters(codec="utf-8"), max_size=20)
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_it_finds_what_the_parser_finds(table: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(table, multiline_strings=multiline)
    assert Lines(text.encode()).paths() == paths_in(tomllib.loads(text))
