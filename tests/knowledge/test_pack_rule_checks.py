"""Each check of `pack check` on what rules can do: lines, alarms and causes that no patient, or every one, meets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tiny_pack
from pack_changed import ALARMS, CANAL, DISC, LINE, PACK, check, only, with_line

from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.check_rules import check_causes
from bodymap.knowledge.loader import load_pack
from bodymap.report.packtext import check_text


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ answer = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ all = [{ answer = "sitting-worse" }, { not = { answer = "sitting-worse" } }] }',
        '{ all = [{ answer = "sex-at-birth", is = "male" }, { answer = "sex-at-birth", is = "female" }] }',
        '{ all = [{ number = "age", at_least = 60 }, { number = "age", at_most = 59 }] }',
        '{ number = "age", at_least = 121 }',
        '{ marked = ["sacrum", "saddle"], sides = "left" }',
        '{ marked = ["saddle"], sides = "both" }',
        '{ all = [{ marked = ["calf"] }, { not = { marked = ["calf"] } }] }',
        '{ all = [{ marked = ["calf"], sides = "both" }, { marked = ["calf"], sides = "one" }] }',
        '{ all = [{ marked = ["calf"], intensity_at_least = 7 }, { not = { marked = ["below-knee"] } }] }',
        '{ all = [{ marked = ["calf"], worse_with = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ all = [{ marked = ["calf"], qualities = ["numb"], sides = "left" }, '
        '{ not = { marked = ["calf"], qualities = ["numb", "ache"] } }] }',
    ],
)
def test_a_line_that_can_never_be_true(tmp_path: Path, when: str) -> None:
    fault = only(check(tmp_path, with_line(when)))
    assert fault.what == "The line “extra” can never be true."
    assert (fault.file, fault.place) == (DISC, "lines[3].when")
    assert fault.line == tiny_pack.line_of(DISC, "when = {", with_line(when))


@pytest.mark.parametrize(
    "when",
    [
        '{ any = [{ answer = "sitting-worse" }, { answer = "sitting-worse", is = "no" }] }',
        '{ number = "age", at_least = 0 }',
        '{ any = [{ number = "age", at_least = 40 }, { number = "age", at_most = 39 }] }',
        '{ not = { all = [{ marked = ["calf"] }, { not = { marked = ["calf"] } }] } }',
    ],
)
def test_a_line_that_is_always_true(tmp_path: Path, when: str) -> None:
    fault = only(check(tmp_path, with_line(when)))
    assert fault.what == "The line “extra” is true for everybody, so it tells nothing."


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ number = "age", at_least = 60 }, { number = "age", at_most = 60 }] }',
        '{ all = [{ marked = ["calf"], sides = "both" }, { marked = ["shin"], sides = "one" }] }',
        '{ all = [{ marked = ["calf"], worse_with = "sitting-worse" }, '
        '{ marked = ["calf"], worse_with = "walking-worse" }] }',
        '{ all = [{ marked = ["calf"], qualities = ["numb"] }, { marked = ["calf"], qualities = ["ache"] }, '
        '{ not = { marked = ["calf"], sides = "left" } }] }',
        '{ not = { marked = ["calf"], qualities = ["ache", "sharp", "burning", "shooting", '
        '"tingling", "numb", "tight"] } }',
    ],
)
def test_a_line_that_some_patient_meets_is_no_fault(tmp_path: Path, when: str) -> None:
    assert check(tmp_path, with_line(when)).faults == ()


def test_a_need_that_can_never_be_met_or_always_is(tmp_path: Path) -> None:
    found = check(tmp_path / "a", tiny_pack.changed(CANAL, "at_least = 18", "at_least = 0"))
    assert "The need “canal-adult” is met by everybody" in only(found).what
    found = check(tmp_path / "b", tiny_pack.changed(CANAL, "at_least = 18", "at_least = 200"))
    assert "The need “canal-adult” can never be met" in found.faults[0].what


def test_an_alarm_that_cannot_fire(tmp_path: Path) -> None:
    changes = tiny_pack.changed(ALARMS, "at_least = 80", "at_least = 130")
    fault = only(check(tmp_path, changes))
    assert fault.what == "The alarm “old-and-walking” can never fire."
    assert fault.line == tiny_pack.line_of(ALARMS, "when.all", changes)


def test_an_alarm_that_always_fires_and_one_that_never_opens(tmp_path: Path) -> None:
    opened = 'source = "study"\nopens = ["age"]\nopened_by = { number = "age", at_least = 200 }'
    fault = only(check(tmp_path / "a", tiny_pack.changed(ALARMS, 'source = "study"', opened)))
    assert fault.what == "The questions of the alarm “old-and-walking” are never opened."
    always = '{ any = [{ answer = "walking-worse" }, { not = { answer = "walking-worse" } }] },\n  '
    head, tail = tiny_pack.ALARMS.split("when.all = [")
    found = check(tmp_path / "b", {ALARMS: f"{head}when.any = [\n  {always}{tail.lstrip()}"})
    assert only(found).what == "The alarm “old-and-walking” fires for everybody."


def test_a_cause_that_never_reaches_possible(tmp_path: Path) -> None:
    fault = only(check(tmp_path, tiny_pack.changed(CANAL, "prior = -3", "prior = -7")))
    assert fault.what == "The cause can never lead: its best score is 5, “possible” begins at 6."
    assert fault.file == CANAL


def test_lines_that_exclude_each_other_are_not_added_up(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        DISC, 'when.marked = ["low-back"]', 'when.all = [{ answer = "sitting-worse", is = "no" }]'
    )
    report = check(tmp_path, changes, tiny_pack.changed(PACK, "possible = 6", "possible = 7"))
    assert "its best score is 6, “possible” begins at 7" in report.faults[0].what


def test_a_cause_whose_evidence_is_capped_below_possible(tmp_path: Path) -> None:
    changes = tiny_pack.changed(
        PACK, 'weak = "possible"\nvery-low = "possible"', 'weak = "weak"\nvery-low = "weak"'
    )
    fault = only(check(tmp_path, changes))
    assert "weak evidence is capped at “weak”" in fault.what
    assert (fault.file, fault.place) == (DISC, "evidence")


TWIN = tiny_pack.DISC.replace('"disc', '"twin').replace("Discs", "Twins")


def test_two_causes_that_can_never_be_told_apart(tmp_path: Path) -> None:
    fault = only(check(tmp_path, {"causes/twin.toml": TWIN}))
    assert fault.what.startswith("“disc” and “twin” can never be told apart")
    assert fault.file == "causes/twin.toml"


def test_two_copies_of_any_shipped_cause_can_never_be_told_apart() -> None:
    """However many lines they have: what counts alike for both needs no search."""
    pack, anatomy = load_pack(), load_anatomy()
    for cause in pack.causes:
        copy = replace(cause, id="copy", lines=tuple(replace(e, id=f"copy-{e.id}") for e in cause.lines))
        undecided: list[str] = []
        found = list(check_causes(replace(pack, causes=(cause, copy)), anatomy, undecided))
        assert [misfit for misfit in found if "can never be told apart" in misfit[2]], cause.id
        assert f"{cause.id} and copy" not in undecided


def test_causes_within_the_margin_of_each_other_are_never_told_apart_either(tmp_path: Path) -> None:
    twin = TWIN + LINE.replace("{when}", '{ answer = "walking-worse" }')
    assert check(tmp_path / "a", {"causes/twin.toml": twin}).faults == ()
    wide = tiny_pack.changed(PACK, "margin = 2", "margin = 3")
    assert "never be told apart" in only(check(tmp_path / "b", {"causes/twin.toml": twin}, wide)).what


def test_a_cause_that_another_always_beats(tmp_path: Path) -> None:
    prior = 'evidence_source = "study"\nprior = 5\nprior_says = "Common."\nprior_source = "study"'
    twin = TWIN.replace('evidence_source = "study"', prior)
    fault = only(check(tmp_path, {"causes/twin.toml": twin}))
    assert fault.what == "The cause can never lead: “twin” always scores higher."
    assert fault.file == DISC


def test_what_a_search_cannot_decide_is_said_and_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bodymap.knowledge.situations.BUDGET", 0)
    report = check(tmp_path)
    assert report.faults == ()
    assert set(report.undecided) >= {"disc-sitting", "canal-legs", "old-and-walking"}
    printed = check_text(report)
    assert "Too many combinations to decide about: " in printed
    assert printed.endswith("No faults in what could be decided.\n")
