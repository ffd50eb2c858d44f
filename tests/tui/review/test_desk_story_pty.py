"""The desk in a real terminal: code, session, reviewed, back; by keyboard alone and by mouse alone; its ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from pty_terminal import BODYMAP, Terminal, restored

from bodymap.sessions import Session, SessionStore
from bodymap.sessions.review_file import read_review, review_path
from bodymap.tui.review.list_screen import REFRESH_SECONDS

REVIEW = (*BODYMAP, "review")
SIZES = [pytest.param((120, 40), id="120x40"), pytest.param((80, 24), id="80x24")]


def listed(terminal: Terminal) -> None:
    terminal.until("leading cause")
    terminal.until("EMERGENCY")


def reviewed_by(folder: Path, session: Session) -> str:
    review = read_review(review_path(SessionStore(folder).path_of(session)))
    return review.reviewed.by if review.reviewed else ""


@pytest.mark.parametrize("size", SIZES)
def test_the_story_by_keyboard_alone(size: tuple[int, int], folder: Path, people) -> None:
    session = people["emergency"]
    with Terminal(REVIEW, size) as terminal:
        listed(terminal)
        for letter in session.code.lower():
            terminal.press(letter)
        terminal.until(lambda: terminal.rows[-3].startswith(f" {session.code} ·"))
        terminal.press("enter")
        terminal.until("1 Where")
        terminal.until("EMERGENCY")
        terminal.press("r")
        terminal.until("Your name")
        terminal.press(*"\x7f" * 40)
        for letter in "Dr Who":
            terminal.press(letter)
        terminal.press("enter")
        terminal.until("reviewed by Dr Who")
        terminal.press("escape")
        terminal.until(lambda: any(row.startswith("✓") and session.code in row for row in terminal.rows))
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        restored(bytes(terminal.sent))
    assert reviewed_by(folder, session) == "Dr Who"
    log = (folder / "access.log").read_text(encoding="utf-8")
    assert [line.split("\t")[1:3] for line in log.splitlines()] == [
        ["opened", session.id],
        ["reviewed", session.id],
    ]


@pytest.mark.parametrize("size", SIZES)
def test_the_story_by_mouse_alone(
    size: tuple[int, int], folder: Path, people, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = people["leading"]
    monkeypatch.setenv("BODYMAP_BY", "Dr Who")
    with Terminal(REVIEW, size) as terminal:
        listed(terminal)
        terminal.click_words(session.code, below=3)
        terminal.until(lambda: terminal.rows[-3].startswith(f" {session.code} ·"))
        terminal.click_words("Enter open")
        terminal.until("1 Where")
        terminal.click_words("3 What was said")
        terminal.until("WHERE IT HURTS")
        # The keys of the bottom line follow the pane: press none before they have.
        terminal.until(lambda: terminal.rows[-1].strip().startswith("Tab next pane"))
        terminal.click_words("r reviewed")
        terminal.until("reviewed by Dr Who")
        terminal.click_words("Esc back")
        terminal.until(lambda: any(row.startswith("✓") and session.code in row for row in terminal.rows))
        terminal.click_words("/ filter")
        terminal.until(lambda: not terminal.shows("type a code to jump"))
        for letter in "reviewed":
            terminal.press(letter)
        terminal.until("1 of 7")
        terminal.press("escape")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert reviewed_by(folder, session) == "Dr Who"


def test_made_up_sessions_touch_nothing_else(own_folders: Path, tmp_path: Path, monkeypatch) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setenv("TMPDIR", str(spool))
    with Terminal((*REVIEW, "--demo"), (80, 24)) as terminal:
        terminal.until("made up")
        terminal.until("EMERGENCY")
        terminal.press("enter")
        terminal.until("1 Where")
        assert list(spool.iterdir())
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert not own_folders.exists()
    assert list(spool.iterdir()) == []


def test_a_line_that_drops_leaves_every_file_as_it_was(folder: Path, people) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    with Terminal(REVIEW, (80, 24)) as terminal:
        listed(terminal)
        terminal.press("enter")
        terminal.until("1 Where")
        terminal.close()
        assert terminal.wait() == 129
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before


def test_a_session_that_is_only_read_writes_nothing(folder: Path, people) -> None:
    """Though the list below looks at its folder: sshd would take a client that froze for one that is there."""
    with Terminal(REVIEW, (80, 24)) as terminal:
        listed(terminal)
        terminal.press("enter")
        terminal.until("1 Where")
        while terminal.read(2 * REFRESH_SECONDS + 0.5) and b"\x1b[1;1H\x1b[1;1H" not in terminal.sent:
            pass
        assert b"\x1b[1;1H\x1b[1;1H" not in terminal.sent


def test_without_a_terminal_it_says_what_works_there(folder: Path) -> None:
    import subprocess

    from pty_terminal import ROOT, environment

    ended = subprocess.run(
        REVIEW,
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert ended.returncode == 5
    assert "The desk needs a terminal" in ended.stderr
    assert "bodymap sessions list" in ended.stderr
