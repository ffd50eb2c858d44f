"""Writers that are killed at random moments, and writers that all write at once."""

from __future__ import annotations

import os
import random
import select
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from session_given import SESSION, unfinished, with_id

from bodymap.common.trouble import Trouble
from bodymap.sessions import Session, SessionStore, new_id, read_session
from bodymap.sessions.record import App

TOGETHER = 4
assert SESSION.shown is not None
# What a session holds costs time to write and to check, and tells nothing about being killed.
BRIEF = replace(SESSION, shown=replace(SESSION.shown, ranking=SESSION.shown.ranking[:1]), words={}, places=())


def forked(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own and return its number; it never comes back into the tests."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def numbered(session: Session, number: int) -> Session:
    return replace(session, app=App("bodymap", str(number)))


def write_on_and_on(folder: Path, acknowledge: int) -> None:
    """Save for ever, as the explorer does, and acknowledge each save by a line `id number state`."""
    store = SessionStore(folder)
    store.sweep()
    for number in count():
        session = with_id(BRIEF, new_id())
        steps = [(store.save, numbered(session, 9))]
        if number % 3 == 0:
            steps = [(store.autosave, numbered(unfinished(session), step)) for step in range(3)] + steps
        for save, state in steps:
            save(state)
            os.write(acknowledge, f"{state.id} {state.app.version} {state.state}\n".encode())


def started(folder: Path) -> tuple[int, int]:
    """Start a writer and return its process and the pipe that it acknowledges into."""
    reading, writing = os.pipe()
    child = forked(lambda: write_on_and_on(folder, writing))
    os.close(writing)
    return child, reading


def lines_until_killed(child: int, reading: int, wanted: int, chance: random.Random) -> list[str]:
    """Return what a writer acknowledged that is killed at some moment after `wanted` lines."""
    read = b""
    while read.count(b"\n") < wanted:
        part = os.read(reading, 65536)
        assert part, "the writer ended by itself"
        read += part
    # Any moment of a save: nothing is read meanwhile, the pipe holds it.
    select.select([], [], [], chance.random() * 0.01)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    while part := os.read(reading, 65536):
        read += part
    os.close(reading)
    return read.decode().splitlines()


@pytest.mark.parametrize(
    ("kills", "saves"),
    [(60, 5_000), pytest.param(500, 20_000, marks=pytest.mark.slow)],
    ids=["short", "long"],
)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(
    tmp_path: Path, kills: int, saves: int
) -> None:
    chance = random.Random(20261123)
    lines: list[str] = []
    for _ in range(kills // TOGETHER):
        # Several at once: while one waits for the disk another goes on, and each starts by sweeping up after
        # those killed before, among the files of those that still write.
        writers = [started(tmp_path) for _ in range(TOGETHER)]
        for child, reading in writers:
            lines += lines_until_killed(child, reading, saves // kills + 1, chance)
    assert len(lines) >= saves
    least: dict[str, tuple[int, str]] = {}
    for line in lines:
        id, number, state = line.split()
        least[id] = max(least.get(id, (0, "")), (int(number), state))

    entries = list(SessionStore(tmp_path).iterate())
    found = {entry.session.id: entry.session for entry in entries if entry.session}
    assert [entry for entry in entries if entry.trouble] == []
    assert {session.integrity for session in found.values()} == {"ok"}
    for id, (number, state) in least.items():
        session = found[id]
        assert int(session.app.version) >= number
        assert session.state == "finished" or state == "unfinished"

    swept = SessionStore(tmp_path).sweep()
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {f"{id}.toml" for id in found}
    print(
        f"{kills} kills, {len(lines):,} acknowledged saves of {len(least):,} sessions, {len(found):,} files; "
        f"{swept} temporary files were left to the last sweep"
    )


@pytest.mark.parametrize("each", [100, pytest.param(1_000, marks=pytest.mark.slow)])
def test_eight_writers_at_once(tmp_path: Path, each: int) -> None:
    folder = tmp_path / "new" / "folder"

    def write() -> None:
        store = SessionStore(folder)
        for number in range(each):
            session = with_id(SESSION, new_id())
            store.autosave(unfinished(session))
            store.save(session)
            if number % (each // 100) == 0:
                store.sweep()

    children = [forked(write) for _ in range(8)]
    assert {os.waitpid(child, 0)[1] for child in children} == {0}
    entries = list(SessionStore(folder).iterate())
    assert len(entries) == 8 * each
    assert all(entry.session and entry.session.state == "finished" for entry in entries)
    assert sum(1 for path in folder.rglob("*") if path.is_file()) == 8 * each


def test_of_many_that_finish_one_session_one_is_acknowledged(tmp_path: Path) -> None:
    for _ in range(10):
        session = with_id(SESSION, new_id())
        SessionStore(tmp_path).autosave(unfinished(session))
        reading, writing = os.pipe()

        def finish(number: int, session: Session = session, writing: int = writing) -> None:
            try:
                SessionStore(tmp_path).save(numbered(session, number))
            except Trouble:
                return
            os.write(writing, f"{number}\n".encode())

        children = [forked(lambda number=number: finish(number)) for number in range(6)]  # type: ignore[misc]
        os.close(writing)
        for child in children:
            os.waitpid(child, 0)
        acknowledged = os.read(reading, 1000).decode().split()
        os.close(reading)
        assert len(acknowledged) == 1
        path = SessionStore(tmp_path).path_of(session)
        assert read_session(path) == numbered(session, int(acknowledged[0]))
