"""Odd but real ways to call the program: closed streams, names in the configuration, the same mark twice."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from command import PROGRAM, Ended, Home, clean_fault

from bodymap.engine import Findings, Mark
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import SessionStore, compose, new_id, now
from bodymap.sessions.record import PackReference

FINDINGS = 'schema = 1\n[[marks]]\nregion = "buttock-upper"\nside = "left"\nintensity = 7\n'


def in_shell(home: Home, line: str) -> Ended:
    """Run a line of the shell in which `bodymap` is the program."""
    line = line.replace("bodymap", shlex.join(PROGRAM), 1)
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env=home.environment,
        cwd=home.folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_id_of_a_pack_in_the_configuration_means_what_it_means_to_the_option(home: Home) -> None:
    home.write_config('pack = "rear-pain"\n')
    assert home.run("pack", "check").status == 0
    for beside in ("./rear-pain", "packs/rear-pain", "."):
        home.write_config(f'pack = "{beside}"\n')
        ended = home.run("pack", "check")
        assert ended.status == 3
        assert str(home.config.parent) in ended.err


def test_a_theme_that_there_is_none_of_is_refused_by_every_command(home: Home) -> None:
    home.write_config('theme = "lihgt"\n')
    ended = home.run("sessions", "list")
    assert ended.status == 3
    assert "no theme “lihgt”" in ended.err
    assert "Did you mean “light”?" in ended.err
    doctor = home.run("doctor")
    assert doctor.status == 1
    assert "no theme “lihgt”" in doctor.out
    assert "Did you mean “light”?" in doctor.out


def test_the_names_of_the_themes_are_those_of_the_explorer() -> None:
    from bodymap.common.settings import THEMES
    from bodymap.tui import themes

    assert {theme.name for theme in themes.THEMES} == set(THEMES)


@pytest.mark.parametrize("form", ["text", "json"])
def test_closed_input_is_bad_input(home: Home, form: str) -> None:
    ended = in_shell(home, f"bodymap assess - --format {form} <&-")
    assert ended.status == 3
    assert "standard input: It is closed." in ended.err
    assert clean_fault(ended.err)


def test_input_that_cannot_be_read_is_bad_input(home: Home) -> None:
    ended = in_shell(home, "bodymap assess - 0>/dev/null")
    assert ended.status == 3
    assert clean_fault(ended.err)


@pytest.mark.parametrize(
    "arguments",
    [
        "figure",
        "figure --ink braille --colour always",
        "assess f.toml",
        "assess f.toml --format json",
        "sessions list",
        "doctor",
        "pack schema",
        "--help",
        "--version",
    ],
)
def test_closed_output_is_a_failed_file_and_never_silence(home: Home, arguments: str) -> None:
    (home.folder / "f.toml").write_text(FINDINGS)
    ended = in_shell(home, f"bodymap {arguments} >&-")
    assert ended.status == 4, ended
    assert "standard output: It is closed" in ended.err
    assert clean_fault(ended.err)


def test_closed_output_hides_no_other_fault(home: Home) -> None:
    assert in_shell(home, "bodymap asess >&-").status == 2
    assert in_shell(home, "bodymap assess missing.toml >&-").status == 3
    assert in_shell(home, "bodymap >&-").status == 5


@pytest.mark.parametrize("second", ["sole.left=5", "sole.left=3"])
def test_a_place_marked_twice_is_refused_on_the_figure_too(home: Home, second: str) -> None:
    ended = home.run("figure", "--mark", "sole.left=3", "--mark", second)
    assert ended.status == 2
    assert "marked twice" in ended.err
    assert clean_fault(ended.err)
    assert home.run("figure", "--mark", "sole.left=3", "--mark", "sole.right=3").status == 0


@pytest.mark.parametrize("verb", ["sessions", "pack"])
def test_a_group_without_its_verb_prints_its_help(home: Home, verb: str) -> None:
    ended = home.run(verb)
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.startswith(f"Usage: bodymap {verb}")
    assert ended.err.rstrip("\n") == home.run(verb, "--help").out.rstrip("\n")


@pytest.mark.parametrize("schema", ["0", "true", '"1"', "2"])
def test_only_a_later_schema_asks_for_a_newer_program(home: Home, schema: str) -> None:
    (home.folder / "f.toml").write_text(f"schema = {schema}\n")
    ended = home.run("assess", "f.toml")
    assert ended.status == 3
    assert ("newer program" in ended.err) == (schema == "2")
    assert "rite schema = 1." in ended.err


def test_a_number_out_of_range_is_told_its_range_once(home: Home) -> None:
    (home.folder / "f.toml").write_text("schema = 1\n[answers]\nworst-pain = 11\n")
    ended = home.run("assess", "f.toml")
    assert "from 0 to 10." in ended.err
    (home.folder / "f.toml").write_text("schema = 1\n[answers]\nage = 900\n")
    assert "years." in home.run("assess", "f.toml").err


def kept(home: Home, **changed: object) -> Path:
    """Save a session with some of its content changed, so that its checksum fits."""
    pack, anatomy = load_pack(), load_anatomy()
    findings = (
        Findings().with_mark(Mark("sole", "left", 3)).with_mark(Mark("lumbar-spine", "midline", 2))
    ).with_answer("age", 47)
    session = replace(compose(pack, anatomy, findings, None, id=new_id(), started=now()), words={})
    return SessionStore(home.sessions).autosave(replace(session, **changed)).path  # type: ignore[arg-type]


def one_mark(mark: Mark) -> Findings:
    return Findings().with_mark(mark)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "7777"}, "does not follow from the id"),
        ({"findings": one_mark(Mark("soul", "left", 3)), "places": ()}, "no region “soul”"),
        ({"findings": one_mark(Mark("sole", "midline", 3)), "places": ()}, "no side “midline”"),
        ({"findings": one_mark(Mark("sole", "left", 3)), "places": ("your RIGHT sole",)}, "another side"),
        ({"findings": Findings().with_answer("age", 4700), "places": ()}, "out of range"),
        ({"findings": Findings().with_answer("ega", 4), "places": ()}, "no question “ega”"),
    ],
)
def test_verify_finds_what_cannot_be_so_under_a_checksum_that_fits(
    home: Home, changed: dict[str, object], said: str
) -> None:
    kept(home)
    assert home.run("sessions", "verify").status == 0
    kept(home, **changed)
    ended = home.run("sessions", "verify")
    assert ended.status == 1, ended
    assert said in ended.out
    assert "1 good, 1 with faults" in ended.out


def test_answers_are_not_held_against_another_pack(home: Home) -> None:
    other = PackReference("rear-pain", "0.0.1", "0" * 64)
    kept(home, findings=Findings().with_answer("age", 4700), places=(), pack=other)
    assert home.run("sessions", "verify").status == 0


def test_show_prints_no_words_against_the_ids(home: Home) -> None:
    good = home.run("show", str(kept(home))).out
    assert "differ" not in good
    right = "your RIGHT sole, seen from behind"
    path = kept(home, places=(right, "your low back, over the spine, seen from behind"))
    page = home.run("show", str(path)).out
    assert "RIGHT" not in page
    assert "your LEFT sole" in page
    assert page.count("words kept for this place differ") == 1
    marks = json.loads(home.run("show", str(path), "--format", "json").out)["findings"]["marks"]
    assert marks[0]["place"].startswith("your LEFT sole")
    assert [mark.get("place_differs", False) for mark in marks] == [True, False]


@pytest.mark.parametrize(
    "arguments",
    [["--sessions", "~nobody-here/x", "sessions", "list"], ["--pack", "~nobody-here/x", "assess", "f.toml"]],
    ids=str,
)
def test_the_home_of_a_user_there_is_none_of_is_said(home: Home, arguments: list[str]) -> None:
    (home.folder / "f.toml").write_text(FINDINGS)
    ended = home.run(*arguments)
    assert ended.status == 3
    assert "There is no user “nobody-here”" in ended.err
    assert clean_fault(ended.err)
    assert home.run("pack", "check", "~nobody-here/x").status == 3
    home.write_config('sessions = "~nobody-here/x"\n')
    assert home.run("sessions", "list").status == 3


def test_without_a_home_what_needs_none_still_works(home: Home) -> None:
    (home.folder / "f.toml").write_text(FINDINGS)
    program = """
