"""The README says what is so: its story works key by key, its tables are the program's, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from real_terminal import RealTerminal, environment

from bodymap.cli.group import VERBS
from bodymap.common.settings import INKS
from bodymap.common.trouble import Exit
from bodymap.tui.commands.table import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_main_job(tmp_path: Path) -> None:
    told = section("The main job, in a minute")
    program = [sys.executable, "-m", "bodymap"]
    env = environment(tmp_path, PYTHONPATH=str(ROOT))
    with RealTerminal(program, 120, 40, env, folder=tmp_path) as terminal:
        terminal.wait_for("Thoracolumbar joint dysfunction")
        for key in ("left", "down", "down"):
            terminal.press_and_see(key)
        assert "*your LEFT buttock, upper part*" in told
        terminal.wait_for("your LEFT buttock, upper part, seen from behind")
        terminal.press("7")
        terminal.wait_for("7 of 10")
        terminal.press("tab")
        terminal.wait_for("Question: ")
        for question, answer in (("sits most of the day", "y"), ("bending forward", "n")):
            assert f"`{answer}` on *{question}*" in told
            terminal.press_until("down", f"Question: {question}")
            terminal.press(answer)
            terminal.wait_for({"y": "● yes", "n": "○ no "}[answer])
        terminal.press("tab")
        terminal.wait_for("Thoracolumbar joint dysfunction: possible")
        terminal.press("enter")
        terminal.wait_for("WHAT HELPS, IN THE ARTICLE")
        terminal.wait_for("Esc close")
        terminal.press("escape")
        terminal.wait_until_gone("Esc close")
        terminal.press("ctrl+s")
        terminal.wait_for("Read it with: bodymap show ")
        code = re.search(r"bodymap show ([A-Z0-9]{4})", terminal.text)
        assert code is not None
        terminal.press("enter")
        terminal.wait_until_gone("Read it with")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    shown = subprocess.run([*program, "show", code[1]], env=env, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    assert "LEFT buttock, upper part" in shown.stdout
    assert "1 Thoracolumbar joint dysfunction" in shown.stdout
    (file,) = (path for path in (tmp_path / ".local/share/bodymap/sessions").rglob("*.toml"))
    assert re.fullmatch(
        r"\d{4}/\d\d/\d\d", str(file.parent.relative_to(tmp_path / ".local/share/bodymap/sessions"))
    )
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_every_command_is_named() -> None:
    told = section("Without a screen")
    assert {verb for verb in VERBS if f"| `bodymap {verb}" not in told} == set()
    assert {ink for ink in INKS if f"`{ink}`" not in told} == set()


def test_every_exit_status_is_explained() -> None:
    told = section("Without a screen")
    assert [int(found) for found in re.findall(r"^\| (\d+) \|", told, re.MULTILINE)] == [
        int(status) for status in Exit
    ]


def test_every_key_is_named() -> None:
    told = section("Keys")
    for command in COMMANDS:
        keys = {
            "arrows": "arrows",
            "0-9 +": "`0`–`9`",
            "0-9": "digits",
            "↑ ↓": "`↑` `↓`",
            "← →": "`←` `→`",
            "Shift+Tab": "`Tab`",
        }
        assert keys.get(command.written, f"`{command.written}`") in told, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
