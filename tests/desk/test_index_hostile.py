"""Everything that a folder written by machines in public rooms can hold: a line with its reason, nothing stops."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from desk_folder import NOON, made, put

from bodymap.common.text import is_clean
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order
from bodymap.desk.sample import sample_sessions, write_samples
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions.document import content_of
from bodymap.sessions.ids import code_of

BAD = Query.parse("bad")
GOOD = Query.parse("-bad")


DAY = f"{NOON:%Y/%m/%d}"
ID = made(9).id


def bomb(path: Path) -> None:
    path.write_text(".".join("a" * 30_000) + "=1\n")


def deep(path: Path) -> None:
    path.write_text("x = " + "[" * 60_000)


def number(path: Path) -> None:
    path.write_text("x = " + "9" * 60_000 + "\n")


def headings(path: Path) -> None:
    path.write_text("[a]\n" * 15_000)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 2**30)


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def dangling(path: Path) -> None:
    path.symlink_to("/nowhere")


def sock(path: Path) -> None:
    at = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as made_socket:
            made_socket.bind(f"/proc/self/fd/{at}/{path.name}")
    finally:
        os.close(at)


def newer(path: Path) -> None:
    path.write_text("schema = 7\nid = 1\n")


def half(path: Path) -> None:
    content = content_of(made(9))
    path.write_bytes(content[: len(content) // 2])


def other(path: Path) -> None:
    path.write_bytes(content_of(made(1)))


def escapes(path: Path) -> None:
    path.write_bytes(content_of(made(9)).replace(b"Name of", b"\\u001b[2J\x1b[2J\xe2\x80\xae"))


def hidden(path: Path) -> None:
    path.write_bytes(content_of(made(9)).replace(b"Name of", "\u202eName of".encode()))


def empty(path: Path) -> None:
    path.touch()


def toml_of_others(path: Path) -> None:
    path.write_text('[tool.poetry]\nname = "x"\n')


REASONS: list[tuple[Callable[[Path], object], str]] = [
    (bomb, "dotted parts"),
    (deep, "nested too deeply"),
    (number, "number"),
    (headings, "headings"),
    (sparse, "at most 65,536 are read"),
    (link, "symbolic link"),
    (dangling, "symbolic link"),
    (os.mkfifo, "not a regular file"),
    (sock, "not a regular file"),
    (Path.mkdir, "not a regular file"),
    (newer, "newer bodymap"),
    (half, "cut off after line"),
    (other, "not its name"),
    (escapes, "Illegal character"),
    (hidden, "hidden characters"),
    (empty, "empty"),
    (toml_of_others, "not a session file"),
]


@pytest.mark.parametrize(("spoil", "reason"), REASONS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_is_a_line_with_its_reason(
    index: SessionIndex, folder: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    path = folder / DAY / f"{ID}.toml"
    spoil(path)
    done = index.refresh()
    assert (done.added, done.bad, done.trouble) == (3, 1, None)
    (row,) = index.rows(BAD)
    assert reason in row.trouble
    assert is_clean(row.trouble)
    assert (row.path, row.id, row.code) == (path, ID, code_of(ID)), (
        "it is found by the code that the person says"
    )
    assert index.rows(Query.parse(code_of(ID))) == [row]
    assert len(index.rows(GOOD)) == 2
    assert path.lstat(), "and it is left where it is"


@pytest.mark.parametrize(
    "name",
    [
        b"\x1b[2J.toml",
        b"\xff\xfe.toml",
        b"[@click=app.quit].toml",
        "\u202etxt.toml".encode(),
        b"x" * 250 + b".toml",
    ],
)
def test_a_name_that_is_no_sessions_is_a_line_too(index: SessionIndex, folder: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(folder / DAY), name)  # noqa: PTH118 - no text
    with open(path, "wb"):  # noqa: PTH123
        pass
    index.refresh()
    (row,) = index.rows(BAD)
    assert "not the name of a session" in row.trouble
    assert is_clean(row.trouble)
    assert os.fsencode(row.path) == path
    assert (row.id, row.code) == ("", "")
    assert index.count() == 3


def test_a_failed_checksum_another_pack_and_another_day_are_read_and_said(
    index: SessionIndex, folder: Path
) -> None:
    (path,) = put(folder, made(3))
    path.write_bytes(path.read_bytes().replace(b"Name of", b"Fame of"))
    (path,) = put(folder, made(4))
    path.write_text(path.read_text().partition("[integrity]")[0])
    (path,) = put(folder, made(5))
    elsewhere = folder / "2026/11/01" / path.name
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    index.refresh()
    found = {row.code: row.warning for row in index.rows(BAD)}
    assert "does not match" in found[made(3).code]
    assert "missing" in found[made(4).code]
    assert "another day" in found[made(5).code]
    assert len(found) == 3
    assert all(not row.trouble and row.leader for row in index.rows(BAD))


def test_the_same_id_twice_is_two_lines_that_say_so(index: SessionIndex, folder: Path) -> None:
    session = made(1)
    again = folder / "2026/10/01" / f"{session.id}.toml"
    again.parent.mkdir(parents=True)
    again.write_bytes(content_of(session))
    index.refresh()
    rows = index.rows(Query.parse(session.code))
    assert len(rows) == 2
    assert all(row.warning for row in rows)
    assert {row.path for row in rows} == {again, folder / DAY / again.name}
    again.unlink()
    index.refresh()
    assert [row.warning for row in index.rows(Query.parse(session.code))] == [""]


@pytest.mark.parametrize(
    "started", ["1970-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_a_clock_far_off_is_in_its_place_and_found_by_its_code(
    index: SessionIndex, folder: Path, started: str
) -> None:
    session = made(7, started=NOON, alarm="aneurysm")
    text = content_of(session).decode()
    day, _, _ = started.partition("T")
    path = folder / day.replace("-", "/") / f"{session.id}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(NOON.isoformat(), started))
    index.refresh()
    rows = index.rows(order=Order.NEWEST)
    assert rows[0 if started[0] == "9" else -1].started == datetime.fromisoformat(started)
    assert index.rows()[0].code == session.code, "an emergency comes first whatever its clock says"
    assert index.position_of(session.code) == 0
    for text in ("since:7d", "until:today", "since:2026-11-01"):
        index.count(Query.parse(text))


def test_a_bad_file_that_is_mended_in_place_is_seen(index: SessionIndex, folder: Path) -> None:
    path = folder / DAY / f"{ID}.toml"
    half(path)
    index.refresh()
    for day in folder.glob("*/*/*"):
        os.utime(day, (1_000_000_000, 1_000_000_000))
    index.refresh()
    path.write_bytes(content_of(made(9)))
    assert index.refresh().changed == 1
    assert index.count(BAD) == 0


def test_all_of_them_at_once_cost_the_good_ones_nothing(folder: Path) -> None:
    spoils = [spoil for spoil, _ in REASONS]
    for at, spoil in enumerate(spoils):
        spoil(folder / DAY / f"{made(100 + at).id}.toml")
    index = SessionIndex(folder)
    done = index.refresh()
    assert (done.bad, done.trouble) == (len(spoils), None)
    assert index.count(GOOD) == 2
    index.close()


def test_words_of_strangers_come_out_clean_from_a_forged_index(index: SessionIndex, folder: Path) -> None:
    index.refresh()
    with index.reading() as listing:
        evil = "\x1b]52;c;aGk=\x07\u202e[@click=app.quit]"
        listing.connection.execute(
            "UPDATE session SET leader_name = ?, code = ?, trouble = ?", (evil, evil, evil)
        )
    for row in index.rows():
        assert all(is_clean(value) for value in row if isinstance(value, str))


def test_many_processes_find_what_one_finds(tmp_path: Path) -> None:
    from bodymap.desk.tree import list_day
    from bodymap.desk.worker import read_tasks

    until = datetime.fromisoformat("2026-11-23T00:00:00+00:00")
    for _ in write_samples(tmp_path, sample_sessions(90, 3, load_pack(), load_anatomy(), until=until)):
        pass
    days = sorted(path for path in tmp_path.glob("*/*/*"))
    half(days[0] / f"{ID}.toml")
    tasks = []
    for day in days:
        opened = os.open(day, os.O_RDONLY)
        files = sorted(list_day(opened))
        os.close(opened)
        name = str(day.relative_to(tmp_path))
        tasks += [[(name, files[start : start + 9])] for start in range(0, len(files), 9)]
    assert len(tasks) > 4
    alone = list(read_tasks(tmp_path, iter(tasks), 0))
    assert list(read_tasks(tmp_path, iter(tasks), 2)) == alone
    assert sum(len(found) for task in alone for found in task) == 91


def test_a_list_that_is_closed_ends_its_refresh(folder: Path) -> None:
    index = SessionIndex(folder)
    index.close()
    assert index.refresh().trouble is not None
