"""The command line as a whole: what it loads, what it says of itself, where it needs a terminal."""

from __future__ import annotations

import pytest
from command import Home, clean_fault

from bodymap import __version__

VERBS = [
    "figure",
    "assess",
    "contrast",
    "show",
    "sessions",
    "calibration",
    "pack",
    "review",
    "ask",
    "kiosk",
    "doctor",
]


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
        (["kiosks"], "Did you mean “kiosk”?"),
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
