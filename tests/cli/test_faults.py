"""How the program ends when something fails: one sentence, a status, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import PROGRAM, Home, clean_fault


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


def test_a_closed_stream_matters_only_where_it_is_needed(home: Home) -> None:
    for redirect, status in (("2>&-", 0), ("<&-", 0)):
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
