"""The index under others: kiosks that write, reviewers who look too, clocks that jump, files that are no index."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.common.trouble import Trouble
from bodymap.desk import database
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from datetime import timedelta
sys.path[:0] = ["tests/desk"]
from desk_folder import made
from bodymap.sessions import SessionStore
folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = SessionStore(folder)
for number in range(first, first + count):
    store.autosave(made(number, finished=False))
    store.save(made(number))
    print(number, flush=True)
"""

PROGRAM = [sys.executable, "-c", WRITER]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions"
    put(folder, made(1), made(2))
    return folder


@pytest.fixture
def opened() -> Iterator[Callable[[Path], SessionIndex]]:
    made_: list[SessionIndex] = []

    def open_(folder: Path) -> SessionIndex:
        made_.append(SessionIndex(folder))
        return made_[-1]

    yield open_
    for index in made_:
        index.close()


Opened = Callable[[Path], SessionIndex]


def test_what_a_kiosk_was_promised_is_in_the_list_at_the_next_look(folder: Path, opened: Opened) -> None:
    index = opened(folder)
    writers = [
        subprocess.Popen([*PROGRAM, str(folder), str(first), "40"], cwd=ROOT, stdout=subprocess.PIPE)
        for first in (100, 200, 300)
    ]
    promised: set[int] = set()
    lock = threading.Lock()

    def listen(writer: subprocess.Popen[bytes]) -> None:
        assert writer.stdout is not None
        for line in writer.stdout:
            with lock:
                promised.add(int(line))

    listeners = [threading.Thread(target=listen, args=(writer,)) for writer in writers]
    for listener in listeners:
        listener.start()
    while any(listener.is_alive() for listener in listeners):
        with lock:
            before = set(promised)
        index.refresh()
        rows = index.rows(Query.parse("state:finished"), Order.NEWEST, 0, 1000)
        assert before <= {int(row.id[-12:], 16) for row in rows}
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    index.refresh()
    assert index.count(Query.parse("state:finished -bad")) == len(promised) + 2 == 122
    assert index.count() == 122


def same_list(one: SessionIndex, other: SessionIndex) -> bool:
    return one.rows(count=1000) == other.rows(count=1000)


