"""The pack that docs/writing-a-pack.md walks through is whole, without fault, and its cases come out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from bodymap.cli import run
from bodymap.knowledge.checks import check_pack
from bodymap.knowledge.loader import load_pack

DOCUMENT = Path(__file__).parents[2] / "docs" / "writing-a-pack.md"
BLOCK = re.compile(r"^```toml (?:file=(\S+)|(in=\S+|condition))\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return [(name or kind, text) for name, kind, text in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))]


def added() -> list[tuple[str, dict[str, Any]]]:
    """The tables that the document adds to a file shown before, by the name of the file."""
    return [
        (name.removeprefix("in="), tomllib.loads(text)) for name, text in blocks() if name.startswith("in=")
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in blocks():
        if name != "condition" and not name.startswith("in="):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return tmp_path


def test_no_example_is_left_out() -> None:
    assert DOCUMENT.read_text(encoding="utf-8").count("```toml") == len(blocks())


def test_the_pack_of_the_walk_through_has_no_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [str(fault) for fault in check_pack(folder).faults] == []
    assert run(["pack", "check", str(folder)]) == 0
    assert run(["pack", "test", str(folder)]) == 0
    assert "as expected       2 of 2" in capsys.readouterr().out


@pytest.mark.parametrize("text", [text for name, text in blocks() if name == "condition"])
def test_each_condition_shown_can_stand_in_a_line(folder: Path, text: str) -> None:
    # The example goes into a line of its own, as a table under `when`.
    cause = folder / "causes" / "sore-neck.toml"
    line = '[[lines]]\nid = "example"\ncounts = "for"\nstrength = "slight"\n'
    line += 'says = "x"\nclinician = "x"\nsource = "team"\n'
    cause.write_text(f"{cause.read_text(encoding='utf-8')}\n{line}[lines.when]\n{text}", encoding="utf-8")
    tomllib.loads(cause.read_text(encoding="utf-8"))
    (example,) = [line for line in load_pack(folder).cause("sore-neck").lines if line.id == "example"]
    assert example.points == 3


def merged(base: Any, more: Any) -> Any:
    """Return tables with more in them: lists of tables by id, everything else by key."""
    if isinstance(base, dict) and isinstance(more, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in more.items()}}
    if isinstance(base, list) and base and isinstance(base[0], dict):
        by_id = {entry["id"]: entry for entry in more}
        assert by_id.keys() <= {entry["id"] for entry in base}
        return [merged(entry, by_id.get(entry["id"], {})) for entry in base]
    assert base is None or base == more, "what is shown twice must be the same"
    return more


def texts_shown(part: Any) -> int:
    if isinstance(part, dict):
        return ("text" in part) + sum(texts_shown(value) for key, value in part.items() if key != "text")
    return sum(map(texts_shown, part)) if isinstance(part, list) else 0


def test_each_table_shown_in_another_language_is_whole(folder: Path) -> None:
    pack = folder / "pack.toml"
    bare = pack.read_text(encoding="utf-8")
    pack.write_text(
        bare.replace('language = "en"', 'language = "en"\nlanguages = ["en", "es"]'), encoding="utf-8"
    )
    before = check_pack(folder).faults
    pack.write_text(bare, encoding="utf-8")
    for name, tables in added():
        path = folder / name
        whole = merged(tomllib.loads(path.read_text(encoding="utf-8")), tables)
        path.write_text(tomli_w.dumps(whole), encoding="utf-8")
    after = check_pack(folder).faults
    assert all("“es”" in fault.what and "missing" in fault.what for fault in (*before, *after))
    assert len(before) - len(after) == sum(texts_shown(tables) for _, tables in added()) > 5
