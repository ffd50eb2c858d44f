"""The command line as a whole: what it loads, how it fails, where settings come from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import PROGRAM, Home

from bodymap import __version__

VERBS = ["figure", "assess", "contrast", "show", "sessions", "pack", "doctor"]


def clean_fault(err: str) -> bool:
    """Return whether standard error holds one fault: what, and below it the remedy."""
    lines = err.splitlines()
    return (
        len(lines) == 2
        and lines[0].startswith("bodymap: ")
        and lines[1].startswith("  ")
        and "Traceback" not in err
    )


def test_help_names_the_verbs_there_are_and_no_others(home: Home) -> None:
    ended = home.run("--help")
    assert ended.status == 0
    assert ended.err == ""
    commands = ended.out.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in commands] == VERBS
    assert home.run("-h").out == ended.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(home: Home, verb: str) -> None:
    ended = home.run(verb, "--help")
    assert ended.status == 0
    assert ended.out.startswith(f"Usage: bodymap {verb}")


def test_the_table_says_what_each_verb_says_of_itself() -> None:
    import importlib

    from bodymap.cli.group import VERBS as TABLE

    for name, verb in TABLE.items():
        command = getattr(importlib.import_module(verb.module), name)
        assert command.get_short_help_str(200) == verb.help


def test_version(home: Home) -> None:
    assert home.run("--version") == (0, f"bodymap {__version__}\n", "")


def loaded(home: Home, *arguments: str) -> set[str]:
    program = f"""
import sys
from bodymap.cli import run
status = run({list(arguments)!r})
sys.stdout.flush()
print(status, *sys.modules, file=sys.stderr)
"""
    ended = home.code(program)
    assert ended.status == 0, ended
    status, *modules = ended.err.splitlines()[-1].split()
    assert status in ("0", "1", "5"), ended
    return set(modules)


SCREEN = {"textual", "rich"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], [], ["--resume"]])
def test_what_says_little_loads_little(home: Home, arguments: list[str]) -> None:
    heavy = SCREEN | {
        "pydantic",
        "tomllib",
        "tomli_w",
        "json",
        "dataclasses",
        "bodymap.knowledge",
        "bodymap.engine",
    }
    assert not heavy & loaded(home, *arguments)


def test_a_bare_call_does_not_even_load_click(home: Home) -> None:
    assert "click" not in loaded(home)


def test_help_loads_no_verb(home: Home) -> None:
    assert not {f"bodymap.cli.{verb}" for verb in VERBS} & loaded(home, "--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "findings.toml"],
        ["contrast", "findings.toml", "discogenic-pain", "sciatica-spinal-stenosis"],
        ["figure", "--view", "back", "--width", "60"],
        ["sessions", "list"],
        ["doctor"],
        ["pack", "show"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_verb_loads_a_screen(home: Home, arguments: list[str]) -> None:
    (home.folder / "findings.toml").write_text("schema = 1\n")
    assert not SCREEN & loaded(home, *arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["shwo"], "Did you mean “show”?"),
        (["--colour"], "--colour"),
        (["show"], "SESSION"),
        (["show", "x", "--format", "pdf"], "pdf"),
        (["sessions", "list", "--limit", "0"], "0"),
        (["sessions", "list", "--limit", "many"], "many"),
        (["--sessions", "", "sessions", "list"], "--sessions"),
        (["--resume", "show"], "--resume takes a code"),
        (["--resume=K7PM", "doctor"], "--resume opens the explorer"),
        (["kiosk"], "no command “kiosk”"),
        (["\x1b[31mred"], "no command"),
    ],
    ids=str,
)
def test_wrong_usage(home: Home, arguments: list[str], said: str) -> None:
    ended = home.run(*arguments)
    assert ended.status == 2
    assert ended.out == ""
    assert said in ended.err
    assert clean_fault(ended.err)
    assert "\x1b" not in ended.err


def test_nothing_is_written_by_looking(home: Home) -> None:
    for arguments in (["--help"], ["sessions", "list"], [], ["show", "3333"]):
        home.run(*arguments)
    assert list(home.folder.rglob("*")) == []


# Without a terminal


@pytest.mark.parametrize("arguments", [[], ["--resume"], ["--sessions", "x"]], ids=str)
def test_the_explorer_needs_a_terminal(home: Home, arguments: list[str]) -> None:
    ended = home.run(*arguments)
    assert ended.status == 5
    assert clean_fault(ended.err)
    assert "bodymap assess" in ended.err
    assert "--help" in ended.err


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_draw(home: Home, term: str) -> None:
    ended = home.in_terminal(TERM=term)
    assert ended.status == 5
    assert "TERM" in ended.out
    assert clean_fault(ended.out)


@pytest.mark.parametrize("stream", [0, 1, 2])
def test_each_stream_must_be_a_terminal(home: Home, stream: int) -> None:
    program = f"""