def test_two_reviewers_at_once_see_the_same(folder: Path, opened: Opened) -> None:
    put(folder, *(made(number, started=NOON + timedelta(hours=number)) for number in range(3, 300)))
    one, other = opened(folder), opened(folder)
    threads = [threading.Thread(target=index.refresh) for index in (one, other, one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.count() == other.count() == 299
    assert same_list(one, other)
    put(folder, made(400))
    one.refresh()
    assert other.count() == 300, "what one has found the other need not look for"
    assert same_list(one, other)
    assert other.refresh().added == 0


@pytest.mark.parametrize("seconds", [-86_400, 0, 86_400])
def test_a_clock_that_jumps_hides_nothing(folder: Path, opened: Opened, seconds: int) -> None:
    index = opened(folder)
    index.refresh()
    day = folder / f"{NOON:%Y/%m/%d}"
    before = day.stat()
    for number in (10, 11, 12):
        put(folder, made(number))
        # The clock of the system that wrote it stood elsewhere, or still: the folder may even look untouched.
        moved = before.st_mtime_ns + seconds * 1_000_000_000
        os.utime(day, ns=(moved, moved))
        assert index.refresh().added == 1
    assert index.count() == 5


def test_a_reader_gets_whole_states_while_another_writes(folder: Path, opened: Opened) -> None:
    put(folder, *(made(number) for number in range(3, 200)))
    reader, writer = opened(folder), opened(folder)
    reader.refresh()
    done = threading.Event()

    def write() -> None:
        for number in range(200, 260):
            put(folder, made(number, alarm="aneurysm"))
            writer.refresh()
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    while not done.is_set():
        rows = reader.rows(order=Order.NEWEST, count=1000)
        assert len({row.id for row in rows}) == len(rows) >= 199
    thread.join()
    assert reader.count() == 259
    assert reader.count(Query.parse("alarm:aneurysm")) == 60


def test_a_build_that_is_stopped_goes_on_where_it_was(
    folder: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bodymap.desk.refreshing._TASK", 5)
    monkeypatch.setattr("bodymap.desk.refreshing._BATCH", 20)
    put(folder, *(made(number, started=NOON + timedelta(days=number)) for number in range(3, 100)))
    index = opened(folder)
    told: list[tuple[int, int]] = []

    def stop(done: int, days: int) -> bool:
        told.append((done, days))
        return len(told) < 2

    assert index.refresh(stop).added == 40
    assert index.count() == 40
    assert told[-1][1] == 98
    again = opened(folder)
    assert again.refresh().added == 59
    assert again.count() == 99
    assert again.refresh()[:3] == (0, 0, 0)


def place(folder: Path) -> Path:
    return folder / ".index.sqlite"


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all " * 900)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def holes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(9000, len(content), 8192):
        content[start : start + 400] = b"\xa5" * 400
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE session (key, code)")
    connection.close()


def older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA application_id = 1")
    connection.close()


def trigger(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON session BEGIN DELETE FROM session; END")
    connection.close()


def lists(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE shelf SET keys = x'01', version = version + 1")
        connection.execute("UPDATE about SET value = value + 1 WHERE name = 'generation'")
    connection.close()


def link(path: Path) -> None:
    target = path.with_name("target")
    target.write_text("mine\n")
    path.unlink()
    path.symlink_to(target)


@pytest.mark.parametrize("spoil", [garbage, cut, holes, emptied, foreign, older, trigger, lists, link])
def test_what_is_no_index_of_ours_is_made_anew(
    folder: Path, opened: Opened, spoil: Callable[[Path], None]
) -> None:
    put(folder, *(made(number) for number in range(3, 150)))
    first = opened(folder)
    first.refresh()
    first.close()
    spoil(place(folder))
    index = opened(folder)
    # Damage may show at once or only when it is come upon; then the next look makes it anew.
    for _ in range(3):
        done = index.refresh()
        with suppress(Trouble):
            rows = index.rows(count=1000)
    assert done.trouble is None
    assert len(rows) == index.count() == 149
    assert not place(folder).is_symlink()
    if spoil is link:
        assert (folder / "target").read_text() == "mine\n"


def test_an_index_of_a_newer_bodymap_is_left_alone(folder: Path, opened: Opened) -> None:
    first = opened(folder)
    first.refresh()
    first.close()
    with sqlite3.connect(place(folder)) as connection:
        connection.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    connection.close()
    before = place(folder).read_bytes()
    index = opened(folder)
    assert index.refresh().added == 2
    assert index.place == database.cached_place(folder)
    assert place(folder).read_bytes() == before


def test_a_folder_that_others_may_write_has_its_index_in_the_cache(folder: Path, opened: Opened) -> None:
    folder.chmod(0o770)
    index = opened(folder)
    index.refresh()
    assert index.place == database.cached_place(folder)
    assert not place(folder).exists()
    assert index.place.stat().st_mode & 0o077 == 0
    assert opened(folder).count() == 2


def test_with_nowhere_to_write_it_is_kept_in_memory(
    folder: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder.chmod(0o770)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "cache"))
    index = opened(folder)
    assert index.refresh().added == 2
    assert index.place is None
    put(folder, made(3))
    assert index.refresh().added == 1
    assert index.count() == 3


def test_an_index_that_is_removed_while_in_use_is_made_anew(folder: Path, opened: Opened) -> None:
    index = opened(folder)
    index.refresh()
    database.remove(place(folder))
    assert index.count() == 2
    assert index.refresh().added == 2
    assert place(folder).exists()


def test_only_the_owner_may_read_it(folder: Path, opened: Opened) -> None:
    index = opened(folder)
    index.refresh()
    for path in folder.glob(".index*"):
        assert path.stat().st_mode & 0o077 == 0
