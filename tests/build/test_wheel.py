"""The wheel is the whole program: built, installed into an empty environment far from the checkout, and used there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from real_terminal import RealTerminal, environment

from bodymap.common.language import LANGUAGES
from hatch_build import read

ROOT = Path(__file__).parents[2]
NETWORK = {
    name: value for name, value in os.environ.items() if name.startswith("PIP_") or "proxy" in name.lower()
}
"""How this machine reaches the package index; only the slow test needs it."""
FINDINGS = """\
schema = 1
[[marks]]
region = "buttock-upper"
side = "left"
intensity = 7
[answers]
sits-most-of-day = "yes"
bending-forward-worse = "no"
"""


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in `folder` and return what it printed; a failure shows all that it said."""
    ended = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment(folder, **NETWORK),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def pinned(file: str) -> dict[str, str]:
    """Return name → version of every pin in a requirements file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / file).read_text(), re.MULTILINE))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


def empty_environment(folder: Path, *options: str) -> Path:
    """Make an environment without anything in it and return its `bin` folder."""
    run(sys.executable, "-m", "venv", *options, folder, folder=folder.parent)
    return folder / "bin"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and, as links, only what requirements.txt pins; returns its `bin`."""
    folder = tmp_path_factory.mktemp("elsewhere")
    binaries = empty_environment(folder / "env", "--without-pip")
    python = binaries / "python"
    purelib = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    )
    for name in pinned("requirements.txt"):
        found = distribution(name)
        for top in {
            file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")
        }:
            (purelib / top).symlink_to(Path(str(found.locate_file(top))))
    run(
        sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install",
        "--quiet", "--no-deps", "--no-index", wheel, folder=folder,
    )  # fmt: skip
    return binaries


def test_data_is_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        str(Path("bodymap/data", path.relative_to(ROOT / "data")))
        for path in (ROOT / "data").rglob("*")
        if path.is_file()
    }
    assert "bodymap/data/anatomy/back.svg" in shipped
    assert shipped <= names


def test_the_catalogues_are_inside_without_their_sources(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("bodymap/locale/")}
    assert names == {f"bodymap/locale/{code}/LC_MESSAGES/bodymap.mo" for code, _ in LANGUAGES[1:]}


def test_the_interface_speaks_every_language(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "say.py").write_text(
        "import json, sys\n"
        "from bodymap.common.language import translator\n"
        "words = translator(sys.argv[1])\n"
        "said = [words.gettext(text) for text in json.loads(sys.argv[2])]\n"
        "print(json.dumps([words._catalogue is not None, said]))\n"
    )
    for code, _ in LANGUAGES[1:]:
        messages = [
            message
            for message in read(ROOT / "bodymap" / "locale" / code / "LC_MESSAGES" / "bodymap.po")
            if message.id and not message.pluralizable
        ]
        asked = json.dumps([message.id for message in messages])
        said = run(installed / "python", tmp_path / "say.py", code, asked, folder=tmp_path)
        assert json.loads(said) == [True, [message.string for message in messages]]


def test_nothing_else_is_inside(wheel: Path) -> None:
    assert {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()} == {
        "bodymap",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }


def test_the_links_are_what_is_pinned() -> None:
    pins = pinned("requirements.txt")
    assert {name: distribution(name).version for name in pins} == pins


def test_it_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "python", "-c", "import bodymap, sys; print(bodymap.__file__)", folder=tmp_path)
    assert Path(said.strip()).is_relative_to(installed.parent)
    assert str(ROOT) not in run(installed / "python", "-c", "import sys; print(sys.path)", folder=tmp_path)


def test_assess(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "findings.toml").write_text(FINDINGS)
    said = run(installed / "bodymap", "assess", "findings.toml", "--format", "json", folder=tmp_path)
    assert json.loads(said)["causes"][0]["id"] == "thoracolumbar-joint-dysfunction"


def test_the_pack_in_the_wheel_passes_its_vignettes(installed: Path, tmp_path: Path) -> None:
    run(installed / "bodymap", "pack", "test", folder=tmp_path)


def test_the_explorer_opens(installed: Path, tmp_path: Path) -> None:
    with RealTerminal(
        [str(installed / "bodymap")], 120, 40, environment(tmp_path), folder=tmp_path
    ) as terminal:
        terminal.wait_for("your low back, over the spine, seen from behind")
        terminal.wait_for("Thoracolumbar joint dysfunction")
        assert "BACK" in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_the_pins_install_from_the_index(wheel: Path, tmp_path: Path) -> None:
    binaries = empty_environment(tmp_path / "env")
    run(
        binaries / "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        ROOT / "requirements.txt",
        folder=tmp_path,
    )
    run(binaries / "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, folder=tmp_path)
    run(binaries / "pip", "check", folder=tmp_path)
    run(binaries / "bodymap", "doctor", folder=tmp_path)
