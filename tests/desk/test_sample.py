"""Made-up sessions: equal for equal seeds, real to the reader, and never taken for a person's."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bodymap.desk.index import SessionIndex
from bodymap.desk.sample import is_sample, sample_sessions, write_samples
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import Session, SessionStore, findings_of
from bodymap.sessions.verify import verify

UNTIL = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def samples(count: int, seed: int = 1) -> list[Session]:
    return list(sample_sessions(count, seed, load_pack(), load_anatomy(), until=UNTIL))


def test_equal_seeds_make_equal_people_and_others_others() -> None:
    assert samples(20) == samples(20)
    assert {one.id for one in samples(20)}.isdisjoint(one.id for one in samples(20, seed=2))


def test_they_are_oldest_first_and_end_on_the_day_before() -> None:
    started = [one.started for one in samples(200)]
    assert started == sorted(started)
    assert started[-1].date().isoformat() == "2026-11-22"
    assert (UNTIL - started[0]).days <= 6


def test_they_are_files_without_a_fault_and_say_that_they_are_made_up(tmp_path: Path) -> None:
    assert len(list(write_samples(tmp_path, samples(60)))) == 60
    assert len(list(write_samples(tmp_path, samples(60)))) == 60, "what is there already stays"
    checked = list(verify(SessionStore(tmp_path), load_pack()))
    assert [each.faults for each in checked] == [()] * 60
    assert all(each.session is not None and is_sample(each.session) for each in checked)
    index = SessionIndex(tmp_path)
    index.refresh()
    assert [row.sample for row in index.rows(count=100)] == [True] * 60
    index.close()


def test_what_they_said_can_be_said() -> None:
    pack, anatomy = load_pack(), load_anatomy()
    for session in islice(samples(300), 0, None, 10):
        assert findings_of(session, pack, anatomy) == session.findings


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (session,) = samples(1)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "sessions"
    folder.mkdir()
    (folder / f"{session.started:%Y}").symlink_to(elsewhere)
    with pytest.raises(Exception, match=r"link|folder"):
        list(write_samples(folder, [session]))
    assert list(elsewhere.iterdir()) == []