import os
real = os.isatty
os.isatty = lambda descriptor: descriptor != {stream}
from bodymap.cli import run
raise SystemExit(run([]))
"""
    assert home.code(program).status == 5


@pytest.mark.parametrize(
    ("locale", "plain"),
    [
        ({"LC_ALL": "C.UTF-8"}, False),
        ({"LC_ALL": "de_DE.utf8"}, False),
        ({"LC_ALL": "C"}, True),
        ({"LC_ALL": "", "LANG": "C"}, True),
        ({"LC_ALL": "", "LANG": "POSIX"}, True),
        ({"LC_ALL": "", "LANG": "en_US.ISO-8859-1"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "C.utf8", "LANG": "C"}, False),
        ({"LC_ALL": "", "LANG": ""}, False),
        ({"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "latin-1"}, True),
    ],
    ids=str,
)
def test_without_utf8_the_explorer_is_told_to_draw_in_ascii(
    home: Home, locale: dict[str, str], plain: bool
) -> None:
    program = """
import os
import sys
import bodymap.cli
import bodymap.cli.explore as explore
explore.explore = lambda settings, resume=False: print(settings.ascii_only, resume) or 0
raise SystemExit(bodymap.cli.run([]))
"""
    ended = home.code(program, **locale)
    assert ended == (0, f"{plain} False\n", "")


def test_messages_are_readable_without_utf8(home: Home) -> None:
    ended = home.run("shwo", PYTHONIOENCODING="ascii")
    assert 'There is no command "shwo"' in ended.err


def test_resume_says_which(home: Home) -> None:
    program = """
import bodymap.cli
import bodymap.cli.explore as explore
explore.explore = lambda settings, resume=False: print(repr(resume)) or 0
for arguments in ([], ["--resume"], ["--resume", "K7PM"], ["--resume=K7PM", "--sessions", "x"]):
    bodymap.cli.run(arguments)
"""
    assert home.code(program).out.split() == ["False", "True", "'K7PM'", "'K7PM'"]


# Settings


def folder_used(home: Home, *arguments: str, **environment: str) -> str:
    ended = home.run(*arguments, **environment)
    assert ended.status == 0, ended
    return ended.out.removeprefix("No sessions in ").removesuffix(".\n")


def test_option_beats_environment_beats_file_beats_default(home: Home) -> None:
    verb = ("sessions", "list")
    assert folder_used(home, *verb) == str(home.sessions)
    assert folder_used(home, *verb, XDG_DATA_HOME="/data") == "/data/bodymap/sessions"
    home.write_config('sessions = "from-file"\n')
    assert folder_used(home, *verb) == str(home.config.parent / "from-file")
    assert folder_used(home, *verb, BODYMAP_SESSIONS="from-env") == "from-env"
    assert folder_used(home, *verb, BODYMAP_SESSIONS="") == str(home.config.parent / "from-file")
    for arguments in (
        ["--sessions", "opt", *verb],
        ["sessions", "--sessions", "opt", "list"],
        [*verb, "--sessions", "opt"],
        ["--sessions", "first", *verb, "--sessions=opt"],
    ):
        assert folder_used(home, *arguments, BODYMAP_SESSIONS="from-env") == "opt"


def test_paths_may_start_at_home(home: Home) -> None:
    home.write_config('sessions = "~/mine"\n')
    assert folder_used(home, "sessions", "list") == str(home.folder / "mine")
    assert folder_used(home, "sessions", "list", BODYMAP_SESSIONS="~/env") == str(home.folder / "env")


@pytest.mark.parametrize(
    "verb", [["assess", "f.toml"], ["figure", "--cause", "discogenic-pain"], ["pack", "check"]], ids=str
)
def test_the_pack_is_chosen_the_same_way(home: Home, verb: list[str]) -> None:
    (home.folder / "f.toml").write_text("schema = 1\n")

    def refused(*arguments: str, **environment: str) -> str:
        ended = home.run(*arguments, **environment)
        assert ended.status == 3, ended
        assert "Traceback" not in ended.err
        return ended.err

    home.write_config('pack = "file-pack"\n')
    assert "file-pack" in refused(*verb)
    assert "env-pack" in refused(*verb, BODYMAP_PACK="env-pack")
    assert "opt-pack" in refused("--pack", "opt-pack", *verb, BODYMAP_PACK="env-pack")
    assert "opt-pack" in refused(*verb, "--pack", "opt-pack", BODYMAP_PACK="env-pack")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sesions = "x"\n', "Did you mean “sessions”?"),
        ("sessions = 1\n", "text in quotes"),
        ('sessions = ""\n', "text in quotes"),
        ('ink = "pencil"\n', "no ink “pencil”"),
        ("sessions =\n", "line 1"),
        ('pack = "\\u001b[31m"\n', "control"),
        ("[sessions]\n", "text in quotes"),
    ],
)
def test_a_wrong_configuration_file_is_refused_with_its_place(home: Home, text: str, said: str) -> None:
    home.write_config(text)
    ended = home.run("sessions", "list")
    assert ended.status == 3
    assert said in ended.err
    assert str(home.config) in ended.err
    assert clean_fault(ended.err)
    assert home.run("--help").status == 0


def test_a_configuration_file_may_be_a_link(home: Home) -> None:
    (home.folder / "dotfiles.toml").write_text('sessions = "linked"\n')
    home.config.parent.mkdir(parents=True)
    home.config.symlink_to(home.folder / "dotfiles.toml")
    assert folder_used(home, "sessions", "list") == str(home.folder / "linked")


def test_theme_and_ink_reach_the_explorer(home: Home) -> None:
    home.write_config('theme = "light"\nink = "braille"\n')
    program = """
