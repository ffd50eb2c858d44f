"""Removing old sessions: what a dry run names goes, nothing else does, and the log tells."""

from __future__ import annotations

import os
import random
import select
import signal
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from session_folder import everything
from session_given import SESSION, with_id
from test_kill import forked

from bodymap.common.trouble import Trouble
from bodymap.sessions import Session, SessionStore
from bodymap.sessions.access_log import NAME, log_access
from bodymap.sessions.purge import Old, older_than, remove
from bodymap.sessions.review_file import ReviewEntry, append_review, review_path

BEFORE = date(2026, 6, 1)
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def of_day(day: date, number: int = 0) -> Session:
    """Return a session of a day, whose id was made then."""
    started = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    stamp = f"{int(started.timestamp() * 1000):012x}"
    session = with_id(SESSION, f"{stamp[:8]}-{stamp[8:]}-7000-8000-{number:012x}")
    return replace(session, started=started, finished=started + timedelta(minutes=5))


def saved(folder: Path, *sessions: Session) -> list[Path]:
    return [SessionStore(folder).save(session).path for session in sessions]


def test_what_is_old_goes_and_nothing_else(tmp_path: Path) -> None:
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2025, 1, 2), date(2026, 11, 1)]
    paths = saved(tmp_path, *[of_day(day, number) for number, day in enumerate(days)])
    before = {path: path.read_bytes() for path in everything(tmp_path)}
    found = list(older_than(tmp_path, BEFORE))
    assert [(old.path, old.day, old.kept) for old in found] == [
        (paths[0], days[0], ""),
        (paths[2], days[2], ""),
    ]
    assert {path: path.read_bytes() for path in everything(tmp_path)} == before  # a dry run
    assert remove(tmp_path, found, by="ada") == 2
    assert everything(tmp_path) == sorted([paths[1], paths[3], tmp_path / NAME])
    assert not (tmp_path / "2025").exists()
    assert paths[1].read_bytes() == before[paths[1]]
    assert list(older_than(tmp_path, BEFORE)) == []


def test_a_review_goes_with_its_session_and_alone(tmp_path: Path) -> None:
    first, second, new = (of_day(day) for day in (date(2026, 5, 1), date(2026, 5, 2), date(2026, 7, 1)))
    paths = saved(tmp_path, first, second, new)
    for session in (first, second, new):
        append_review(tmp_path, session.id, ReviewEntry(AT, "Ada", note="x"))
    paths[1].unlink()
    found = list(older_than(tmp_path, BEFORE))
    assert [(old.path, old.reviewed) for old in found] == [(review_path(paths[1]), True), (paths[0], True)]
    assert remove(tmp_path, found, by="ada") == 2
    assert everything(tmp_path) == sorted([paths[2], review_path(paths[2]), tmp_path / NAME])


def test_every_date_must_be_old(tmp_path: Path) -> None:
    old, new = date(2026, 5, 1), date(2026, 8, 1)
    renewed = replace(of_day(old, 1), finished=datetime(2026, 8, 1, tzinfo=UTC))
    younger_id = with_id(of_day(old, 2), of_day(new, 2).id)
    on_the_day = replace(of_day(date(2026, 5, 31), 5), finished=datetime(2026, 6, 1, tzinfo=UTC))
    saved(tmp_path, renewed, younger_id, on_the_day)
    # In the folder of an old day, and cannot be read: its id tells that it is new.
    moved = tmp_path / "2026/05/01" / f"{of_day(new, 3).id}.toml"
    moved.write_text("schema = ")
    # A readable one in the folder of an old day says itself that it is new.
    elsewhere = tmp_path / "2026/05/01" / f"{of_day(old, 4).id}.toml"
    elsewhere.write_bytes(saved(tmp_path, replace(of_day(old, 4), started=AT, finished=AT))[0].read_bytes())
    assert list(older_than(tmp_path, BEFORE)) == []


def test_what_cannot_be_read_goes_by_its_folder_and_its_id(tmp_path: Path) -> None:
    (path,) = saved(tmp_path, of_day(date(2026, 5, 1)))
    path.write_text("half a fi")
    (found,) = older_than(tmp_path, BEFORE)
    assert (found.readable, found.kept) == (False, "")
    assert remove(tmp_path, [found], by="ada") == 1
    assert everything(tmp_path) == [tmp_path / NAME]


def test_what_a_person_must_look_at_stays(tmp_path: Path) -> None:
    (epoch,) = saved(tmp_path, of_day(date(1970, 1, 1)))
    foreign = tmp_path / "2026/05/01/notes.toml"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine = true")
    (tmp_path / "2026/05/77").mkdir()
    found = {old.path: old.kept for old in older_than(tmp_path, BEFORE)}
    assert "the clock was wrong" in found[epoch]
    assert "not the name of a session" in found[foreign]
    assert "no date" in found[tmp_path / "2026/05/77"]
    assert remove(tmp_path, [Old(path, "", BEFORE, kept=kept) for path, kept in found.items()], by="ada") == 0
    assert everything(tmp_path) == sorted([epoch, foreign])


