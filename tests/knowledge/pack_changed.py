"""The tiny pack with changes: its files by name, what keeps it from loading, what its check finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_pack

from bodymap.knowledge.checks import CheckReport, check_pack
from bodymap.knowledge.faults import Fault, PackFaults
from bodymap.knowledge.loader import load_pack

CANAL, DISC, CASES = "causes/canal.toml", "causes/disc.toml", "cases/all.toml"
PACK, QUESTIONS, ALARMS = "pack.toml", "questions.toml", "alarms.toml"
LINE = """
[[lines]]
id = "extra"
counts = "for"
strength = "slight"
when = {when}
says = "One more thing."
clinician = "Extra"
source = "study"
"""


def check(folder: Path, *changes: dict[str, str]) -> CheckReport:
    together: dict[str, str] = {}
    for change in changes:
        assert not together.keys() & change.keys()
        together.update(change)
    return check_pack(tiny_pack.write(folder, together))


def only(report: CheckReport) -> Fault:
    assert len(report.faults) == 1, report.faults
    return report.faults[0]


def with_line(when: str, file: str = DISC) -> dict[str, str]:
    return {file: tiny_pack.FILES[file] + LINE.replace("{when}", when)}


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(PackFaults) as caught:
        load_pack(folder)
    return caught.value.faults
