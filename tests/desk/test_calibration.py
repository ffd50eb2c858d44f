"""Agreement with working diagnoses: counted strictly, with intervals, and never said of too few."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_folder import made, put, sample_of
from hypothesis import given
from hypothesis import strategies as st

from bodymap.desk.calibration import Agreement, Calibration, Diagnosed, calibrate, diagnosed
from bodymap.desk.figures import desk_figures
from bodymap.report.calibration import calibration_json, calibration_text, share_words
from bodymap.sessions import Session
from bodymap.sessions.record import Shown, ShownCause
from bodymap.sessions.review_file import ReviewEntry, append_review, review_path

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
CLAIMS = re.compile(r"accura|sensitiv|specific|correct|reliab|precise|valid|proves", re.IGNORECASE)


def ranked(number: int, *ranks: tuple[str, int], none_fits: bool = False) -> Session:
    causes = tuple(
        ShownCause(id, id.upper(), rank, "possible", "weak", 1, (0, 2), (1, 9)) for id, rank in ranks
    )
    return replace(made(number), shown=Shown((), causes, none_fits))


FOUR = (("a", 1), ("b", 2), ("c", 3), ("d", 4))


def counted(*pairs: tuple[Session, str]) -> Calibration:
    return calibrate(Diagnosed(Path("x"), session, diagnosis) for session, diagnosis in pairs)


def test_first_and_among_three() -> None:
    counts = counted(*[(ranked(number, *FOUR), id) for number, id in enumerate("aabcd")])
    assert counts.ranked.top1 == Agreement(2, 5)
    assert counts.ranked.top3 == Agreement(4, 5)
    assert counts.every.top1 == Agreement(2, 5)
    assert {id: tally.top1 for id, tally in counts.by_cause.items()} == {
        "a": Agreement(2, 2),
        "b": Agreement(0, 1),
        "c": Agreement(0, 1),
        "d": Agreement(0, 1),
    }


def test_a_shared_place_is_no_first_place() -> None:
    tied = (("a", 1), ("b", 1), ("c", 3), ("d", 3))
    counts = counted((ranked(1, *tied), "a"), (ranked(2, *tied), "c"))
    assert (counts.ranked.first, counts.ranked.among_three) == (0, 1)


def test_where_none_fitted_none_was_put_forward() -> None:
    counts = counted((ranked(1, *FOUR, none_fits=True), "a"))
    assert counts.ranked.top3 == Agreement(0, 1)


def test_other_and_none_count_apart() -> None:
    counts = counted(
        (ranked(1, *FOUR), "a"),
        (ranked(2, *FOUR), "other"),
        (ranked(3, *FOUR), "cause-of-another-pack"),
        (ranked(4, *FOUR), "none"),
        (ranked(5, *FOUR, none_fits=True), "none"),
    )
    assert counts.ranked.top1 == Agreement(1, 1)
    assert counts.every.top1 == Agreement(1, 3)
    assert (counts.outside, counts.none, counts.none_shown) == (2, 2, 1)


def test_what_does_not_count_is_said() -> None:
    bad = replace(ranked(3, *FOUR), integrity="failed")
    unfinished = replace(ranked(2, *FOUR), state="unfinished", finished=None)
    counts = counted((sample_of(ranked(1, *FOUR)), "a"), (unfinished, "a"), (bad, "a"))
    assert counts.every.sessions == 0
    assert sum(counts.left_out.values()) == 3
    text = calibration_text(counts, desk_figures())
    assert "No finished session has a working diagnosis yet." in text
    assert "Not counted: 1, made up." in text


@pytest.mark.parametrize(
    ("agreed", "of", "low", "high"),
    # Figures of the Wilson score interval as statistics programs give them.
    [(7, 10, 0.3968, 0.8922), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_the_interval_is_the_known_one(agreed: int, of: int, low: float, high: float) -> None:
    found = Agreement(agreed, of).interval
    assert found == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    agreed, of = pair
    low, high = Agreement(agreed, of).interval
    assert 0 <= low <= agreed / of <= high <= 1
    mirrored = Agreement(of - agreed, of).interval
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-12)
    assert re.fullmatch(r"\d+ %, 95 % interval \d+ to \d+ %", share_words(Agreement(agreed, of)))


def test_too_few_are_said_and_no_share_is_told() -> None:
    least = desk_figures().least_diagnoses
    few = counted(*[(ranked(number, *FOUR), "a") for number in range(least - 1)])
    text = calibration_text(few, desk_figures())
    assert f"Too few to tell a share: {least - 1} of at least {least}." in text
    assert "%" not in text
    enough = counted(*[(ranked(number, *FOUR), "a") for number in range(least)])
    text = calibration_text(enough, desk_figures())
    assert f"shown first: {least} of {least} (100 %, 95 % interval 88 to 100 %)" in text
    assert "Too few" not in text
    table = json.loads(calibration_json(few, desk_figures()))
    assert table["ranked"]["enough"] is False
    assert table["ranked"]["top1_interval_percent"] is None
    assert json.loads(calibration_json(enough, desk_figures()))["ranked"]["top1_interval_percent"] == [
        88,
        100,
    ]


def test_it_is_never_called_more_than_agreement() -> None:
    pairs = [(ranked(number, *FOUR), id) for number, id in enumerate("abcd" * 10)]
    newer = replace(ranked(90, *FOUR), pack=replace(made(90).pack, version="2.0.0"))
    counts = counted(*pairs, (newer, "a"), (ranked(91, *FOUR), "none"), (ranked(92, *FOUR), "other"))
    text = " ".join(calibration_text(counts, desk_figures()).split())
    assert not CLAIMS.search(text)
    assert "not proof" in text
    assert "in this clinic" in text.lower()
    assert "rear-pain 2.0.0: 1 of 1 first" in text
    assert not CLAIMS.search(calibration_json(counts, desk_figures()))


def test_only_sessions_with_a_diagnosis_are_read(tmp_path: Path) -> None:
    paths = put(tmp_path, *[ranked(number, *FOUR) for number in range(6)])
    ids = [path.stem for path in paths]
    append_review(tmp_path, ids[0], ReviewEntry(AT, "Ada", working_diagnosis="b"))
    append_review(tmp_path, ids[0], ReviewEntry(AT, "Bo", working_diagnosis="a"))
    append_review(tmp_path, ids[1], ReviewEntry(AT, "Ada", note="nothing yet"))
    append_review(tmp_path, ids[2], ReviewEntry(AT, "Ada", working_diagnosis="a"))
    paths[2].write_text("broken")
    review_path(paths[3]).write_text("broken")
    paths[4].write_text("broken too, but nobody gave it a diagnosis")
    found = list(diagnosed(tmp_path))
    assert [(each.path.name[:36], each.diagnosis, each.trouble is None) for each in found] == [
        (ids[3], "", False),
        (ids[2], "", False),
        (ids[0], "a", True),
    ]
    counts = calibrate(found)
    assert counts.ranked.top1 == Agreement(1, 1)
    assert counts.left_out == {"the session or its review cannot be read": 2}
    assert list(diagnosed(tmp_path / "nowhere")) == []
