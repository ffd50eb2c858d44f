"""The shipped pack: the contract's names, no faults, and every vignette as expected."""

from __future__ import annotations

import pytest

from bodymap.engine import Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.cases import Case, load_cases
from bodymap.knowledge.checks import CheckReport, check_pack
from bodymap.knowledge.folder import pack_folder, read_folder
from bodymap.knowledge.loader import load_pack, read_pack
from bodymap.knowledge.pack import Pack
from bodymap.report.casebook import casebook_text, run_cases

CAUSES = """
thoracolumbar-joint-dysfunction discogenic-pain hip-internal-rotation low-back-joint-dysfunction
fascial-restriction sciatica-disc-herniation sciatica-spinal-stenosis sciatica-muscular-entrapment
"""
YES_NO = """
sits-most-of-day repetitive-strain recent-injury symptoms-persist sitting-worse rising-from-chair-worse
bending-forward-worse arching-back-worse twisting-worse standing-worse walking-worse cough-sneeze-worse
lying-on-side-worse crossing-legs-worse rolling-in-bed-worse sitting-eases leaning-forward-eases walking-eases
lying-eases numbness tingling deep-ache leg-pain-worse-than-back back-pain-with-buttock-pain knees-turn-in
tight-hip-muscles glutes-hard-to-activate hip-moves-stiffly back-moves-stiffly one-finger-spot-by-dimple
tender-iliac-crest tender-deep-buttock bladder-bowel-change saddle-numbness both-legs-weak sexual-function-change
both-legs-pain-new leg-weakness-worsening foot-drop sudden-severe-with-faintness known-aneurysm major-trauma
minor-trauma steroid-use osteoporosis fever-or-chills immune-suppressed injected-drugs recent-infection
cancer-history weight-loss-unexplained night-pain-unrelenting morning-stiffness-long calf-swollen-warm
"""
NUMBERS = "age duration-weeks worst-pain sitting-minutes"


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return check_pack()


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(read_folder(pack_folder()))


@pytest.fixture(scope="module")
def cases(pack: Pack) -> tuple[Case, ...]:
    return load_cases(pack_folder(), pack, load_anatomy())


def test_it_has_no_faults(report: CheckReport) -> None:
    assert [str(fault) for fault in report.faults] == []
    assert all(graded.grade <= 7.5 for graded in report.grades)


def test_it_has_the_causes_of_the_contract(pack: Pack) -> None:
    assert {cause.id for cause in pack.causes} == set(CAUSES.split())


def test_it_has_every_finding_of_the_contract_in_its_kind(pack: Pack) -> None:
    kinds = {id: question.kind for id, question in pack.questions.items()}
    for id in YES_NO.split():
        assert kinds[id] == "yes-no"
    for id in NUMBERS.split():
        assert kinds[id] == "number"
    assert [id for id, _ in pack.questions["sex-at-birth"].choices] == ["female", "male"]
    assert (pack.questions["worst-pain"].lowest, pack.questions["worst-pain"].highest) == (0, 10)


def test_low_grades_of_evidence_never_show_strong(pack: Pack) -> None:
    assert "strong" not in (pack.caps["weak"], pack.caps["very-low"])


def test_every_alarm_tier_is_there_and_the_saddle_opens_questions(pack: Pack) -> None:
    assert {alarm.tier for alarm in pack.alarms} == {"emergency", "same-day", "mention"}
    opening = [
        alarm for alarm in pack.alarms if alarm.opened_by is not None and "saddle" in repr(alarm.opened_by)
    ]
    assert any("bladder-bowel-change" in alarm.opens for alarm in opening)


def test_its_cases_cover_every_cause_and_alarm_and_come_out_as_expected(
    pack: Pack, cases: tuple[Case, ...]
) -> None:
    assert len(cases) >= 60
    expected = {id for case in cases for id in case.vignette.expect.top}
    assert expected == set(CAUSES.split())
    assert {id for case in cases for id in case.vignette.expect.alarms} == {alarm.id for alarm in pack.alarms}
    book = run_cases(compile_pack(pack, load_anatomy()), cases)
    assert not book.failed, casebook_text(book)


def test_numbness_marked_on_the_leg_counts_as_numbness_said() -> None:
    """Somebody who puts pins and needles on the map has said so, whether or not the question was asked."""
    pack, anatomy = load_pack(), load_anatomy()
    findings = Findings(
        marks=(Mark("calf", "left", 7, ("tingling",)),),
        answers={"leg-pain-worse-than-back": "yes"},
    )
    found = compile_pack(pack, anatomy).assess(findings).cause("sciatica-disc-herniation")
    true = {assessed.line.id for assessed in found.for_lines}
    assert {"herniation-numb-or-tingling", "herniation-three-together"} <= true
