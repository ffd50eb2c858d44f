"""What a command does not need it does not pay for, and no room reaches above itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREEN = {"textual", "rich"}
MODELS = {"pydantic", "pydantic_core"}
FINDINGS = 'schema = 1\n[answers]\nsits-most-of-day = "yes"\n'
REPORT = """
import json, sys
from bodymap.cli import run
status = run(sys.argv[1:])
print("\\n" + json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def loaded(*arguments: str, home: Path) -> set[str]:
    """Run one command in a process of its own; return the packages that it left in `sys.modules`."""
    ended = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"HOME": str(home), "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(home / "cache")},
        stdin=subprocess.DEVNULL,
    )
    status, modules = json.loads(ended.stdout.splitlines()[-1])
    assert status == 0, ended.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["assess", "--help"], ["figure", "--help"]])
def test_help_pays_for_neither_screen_nor_models(arguments: list[str], tmp_path: Path) -> None:
    assert not loaded(*arguments, home=tmp_path) & (SCREEN | MODELS)


def test_assess_pays_for_no_screen(tmp_path: Path) -> None:
    file = tmp_path / "findings.toml"
    file.write_text(FINDINGS)
    first = loaded("assess", str(file), home=tmp_path)
    assert not first & SCREEN
    again = loaded("assess", str(file), home=tmp_path)
    assert not again & (SCREEN | MODELS), "a pack that was checked before needs no models"


@pytest.mark.parametrize(
    "arguments",
    [
        ["figure", "--width", "60"],
        ["figure", "--cause", "discogenic-pain", "--width", "60"],
        ["sessions", "list"],
        ["pack", "show"],
        ["contrast", "-", "discogenic-pain", "fascial-restriction"],
    ],
    ids=" ".join,
)
def test_no_other_command_pays_for_a_screen(arguments: list[str], tmp_path: Path) -> None:
    if "-" in arguments:
        (tmp_path / "findings.toml").write_text(FINDINGS)
        arguments = [str(tmp_path / "findings.toml") if part == "-" else part for part in arguments]
    assert not loaded(*arguments, home=tmp_path) & SCREEN


def test_the_contracts_between_the_rooms_are_kept(tmp_path: Path) -> None:
    ended = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--cache-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def test_every_room_stands_in_the_contract() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    rooms = {f"bodymap.{path.parent.name}" for path in (ROOT / "bodymap").glob("*/__init__.py")}
    assert rooms == set(layers)
