"""`sessions review`, `sessions purge`, `sessions verify` on real files: what the record needs without a screen."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from command import Home, clean_fault
from test_sessions import saved, sitting

from bodymap.common.places import data_folder
from bodymap.sessions import new_id
from bodymap.sessions.ids import code_of
from bodymap.sessions.review_file import read_review, review_path


def log_of(home: Home) -> list[list[str]]:
    return [line.split("\t") for line in (home.sessions / "access.log").read_text().splitlines()]


def test_a_review_is_written_and_shown(home: Home) -> None:
    session = sitting()
    path = saved(home, session)
    content = path.read_bytes()
    ended = home.run("sessions", "review", session.code)
    assert (ended.status, ended.err) == (0, "")
    assert "Nobody has added anything." in ended.out
    ended = home.run(
        "sessions", "review", session.id, "--reviewed", "--note", "Saw her\ntoday.", "--by", "Dr Berg"
    )
    assert (ended.status, ended.err) == (0, "")
    assert "Reviewed by Dr Berg" in ended.out
    ended = home.run(
        "sessions", "review", session.code, "--working-diagnosis", "discogenic-pain", BODYMAP_BY="Costa"
    )
    assert "Working diagnosis: discogenic-pain (Costa," in ended.out
    assert "Saw her today." in ended.out
    review = read_review(review_path(path))
    assert [entry.by for entry in review.entries] == ["Dr Berg", "Costa"]
    assert path.read_bytes() == content
    assert [line[1:4:1] for line in log_of(home)] == [
        ["reviewed", session.id, "Dr Berg"],
        ["reviewed", session.id, "Costa"],
    ]
    ended = home.run("sessions", "review", session.code, "--not-reviewed", "--by", "Costa")
    assert "Not reviewed." in ended.out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--working-diagnosis", "discogenic-pian"], 2, "Did you mean “discogenic-pain”?"),
        (["--working-diagnosis", "other"], 2, "Say which one"),
        (["--by", "Ada"], 2, "Nothing is to be added"),
        (["--note", "x" * 2001], 2, "at most 2,000"),
    ],
)
def test_what_cannot_be_added_is_said(home: Home, arguments: list[str], status: int, says: str) -> None:
    session = sitting()
    path = saved(home, session)
    ended = home.run("sessions", "review", session.id, *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert says in ended.err
    assert clean_fault(ended.err)
    assert not review_path(path).exists()


def test_another_diagnosis_has_words(home: Home) -> None:
    session = sitting()
    saved(home, session)
    arguments = ("--working-diagnosis", "other", "--words", "Shingles", "--by", "Ada")
    assert "another: Shingles" in home.run("sessions", "review", session.id, *arguments).out


def test_a_review_that_cannot_be_read_is_left_as_it_is(home: Home) -> None:
    session = sitting()
    path = saved(home, session)
    review_path(path).write_text("schema = [")
    for arguments in ([], ["--reviewed"]):
        ended = home.run("sessions", "review", session.id, *arguments)
        assert (ended.status, ended.out) == (3, "")
        assert review_path(path).name in ended.err
        assert clean_fault(ended.err)
    assert review_path(path).read_text() == "schema = ["
    ended = home.run("sessions", "verify")
    assert ended.status == 1
    assert "1 review: 1 with faults." in ended.out


def test_purging_says_first_and_removes_then(home: Home) -> None:
    old = sitting()
    made = saved(home, old)
    # A session of two years ago: made now, its dates and its id set back.

    past = old.started - timedelta(days=730)
    stamp = f"{int(past.timestamp() * 1000):012x}"
    id = f"{stamp[:8]}-{stamp[8:]}{old.id[13:]}"
    ancient = saved(home, replace(old, id=id, code=code_of(id), started=past, finished=past))
    assert home.run("sessions", "index").status == 0
    ended = home.run("sessions", "purge", "--older-than", "365d")
    assert (ended.status, ended.err) == (0, "")
    assert "1 session in" in ended.out
    assert "Nothing was removed." in ended.out
    assert ancient.exists()
    ended = home.run("sessions", "purge", "--older-than", "365d", "--yes", "--by", "Ada")
    assert (ended.status, ended.err) == (0, "")
    assert "1 removed." in ended.out
    assert not ancient.exists()
    assert made.exists()
    assert [line[1:] for line in log_of(home)] == [["removed", id, "Ada", "purge"]]
    index = home.sessions / ".index.sqlite"
    assert index.exists()
    assert id.encode() not in index.read_bytes()
    ended = home.run("sessions", "purge", "--older-than", "365d", "--yes")
    assert "No session in" in ended.out


@pytest.mark.parametrize("age", ["365", "0d", "-1d", "d", "99999y", "1 d"])
def test_an_age_is_days_weeks_or_years(home: Home, age: str) -> None:
    ended = home.run("sessions", "purge", "--older-than", age)
    assert (ended.status, ended.out) == (2, "")
    assert "365d" in ended.err


def test_verify_ends_with_a_summary(home: Home) -> None:
    first, second = sitting(), sitting(finished=False)
    path = saved(home, first)
    saved(home, second)
    home.run("sessions", "review", first.id, "--reviewed", "--by", "Ada")
    alone = path.with_name(f"{new_id()}.review.toml")
    alone.write_bytes(review_path(path).read_bytes())
    broken = path.with_name(f"{new_id()}.toml")
    broken.write_text("schema = 1\n")
    broken.chmod(0o600)
    ended = home.run("sessions", "verify")
    assert (ended.status, ended.err) == (1, "")
    lines = ended.out.splitlines()
    assert lines[-3:] == [
        "2 reviews: 1 with faults.",
        "Of those with faults 1 cannot be read, 0 were changed after they were saved, 0 lack their checksum, 0 have "
        "others.",
        f"3 files in {home.sessions}: 2 good, 1 with faults; 1 unfinished.",
    ]
    assert any(alone.name in line and "another session" in line for line in lines)
    report = json.loads(home.run("sessions", "verify", "--format", "json").out)
    assert (report["checked"], report["faulty"]) == (3, 1)
    assert report["summary"]["reviews"] == 2
    assert report["summary"]["packs"][0]["sessions"] == 2
    assert {Path(fault["path"]).name for fault in report["faults"]} == {alone.name, broken.name}


def test_a_bar_on_a_terminal_and_the_same_words(home: Home) -> None:
    saved(home, sitting())
    out = home.in_terminal("sessions", "verify").out
    assert "Checking" in out
    assert "100%" in out
    assert out.endswith(f"1 file in {home.sessions}: 1 good, 0 with faults; 0 unfinished.\n")


def test_replaying_under_a_changed_pack(home: Home) -> None:
    session = sitting()
    path = saved(home, session)
    content = path.read_bytes()
    pack = home.folder / "newer"
    shutil.copytree(data_folder() / "packs" / "rear-pain", pack)
    text = (pack / "pack.toml").read_text()
    (pack / "pack.toml").write_text(text.replace("\npossible = 9\n", "\npossible = 21\n"))
    ended = home.run("sessions", "replay", "--pack", str(pack))
    assert (ended.status, ended.err) == (0, "")
    assert session.id in ended.out
    assert "The pack calls the same score otherwise now." in " ".join(ended.out.split())
    assert " ".join(ended.out.split()).endswith(": 1 would be shown something else, 0 the same.")
    brief = home.run("sessions", "replay", "--pack", str(pack), "--summary")
    assert session.id not in brief.out
    assert brief.out.splitlines()[-1] == ended.out.splitlines()[-1]
    same = home.run("sessions", "replay", "--pack", "rear-pain")
    assert " ".join(same.out.split()).endswith(": 0 would be shown something else, 1 the same.")
    assert path.read_bytes() == content
    bar = home.in_terminal("sessions", "replay", "--pack", "rear-pain").out
    assert "Assessing" in bar
    assert "100%" in bar


def test_replaying_needs_a_pack_that_can_be_used(home: Home) -> None:
    saved(home, sitting())
    ended = home.run("sessions", "replay", "--pack", "nowhere/pack")
    assert (ended.status, ended.out) == (3, "")
    assert clean_fault(ended.err)


def test_calibration_counts_this_clinic(home: Home) -> None:
    ended = home.run("calibration")
    assert (ended.status, ended.err) == (0, "")
    assert "No finished session has a working diagnosis yet." in ended.out
    session = sitting()
    saved(home, session)
    assert session.shown is not None
    leader = session.shown.ranking[0].id
    home.run("sessions", "review", session.id, "--working-diagnosis", leader, "--by", "Ada")
    ended = home.run("calibration")
    assert "shown first: 1 of 1" in ended.out
    assert "Too few to tell a share: 1 of at least 30." in ended.out
    table = json.loads(home.run("calibration", "--format", "json").out)
    assert table["ranked"] == {
        "sessions": 1,
        "top1": 1,
        "top3": 1,
        "enough": False,
        "top1_interval_percent": None,
        "top3_interval_percent": None,
    }


def test_what_is_shown_and_exported_is_logged(home: Home) -> None:
    sessions = [sitting() for _ in range(3)]
    paths = [saved(home, session) for session in sessions]
    assert home.run("show", sessions[0].code, BODYMAP_BY="Ada").err == ""
    assert home.run("show", str(paths[1]), "--format", "json", BODYMAP_BY="Ada").err == ""
    elsewhere = home.folder / paths[2].name
    elsewhere.write_bytes(paths[2].read_bytes())
    assert home.run("show", str(elsewhere)).err == ""  # no session of the folder
    assert home.run("sessions", "export", BODYMAP_BY="Bo").err == ""
    assert [line[1:] for line in log_of(home)] == [
        ["opened", sessions[0].id, "Ada", "show"],
        ["exported", sessions[1].id, "Ada", "show"],
        *(["exported", session.id, "Bo", "sessions export"] for session in reversed(sessions)),
    ]
    log = home.sessions / "access.log"
    assert "buttock" not in log.read_text()
    # Where it cannot be written, reading goes on and standard error says so.
    log.unlink()
    log.mkdir()
    ended = home.run("show", sessions[0].code)
    assert (ended.status, "BODYMAP SESSION" in ended.out) == (0, True)
    assert "not in the access log" in ended.err
    ended = home.run("sessions", "export")
    assert (ended.status, ended.err.count("not in the access log")) == (0, 1)
    assert all(session.id in ended.out for session in sessions)


def test_then_and_now_below_the_page(home: Home) -> None:
    session = sitting()
    saved(home, session)
    page = home.run("show", session.id).out
    both = home.run("show", session.id, "--today")
    assert (both.status, both.err) == (0, "")
    assert both.out.startswith(page)
    below = both.out.removeprefix(page)
    assert below.startswith("\nAS ASSESSED TODAY\n")
    assert "It is the same pack." in below
    ended = home.run("show", session.id, "--today", "--format", "json")
    assert (ended.status, ended.out) == (2, "")
    assert clean_fault(ended.err)


def test_two_sessions_beside_each_other(home: Home) -> None:
    first, second = sitting(), sitting()
    saved(home, first)
    saved(home, second)
    ended = home.run("sessions", "compare", first.id, second.id, BODYMAP_BY="Ada")
    assert (ended.status, ended.err) == (0, "")
    assert "They are the same places." in ended.out
    assert [line[1:] for line in log_of(home)] == [
        ["opened", session.id, "Ada", "sessions compare"] for session in (first, second)
    ]
    ended = home.run("sessions", "compare", first.id, new_id())
    assert (ended.status, ended.out) == (3, "")
    assert clean_fault(ended.err)
