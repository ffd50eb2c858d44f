"""Hostile and broken TOML becomes one readable trouble; what is legitimate is never refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.common import toml
from bodymap.common.text import is_clean
from bodymap.common.trouble import Exit, Trouble


def refused(content: str | bytes, limit: int = toml.SESSION_BYTES) -> Trouble:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(Trouble) as caught:
        toml.parse(data, "x.toml", limit=limit)
    trouble = caught.value
    assert trouble.what
    assert trouble.remedy
    assert trouble.where.startswith("x.toml")
    assert trouble.exit is Exit.BAD_INPUT
    return trouble


A = ".".join("a" * 31_000)
SPACED = " . ".join("a" * 15_000)
QUOTED = ".".join('"a"' for _ in range(15_000))
BOMBS = {
    "key": f"{A}=1",
    "second line": f"x = 1\n{A}=1",
    "spaced dots": f"{SPACED} = 1",
    "tabbed dots": f"{SPACED}=1".replace(" ", "\t"),
    "table header": f"[{A}]",
    "array header": f"[[{A}]]",
    "header with a comment": f"[{A}] # why",
    "inline table": f"x = {{ {A}=1 }}",
    "inline table in a list": f"x = [ 1, {{ {A}=1 }} ]",
    "list over lines": f"x = [\n  {{ y = 1, {A}=1 }}\n]",
    "quoted parts": f"{QUOTED}=1",
    "literal parts": QUOTED.replace('"', "'") + "=1",
    "quoted parts with dots inside": ".".join(['"a.b"'] * 9000) + "=1",
    "after a text with quotes": f'x = "\\"" \n{A}=1',
    "after a text over lines": f'x = """\n"\n"" # "\n""""\n{A}=1',
    "after a literal over lines": f"x = '''\n' # \"\"\"\n''''\n{A}=1",
    "after an apostrophe in a comment": f"# it's\n{A}=1",
    "equals sign in the key": f'"=".{A}=1',
    "carriage returns": f"x=1\r\n{A}=1\r\n",
    "behind a value": f"x = {{ y = 'a.b', z.{A} = 1 }}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_dotted_keys_without_end_are_refused_before_parsing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("the parser saw a bomb"))
    assert "dotted parts" in refused(BOMBS[name]).what


def test_a_dotted_bomb_names_its_line() -> None:
    assert refused(f'x = """\n\n\n"""\n\n{A}=1').where == "x.toml, line 6"


@pytest.mark.parametrize(
    "content",
    [
        "x = " + "[" * 1000 + "]" * 1000,
        "x = " + "[" * 30_000,
        "x = " + "{a=" * 1000 + "1" + "}" * 1000,
        "x = " + "[{a=" * 500 + "1" + "}]" * 500,
        "x = " + "[" * 40 + "]" * 40,
        "[a.b.c.d.e.f.g.h]\ni.j.k.l.m.n.o.p = {q.r = 1}",
    ],
)
def test_deep_nesting(content: str) -> None:
    assert "deep" in refused(content).what


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("x = " + "1" * 4301, "number"),
        ("x = -" + "1" * 60_000, "number"),
        ("x = " + "1_" * 20_000 + "1", "number"),
        ("x = 0x" + "f" * 60_000, "number"),
        ("x = 0b" + "1" * 60_000, "number"),
        ("x = " + "1" * 4000, "number"),
        (f"x = {10**18 + 1}", "number"),
        ("x = [1, nan]", "finite"),
        ("x = -inf", "finite"),
        ("x = 1e999", "finite"),
        ("x = 9999-99-99", "TOML"),
        ("x = 2026-01-01T00:00:00+25:00", ""),
        ('x = "\\u001b[31m"', "control"),
        ('x = "\\u009b31m"', "control"),
        ('x = "\\u202e"', "control"),
        ('x = "\\U000E0041"', "control"),
        ('x = "\\b"', "control"),
        ('x = """a\\u001bb"""', "control"),
        ('"a\\u001b" = 1', "key"),
        ('a."\\u202e" = 1', "key"),
        ("x = '\u202e'", "control"),
        ("x = '\u009b'", "control"),
        ("x = [['\u200b']]", "control"),
        ("x = '\x1b'", "TOML"),
        (f'"{"k" * 201}" = 1', "key"),
        ("\ufeffx = 1", "byte order mark"),
        (b"x = '\xff'", "UTF-8"),
        (b"\xff\xfex\x00", "UTF-8"),
        (b"x = '\xed\xa0\x80'", "UTF-8"),
        (b"x = \x00", "TOML"),
        ("x", "TOML"),
        ("x = ", "TOML"),
        ("x = 1\nx = 2", "TOML"),
        ("[a]\n[a]", "TOML"),
        ('x = "', "TOML"),
        ('x = """', "TOML"),
        ("x = '''" + "'" * 60_000, "TOML"),
        ('x = """' + '\\"""' * 15_000, "TOML"),
        ('x = "' + "\\" * 60_001, "TOML"),
        ("." * 65_000, "TOML"),
        ("a." * 32_000, "dotted"),
        ('"' * 65_000, ""),
        ("'" * 65_000, ""),
        ("\"'#" * 20_000, "TOML"),
        ("x = " + "-" * 60_000, "TOML"),
        ("[" * 65_000, "TOML"),
        (b"#" * 65_537, "65,536"),
    ],
)
def test_each_way_of_being_wrong_has_its_reason(content: str | bytes, word: str) -> None:
    assert word in refused(content).what


