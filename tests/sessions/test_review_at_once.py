"""Clinicians who add to reviews at once, and writers that are killed while they add: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import select
import signal
from pathlib import Path

import pytest
from session_folder import everything
from session_given import SESSION, with_id
from test_kill import forked
from test_review_file import AT

from bodymap.sessions import SessionStore, new_id
from bodymap.sessions.review_file import ReviewEntry, append_review, read_review, review_path


@pytest.mark.parametrize("each", [120, pytest.param(500, marks=pytest.mark.slow)])
def test_two_clinicians_at_once_lose_nothing(tmp_path: Path, each: int) -> None:
    """To five sessions of one day, each in turn: more than 500 entries do not fit into one file."""
    sessions = [with_id(SESSION, new_id()) for _ in range(5)]
    paths = [SessionStore(tmp_path).save(session).path for session in sessions]
    before = [path.read_bytes() for path in paths]

    def write(name: str) -> None:
        for number in range(each):
            place = number % 5
            entry = ReviewEntry(AT, name, note=str(number))
            append_review(tmp_path, sessions[place].id, entry, path=paths[place])

    children = [forked(lambda name=name: write(name)) for name in ("Ada", "Bo")]  # type: ignore[misc]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    reviews = [read_review(review_path(path)) for path in paths]
    for place, review in enumerate(reviews):
        for name in ("Ada", "Bo"):
            notes = [entry.note for entry in review.entries if entry.by == name]
            assert notes == [str(number) for number in range(place, each, 5)]
    assert sum(len(review.entries) for review in reviews) == 2 * each
    assert [path.read_bytes() for path in paths] == before
    assert len(everything(tmp_path)) == 10


def killed_on_and_on(folder: Path, kills: int) -> tuple[int, int]:
    """Kill writers at any moment, look after each, and return how many entries were acknowledged and are there."""
    chance = random.Random(20261124)
    acknowledged = there = 0
    for _ in range(0, kills, 10):
        session = with_id(SESSION, new_id())  # ten at one, because a review has an end
        session_path = SessionStore(folder).save(session).path
        content, path = session_path.read_bytes(), review_path(session_path)
        told: list[str] = []
        for number in range(10):
            reading, writing = os.pipe()

            def write(
                number: int = number, writing: int = writing, id: str = session.id, at: Path = session_path
            ) -> None:
                for step in range(40):
                    note = f"{number}-{step}"
                    append_review(folder, id, ReviewEntry(AT, "Ada", note=note), path=at)
                    os.write(writing, f"{note}\n".encode())
                signal.pause()

            child = forked(write)
            os.close(writing)
            first = os.read(reading, 1)
            select.select([], [], [], chance.random() * 0.02)  # any moment of those that follow
            os.kill(child, signal.SIGKILL)
            assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
            with os.fdopen(reading, "rb") as rest:
                told += (first + rest.read()).decode().splitlines()
            notes = [entry.note for entry in read_review(path).entries]
            assert [note for note in told if note not in notes] == []
            assert len(notes) == len(set(notes)) <= len(told) + number + 1
        assert session_path.read_bytes() == content
        acknowledged, there = acknowledged + len(told), there + len(notes)
    SessionStore(folder).sweep()
    assert {path.suffix for path in everything(folder)} == {".toml"}
    return acknowledged, there


def test_whoever_is_killed_leaves_every_acknowledged_entry(tmp_path: Path) -> None:
    acknowledged, there = killed_on_and_on(tmp_path, 30)
    assert 30 <= acknowledged <= there


@pytest.mark.slow
def test_six_hundred_who_are_killed_leave_every_acknowledged_entry(tmp_path: Path) -> None:
    acknowledged, there = killed_on_and_on(tmp_path, 600)
    print(f"{acknowledged} entries acknowledged, {there} there")
    assert 600 <= acknowledged <= there
