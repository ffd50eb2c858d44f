"""What the repository itself promises: nothing of a machine in it, nothing left lying about, files that can be read."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import bodymap

ROOT = Path(__file__).parents[2]
TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "benchmarks",
    "bodymap",
    "data",
    "deploy",
    "docs",
    "hatch_build.py",
    "pyproject.toml",
    "requirements-benchmarks.txt",
    "requirements-build.txt",
    "requirements-dev.txt",
    "requirements.txt",
    "tests",
}
LONGEST_FILE = 350
# Written in parts, so that this file does not find itself.
MACHINE = re.compile(
    "|".join(
        [
            "/" + "home/[a-z]",
            "/" + "work/",
            "/" + "Users/[A-Za-z]",
            "/" + r"root\b",
            "/" + "opt/",
            "/" + "tmp/[a-z]+/",
        ]
    )
)
HOSTS = re.compile(
    "|".join(
        ["py" + r"pi\.org", "pythonhosted" + r"\.org", "file" + "://", "index" + "-url", "find" + "-links"]
    )
)
SECRETS = re.compile(
    "|".join(
        [
            "BEGIN [A-Z ]*PRIVATE" + " KEY",
            "gh" + "[pousr]_[A-Za-z0-9]{30}",
            "AKIA" + "[0-9A-Z]{16}",
            "xox" + "[bp]-",
        ]
    )
)
NOTES = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b")


def tracked() -> list[Path]:
    """Every file under version control, or every file but the known leftovers where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and content of every tracked text."""
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def hits(pattern: re.Pattern[str], spared: str = "") -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        if not (spared and name.startswith(spared))
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine() -> None:
    assert hits(MACHINE) == []


def test_no_package_host() -> None:
    # The Makefile names the options with which the pins are kept free of hosts.
    assert hits(HOSTS, spared="Makefile") == []


def test_no_secret() -> None:
    assert hits(SECRETS) == []


def test_no_note_to_self() -> None:
    assert hits(NOTES) == []


def test_top_level() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP


def test_no_python_file_is_too_long_to_hold_in_the_head() -> None:
    lengths = {name: text.count("\n") for name, text in texts() if name.endswith(".py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    newest = re.search(r"^## \[?([0-9][^\] ]*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert {project["version"], newest[1]} == {bodymap.__version__}


@pytest.mark.parametrize("file", sorted(name for name in TOP if name.startswith("requirements")))
def test_every_requirement_is_pinned_with_hashes_and_nothing_else_is_said(file: str) -> None:
    for entry in (ROOT / file).read_text().replace("\\\n", " ").splitlines():
        assert re.fullmatch(
            r"[a-z0-9._-]+==[0-9a-z.]+( ; [^#]*)?(\s+--hash=sha256:[0-9a-f]{64})+", entry.strip()
        ), entry


def test_the_pins_agree() -> None:
    pins: dict[str, set[str]] = {}
    for file in TOP:
        if file.startswith("requirements"):
            for name, version in re.findall(
                r"^([a-z0-9._-]+)==(\S+)", (ROOT / file).read_text(), re.MULTILINE
            ):
                pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}
