"""What fits, page by page, and what becomes of it: kept only when asked to, forgotten otherwise."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from guided import BUTTOCK, act, answer, begin, knowledge, mark, reach
from hypothesis import given
from hypothesis import strategies as st
from laws import law

from bodymap.report.tables import assessment_json
from bodymap.sessions import new_id
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import ROW_KINDS

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def finished(options: Options | None = None, *yes: str, others: str = "no") -> GuidedVisit:
    """A visit before its results: a sore buttock, yes to a few questions and `others` to the rest."""
    visit = begin(options)
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("complete")
    while visit.step.kind in ("question", "number", "several"):
        if visit.step.kind == "several":
            for choice in visit.step.choices:
                if choice.id in yes:
                    visit.choose(choice.id)
            visit.choose("done")
        else:
            answer(visit, "yes" if visit.step.question in yes else others)
    return visit


def pages(visit: GuidedVisit) -> list[Step]:
    found = []
    while visit.step.kind == "results":
        found.append(visit.step)
        visit.choose("next")
    return found


def test_one_cause_a_page_best_first() -> None:
    visit = finished(None, "sits-most-of-day", "sitting-worse", "twisting-worse", "tender-iliac-crest")
    likely = [found for found in visit.assessment.causes if found.band in ("strong", "possible")]
    shown = pages(visit)
    assert likely
    assert len(shown) == min(3, len(likely))
    for number, (step, assessed) in enumerate(zip(shown, likely, strict=False), start=1):
        assert (step.page, step.pages) == (number, len(shown))
        rows = {row.kind: row.text for row in step.rows}
        assert rows["cause"] == assessed.cause.name
        assert rows["plain"] == assessed.cause.plain
        best = max(assessed.for_lines, key=lambda line: line.points)
        assert rows["for"] == best.line.says
        if assessed.against_lines:
            assert rows["against"] == min(assessed.against_lines, key=lambda line: line.points).line.says
        assert rows.get("helps", "") == assessed.cause.article_helps
    assert visit.step.kind == "consent"


def test_causes_that_cannot_be_told_apart_are_said_to_be_so() -> None:
    said = ("sits-most-of-day", "arching-back-worse", "twisting-worse")
    visit = finished(Options(most_questions=99), *said, others="unsure")
    (group,) = visit.assessment.indistinguishable
    pack, _, _ = knowledge()
    shown = pages(visit)
    assert len(shown) >= 2
    for step in shown:
        name = next(row.text for row in step.rows if row.kind == "cause")
        id = next(cause.id for cause in pack.causes if cause.name == name)
        notes = [row.line for row in step.rows if row.kind == "note"]
        others = [pack.cause(other).name for other in group if other != id]
        assert any(all(other in note for other in others) for note in notes) == (id in group)


def test_none_fits_is_a_result() -> None:
    visit = finished(Options(most_questions=0))
    assert visit.assessment.none_fits
    (step,) = pages(visit)
    assert step.heading == "None of the causes we know fits well"
    assert step.rows == ()


def test_what_must_not_wait_comes_first_whether_or_not_causes_are_shown() -> None:
    for shown in (True, False):
        said = ("leg-weakness-worsening", "injected-drugs", "weight-loss-unexplained")
        visit = finished(Options(show_causes=shown), *said)
        assert [found.alarm.tier for found in visit.assessment.alarms] == ["same-day", "mention", "mention"]
        found = pages(visit)
        assert [[row.kind for row in step.rows] for step in found[:2]] == [
            ["alarm", "do"] * 2,
            ["alarm", "do"],
        ]
        assert "a leg is getting weaker" in found[0].rows[0].text
        assert (len(found) > 2) == shown
        assert visit.step.kind == "consent"


def test_with_causes_off_and_no_alarm_consent_follows_at_once() -> None:
    visit = finished(Options(show_causes=False), "sits-most-of-day", "sitting-worse")
    assert visit.step.kind == "consent"
    record = visit.session(new_id(), NOW, NOW)
    assert record.shown is not None
    assert record.shown.ranking, "the clinician sees the causes all the same"


def test_only_consent_leads_to_saving() -> None:
    visit = finished()
    pages(visit)
    assert (visit.state.saved, visit.wants_saving) == (None, False)
    visit.choose("save")
    assert (visit.state.saved, visit.wants_saving) == (True, True)
    assert visit.step.kind == "saving"
    before = visit.state
    for id in ("save", "discard", "skip", "next"):
        visit.choose(id)
    visit.back()
    assert visit.state == before, "nothing is taken back while the disk is at work"
    visit.saved_as("K7PM")
    step = visit.step
    assert (step.kind, visit.over, visit.wants_saving) == ("goodbye", True, False)
    assert [(row.kind, row.text) for row in step.rows] == [("code", "K7PM"), ("spelled", "K 7 P M")]


def test_no_means_no() -> None:
    visit = finished(Options(phone="555 0199"))
    pages(visit)
    visit.choose("discard")
    step = visit.step
    assert (visit.state.saved, visit.over, visit.wants_saving) == (False, True, False)
    assert [(row.kind, row.line) for row in step.rows] == [("call", "You can also call: 555 0199")]
    visit.saved_as("K7PM")
    assert visit.state.code == ""


@law(25)
@given(st.integers(0, 2**32))
def test_nothing_but_saying_so_sets_saved(seed: int) -> None:
    dice = random.Random(seed)
    _, _, anatomy = knowledge()
    visit = begin(Options(most_questions=2))
    for _ in range(150):
        kind, saved = visit.step.kind, visit.state.saved
        act(visit, dice, anatomy.places)
        if dice.random() < 0.05:
            visit.back()
        if visit.state.saved is not saved:
            assert kind == "consent"
        assert not visit.wants_saving or visit.state.saved is True
        if visit.over:
            break


def test_a_save_that_failed_is_said_and_can_be_tried_again() -> None:
    visit = finished()
    pages(visit)
    visit.choose("save")
    said = visit.findings
    visit.saving_failed("The disk is full.")
    step = visit.step
    assert (step.kind, step.heading) == ("consent", "It could not be saved")
    assert [(row.kind, row.text) for row in step.rows] == [("fault", "The disk is full.")]
    assert [choice.id for choice in step.choices] == ["save", "discard"]
    assert visit.findings is said
    visit.choose("save")
    assert visit.wants_saving
    visit.saving_failed("The disk is full.")
    visit.choose("discard")
    assert visit.over


def test_going_back_from_a_failed_save_gives_up_saving() -> None:
    visit = finished()
    pages(visit)
    visit.choose("save")
    visit.saving_failed("The disk is full.")
    visit.back()
    assert (visit.step.kind, visit.state.saved, visit.state.fault) == ("results", None, "")


@law(25)
@given(st.integers(0, 2**32))
def test_the_assessment_is_the_engines_byte_for_byte(seed: int) -> None:
    dice = random.Random(seed)
    _, engine, anatomy = knowledge()
    visit = begin()
    for _ in range(60):
        act(visit, dice, anatomy.places)
        if dice.random() < 0.1:
            visit.back()
    assert assessment_json(visit.assessment, engine) == assessment_json(engine.assess(visit.findings), engine)


def test_the_language_changes_no_byte_of_the_assessment() -> None:
    texts = set()
    for language in ("en", "es"):
        dice = random.Random(7)
        visit = begin(language=language, tiny=True)
        _, engine, anatomy = knowledge(tiny=True)
        for _ in range(40):
            act(visit, dice, anatomy.places)
        assert visit.findings.answers
        texts.add(assessment_json(visit.assessment, engine))
    assert len(texts) == 1
    assert json.loads(texts.pop())["schema"] == 1


@pytest.mark.parametrize("seed", range(30))
def test_rows_are_of_the_kinds_there_are(seed: int) -> None:
    dice = random.Random(seed)
    _, _, anatomy = knowledge()
    visit = begin(Options(phone="555"))
    for _ in range(150):
        for row in visit.step.rows:
            assert row.kind in ROW_KINDS
            assert row.text
            assert row.line.endswith(row.text)
        act(visit, dice, anatomy.places)