def test_a_wrong_line_is_named() -> None:
    assert refused("a = 1\nb = 2\nc = = 3\n").where == "x.toml, line 3, column 5"
    assert refused(b"a = 1\nb = '\xff'\n").where == "x.toml, line 2"
    assert refused('a = 1\n[t]\nb = [1, "\\u001b"]').where == "x.toml, t.b[2]"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# only a comment, a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1",
        'x = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a"',
        "x = 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1'",
        'x = """\na.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n[a.a.a.a.a.a.a.a.a.a.a.a]\n"""',
        "x = '''\na.a.a.a.a.a.a.a.a.a.a.a.a.a = 1\n'''''",
        'x = "He said \\"a.b.c.d.e.f.g.h.i.j.k = 1\\" # and went." # a.b.c.d.e.f.g.h.i.j',
        'x = "' + "[" * 500 + "{" * 500 + '"',
        'x = """' + "[{" * 500 + '"""',
        "x = '" + "1" * 5000 + "'",
        "x = '" + "0123456789abcdef" * 4 + "'",
        "x = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5]",
        "x = {a.b = 1, c.d = 1, e.f = 1, g.h = 1, i.j = 1, k.l = 1, m.n = 1, o.p = 1, q.r = 1}",
        "a.b.c.d.e.f.g.h = 1",
        'x = "…  . . . . . . . . . . . . ."',
        "t = 2026-11-23T09:30:00.123456+01:00\nd = 2026-11-23\nu = 09:30:00",
        'x = "tab\\tand\\nline, a quote \\" and a backslash \\\\"',
        'x = "\\u00fc ü"',
        f"x = {10**18}\ny = -{10**18}\nz = 1e300",
        "x = [" + "1," * 30_000 + "]",
    ],
)
def test_the_legitimate_is_read_as_it_is(content: str) -> None:
    assert toml.parse(content.encode(), "x.toml") == tomllib.loads(content)


def test_many_escapes_are_read() -> None:
    assert toml.parse(('x = "' + "\\\\" * 30_000 + '"').encode(), "x.toml") == {"x": "\\" * 30_000}


def test_every_shipped_file_is_read() -> None:
    from bodymap.common.places import data_folder

    files = sorted(data_folder().rglob("*.toml"))
    assert files
    for path in files:
        assert toml.read(path, limit=toml.PACK_BYTES) == tomllib.loads(path.read_text(encoding="utf-8"))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
SCALARS = st.one_of(
    TEXT, st.integers(-(10**18), 10**18), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4)
)


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_any_table_is_read_back_or_holds_what_is_refused(table: dict[str, object]) -> None:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from texts(inner)

    content = tomli_w.dumps(table).encode()
    try:
        read = toml.parse(content, "x.toml")
    except Trouble as trouble:
        assert "hidden" in str(trouble)  # noqa: PT017
        assert not all(map(is_clean, texts(table)))
    else:
        assert read == table
        assert all(map(is_clean, texts(table)))


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_trouble(content: bytes) -> None:
    with suppress(Trouble):
        toml.parse(content, "x.toml")


PIECES = st.sampled_from(
    ['"', "'", '"""', "'''", "\\", "#", "\n", "=", ".", "a", " ", "[", "]", "{", "}", ",", "1", "\r\n"]
)


@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=24).map("".join), st.sampled_from(["x = 1\n", ""]))
def test_no_beginning_hides_a_bomb_from_the_scan(start: str, before: str) -> None:
    """Whatever stands first: where the parser reads on into a long key, the scan has refused it."""
    bomb = f"{before}{start}\n" + ".".join("b" * 20) + " = 1\n"
    try:
        table = tomllib.loads(bomb)
    except ValueError:
        return
    inside = table
    depth = 0
    while isinstance(inside, dict) and "b" in inside:
        inside, depth = inside["b"], depth + 1
    if depth == 20:
        refused(bomb)


@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_scan_refuses_nothing_the_parser_reads_in_a_few_parts(content: str) -> None:
    try:
        table = tomllib.loads(content)
    except (ValueError, RecursionError):
        return
    if content.count(".") < 8:
        assert toml.parse(content.encode(), "x.toml") == table
