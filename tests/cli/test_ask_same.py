"""The same answers give the same assessment, whichever way they come: typed through a pipe, or written in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from asked import ask, findings_file, saved
from command import Home
from guided import knowledge
from typing_person import script

from bodymap.report.tables import assessment_json


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("seed", range(6))
def test_ask_and_assess_say_the_same(home: Home, tmp_path: Path, seed: int, language: str) -> None:
    lines, visit = script(seed, language)
    ended = ask(home, lines, "--language", language)
    assert (ended.status, ended.err) == (0, ""), ended.out[-500:]
    (file,) = saved(home)
    table = findings_file(file, tmp_path / "findings.toml")
    said = home.run("assess", str(tmp_path / "findings.toml"), "--format", "json")
    assert said.status == 0, said.err
    _, engine, _ = knowledge()
    assert said.out == assessment_json(visit.assessment, engine), "byte for byte"
    assert_shown(table["assessment"], json.loads(said.out))


def assert_shown(kept: dict, said: dict) -> None:  # type: ignore[type-arg]
    """What the session says was shown is what `assess` says."""
    assert (kept["none_fits"], kept["indistinguishable"]) == (said["none_fits"], said["indistinguishable"])
    assert [(alarm["id"], alarm["tier"]) for alarm in kept.get("alarms", [])] == [
        (alarm["id"], alarm["tier"]) for alarm in said["alarms"]
    ]
    keys = ("id", "rank", "band", "evidence", "score", "score_range", "rank_range")
    lists = ("for", "against", "unknown", "needs_missing")
    assert [[cause[key] for key in keys] for cause in kept["ranking"]] == [
        [cause[key] for key in keys] for cause in said["causes"]
    ]
    assert [[cause[name] for name in lists] for cause in kept["ranking"]] == [
        [[line["id"] for line in cause[name]] for name in lists] for cause in said["causes"]
    ]


def test_the_scripts_are_whole_visits_of_different_people() -> None:
    """Otherwise the test above would prove little."""
    seen: set[str] = set()
    for seed in range(6):
        lines, visit = script(seed)
        assert len(lines) > 25
        assert visit.findings.map_complete
        seen |= {alarm.alarm.tier for alarm in visit.assessment.alarms}
        seen |= {"marks"} if visit.findings.marks else set()
    assert seen >= {"marks", "emergency"}
