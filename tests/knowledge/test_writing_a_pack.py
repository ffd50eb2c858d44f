"""The pack that docs/writing-a-pack.md walks through is whole, without fault, and its cases come out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bodymap.cli import run
from bodymap.knowledge.checks import check_pack
from bodymap.knowledge.loader import load_pack

DOCUMENT = Path(__file__).parents[2] / "docs" / "writing-a-pack.md"
BLOCK = re.compile(r"^```toml (?:file=(\S+)|(condition))\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return [(name or kind, text) for name, kind, text in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in blocks():
        if name != "condition":
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
