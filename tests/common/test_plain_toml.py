"""The quick way through files laid out as ours against the parser: the same tables, or none at all."""

from __future__ import annotations

import random
import tomllib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutating import mutated

from bodymap.common import toml
from bodymap.common.plain_toml import read_line, read_plain
from bodymap.common.text import is_clean
from bodymap.common.trouble import Trouble
from bodymap.desk.sample import sample_sessions
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions.document import content_of


def contents(count: int) -> list[bytes]:
    until = datetime(2026, 11, 23, tzinfo=UTC)
    return [content_of(one) for one in sample_sessions(count, 7, load_pack(), load_anatomy(), until=until)]


def told(content: bytes) -> object:
    """Return what the parser makes of a file, with all bounds, or its trouble."""
    try:
        text = content.decode()
        return toml.parse_slowly(text, "x")
    except Trouble as trouble:
        return str(trouble)


def test_what_we_write_is_plain() -> None:
    for content in contents(200):
        plain = read_plain(content.decode())
        assert plain is not None
        assert plain == tomllib.loads(content.decode())
        assert list(plain) == list(tomllib.loads(content.decode())), "in the same order"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 01\n",
        "a = -0\n",
        "a = 1.5\n",
        "a = null\n",
        "a = NaN\n",
        "a = Infinity\n",
        "a = {}\n",
        "a = 1\na = 2\n",
        "a = 1",
        "a = [\n    1\n]\n",
        "a = [,]\n",
        "a = [1, ]\n",
        "a = [\n]\n",
        'a = "\\u0041"\n',
        "a = 'x'\n",
        "a = 1 # x\n",
        "a = 1\r\n",
        'a = "x\ty"\n',
        "a.b = 1\n",
        '"a" = 1\n',
        "A = 1\n",
        "a = 12345678901234567890\n",
        "a = 2026-13-01T00:00:00+00:00\n",
        "a = 2026-11-23T00:00:00Z\n",
        "a = 2026-11-23\n",
        "a = 2026-11-23T00:00:00+25:00\n",
        "a = 1\n\n[a]\nb = 1\n",
        "a = 1\n\n[b]\n\n[b]\n",
        "a = 1\n\n[b.c]\n",
        "a = 1\n\n[[b]]\n\n[b.c]\n",
        "a = 1\n\n[[b]]\n\n[b]\n",
        "a = 1\n\n[b]\n\n[[b]]\n",
        "a = 1\n\n[b]\nc = []\n\n[[b.c]]\n",
        "a = 1\n\n[b]\na = 2026-11-23T00:00:00+00:00\n",
        'a = "x = 1"\n',
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    assert read_plain(text) is None


@pytest.mark.parametrize(
    "text",
    [
        'a = ["x", "y"]\nb = [[1, 2], []]\nc = [-8, 28]\nd = []\n'.replace(
            "[[1, 2], []]", '[["x", "y"], []]'
        ),
        'a = [\n    "x",\n    "y, ] [",\n]\nb = [\n    [\n        "x",\n    ],\n    [\n        "z,",\n    ],\n]\n',
        "a = true\nb = false\nc = 0\nd = -12\n\n[e]\n\n[e.f]\ng = 1\n\n[[h]]\ni = 1\n\n[[h]]\ni = 2\n",
        "a = 2026-11-23T01:02:03+05:30\nb = 2026-11-23T01:02:03-00:00\n",
        'a = "Ünïcödé – “x”"\n',
        "a = 1\n\n[b]\nc = 1\n\n[[b.d]]\ne = 1\n\n[[b.d]]\ne = 2\n\n[f]\n",
    ],
)
def test_plain_forms_are_read_as_the_parser_reads_them(text: str) -> None:
    plain = read_plain(text)
    assert plain is not None
    assert plain == tomllib.loads(text)


@pytest.mark.parametrize(
    "line", ['a = "x"', 'a-1 = ""', "a = 2026-11-23T01:02:03+05:30", 'a = "x = 1"', 'a = "[x]"']
)
def test_a_line_alone_is_read_as_the_parser_reads_it(line: str) -> None:
    read = read_line(line)
    assert read is not None
    assert dict([read]) == tomllib.loads(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a = 1",
        'a = "x" ',
        'a = "x"\n',
        'a = "\\n"',
        'a = "ü"',
        'a = "\x7f"',
        'a.b = "x"',
        'a="x"',
        'a = "x',
        "[a]",
    ],
)
def test_any_other_line_alone_is_left_to_the_parser(line: str) -> None:
    assert read_line(line) is None


def held_against_the_parser(content: bytes) -> bool:
    """Return whether a file was read the quick way, after holding that against the parser."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    plain = read_plain(text) if is_clean(text) and len(content) <= toml.SESSION_BYTES else None
    if plain is None:
        return False
    assert told(content) == plain, text
    return True


def test_a_thousand_damaged_files_are_read_alike() -> None:
    given_, dice = contents(20), random.Random(1)
    quick = sum(held_against_the_parser(mutated(dice, dice.choice(given_))) for _ in range(1500))
    assert quick > 100, "some of them must have gone the quick way"


@pytest.mark.slow
def test_forty_thousand_damaged_files_are_read_alike() -> None:
    given_, dice = contents(100), random.Random(2)
    assert sum(held_against_the_parser(mutated(dice, dice.choice(given_))) for _ in range(40_000)) > 2000


PIECES = st.sampled_from(
    [
        "a",
        "b",
        " = ",
        "1",
        "-",
        "0",
        '"',
        "[",
        "]",
        ",",
        "\n",
        "    ",
        "\n\n",
        "[[",
        "]]",
        ".",
        "true",
        "T",
        ":",
        "é",
        " ",
    ]
)


@settings(max_examples=300)
@given(
    st.lists(PIECES | st.sampled_from(["a = 1\n", '"x"', "\n[a]\n", "\n[[b]]\n", "\n[b.c]\n"]), max_size=14)
)
def test_pieces_put_together_anyhow_are_read_alike(pieces: list[str]) -> None:
    held_against_the_parser("".join(pieces).encode())
