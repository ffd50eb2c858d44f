"""`bodymap assess` and `bodymap contrast` from the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bodymap.cli import run

FINDINGS = """\
schema = 1
map_complete = true
[[marks]]
region = "buttock-upper"
side = "left"
intensity = 7
[answers]
sits-most-of-day = "yes"
bending-forward-worse = "no"
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "findings.toml"
    path.write_text(FINDINGS)
    return str(path)


def test_a_file_and_standard_input_say_the_same(
    file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["assess", file, "--format", "json"]) == 0
    from_file = capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FINDINGS.encode())))
    assert run(["assess", "-", "--format", "json"]) == 0
    from_input = capsys.readouterr()
    assert from_file.out == from_input.out
    assert from_file.err == from_input.err == ""
    assert json.loads(from_file.out)["causes"][0]["id"] == "thoracolumbar-joint-dysfunction"


def test_an_empty_file_is_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.toml"
    path.touch()
    assert run(["assess", str(path)]) == 0
    assert "None of the causes fits" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"marks = 1", "marks is not a list"),
        (b"[answers]\nsiting-worse = 'yes'", "Did you mean"),
        (b"[[marks]]", "missing"),
        (b"a = ", "Not valid TOML"),
        (b"\xff", "UTF-8"),
        (b"# " + b"x" * 70_000, "bytes"),
    ],
)
def test_bad_input_is_said_in_one_place_with_status_3(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    says: str,
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    assert run(["assess", str(path)]) == 3
    caught = capsys.readouterr()
    assert caught.out == ""
    assert says in caught.err
    assert "bad.toml" in caught.err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run(["assess", "-"]) == 3
    assert "standard input" in capsys.readouterr().err


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", "there-is-no-such-file.toml"]) == 3
    assert "no such file" in capsys.readouterr().err


def test_contrast(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    two = ["discogenic-pain", "thoracolumbar-joint-dysfunction"]
    assert run(["contrast", file, *two, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["lower"] == "discogenic-pain"
    assert run(["contrast", file, *two]) == 0
    page = capsys.readouterr().out
    assert "TWO CAUSES COMPARED" in page
    assert page.index("not a diagnosis") < page.index("so far")


@pytest.mark.parametrize(
    ("two", "says"),
    [
        (["discogenic-pian", "fascial-restriction"], "Did you mean “discogenic-pain”?"),
        (["discogenic-pain", "discogenic-pain"], "Name two causes."),
        (["discogenic-pain"], "OTHER"),
    ],
)
def test_wrong_usage_of_contrast(
    file: str, capsys: pytest.CaptureFixture[str], two: list[str], says: str
) -> None:
    assert run(["contrast", file, *two]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert says in caught.err


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("schema = 1\n\n[answers]\nage = 47\nsiting-worse = 'yes'\n", "line 5, answers:"),
        ("schema = 1\nmap_complet = true\n", "line 2:"),
        ("schema = 1\n[answers]\nage = 47\nworst-pain = 11\n", "line 4, answers.worst-pain:"),
        ("schema = 1\n[answers]\nage = 47\nworst-pain = nan\n", "line 4, answers.worst-pain:"),
        (
            f"{FINDINGS}[[marks]]\nregion = 'sole'\nside = 'left'\nintensity = 11\n",
            "line 13, marks[2].intensity:",
        ),
        (
            f"{FINDINGS}[[marks]]\nregion = 'soul'\nside = 'left'\nintensity = 1\n",
            "line 11, marks[2].region:",
        ),
        (f"{FINDINGS}[[marks]]\nregion = 'sole'\nside = 'left'\nintensty = 1\n", "line 13, marks[2]:"),
        (f"{FINDINGS}[[marks]]\nregion = 'sole'\n", "line 10, marks[2]:"),
        ('schema = 1\n"\\u001b" = 1\n', "top level:"),
        ("schema = 1\n[[answers]]\nage = 1\n", "line 2, answers:"),
    ],
)
def test_a_fault_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, place: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content)
    assert run(["assess", str(path)]) == 3
    assert f"bad.toml, {place}" in capsys.readouterr().err


def test_a_fault_of_the_pack_gets_no_line_of_the_findings(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", file, "--pack", "no-such-pack"]) == 3
    err = capsys.readouterr().err
    assert "no-such-pack: There is no such pack" in err
    assert "line" not in err
