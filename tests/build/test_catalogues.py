"""The catalogues of the interface are compiled by every way of building the program, and again when one changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACE = Path("bodymap/locale/es/LC_MESSAGES")
SOURCE, COMPILED = PLACE / "bodymap.po", PLACE / "bodymap.mo"
HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
MESSAGE = 'msgid "Where does it hurt?"\nmsgstr "¿Dónde le duele?"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a build needs of a checkout, with a catalogue of one message and a stale compiled one beside it."""
    folder = tmp_path / "checkout"
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "Makefile", ".gitignore"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "data").mkdir()
    (folder / "data" / "words.toml").write_text("")
    (folder / PLACE).mkdir(parents=True)
    (folder / "bodymap" / "__init__.py").write_text("")
    (folder / SOURCE).write_text(HEAD + MESSAGE, encoding="utf-8")
    (folder / COMPILED).write_bytes(b"stale")
    return folder


def attempt(checkout: Path, kind: str, into: Path) -> subprocess.CompletedProcess[str]:
    """Build as pip and build do it: call the backend of `pyproject.toml` in the folder of the checkout."""
    into.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", f"import hatchling.build as h, sys; h.build_{kind}(sys.argv[1])", str(into)],
        cwd=checkout,
        capture_output=True,
        text=True,
    )


def build(checkout: Path, kind: str, into: Path) -> Path:
    ended = attempt(checkout, kind, into)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (built,) = into.iterdir()
    return built


def question(catalogue: bytes) -> str:
    return GNUTranslations(BytesIO(catalogue)).gettext("Where does it hurt?")


def catalogues_in(wheel: Path) -> dict[str, bytes]:
    archive = zipfile.ZipFile(wheel)
    return {name: archive.read(name) for name in archive.namelist() if "locale" in name}


def test_a_wheel_holds_what_was_compiled_for_it(checkout: Path, tmp_path: Path) -> None:
    held = catalogues_in(build(checkout, "wheel", tmp_path / "wheel"))
    assert set(held) == {COMPILED.as_posix()}
    assert question(held[COMPILED.as_posix()]) == "¿Dónde le duele?"
    assert (checkout / COMPILED).read_bytes() == b"stale", "building a wheel leaves the checkout alone"


def test_building_leaves_nothing_behind(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    build(checkout, "wheel", tmp_path / "wheel")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_source_distribution_holds_the_sources_and_builds_the_same_wheel(
    checkout: Path, tmp_path: Path
) -> None:
    sdist = build(checkout, "sdist", tmp_path / "sdist")
    shutil.unpack_archive(sdist, tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert (unpacked / SOURCE).exists()
    assert (unpacked / "hatch_build.py").exists()
    assert not (unpacked / COMPILED).exists()
    direct = build(checkout, "wheel", tmp_path / "direct")
    by_way = build(unpacked, "wheel", tmp_path / "by-way")
    assert direct.read_bytes() == by_way.read_bytes()


def test_an_editable_installation_compiles_into_the_checkout(checkout: Path, tmp_path: Path) -> None:
    held = catalogues_in(build(checkout, "editable", tmp_path / "wheel"))
    assert held == {}
    assert question((checkout / COMPILED).read_bytes()) == "¿Dónde le duele?"
    assert {path.name for path in (checkout / PLACE).iterdir()} == {"bodymap.po", "bodymap.mo"}


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_a_catalogue_that_cannot_be_read_stops_the_build(kind: str, checkout: Path, tmp_path: Path) -> None:
    (checkout / SOURCE).write_text(HEAD + MESSAGE.rstrip('"\n'), encoding="utf-8")
    ended = attempt(checkout, kind, tmp_path / "wheel")
    assert ended.returncode != 0
    assert f"{SOURCE}, line 7: this is no comment" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (checkout / COMPILED).read_bytes() == b"stale"


def test_make_compiles_again_what_has_changed_or_is_gone(checkout: Path, tmp_path: Path) -> None:
    stamp = checkout / ".venv" / "run.stamp"
    stamp.parent.mkdir()
    # As if everything had been installed long ago; the environment is the one that runs the tests.
    for name in ("requirements.txt", "requirements-build.txt", "pyproject.toml", "hatch_build.py", SOURCE):
        (checkout / name).touch()
        os.utime(checkout / name, (1000, 1000))
    stamp.touch()
    os.utime(stamp, (2000, 2000))

    def make() -> bool:
        """Run make for the catalogue; return whether it did anything."""
        before = (checkout / COMPILED).stat().st_mtime_ns if (checkout / COMPILED).exists() else 0
        ended = subprocess.run(
            ["make", f"IN={Path(sys.executable).parent}", str(COMPILED)],
            cwd=checkout,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return (checkout / COMPILED).stat().st_mtime_ns != before

    (checkout / COMPILED).unlink()
    assert make()
    assert question((checkout / COMPILED).read_bytes()) == "¿Dónde le duele?"
    assert not make()
    (checkout / SOURCE).write_text(HEAD + MESSAGE.replace("le duele", "le duele más"), encoding="utf-8")
    os.utime(checkout / COMPILED, (3000, 3000))
    assert make()
    assert question((checkout / COMPILED).read_bytes()) == "¿Dónde le duele más?"


def test_every_command_of_make_that_runs_the_program_waits_for_the_catalogues() -> None:
    needed = {
        name: line.split(":", 1)[1].split("##")[0].split()
        for line in (ROOT / "Makefile").read_text().splitlines()
        for name in [line.split(":")[0]]
        if "##" in line and name in ("run", "test", "check", "prove", "pictures", "snapshots", "benchmark")
    }
    assert len(needed) == 7
    assert [name for name, needs in needed.items() if "$(CATALOGUES)" not in needs] == []
