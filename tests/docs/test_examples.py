"""Every shell example of the documents does what the document says.

A block ```console holds commands after `$ ` and, below each, output: the lines written must come in that order,
`…` stands for any others. The blocks of a page run in one folder, one after the other. A ```toml block that begins with
the comment `# name.toml` is put into that folder first. `make` is asked what it would do; a bare `bodymap` is opened
in a terminal.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from real_terminal import RealTerminal, environment

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
BLOCK = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command and the lines that its page shows below it."""

    command: str
    output: tuple[str, ...]


def blocks(page: Path, language: str) -> list[str]:
    return [found[3] for found in BLOCK.finditer(page.read_text()) if found[1] == language]


def examples(page: Path) -> list[Example]:
    found: list[Example] = []
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *output = part.splitlines()
            found.append(Example(command, tuple(output)))
    return found


def place_files(page: Path, folder: Path) -> None:
    for block in blocks(page, "toml"):
        if named := re.match(r"# ([a-z-]+\.toml)\n", block):
            (folder / named[1]).write_text(block)


def in_order(wanted: tuple[str, ...], said: str) -> bool:
    lines = iter(line.rstrip() for line in said.splitlines())
    return all(line.strip() == "…" or line.rstrip() in lines for line in wanted)


def run(example: Example, folder: Path) -> None:
    command = example.command
    env = environment(folder, PYTHONPATH=str(ROOT))
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    if command == "bodymap":
        with RealTerminal([sys.executable, "-m", "bodymap"], 80, 24, env, folder=folder) as terminal:
            terminal.wait_for("seen from behind")
            terminal.press("ctrl+q")
            assert terminal.wait_for_end() == 0
        return
    where = folder
    if shlex.split(command)[0] == "make":
        command, where = command.replace("make", "make --dry-run", 1), ROOT
    elif command.endswith("/bin/activate"):
        return  # the tests run in an environment already
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=where,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
    assert in_order(example.output, ended.stdout), f"{command} printed\n{ended.stdout}"


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_examples(page: Path, tmp_path: Path) -> None:
    place_files(page, tmp_path)
    for example in examples(page):
        run(example, tmp_path)


def test_the_readme_has_examples() -> None:
    commands = [example.command for example in examples(ROOT / "README.md")]
    assert {"make run", "make test"} <= set(commands)
    assert len(commands) >= 6


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_no_shell_example_escapes_the_tests(page: Path) -> None:
    """A block in another shell language, or commands in a block without one, would not be run."""
    for found in BLOCK.finditer(page.read_text()):
        if found[1] != "console":
            assert found[1] not in ("sh", "bash", "shell")
            assert not re.search(r"^\$ ", found[3], re.MULTILINE)
