"""What is shipped for installers, looked at by the programs it is written for, where they are at hand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*/*.service"))
BINDINGS = ("key-bindings", "search-bindings", "mouse-bindings")


def needs(program: str) -> str:
    """Return the path of a program, or skip the test where it is not installed."""
    found = shutil.which(program, path="/usr/bin:/usr/sbin:/bin:/sbin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def settings(unit: Path) -> dict[str, list[str]]:
    """Return the values of each key of a unit."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^([A-Za-z]+)=(.*(?:\\\n.*)*)$", unit.read_text(), re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    """With programs in place of those that are not installed here; `verify` looks whether they exist."""
    analyze = needs("systemd-analyze")
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"^(Exec\w+=[-+]*)\S+", r"\1/bin/true", unit.read_text(), flags=re.MULTILINE))
    ended = run(analyze, "verify", "--man=no", copy)
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)


def test_systemd_finds_little_to_expose() -> None:
    ended = run(
        needs("systemd-analyze"), "security", "--offline=yes", DEPLOY / "console/bodymap-kiosk.service"
    )
    found = re.search(r"Overall exposure level.*: ([0-9.]+)", ended.stdout)
    if found is None:
        pytest.skip("this systemd cannot look at a unit that is not running")
    assert float(found[1]) < 1.5


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_units_hold_the_lock(unit: Path) -> None:
    said = settings(unit)
    assert said["Restart"] == ["always"]
    assert said["StartLimitIntervalSec"] == ["0"]
    assert said["Conflicts"] == ["getty@tty1.service"]
    assert said["LimitCORE"] == ["0"]
    assert said["MemoryMax"]
    assert said["User"] == ["bodymap-kiosk"]
    assert not re.search(r"\b(?:ba)?sh -c", said["ExecStart"][0])


def test_foot_understands_its_settings() -> None:
    ended = run(needs("foot"), "--check-config", "-c", DEPLOY / "wayland/foot.ini")
    assert ended.returncode == 0, ended.stderr


def test_every_key_that_foot_would_keep_for_itself_is_off() -> None:
    """All of those that its own example names; a newer foot may have more."""
    example = Path("/etc/xdg/foot/foot.ini")
    if not example.exists():
        pytest.skip("foot is not installed")
    known, ours = (bindings(path.read_text()) for path in (example, DEPLOY / "wayland/foot.ini"))
    for section in BINDINGS:
        kept = known[section] - ours[section] - {"noop"}
        # Keys inside the search and the list of links, neither of which can be opened any more.
        assert section == "search-bindings" or kept == set()


def bindings(text: str) -> dict[str, set[str]]:
    """Return the names in each section, those that stand in a comment too."""
    found: dict[str, set[str]] = {}
    section = ""
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[([a-z-]+)\]", line.strip()):
            section = heading[1]
        elif name := re.match(r"#? ?([a-z-]+)=", line):
            found.setdefault(section, set()).add(name[1])
    return found


def test_what_is_off_in_foot_is_off() -> None:
    section = ""
    for line in (DEPLOY / "wayland/foot.ini").read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section in BINDINGS and "=" in line:
            assert line.endswith("=none"), line


def test_the_console_understands_its_keys() -> None:
    ended = run(needs("loadkeys"), "--parse", DEPLOY / "console/locked-keys.map")
    assert ended.returncode == 0, ended.stderr


def test_every_file_for_installers_is_told_of() -> None:
    told = "".join((ROOT / "docs" / name).read_text() for name in ("kiosk-install.md", "review.md"))
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert f"deploy/{path.relative_to(DEPLOY)}" in told
