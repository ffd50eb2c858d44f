"""`bodymap ask` as a process: a pipe of answers, a dumb terminal, no UTF-8, signals, a disk that fails."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from asked import BEGIN_TO_WHERE, NOTHING_TO_CONSENT, PROGRAM, Talk, ask, saved
from command import Home, clean_fault
from real_terminal import RealTerminal

from bodymap.sessions import read_session

ROOT = Path(__file__).parents[2]


def test_a_pipe_of_answers_makes_one_file_with_a_code(home: Home) -> None:
    ended = ask(home, [*NOTHING_TO_CONSENT, "1"])
    assert (ended.status, ended.err) == (0, "")
    (file,) = saved(home)
    session = read_session(file)
    assert session.state == "finished"
    assert session.integrity == "ok"
    spelled = " ".join(session.code)
    assert ended.out.endswith(
        "Your code\nYour answers are saved. Please tell this code to your clinician.\n"
        f"{session.code}\nSign by sign: {spelled}\n"
    )
    assert home.run("show", session.code).status == 0


def test_nothing_but_printable_lines_comes_out(home: Home) -> None:
    for language in ("en", "es"):
        ended = ask(home, [*NOTHING_TO_CONSENT[:-3], "", "", "", "2"], "--language", language)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f]", ended.out)
        assert max(map(len, ended.out.splitlines())) <= 78


@pytest.mark.parametrize("lines", [0, 1, 5, 9, 12, len(NOTHING_TO_CONSENT)])
def test_an_input_that_ends_early_is_no_fault_of_ours_and_keeps_nothing(home: Home, lines: int) -> None:
    ended = ask(home, NOTHING_TO_CONSENT[:lines])
    assert (ended.status, ended.err) == (3, "")
    assert ended.out.endswith("The visit ends here. Nothing was kept.\n")
    assert saved(home) == []


def test_an_input_that_ends_within_a_line_gives_that_line(home: Home) -> None:
    ended = ask(home, "\n".join([*NOTHING_TO_CONSENT, "1"]).encode())
    assert ended.status == 0
    assert len(saved(home)) == 1


def test_no_means_that_nothing_is_kept(home: Home) -> None:
    ended = ask(home, [*NOTHING_TO_CONSENT, "2"])
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith("Thank you\nNothing was kept.\n")
    assert not home.sessions.exists()


def test_ending_on_purpose_keeps_nothing(home: Home) -> None:
    ended = ask(home, [*BEGIN_TO_WHERE, "left calf", "y", "7", "q", "q"])
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith("Nothing was kept.\n")
    assert not home.sessions.exists()


@pytest.mark.parametrize("stdin", ["<&-", "</dev/null", "0>>out"])
def test_no_input_at_all(home: Home, stdin: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {stdin}', "sh", *PROGRAM],
        env=home.environment,
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 3
    if stdin == "0>>out":
        assert clean_fault(done.stderr)
        assert "standard input" in done.stderr
    else:
        assert done.stderr == ""
        assert done.stdout.endswith("The visit ends here. Nothing was kept.\n")


def test_an_output_that_is_closed_ends_it(home: Home) -> None:
    done = subprocess.run(
        ["bash", "-c", 'yes no | "$@" | head -n 2; exit ${PIPESTATUS[1]}', "bash", *PROGRAM],
        env=home.environment,
        cwd=home.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert not home.sessions.exists()


def test_any_bytes_are_answered(home: Home) -> None:
    hostile = [
        b"\xff\xfe\x80",
        b"\x00" * 50,
        b"\x1b[2J\x1b]52;c;eA==\x07",
        b"9" * 100_000,
        "ñ ‮ ́́".encode(),
        b"\r",
    ]
    ended = ask(home, b"\n".join([b"1", *hostile, b"no", *hostile]) + b"\n")
    assert ended.status == 3
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert ended.out.count("is not one of the answers.") >= 8
    assert ended.out.count("\n> ") == 1 + 2 * len(hostile) + 1 + 1


def test_lines_with_carriage_returns_are_lines(home: Home) -> None:
    ended = ask(home, "".join(f"{line}\r\n" for line in [*NOTHING_TO_CONSENT, "1"]).encode())
    assert ended.status == 0
    assert len(saved(home)) == 1


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "", "LANG": "es_ES.ISO-8859-1"}]
)
def test_without_utf8_all_is_ascii(home: Home, locale: dict[str, str]) -> None:
    ended = ask(home, [*BEGIN_TO_WHERE, "espinila", "1", "1"], "--language", "es", **locale)
    assert ended.out.isascii()
    assert "Donde le duele?" in ended.out
    assert "1 Si   2 No   3 No lo se" in ended.out
    assert 'se llama "espinila"' in ended.out


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        ({"LC_ALL": "C.UTF-8"}, "Show where it hurts"),
        ({"LC_ALL": "", "LANG": "es_MX.UTF-8"}, "Muéstrenos dónde le duele"),
        ({"LC_ALL": "es_ES.UTF-8", "LANG": "en_US.UTF-8"}, "Muéstrenos dónde le duele"),
        ({"LC_ALL": "", "LC_MESSAGES": "es_ES.UTF-8", "LANG": "en_US.UTF-8"}, "Muéstrenos dónde le duele"),
        ({"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "Show where it hurts"),
    ],
)
def test_it_begins_in_the_language_of_the_locale(home: Home, locale: dict[str, str], first: str) -> None:
    assert ask(home, [], **locale).out.splitlines()[1] == first
    assert ask(home, [], "--language", "en", **locale).out.splitlines()[1] == "Show where it hurts"


def test_a_language_that_there_is_not_is_wrong_usage(home: Home) -> None:
    ended = ask(home, [], "--language", "fr")
    assert (ended.status, ended.out) == (2, "")
    assert clean_fault(ended.err)


def test_a_visit_in_spanish_is_kept_in_spanish_and_read_in_english(home: Home) -> None:
    lines = ["2", "1", *["no"] * 8, "nalga izquierda superior", "sí", "7", "dolor sordo", "no", *["0"] * 4]
    ended = ask(home, [*lines, *["no lo sé"] * 12, "", "", "", "sí"])
    assert (ended.status, ended.err) == (0, "")
    (file,) = saved(home)
    table = tomllib.loads(file.read_text())
    assert table["language"] == "es"
    assert table["findings"]["marks"][0]["place"] == "su nalga IZQUIERDA, parte superior, vista por detrás"
    assert table["findings"]["words"]["foot-drop"].endswith("? No.")
    shown = home.run("show", table["code"]).out
    assert "LEFT buttock, upper part" in shown


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_and_keeps_nothing(home: Home, number: int, status: int) -> None:
    with Talk(home) as talk:
        talk.hear()
        talk.type(*BEGIN_TO_WHERE, "left calf", "y", "7")
        talk.process.send_signal(number)
        said = talk.hear()
        assert talk.process.wait(timeout=60) == status
        assert said.endswith("The visit ends here. Nothing was kept.\n")
        assert talk.process.stderr is not None
        assert talk.process.stderr.read() == b""
    assert saved(home) == []


def test_a_save_that_fails_is_said_and_trying_again_makes_one_file(home: Home) -> None:
    home.sessions.parent.mkdir(parents=True)
    home.sessions.write_text("in the way")
    with Talk(home) as talk:
        talk.hear()
        talk.type(*NOTHING_TO_CONSENT)
        for _ in range(2):
            said = talk.type("1")
            assert "It could not be saved" in said
            assert "not a folder" in said
            assert "Your answers are still here." in said
        home.sessions.unlink()
        said = talk.type("1")
        assert "Your code" in said
        assert talk.end() == 0
    (file,) = saved(home)
    assert read_session(file).integrity == "ok"


def test_an_input_that_ends_after_a_failed_save_says_that_a_file_failed(home: Home) -> None:
    home.sessions.parent.mkdir(parents=True)
    home.sessions.write_text("in the way")
    ended = ask(home, [*NOTHING_TO_CONSENT, "1"])
    assert ended.status == 4
    assert ended.out.endswith("Nothing was kept.\n")
    assert ask(home, [*NOTHING_TO_CONSENT, "1", "2"]).status == 0


SIGNALLED = """
import os, signal, sys
from bodymap.cli import run
from bodymap.sessions import SessionStore
save = SessionStore.save
def interrupted(self, session):
    os.kill(os.getpid(), signal.SIGTERM)
    receipt = save(self, session)
    os.kill(os.getpid(), signal.SIGINT)
    return receipt