import os, pwd, sys
def nobody(number):
    raise KeyError(number)
pwd.getpwuid = nobody
del os.environ["HOME"]
from bodymap.cli import run
sys.exit(run(%r))
"""
    for arguments in (["assess", "f.toml"], ["pack", "show"], ["doctor"]):
        ended = home.code(program % arguments)
        assert ended.status == 0, ended
    assert home.code(program % ["sessions", "list"]).out == "No sessions in /.local/share/bodymap/sessions.\n"


def test_a_home_that_is_no_whole_path_is_that_of_the_list_of_users(home: Home) -> None:
    program = f"""
import pwd, sys
from types import SimpleNamespace
pwd.getpwuid = lambda number: SimpleNamespace(pw_dir={str(home.folder)!r})
from bodymap.cli import run
sys.exit(run(["sessions", "list"]))
"""
    for odd in ("", "relative"):
        assert home.code(program, HOME=odd).out == f"No sessions in {home.sessions}.\n"


def test_a_limit_beyond_counting_is_wrong_usage(home: Home) -> None:
    assert home.run("sessions", "list", "--limit", "9" * 25).status == 2
    assert home.run("sessions", "list", "--limit", "1000000").status == 0


def test_a_full_disk_behind_the_output_is_named(home: Home) -> None:
    (home.folder / "f.toml").write_text(FINDINGS)
    ended = in_shell(home, "bodymap assess f.toml >/dev/full")
    assert ended.status == 4
    assert ended.err.startswith("bodymap: standard output: The disk is full.")


def test_a_session_page_says_in_words_what_makes_a_place_worse(home: Home) -> None:
    path = kept(home, findings=one_mark(Mark("sole", "left", 3, ("ache",), ("sitting-worse",))), places=())
    short = load_pack().questions["sitting-worse"].short
    page = home.run("show", str(path)).out
    assert f": 3/10, ache, worse: {short} " in " ".join(page.split())
    titles = [group.title for group in load_pack().groups]
    unasked = page[page.index("NOT ASKED") :]
    places = [unasked.index(f"  {title}: ") for title in titles]
    assert places == sorted(places)
