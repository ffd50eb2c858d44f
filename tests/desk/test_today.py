"""A session as assessed today: equal where nothing changed, told where something did, never guessed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from bodymap.desk.today import Reason, Today, as_today
from bodymap.engine import Findings, Mark, compile_pack
from bodymap.engine.findings import frozen
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.report.today import today_text
from bodymap.sessions import Session, compose, new_id, now

FINDINGS = (
    Findings()
    .with_mark(Mark("buttock-upper", "left", 7, ("ache",), ("sitting-worse",)))
    .with_mark(Mark("lumbar-spine", "midline", 0))
    .with_answer("sits-most-of-day", "yes")
    .with_answer("sitting-worse", "yes")
    .with_answer("age", 47)
    .with_answer("bladder-bowel-change", "yes")
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return load_anatomy()


def sitting(pack: Pack, anatomy: Anatomy, findings: Findings = FINDINGS) -> Session:
    moment = now()
    assessment = compile_pack(pack, anatomy).assess(findings)
    return compose(pack, anatomy, findings, assessment, id=new_id(), started=moment, finished=moment)


def another(pack: Pack, **changes: object) -> Pack:
    """Return the pack as a later version of itself."""
    return replace(pack, version="99.0.0", sha256="f" * 64, **changes)  # type: ignore[arg-type]


def test_the_same_pack_says_the_same(pack: Pack, anatomy: Anatomy) -> None:
    today = as_today(sitting(pack, anatomy), pack, anatomy)
    assert today.relation == "same"
    assert today.shown
    assert today.assessment is not None
    assert len(today.causes) == len(pack.causes)
    assert [alarm.id for alarm in today.alarms]
    assert not today.differs
    assert (today.changed_causes, today.changed_alarms, today.left_out) == ((), (), ())
    assert all(cause.reasons == () for cause in today.causes)


def test_a_changed_pack_tells_who_moved_and_why(pack: Pack, anatomy: Anatomy) -> None:
    session = sitting(pack, anatomy)
    leader = compile_pack(pack, anatomy).assess(FINDINGS).causes[0]
    weaker = replace(leader.cause, prior=leader.cause.prior - 30, evidence="very-low")
    lines = leader.cause.lines
    gone = {line.line.id for line in leader.for_lines[:1]}
    weaker = replace(weaker, lines=tuple(line for line in lines if line.id not in gone))
    causes = tuple(weaker if cause.id == leader.cause.id else cause for cause in pack.causes)
    today = as_today(session, another(pack, causes=causes), anatomy)
    assert today.relation == "other-version"
    assert today.differs
    assert today.leads_now
    assert today.leader_then == leader.cause.id != today.leader_now
    (moved,) = [cause for cause in today.causes if cause.id == leader.cause.id]
    assert moved.differs
    assert Reason("for", tuple(gone), now=False) in moved.reasons
    text = today_text(today, session, another(pack, causes=causes))
    assert f"Leading then: {leader.cause.name}." in " ".join(text.split())
    assert "(not in the pack any more)" in " ".join(text.split())


def test_other_points_and_other_grades_are_reasons(pack: Pack, anatomy: Anatomy) -> None:
    session = sitting(pack, anatomy)
    first, *rest = pack.causes
    dearer = as_today(
        session, another(pack, causes=(replace(first, prior=first.prior + 100), *rest)), anatomy
    )
    (moved,) = [cause for cause in dearer.causes if cause.id == first.id]
    assert moved.reasons[-1] == Reason("points")
    lower = as_today(session, another(pack, bands=dict.fromkeys(pack.bands, 1000)), anatomy)
    assert {reason.kind for cause in lower.causes for reason in cause.reasons} == {"bands"}


def test_causes_and_alarms_come_and_go(pack: Pack, anatomy: Anatomy) -> None:
    session = sitting(pack, anatomy)
    smaller = another(pack, causes=pack.causes[1:], alarms=())
    today = as_today(session, smaller, anatomy)
    gone = today.causes[-1]
    assert (gone.id, gone.now, gone.reasons) == (pack.causes[0].id, None, (Reason("gone", now=False),))
    assert [alarm.now for alarm in today.changed_alarms] == [None] * len(today.alarms) != []
    assert "was shown then and would not be today" in " ".join(today_text(today, session, smaller).split())
    # And the other way round: a session of the smaller pack, assessed with the larger.
    back = as_today(sitting(smaller, anatomy), another(pack), anatomy)
    assert [cause.id for cause in back.causes if cause.then is None] == [pack.causes[0].id]
    assert all(alarm.then is None for alarm in back.changed_alarms)
    assert len(back.changed_alarms) == len(today.changed_alarms)


def test_another_pack_is_said_and_not_guessed(pack: Pack, anatomy: Anatomy) -> None:
    session = sitting(pack, anatomy)
    other = replace(pack, id="other-pain")
    today = as_today(session, other, anatomy)
    assert today.relation == "other-pack"
    assert today.assessment is None
    assert "rear-pain" in today.reason
    assert not today.differs
    assert "nothing was assessed" in " ".join(today_text(today, session, other).split())
    asked = as_today(session, other, anatomy, other_packs=True)
    assert asked.assessment is not None
    assert asked.relation == "other-pack"


def test_what_does_not_fit_any_more_is_named_and_left_out(pack: Pack, anatomy: Anatomy) -> None:
    findings = replace(
        FINDINGS,
        marks=(
            *FINDINGS.marks,
            Mark("third-arm", "left", 4),
            Mark("calf", "left", 3, (), ("singing-worse",)),
        ),
        answers=frozen({**FINDINGS.answers, "shoe-size": 44, "twisting-worse": "perhaps"}),
        map_complete=True,
    )
    session = replace(sitting(pack, anatomy), findings=findings, places=(), words=MappingProxyType({}))
    today = as_today(session, pack, anatomy)
    assert [left.place for left in today.left_out] == [
        "marks[3]",
        "marks[4].worse_with, singing-worse",
        "answers.shoe-size",
        "answers.twisting-worse",
        "map_complete",
    ]
    assert today.assessment is not None
    text = today_text(today, session, pack)
    assert "shoe-size" in text
    # The rest counts as if the others had never been said.
    rest = replace(
        findings,
        marks=(*FINDINGS.marks, Mark("calf", "left", 3)),
        answers=FINDINGS.answers,
        map_complete=False,
    )
    assert today.assessment.causes == compile_pack(pack, anatomy).assess(rest).causes


def test_a_session_without_an_assessment(pack: Pack, anatomy: Anatomy) -> None:
    moment = now()
    session = compose(pack, anatomy, FINDINGS, None, id=new_id(), started=moment)
    today = as_today(session, pack, anatomy)
    assert not today.shown
    assert today.assessment is not None
    assert not today.differs
    assert "Nothing had been assessed then." in today_text(today, session, pack)


def test_the_same_pack_with_another_result_is_said(pack: Pack, anatomy: Anatomy) -> None:
    session = sitting(pack, anatomy)
    assert session.shown is not None
    forged = replace(session, shown=replace(session.shown, alarms=()))
    today: Today = as_today(forged, pack, anatomy)
    assert today.relation == "same"
    assert today.differs
    assert "the same pack, and yet" in " ".join(today_text(today, forged, pack).split())
