"""`show`, `sessions` and `doctor` on real files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command import Home

from bodymap.common.toml import read
from bodymap.engine import Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import Session, SessionStore, compose, findings_of, new_id, now, read_session

FINDINGS = (
    Findings()
    .with_mark(Mark("buttock-upper", "left", 7, ("ache",), ("sitting-worse",)))
    .with_mark(Mark("lumbar-spine", "midline", 0))
    .with_answer("sits-most-of-day", "yes")
    .with_answer("bending-forward-worse", "no")
    .with_answer("age", 47)
    .with_answer("saddle-numbness", "unsure")
    .with_answer("bladder-bowel-change", "yes")
)


def sitting(*, finished: bool = True) -> Session:
    """Return a session as the explorer makes it, with the shipped pack."""
    pack, anatomy = load_pack(), load_anatomy()
    assessment = compile_pack(pack, anatomy).assess(FINDINGS)
    moment = now()
    return compose(
        pack,
        anatomy,
        FINDINGS,
        assessment,
        id=new_id(),
        started=moment,
        finished=moment if finished else None,
    )


def saved(home: Home, session: Session) -> Path:
    store = SessionStore(home.sessions)
    return (store.save if session.state == "finished" else store.autosave)(session).path


def test_composing_reads_back_and_resumes() -> None:
    session = sitting()
    pack = load_pack()
    assert findings_of(session, pack, load_anatomy()) == FINDINGS
    assert session.places[0] == "your LEFT buttock, upper part, seen from behind"
    assert session.words["age"].endswith("? 47 years.")
    assert session.words["bending-forward-worse"].endswith("? No.")
    assert session.words["saddle-numbness"].endswith("? Not sure.")
    assert set(session.words) == set(FINDINGS.answers)
    assert session.shown is not None
    assert [cause.rank for cause in session.shown.ranking] == sorted(
        cause.rank for cause in session.shown.ranking
    )
    assert {cause.id for cause in session.shown.ranking} == {cause.id for cause in pack.causes}
    assert session.started.microsecond == 0
    assert session.started.utcoffset() is not None


def test_a_session_by_file_id_and_code(home: Home) -> None:
    session = sitting()
    path = saved(home, session)
    pages = {home.run("show", name) for name in (str(path), session.id, session.code, session.code.lower())}
    assert len(pages) == 1
    status, page, err = pages.pop()
    assert (status, err) == (0, "")
    said, shown = page.index("WHAT WAS SAID"), page.index("WHICH CAUSES FIT, AS SHOWN")
    assert said < page.index("EMERGENCY") < shown < page.index("NOT ASKED") < page.index("THIS FILE")
    for words in (
        "your LEFT buttock, upper part, seen from behind: 7/10, ache",
        "nothing hurts here",
        "47 years.",
    ):
        assert words in page[said:shown]
    for words in (session.id, session.pack.sha256, "The checksum matches", "Answered “not sure”"):
        assert words in page
    assert max(map(len, page.splitlines())) <= 80


def test_json_loses_nothing(home: Home) -> None:
    path = saved(home, sitting())
    ended = home.run("show", str(path), "--format", "json")
    assert (ended.status, ended.err) == (0, "")
    shown = json.loads(ended.out)
    assert shown["integrity"].pop("verdict") == "ok"
    written = read(path)
    for key in ("started", "finished"):
        written[key] = written[key].isoformat()
    assert shown == written
    assert list(shown) == list(written)


def test_with_another_pack_reasons_are_ids(home: Home) -> None:
    session = sitting()
    path = saved(home, session)
    path.write_text(path.read_text().replace(session.pack.sha256, "0" * 64))
    page = home.run("show", str(path)).out
    assert "not at hand" in page
    assert session.shown is not None
    assert f"For: {session.shown.ranking[0].for_lines[0]}" in page
    assert "CHECKSUM DOES NOT MATCH" in page
    assert home.run("show", str(path), "--format", "json").out.count('"verdict": "failed"') == 1


def test_a_session_is_shown_even_when_the_pack_is_gone(home: Home) -> None:
    path = saved(home, sitting())
    ended = home.run("show", str(path), "--pack", "nowhere")
    assert ended.status == 0
    assert "not at hand" in ended.out


def test_an_unfinished_session_is_shown_as_such(home: Home) -> None:
    session = sitting(finished=False)
    saved(home, session)
    assert "This session was not finished." in home.run("show", session.code).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"schema = 2\nid = 'x'\n", "newer bodymap"),
        (b"x = 1\n", "not a session file"),
        (b".".join([b"a"] * 30_000) + b"=1", "dotted parts"),
        (b"x = '\x1b[31m'", "TOML"),
        (b"\xff", "UTF-8"),
        (b"#" * 100_000, "at most"),
    ],
    ids=str,
)
def test_a_bad_file_is_one_sentence(home: Home, content: bytes, said: str) -> None:
    path = home.folder / f"{new_id()}.toml"
    path.write_bytes(content)
    ended = home.run("show", str(path))
    assert (ended.status, ended.out) == (3, "")
    assert said in ended.err
    assert str(path) in ended.err
    assert len(ended.err.splitlines()) == 2
    assert "\x1b" not in ended.err


def test_hostile_names_reach_no_terminal(home: Home) -> None:
    for name in ("\x1b[31m.toml", b"\xff\x9b.toml", "\u202ex.toml"):
        ended = home.run("show", name)
        assert ended.status == 3
        assert ended.err.replace("\n", "").isprintable()


def test_what_is_not_there(home: Home) -> None:
    assert "no such session" in home.run("show", "3333").err
    assert "neither" in home.run("show", "hello").err
    assert "no such file" in home.run("show", "./x.toml").err
    assert {home.run("show", name).status for name in ("3333", "hello", "./x.toml")} == {3}


def test_listing(home: Home) -> None:
    sessions = [sitting(finished=number > 0) for number in range(4)]
    for session in sessions:
        saved(home, session)
    day = SessionStore(home.sessions).path_of(sessions[0]).parent
    (day / "bad\x1b[31m.toml").write_text("x")
    (day / f"{new_id()}.toml").write_bytes(b"schema = 1\nid = ")
    lines = home.run("sessions", "list").out.splitlines()
    assert [line for line in lines if line.startswith("!")] == [
        line for line in lines if " EMERGENCY " in line
    ]
    assert [word for line in lines for word in line.split() if word in {s.code for s in sessions}] == [
        session.code for session in reversed(sessions)
    ]
    bad = [line for line in lines if line.startswith("x ")]
    assert len(bad) == 2
    assert all(line.isprintable() for line in lines)
    assert any("cut off after line 2" in line for line in bad)
    assert len(home.run("sessions", "list", "--limit", "2").out.splitlines()) == 3

    listed = json.loads(home.run("sessions", "list", "--format", "json").out)
    assert [entry["id"] for entry in listed["sessions"] if "id" in entry] == [
        s.id for s in reversed(sessions)
    ]
    assert sum("fault" in entry for entry in listed["sessions"]) == 2
    assert listed["more"] is False


def test_verifying(home: Home) -> None:
    good = saved(home, sitting())
    ended = home.run("sessions", "verify")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"1 file in {home.sessions}: 1 good, 0 with faults; 0 unfinished.\n"

    changed = saved(home, sitting())
    changed.write_bytes(changed.read_bytes().replace(b"intensity = 7", b"intensity = 1"))
    unsigned = saved(home, sitting())
    unsigned.write_text(unsigned.read_text().split("\n[integrity]")[0])
    open_to_all = saved(home, sitting())
    open_to_all.chmod(0o644)
    wrong_day = saved(home, sitting())
    elsewhere = home.sessions / "2001" / "01" / "01" / wrong_day.name
    elsewhere.parent.mkdir(parents=True)
    wrong_day.rename(elsewhere)
    copy = good.with_name(f"{new_id()}.toml")
    copy.write_bytes(good.read_bytes())
    pipe = good.with_name(f"{new_id()}.toml")
    os.mkfifo(pipe)
    ended = home.run("sessions", "verify")
    assert (ended.status, ended.err) == (1, "")
    for path, what in (
        (changed, "changed after it was saved"),
        (unsigned, "checksum is missing"),
        (open_to_all, "Others on this computer"),
        (elsewhere, "folder of another day"),
        (copy, "not its name"),
        (pipe, "regular file"),
    ):
        line = next(line for line in ended.out.splitlines() if path.name in line)
        assert what in line
    assert ended.out.splitlines()[-1].endswith("1 good, 6 with faults; 0 unfinished.")

    report = json.loads(home.run("sessions", "verify", "--format", "json").out)
    assert (report["checked"], report["faulty"]) == (7, 6)
    assert {fault["path"] for fault in report["faults"]} >= {str(changed), str(pipe)}
    assert read_session(good).integrity == "ok"


@pytest.mark.parametrize("verb", ["list", "verify"])
def test_no_sessions_yet(home: Home, verb: str) -> None:
    def said(folder: Path | str) -> tuple[int, str, str]:
        return (0, f"No sessions in {folder}.\n", "")

    assert home.run("sessions", verb) == said(home.sessions)
    assert home.run("sessions", verb, "--sessions", "nowhere") == said("nowhere")
    assert home.run("sessions", verb, BODYMAP_SESSIONS="nowhere") == said("nowhere")
    home.sessions.mkdir(parents=True)
    assert home.run("sessions", verb) == said(home.sessions)


@pytest.mark.parametrize("verb", ["list", "verify"])
def test_a_file_in_the_place_of_the_folder_is_a_fault(home: Home, verb: str) -> None:
    (home.folder / "file").write_text("")
    ended = home.run("sessions", verb, "--sessions", "file")
    assert (ended.status, ended.out) == (4, "")
    assert "not a folder" in ended.err


# Doctor


def test_a_healthy_place(home: Home) -> None:
    ended = home.in_terminal("doctor")
    assert ended.status == 0
    assert "Terminal of 100×30" in ended.out
    assert "fault" not in ended.out
    assert ended.out.endswith("Nothing is wrong.\n")
    assert not home.sessions.exists()


@pytest.mark.parametrize(
    ("columns", "environment", "said"),
    [
        (50, {}, "at least 60×20"),
        (100, {"TERM": "dumb"}, "cannot draw a screen"),
        (100, {"BODYMAP_SESSIONS": "/dev/null/x"}, "not a folder"),
        (100, {"BODYMAP_PACK": "/nowhere"}, "Pack: "),
    ],
    ids=str,
)
def test_each_fault_has_its_remedy(home: Home, columns: int, environment: dict[str, str], said: str) -> None:
    ended = home.in_terminal("doctor", columns=columns, **environment)
    assert ended.status == 1
    lines = ended.out.splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("fault"))
    assert said in "\n".join(lines[number : number + 2])
    assert lines[number + 1].startswith("       ")
    assert lines[-1] == "1 fault."


def test_a_wrong_configuration_file_is_a_fault_and_not_the_end(home: Home) -> None:
    home.write_config("colour = 1\n")
    ended = home.in_terminal("doctor")
    assert ended.status == 1
    assert "Unknown setting “colour”" in ended.out
    assert "Pack: rear-pain" in ended.out


def test_colours_and_characters(home: Home) -> None:
    assert "colours: 256" in home.in_terminal("doctor").out
    assert "colours: none" in home.in_terminal("doctor", NO_COLOR="1").out
    assert "16 million" in home.in_terminal("doctor", COLORTERM="truecolor").out
    assert "not UTF-8" in home.in_terminal("doctor", LC_ALL="C").out


def test_a_folder_that_others_may_read_is_noted(home: Home) -> None:
    home.sessions.mkdir(parents=True, mode=0o755)
    ended = home.run("doctor")
    assert ended.status == 0
    assert "others on this computer" in ended.out
    assert list(home.sessions.iterdir()) == []
