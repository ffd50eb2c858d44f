"""What would take the parser long is refused before it; what our files look like is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble

MANY = 3000


def refused(content: str, limit: int = toml.SESSION_BYTES) -> Trouble:
    with pytest.raises(Trouble) as caught:
        toml.parse(content.encode(), "x.toml", limit=limit)
    return caught.value


@pytest.mark.parametrize(
    "line",
    [
        "[a{}.b.c.d.e.f]",
        "[a{}]",
        "  [ 'a.{}' ]  # why",
        '["a]{}"]\r',
        "[[a]]",
        "a{}.b = 1",
        "a{} .b = 1",
        "'a={}'.b = 1",
        '"\\"={}".b = 1',
    ],
)
def test_thousands_of_headings_and_dotted_keys_are_refused_with_the_line(line: str) -> None:
    trouble = refused("".join(f"{line.format(number)}\n" for number in range(MANY)))
    assert "headings and dotted keys" in trouble.what
    assert trouble.where == "x.toml, line 513"


@pytest.mark.parametrize(
    "content",
    [
        "x = [\n" + "    [1, 2],\n" * MANY + "]\n",
        "x = [\n" + "    1.5,\n" * 500 + "]\n",
        "".join(f"[[findings.marks]]\nregion = 'r{number}'\n" for number in range(500)),
        "".join(f"a{number} = 'one. two. [three]'\n" for number in range(1500)),
        "# [a.b]. c\n" * MANY,
    ],
)
def test_much_of_what_is_cheap_is_read(content: str) -> None:
    assert isinstance(toml.parse(content.encode(), "x.toml"), dict)


def test_a_pack_file_may_hold_more_than_a_session() -> None:
    content = "".join(f"[a{number}]\n" for number in range(MANY))
    assert len(toml.parse(content.encode(), "x.toml", limit=toml.PACK_BYTES)) == MANY


@pytest.mark.parametrize("path", sorted(data_folder().rglob("*.toml")), ids=lambda path: path.name)
def test_our_own_files_stay_far_below_the_bounds(path: Path) -> None:
    toml.parse(path.read_bytes(), str(path))


def test_what_only_the_parser_notices_has_its_line_too() -> None:
    assert refused("a = 1\n# [[[\nb = '[[['\nc = " + "[" * 5000).where == "x.toml, line 4"
    assert refused("a = '''\n1\n'''\nb = 2\nc = " + "1" * 5000).where == "x.toml, line 5"
    assert refused(f"a = 1\n\n{'k' * 201} = 1").where == "x.toml, line 3"
    assert refused(f'a = 1\n["{"k" * 201}"]\nb = 1').where == "x.toml, top level"
