"""`show --format`, `sessions export` and `sessions import` as commands: what they write, where, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from command import PROGRAM, Home, clean_fault
from session_folder import FILE, everything
from session_given import SESSION, with_id

from bodymap.sessions import SessionStore, new_id, now

FORMS = ("text", "json", "html", "csv", "fhir", "parquet")
SECOND = "01a20774-d5db-73ef-9cc1-000000000002"


@pytest.fixture
def filled(home: Home) -> Home:
    store = SessionStore(home.sessions)
    for session in (SESSION, with_id(SESSION, SECOND)):
        store.save(session)
    return home


@pytest.mark.parametrize("form", ["text", "json", "html", "csv", "fhir"])
def test_one_session_in_every_form(filled: Home, form: str) -> None:
    ended = filled.run("show", SESSION.id, "--format", form)
    assert (ended.status, ended.err) == (0, "")
    assert SESSION.id in ended.out
    assert SESSION.pack.sha256 in ended.out
    written = filled.run("show", SESSION.id, "--format", form, "-o", "out")
    assert (written.status, written.out, written.err) == (0, "", "")
    assert (filled.folder / "out").read_bytes().decode() == ended.out


@pytest.mark.parametrize("form", FORMS)
def test_a_folder_in_every_form(filled: Home, form: str) -> None:
    ended = filled.run("sessions", "export", "--format", form, "--output", "out")
    assert (ended.status, ended.out, ended.err) == (0, "", "2 sessions exported.\n")
    content = (filled.folder / "out").read_bytes()
    assert SESSION.id.encode() in content
    assert SECOND.encode() in content
    assert (filled.folder / "out").stat().st_mode & 0o777 == 0o600
    if form != "parquet":
        assert filled.run("sessions", "export", "--format", form).out.encode() == content


def test_out_and_in_again(filled: Home) -> None:
    filled.run("sessions", "export", "-o", "out.json")
    ended = filled.run("sessions", "import", "out.json", "--sessions", "new")
    assert (ended.status, ended.out, ended.err) == (0, "2 sessions taken into new.\n", "")
    again = filled.run("sessions", "import", "out.json", "--sessions", "new")
    assert again.out == "0 sessions taken into new; 2 there already.\n"
    new = filled.folder / "new"
    were = {path.relative_to(filled.sessions): path.read_bytes() for path in filled.sessions.rglob("*.toml")}
    log = new / "access.log"
    assert {path.relative_to(new): path.read_bytes() for path in everything(new) if path != log} == were
    lines = [line.split("\t") for line in log.read_text().splitlines()]
    assert sorted(line[1:3] for line in lines) == sorted([["imported", SESSION.id], ["imported", SECOND]])
    assert {line[4] for line in lines} == {"sessions import"}
    assert (new / FILE).stat().st_mode & 0o777 == 0o600


def test_through_a_pipe(filled: Home) -> None:
    shown = filled.run("show", SESSION.id, "--format", "json").out
    done = subprocess.run(
        [*PROGRAM, "sessions", "import", "-", "--sessions", "new"],
        env=filled.environment,
        cwd=filled.folder,
        input=shown.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"1 session taken into new.\n"
    assert (filled.folder / "new" / FILE).read_bytes() == (filled.sessions / FILE).read_bytes()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(filled: Home) -> None:
    bad = filled.sessions / FILE.parent / f"{new_id()}.toml"
    bad.write_text("x\x1b[31m = 1")
    ended = filled.run("sessions", "export", "-o", "out.json")
    assert ended.status == 1
    assert str(bad) in ended.err
    assert "2 sessions exported; 1 could not be read." in ended.err
    assert ended.err.replace("\n", "").isprintable()
    assert len(json.loads((filled.folder / "out.json").read_text())["sessions"]) == 2


def test_a_file_is_there_whole_or_not_at_all(filled: Home) -> None:
    out = filled.folder / "out.csv"
    out.write_text("kept")
    ended = filled.run("sessions", "export", "--format", "csv", "-o", "out.csv")
    assert ended.status == 4
    assert clean_fault(ended.err)
    assert out.read_text() == "kept"
    assert filled.run("sessions", "export", "--format", "csv", "-o", "out.csv", "--replace").status == 0
    assert out.read_text().startswith("session,code,")
    assert filled.run("sessions", "export", "-o", "nowhere/out.csv").status == 4
    os.mkfifo(filled.folder / "pipe")
    assert filled.run("sessions", "export", "-o", "pipe", "--replace").status == 4
    # What fails on the way leaves neither the name nor a part of a file.
    (filled.folder / "file").write_text("")
    assert filled.run("sessions", "export", "-o", "new.csv", "--sessions", "file").status == 4
    names = {path.name for path in filled.folder.iterdir() if path.is_file()}
    assert names == {"out.csv", "file"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sessions", "export", "--validate"], "FHIR alone"),
        (["show", SESSION.id, "--format", "csv", "--validate"], "FHIR alone"),
        (["sessions", "export", "--replace"], "--output"),
        (["sessions", "export", "--format", "parquet"], "needs a file"),
        (["sessions", "export", "--format", "pdf"], "pdf"),
        (["show", SESSION.id, "--format", "parquet"], "parquet"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_wrong_usage(filled: Home, arguments: list[str], said: str) -> None:
    ended = filled.run(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert clean_fault(ended.err)


def test_fhir_is_checked_where_that_is_asked_for(filled: Home) -> None:
    pytest.importorskip("fhir.resources.R4B")
    for arguments in (["show", SESSION.id], ["sessions", "export"]):
        plain = filled.run(*arguments, "--format", "fhir")
        checked = filled.run(*arguments, "--format", "fhir", "--validate")
        assert checked == plain
        assert checked.status == 0


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("none.json", None, 3), ("empty.json", "", 3), ("wrong.json", "[{]", 3), ("\x1b[31m", None, 3)],
    ids=ascii,
)
def test_an_import_that_cannot_be_read_is_one_sentence(
    home: Home, name: str, content: str | None, status: int
) -> None:
    if content is not None:
        (home.folder / name).write_text(content)
    ended = home.run("sessions", "import", name)
    assert (ended.status, ended.out) == (status, "")
    assert clean_fault(ended.err)
    assert ended.err.replace("\n", "").isprintable()
    assert not home.sessions.exists()


def test_a_pipe_without_an_end_holds_nobody(home: Home) -> None:
    os.mkfifo(home.folder / "pipe")
    ended = home.run("sessions", "import", "pipe")
    assert ended.status == 3
    assert clean_fault(ended.err)


def test_a_conflict_takes_nothing_in(filled: Home) -> None:
    filled.run("sessions", "export", "-o", "out.json")
    path: Path = filled.folder / "new" / FILE
    path.parent.mkdir(parents=True)
    path.write_text("schema = 1\n")
    ended = filled.run("sessions", "import", "out.json", "--sessions", "new")
    assert (ended.status, ended.out) == (4, "")
    assert SESSION.id in ended.err
    assert everything(filled.folder / "new") == [path]


def test_only_what_the_filter_lets_through(filled: Home) -> None:
    store = SessionStore(filled.sessions)
    store.save(replace(with_id(SESSION, new_id()), started=now(), finished=now()))

    def listed(text: str) -> list[str]:
        ended = filled.run("sessions", "export", "--filter", text)
        assert (ended.status, ended.err) == (0, "")
        return sorted(one["id"] for one in json.loads(ended.out)["sessions"])

    everyone = sorted(entry.session.id for entry in store.iterate() if entry.session)
    assert listed("") == listed("region:buttock") == everyone
    assert listed("region:shin") == []
    assert listed(f"code:{SESSION.code}") == [SESSION.id]
    assert listed(f"-code:{SESSION.code} side:left") == [id for id in everyone if id != SESSION.id]


def test_a_filter_that_is_not_understood_carries_nothing_away(filled: Home) -> None:
    ended = filled.run("sessions", "export", "--filter", "regoin:shin", "-o", "out")
    assert (ended.status, ended.out) == (2, "")
    assert "region" in ended.err
    assert clean_fault(ended.err)
    assert not (filled.folder / "out").exists()


def test_a_bad_file_stands_in_what_a_filter_lets_through(filled: Home) -> None:
    bad = filled.sessions / FILE.parent / f"{new_id()}.toml"
    bad.write_text("x")
    ended = filled.run("sessions", "export", "--filter", "bad")
    assert ended.status == 1
    assert json.loads(ended.out)["sessions"] == []
    assert str(bad) in ended.err


def test_nothing_to_carry_away(home: Home) -> None:
    ended = home.run("sessions", "export", "--format", "csv")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.count("\r\n") == ended.out.count("\n") == 1
    assert json.loads(home.run("sessions", "export").out) == {"schema": 1, "sessions": []}
    assert "No sessions." in home.run("sessions", "export", "--format", "html").out