SessionStore.save = interrupted
sys.exit(run(["ask"]))
"""


def test_a_signal_while_saving_waits_until_it_is_known_what_came_of_it(home: Home) -> None:
    """Else it might say that nothing was kept while a file lies there, or leave the code untold."""
    done = subprocess.run(
        [sys.executable, "-c", SIGNALLED],
        env=home.environment,
        cwd=ROOT,
        input="".join(f"{line}\n" for line in [*NOTHING_TO_CONSENT, "1"]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) in ((130, ""), (143, ""))
    (file,) = saved(home)
    assert f"\n{read_session(file).code}\n" in done.stdout


def test_a_hand_off_is_printed_at_once_and_waits(home: Home) -> None:
    with Talk(home) as talk:
        talk.hear()
        said = talk.type("1", "yes")
        assert "Tell a member of staff now\n" in said
        assert "Press Enter when a member of staff says so.\n" in said
        assert "Tell a member of staff now\n" in talk.type("no")
        assert "Do you feel numb between your legs" in talk.type("")
        assert talk.end() == 3


@pytest.mark.parametrize("term", ["dumb", "xterm-256color", ""])
def test_in_a_terminal_nothing_is_drawn(home: Home, term: str) -> None:
    """What a terminal shows is what was written: letters and ends of lines, whatever TERM says."""
    environment = {**home.environment, "TERM": term}
    with RealTerminal(PROGRAM, 80, 24, environment, folder=home.folder) as terminal:
        received = b""

        def until(text: bytes) -> None:
            nonlocal received
            while not received.endswith(text):
                more = terminal.read_raw(60)
                assert more, received
                received += more

        until(b"say it again\r\n> ")
        terminal.press("1\n")
        until(b"end and forget\r\n> ")
        terminal.press("q\n")
        until(b"\r\non.\r\n> ")
        terminal.press("q\n")
        until(b"Nothing was kept.\r\n")
        assert terminal.wait_for_end() == 0
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", received)


def test_the_end_of_input_in_a_terminal_ends_it(home: Home) -> None:
    with RealTerminal(PROGRAM, 80, 24, home.environment, folder=home.folder) as terminal:
        terminal.wait_for("say it again")
        terminal.press("\x04")
        terminal.wait_for("Nothing was kept.")
        assert terminal.wait_for_end() == 3


def test_a_terminal_that_goes_away_ends_it_and_keeps_nothing(home: Home) -> None:
    """Closing a terminal hangs up: the program must neither go on by itself nor fail at saying so to nobody."""
    with RealTerminal(PROGRAM, 80, 24, home.environment, folder=home.folder) as terminal:
        terminal.wait_for("say it again")
        terminal.press("1\n")
        terminal.wait_for("Part 1 of 6")
        process, terminal.process = terminal.process, 0
        terminal.close()
        _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 129
    assert saved(home) == []


LOADED = """
import sys
from bodymap.cli import run
status = run(["ask"])
sys.stdout.flush()
print(status, sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_it_pays_for_no_screen_and_with_a_warm_cache_for_no_models(home: Home) -> None:
    ask(home, [])
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=home.environment,
        cwd=ROOT,
        input="".join(f"{line}\n" for line in [*NOTHING_TO_CONSENT, "1"]),
        capture_output=True,
        text=True,
        timeout=60,
    )
    status, loaded = done.stderr.split(maxsplit=1)
    assert status == "0"
    assert not {"textual", "rich", "pydantic", "pydantic_core", "curses", "readline"} & set(
        re.findall(r"'(\w+)'", loaded)
    )


def test_an_option_names_the_folder_and_the_pack(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    assert ask(home, [*NOTHING_TO_CONSENT, "1"], "--sessions", str(folder)).status == 0
    assert len(list(folder.rglob("*.toml"))) == 1
    assert saved(home) == []
    ended = ask(home, [], "--pack", str(tmp_path / "no-pack"))
    assert ended.status == 3
    assert clean_fault(ended.err)
    assert ended.out == ""


def test_another_file_of_the_day_is_left_alone(home: Home) -> None:
    for _ in range(2):
        assert ask(home, [*NOTHING_TO_CONSENT, "1"]).status == 0
    assert len(saved(home)) == 2
    assert {oct(path.stat().st_mode & 0o777) for path in saved(home)} == {"0o600"}