def test_links_are_never_followed(tmp_path: Path) -> None:
    folder, other = tmp_path / "sessions", tmp_path / "other"
    (path,) = saved(other, of_day(date(2026, 5, 1)))
    (folder / "2026").mkdir(parents=True)
    (folder / "2026/05").symlink_to(other / "2026/05")
    (found,) = older_than(folder, BEFORE)
    assert found.kept
    with pytest.raises(Trouble):
        remove(folder, [Old(folder / "2026/05/01" / path.name, path.stem, BEFORE)], by="ada")
    assert path.exists()
    assert "not-removed" in (folder / NAME).read_text()


def test_the_log_comes_first(tmp_path: Path) -> None:
    (path,) = saved(tmp_path, of_day(date(2026, 5, 1)))
    (tmp_path / NAME).mkdir()
    with pytest.raises(Trouble) as caught:
        remove(tmp_path, list(older_than(tmp_path, BEFORE)), by="ada")
    assert str(tmp_path / NAME) in caught.value.where
    assert path.exists()


def test_no_folder_nothing_old(tmp_path: Path) -> None:
    assert list(older_than(tmp_path / "nowhere", BEFORE)) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="not a folder"):
        list(older_than(tmp_path / "file", BEFORE))


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_any_moment_it_goes_on_at_the_next_run(tmp_path: Path, kills: int) -> None:
    """A review never stays alone, what is gone is in the log, and the next run leaves both of a pair or neither."""
    chance = random.Random(20261126)
    cut = 0
    for number in range(kills):
        folder = tmp_path / str(number)
        old = [of_day(date(2026, 5, 1 + each // 5), each) for each in range(15)]
        new = of_day(date(2026, 7, 1))
        paths = saved(folder, *old, new)
        for session in (*old[::2], new):
            append_review(folder, session.id, ReviewEntry(AT, "Ada", note="x"))
        child = forked(lambda folder=folder: remove(folder, older_than(folder, BEFORE), by="ada"))  # type: ignore[misc]
        select.select([], [], [], chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        there = {path for path in paths if path.exists()}
        logged = (folder / NAME).read_text() if (folder / NAME).exists() else ""
        cut += 1 < len(there) < len(paths)
        assert all(path in there or path.stem in logged for path in paths)
        assert set(folder.rglob("*.review.toml")) <= {review_path(path) for path in there}
        left = list(older_than(folder, BEFORE))
        assert {found.path for found in left} == there - {paths[-1]}
        assert remove(folder, left, by="ada") == len(left)
        assert everything(folder) == sorted([paths[-1], review_path(paths[-1]), folder / NAME])
        logged = (folder / NAME).read_text()
        assert all(session.id in logged for session in old)
        assert new.id not in logged
    print(f"{kills} kills, {cut} of them between the first and the last session")


# The access log


def test_a_line_holds_who_when_what_and_which(tmp_path: Path) -> None:
    ids = [of_day(date(2026, 5, 1), number).id for number in range(2)]
    log_access(tmp_path, "exported", ids, by="Ada\t\x1b[2J\nBerg", through="sessions export", at=AT)
    log_access(tmp_path, "opened", ["../../etc/passwd\n"], by="Bo", through="review", at=AT)
    log_access(tmp_path, "opened", [], by="Bo", through="review", at=AT)
    assert (tmp_path / NAME).read_text() == (
        f"2026-11-25T12:00:00+00:00\texported\t{ids[0]}\tAda �[2J Berg\tsessions export\n"
        f"2026-11-25T12:00:00+00:00\texported\t{ids[1]}\tAda �[2J Berg\tsessions export\n"
        "2026-11-25T12:00:00+00:00\topened\t-\tBo\treview\n"
    )
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    saved(tmp_path, of_day(date(2026, 5, 1)))
    assert len(list(SessionStore(tmp_path).iterate())) == 1


def test_lines_are_only_added_and_stay_whole(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("cut o")
    ids = [of_day(date(2026, 5, 1), number).id for number in range(50)]

    def write(name: str) -> None:
        for id in ids:
            log_access(tmp_path, "opened", [id], by=name, through="review", at=AT)

    children = [forked(lambda name=name: write(name)) for name in ("Ada", "Bo")]  # type: ignore[misc]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    first, *lines = (tmp_path / NAME).read_text().splitlines()
    assert first == "cut o"
    for name in ("Ada", "Bo"):
        assert [line.split("\t")[2] for line in lines if line.split("\t")[3] == name] == ids
    assert len(lines) == 100


def test_a_log_that_is_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    other = tmp_path / "other"
    other.write_text("")
    for make in (lambda: path.symlink_to(other), lambda: os.mkfifo(path)):
        make()
        with pytest.raises(Trouble) as caught:
            log_access(tmp_path, "opened", [SESSION.id], by="Ada", through="review")
        assert str(path) in caught.value.where
        path.unlink()
    assert other.read_text() == ""
