"""One visit on a real terminal line: how it ends, what it leaves there, and what lesser terminals are sent."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest
from pty_terminal import Terminal, environment, restored

from bodymap.kiosk.child import STAFF_EXIT
from bodymap.kiosk.config import KioskConfig, encode
from bodymap.kiosk.pin import hash_pin
from bodymap.tui.kiosk.kiosk_app import LARGEST

RUN = (
    "import sys; from bodymap.kiosk.config import decode; from bodymap.tui.kiosk import run_visit; "
    "sys.exit(run_visit(decode(sys.argv[1].encode())))"
)
PIN = "471108"
QUARTERS = "▘▝▖▌▞▛▗▚▐▜▙▟"
ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*[mHJ]|\x1b\[\?(?:1000|1003|1004|1006|1015|1049|2004|2026|25|7)[hl]|\x1b\[\?(?:2026|2048)\$p|"
    rb"\x1b\[[<>][0-9;]*u|\x1b\[c|\x1b\[>[0-9]*q|\x1b\[\?u"
)


def visit(
    folder: Path, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None, **changes: object
) -> Terminal:
    config = KioskConfig(sessions=folder, languages=("en", "es"), language="en")._replace(**changes)
    command = (sys.executable, "-c", RUN, encode(config).decode())
    return Terminal(command, size, environment(**(env or {})))


def at_welcome(terminal: Terminal) -> None:
    terminal.until("not a diagnosis")


def blank_at_the_end(terminal: Terminal) -> None:
    """The last thing drawn on the alternate screen is nothing, and nothing follows on the main one."""
    sent = bytes(terminal.sent)
    drawn = sent[: sent.rindex(b"\x1b[?1049l")]
    cleared = drawn.rindex(b"\x1b[2J")
    assert not re.sub(rb"\x1b\[[<>?0-9;]*[a-zA-Z]", b"", drawn[cleared:]).strip()
    restored(sent)


def test_end_and_clear(own_folders: Path) -> None:
    with visit(own_folders) as terminal:
        at_welcome(terminal)
        terminal.press("1")
        terminal.until("Why we ask")
        terminal.press("2")
        terminal.until("Skip")
        terminal.click_words("End and clear (Esc Esc)")
        terminal.until("forgotten at once")
        terminal.press("1")
        assert terminal.wait() == 0
        blank_at_the_end(terminal)
    assert not own_folders.exists()


def test_an_absurd_window_is_cut_to_what_people_sit_in_front_of(own_folders: Path) -> None:
    with visit(own_folders) as terminal:
        at_welcome(terminal)
        terminal.resize(65535, 65535)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.until(lambda: f"\x1b[{LARGEST[1]};".encode() in terminal.sent)
        terminal.resize(80, 24)
        terminal.after(lambda: terminal.press("1"))
        terminal.until("Why we ask")
        assert f"\x1b[{LARGEST[1] + 1};".encode() not in terminal.sent
        columns = {int(found) for found in re.findall(rb"\x1b\[\d+;(\d+)H", terminal.sent)}
        assert max(columns) <= LARGEST[0]


def test_only_known_sequences_reach_the_terminal(own_folders: Path) -> None:
    with visit(own_folders) as terminal:
        at_welcome(terminal)
        for key in ("2", "1", "2", "0", "tab", "down", "escape", "3"):
            terminal.after(lambda key=key: terminal.press(key))
        terminal.click_words("Esc Esc")
        terminal.until("borrar ya")
        terminal.press("1")
        assert terminal.wait() == 0
    left = ALLOWED.sub(b"", bytes(terminal.sent))
    assert b"\x1b" not in left, re.findall(rb"\x1b.{0,12}", left)
    assert b"\x07" not in left
    assert b"\x1b]" not in terminal.sent


def test_staff_leave_with_their_own_status(own_folders: Path) -> None:
    with visit(own_folders, pin_hash=hash_pin(PIN)) as terminal:
        at_welcome(terminal)
        terminal.click_words("Staff")
        terminal.until("not for patients")
        terminal.press(*PIN, "enter")
        assert terminal.wait() == STAFF_EXIT
        blank_at_the_end(terminal)
    assert PIN.encode() not in bytes(terminal.sent)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_told_to_end(own_folders: Path, number: signal.Signals) -> None:
    with visit(own_folders) as terminal:
        at_welcome(terminal)
        terminal.press("1")
        terminal.until("Why we ask")
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        blank_at_the_end(terminal)


def test_every_key_of_the_keyboard_leaves_it_running(own_folders: Path) -> None:
    with visit(own_folders) as terminal:
        at_welcome(terminal)
        for byte in (*range(1, 27), 28, 29, 30, 31, 127):
            terminal.write(bytes([byte]))
        terminal.write(b"\x1b[200~1\r\x1b[201~" + b"\xff\xfe\xc3\x28" + b"\x1b[99;5u\x1b[113;5u\x1b[8;1;1t")
        for number in (*range(11, 16), *range(17, 22), 23, 24):
            terminal.write(b"\x1b[%d~" % number)
        terminal.resize(100, 30)
        terminal.until("Esc Esc")
        assert not terminal.ended()


@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "linux", "COLORTERM": ""}, True),
        ({"TERM": "xterm", "COLORTERM": ""}, True),
    ],
    ids=["no-colour", "console", "16-colours"],
)
def test_lesser_terminals(own_folders: Path, env: dict[str, str], colours: bool) -> None:
    with visit(own_folders, env=env) as terminal:
        at_welcome(terminal)
        terminal.press("1")
        terminal.until("Why we ask")
        styles = re.findall(r"\x1b\[([0-9;]*)m", bytes(terminal.sent).decode())
        coloured = [
            style for style in styles if re.search(r"(?:^|;)(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;|$)", style)
        ]
        assert bool(coloured) == colours, coloured[:5]
        if "TERM" in env:
            assert not any("38;" in style or "48;" in style for style in styles)


@pytest.mark.parametrize(
    ("term", "letters", "quarters", "halves"),
    [
        ("foot", None, True, True),
        ("xterm-256color", None, False, True),
        ("linux", None, False, True),
        ("xterm-256color", "tall", True, True),
        ("foot", "wide", False, True),
        ("foot", "plain", False, False),
    ],
)
def test_letters_that_the_font_may_lack_are_not_sent(
    own_folders: Path, term: str, letters: str | None, quarters: bool, halves: bool
) -> None:
    """A heading in signs that a font does not have would not be seen at all."""
    with visit(own_folders, (120, 40), env={"TERM": term}, letters=letters) as terminal:
        at_welcome(terminal)
        terminal.press("1")
        terminal.until("Why we ask")
        terminal.press("2")
        terminal.until("numb patch")
    sent = bytes(terminal.sent).decode()
    assert any(sign in sent for sign in QUARTERS) == quarters
    assert any(sign in sent for sign in "▀▄") == halves


def test_ascii_alone(own_folders: Path) -> None:
    with visit(own_folders, ascii_only=True, language="es", languages=("es", "en")) as terminal:
        terminal.until("No es un diagn")
        for key, words in (("1", "preguntamos"), ("2", "Saltar"), ("3", "Saltar")):
            terminal.press(key)
            terminal.until(words)
    assert bytes(terminal.sent).isascii()


CRASHING = (
    "import sys; from bodymap.kiosk.config import decode; from bodymap.tui.kiosk import run_visit; "
    "from bodymap.tui.kiosk.scenes import Scenes\n"
    "def fails(*_, **__): raise RuntimeError('canary')\n"
    "def later(self, step, **given):\n"
    "    return fails() if step.kind == 'question' and step.question in sys.argv[2:] else was(self, step, **given)\n"
    "was, Scenes.step = Scenes.step, later\n"
    "try: sys.exit(run_visit(decode(sys.argv[1].encode())))\n"
    "except RuntimeError: sys.exit(70)"
)


def test_a_fault_of_ours_ends_the_visit_blank_and_without_a_word(own_folders: Path) -> None:
    config = KioskConfig(sessions=own_folders, languages=("en", "es"), language="en")
    command = (sys.executable, "-c", CRASHING, encode(config).decode(), "both-legs-weak")
    with Terminal(command, (80, 24), environment()) as terminal:
        at_welcome(terminal)
        terminal.press("1")
        terminal.until("Why we ask")
        terminal.press("2")
        terminal.until("numb patch")
        terminal.press("3")
        assert terminal.wait() == 70
        blank_at_the_end(terminal)
    assert b"canary" not in terminal.sent
