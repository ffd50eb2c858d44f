"""`bodymap pack` from the outside: what it prints and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tiny_pack

from bodymap.cli import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_pack.write(tmp_path / "tiny")


def test_show_names_everything_that_is_in_a_pack(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "show", str(folder)]) == 0
    printed = capsys.readouterr().out
    for part in (
        "tiny 1.0.0",
        "canal: Narrow canal",
        "prior -3",
        "canal-legs",
        "study (literature)",
        "old-and-walking",
    ):
        assert part in printed


def test_check_ends_with_0_and_the_grades_of_a_good_pack(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pack", "check", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "2 causes, 6 lines, 4 questions, 1 alarms, 2 sources, 1 cases." in printed
    assert "Reading grade (Flesch-Kincaid, US school year; at most 7.5):" in printed
    assert printed.endswith("No faults.\n")


def test_check_ends_with_1_and_the_place_of_each_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_pack.write(tmp_path, tiny_pack.changed("alarms.toml", "at_least = 80", "at_least = 130"))
    assert run(["pack", "check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "alarms.toml, line 5, alarms[1].when: The alarm “old-and-walking” can never fire." in printed
    assert printed.endswith("1 fault.\n")


def test_check_lists_what_keeps_a_pack_from_loading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_pack.write(tmp_path, tiny_pack.changed("causes/disc.toml", "\nname", "\nnmae"))
    assert run(["pack", "check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "Unknown key “nmae”. Did you mean “name”?" in printed
    assert "further checks wait" in printed


def test_check_of_a_folder_that_is_no_pack_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pack", "check", str(tmp_path)]) == 3
    assert "The pack lacks pack.toml." in capsys.readouterr().err
    assert run(["pack", "check", str(tmp_path / "none")]) == 3


def test_the_pack_of_the_settings_is_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BODYMAP_PACK", str(folder))
    assert run(["pack", "show"]) == 0
    assert "tiny 1.0.0" in capsys.readouterr().out
    assert run(["pack", "show", "rear-pain"]) == 0
    assert "rear-pain" in capsys.readouterr().out
    monkeypatch.delenv("BODYMAP_PACK")
    assert run(["--pack", str(folder), "pack", "show"]) == 0
    assert "tiny 1.0.0" in capsys.readouterr().out


def test_cases_as_expected_end_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "test", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "as expected       1 of 1" in printed
    assert "top 1             1 of 1" in printed
    assert "no measured accuracy" in printed


@pytest.mark.parametrize(
    ("old", "new", "miss"),
    [
        ('top = ["canal"]', 'top = ["disc"]', "disc should lead; canal does."),
        ('not_top = ["disc"]', 'not_top = ["canal"]', "canal leads and should not."),
        ('["possible"]', '["weak", "unlikely"]', "canal should be weak or unlikely; it is possible."),
        ('top = ["canal"]', "none_fits = true", "No cause should fit; canal does."),
        (
            "alarms = []",
            'alarms = ["old-and-walking"]',
            "The alarm old-and-walking should go off and did not.",
        ),
        ("age = 70", 'age = 85\nsex-at-birth = "male"', "The alarm old-and-walking went off and should not."),
        (
            "alarms = []",
            'indistinguishable = [["canal", "disc"]]',
            "canal and disc should be impossible to tell apart; they are not.",
        ),
    ],
)
def test_a_case_that_comes_out_otherwise_ends_with_1_and_its_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, miss: str
) -> None:
    folder = tiny_pack.write(tmp_path, tiny_pack.changed("cases/all.toml", old, new))
    assert run(["pack", "test", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert f"  ! {miss}" in printed
    assert "walker (cases/all.toml, line 3)" in printed
    if "alarm" not in miss:
        assert "1. canal: possible, score 9" in printed
        assert "for       +6  canal-walking" in printed


def test_a_case_that_expects_a_fit_but_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tiny_pack.write(
        tmp_path, tiny_pack.changed("cases/all.toml", 'walking-worse = "yes"\n', "") | {"notes.md": ""}
    )
    case = (folder / "cases" / "all.toml").read_text().replace("bands = ", "none_fits = false\n# ")
    (folder / "cases" / "all.toml").write_text(case)
    assert run(["pack", "test", str(folder)]) == 1
    assert "A cause should fit; none does." in capsys.readouterr().out


def test_faulty_cases_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tiny_pack.write(tmp_path, tiny_pack.changed("cases/all.toml", "intensity = 6", "intensity = 11"))
    assert run(["pack", "test", str(folder)]) == 3
    assert "cases/all.toml, line 15" in capsys.readouterr().err


def references_in(part: Any) -> list[str]:
    if isinstance(part, dict):
        here = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return here + [ref for inner in part.values() for ref in references_in(inner)]
    return [ref for inner in part for ref in references_in(inner)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", ["pack", "questions", "alarms", "causes", "cases"])
def test_schemas_are_whole_and_close_every_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "schema", "--file", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(references_in(schema)) <= {f"#/$defs/{key}" for key in schema["$defs"]}
    for table in [schema, *schema["$defs"].values()]:
        assert table["additionalProperties"] is False
        assert set(table.get("required", [])) <= table["properties"].keys()
    assert "null" not in json.dumps(schema)


def test_the_schema_uses_the_names_of_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "schema"]) == 0
    schemas = json.loads(capsys.readouterr().out)
    assert list(schemas) == ["pack", "questions", "alarms", "causes", "cases"]
    causes = schemas["causes"]
    assert "schema" in causes["required"]
    assert "is" in causes["$defs"]["AnswerForm"]["properties"]
    assert "not" in causes["$defs"]["NotForm"]["properties"]
    assert "very-low" in schemas["pack"]["$defs"]["Caps"]["properties"]
    assert causes["properties"]["name"]["maxLength"] == 120