from bodymap.cli.settings import resolve
settings = resolve()
print(settings.theme, settings.ink)
"""
    assert home.code(program).out == "light braille\n"


# Faults


def failing(home: Home, what: str, **environment: str) -> tuple[int, str, str]:
    program = f"""
import bodymap.cli.group as group
def fail(arguments):
    secret = "patient name"
    {what}
group.invoke = fail
from bodymap.cli import run
raise SystemExit(run(["x"]))
"""
    return home.code(program, **environment)


def test_our_own_fault_is_one_sentence(home: Home) -> None:
    status, out, err = failing(home, "raise KeyError(secret)")
    assert (status, out) == (70, "")
    assert clean_fault(err)
    assert "KeyError" in err
    assert "patient" not in err


def test_a_traceback_only_where_it_is_asked_for_and_without_locals(home: Home) -> None:
    status, _, err = failing(home, "raise KeyError(1)", BODYMAP_DEBUG="1")
    assert status == 70
    assert "Traceback" in err
    assert "patient name" not in err.replace('secret = "patient name"', "")


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("raise KeyboardInterrupt", 130),
        ("raise BrokenPipeError", 141),
        ("import click; raise click.exceptions.Exit(1)", 70),
        ("raise RecursionError", 70),
        ("raise MemoryError", 70),
        ("open('/nowhere/x')", 4),
        ("import os; raise OSError(28, os.strerror(28), 'x\\x1b')", 4),
        ("raise SystemExit(7)", 7),
    ],
)
def test_how_each_end_is_told_to_the_shell(home: Home, what: str, status: int) -> None:
    ended = failing(home, what)
    assert ended[0] == status
    assert "Traceback" not in ended[2]
    assert "\x1b" not in ended[2]
    assert (ended[2] == "") is (status in (7, 130, 141))


def test_a_reader_that_leaves_is_no_fault(home: Home) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*PROGRAM, "--help"], env=home.environment, stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_behind_standard_output(home: Home) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "--help"], env=home.environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4
    assert clean_fault(done.stderr.decode())


def test_closed_streams_are_no_fault(home: Home) -> None:
    for redirect, status in ((">&-", 0), ("2>&-", 0), ("<&-", 0)):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {redirect}', "sh", *PROGRAM, "--version"],
            env=home.environment,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (status, b"")


def test_data_is_utf8_whatever_the_locale(home: Home) -> None:
    ended = home.run("pack", "show", LC_ALL="en_US.ISO-8859-1", PYTHONIOENCODING="ascii")
    assert ended.status == 0
    assert ended.out == home.run("pack", "show").out


def test_completion_still_works(home: Home) -> None:
    ended = home.run(_BODYMAP_COMPLETE="bash_source")
    assert ended.status == 0
    assert "_BODYMAP_COMPLETE" in ended.out


def test_output_that_was_only_buffered_fails_in_time(home: Home) -> None:
    program = """
import bodymap.cli.group as group
group.invoke = lambda arguments: print("data") or 0
from bodymap.cli import run
raise SystemExit(run(["x"]))
"""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=home.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 4
    assert clean_fault(done.stderr.decode())
