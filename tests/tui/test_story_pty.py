"""The whole story in a real terminal: by keyboard alone, by mouse alone, and after a power cut."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from explorer_driver import UPPER
from pty_terminal import BODYMAP, ROOT, Terminal, environment

from bodymap.common.text import is_clean
from bodymap.knowledge.loader import load_pack

SIZES = [(120, 40), (80, 24)]
TLJ = "thoracolumbar-joint-dysfunction"
PLACE = "your LEFT buttock, upper part, seen from behind"


def ready(terminal: Terminal) -> None:
    terminal.until("Pain in the buttock or leg")


def leads(terminal: Terminal) -> bool:
    """Return whether the thoracolumbar joints stand at rank 1."""
    return any("1 Thoracolumbar joint dysf" in row for row in terminal.rows)


def lit(terminal: Terminal) -> int:
    """Return how many cells of the map show a cause's area: colons and dots in the cause's blue."""
    return sum(
        1
        for row in range(terminal.size[1])
        for column in range(terminal.size[0])
        if terminal.screen.buffer[row][column].data in ":."
        and terminal.screen.buffer[row][column].fg == "87afff"
    )


def finish(terminal: Terminal, sessions: Path) -> None:
    """Read the receipt, leave, and open the file in every way that a stranger would."""
    terminal.until("Enter: go on")
    box = terminal.box()
    code = re.search(r"bodymapshow([0-9A-Z]+)", box)
    path = re.search(r"(/.*\.toml)", box)
    assert code is not None
    assert path is not None
    file = Path(path[1])
    assert file.is_file()
    assert file.is_relative_to(sessions)
    terminal.press("enter")
    terminal.until(f"saved · code {code[1]}")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0

    text = file.read_text(encoding="utf-8")
    assert is_clean(text)
    assert max(len(line) for line in text.splitlines()) < 400, (
        "a pager shows it without a maze of broken lines"
    )
    assert text.index("buttock, upper part") < text.index("[assessment]"), "findings first, in words"
    shown = subprocess.run(
        [*BODYMAP, "show", code[1]], capture_output=True, text=True, env=environment(), cwd=ROOT, check=False
    )
    assert shown.returncode == 0, shown.stderr
    assert "Thoracolumbar joint dysfunction" in shown.stdout
    assert "LEFT buttock, upper part" in shown.stdout

    with Terminal((*BODYMAP, "--resume", code[1]), terminal.size) as again:
        again.until("This session is finished")
        again.press("enter")
        again.until("nothing entered yet")
    with Terminal((*BODYMAP, "--resume"), terminal.size) as again:
        again.until("There is no unfinished session")
    assert file.read_text(encoding="utf-8") == text


def answered(terminal: Terminal, sign: str, words: str) -> None:
    """Wait until a row of the questions shows the answer."""
    terminal.until(lambda: any(sign in row and words in row for row in terminal.rows))


def explained(terminal: Terminal) -> None:
    """Check that the page about the cause stands there and can be read to its end."""
    cause = load_pack().cause(TLJ)
    terminal.until("WHAT HELPS, IN THE ARTICLE")
    assert " ".join(cause.article_says.split())[:26] in terminal.words
    terminal.after(lambda: terminal.press("end"))
    terminal.until("SOURCES")


@pytest.mark.parametrize("size", [pytest.param((120, 40), id="120x40"), pytest.param((80, 24), id="80x24")])
def test_the_story_by_keyboard_alone(size: tuple[int, int], own_folders: Path) -> None:
    with Terminal(size=size) as terminal:
        ready(terminal)
        terminal.until("your low back, over the spine")
        for key in ("left", "down", "down"):
            terminal.press(key)
        terminal.until(PLACE)
        terminal.press("7")
        terminal.until("7 of 10")
        terminal.press("tab")
        terminal.until("Question: ")
        for id, key, sign in (("sits-most-of-day", "y", "● yes"), ("bending-forward-worse", "n", "○ no")):
            words = load_pack().questions[id].short
            for _ in load_pack().questions:
                if f"Question: {words}" in terminal.text:
                    break
                terminal.after(lambda: terminal.press("down"), of=lambda: terminal.rows[-2])
            terminal.until(f"Question: {words}")
            terminal.press(key)
            answered(terminal, sign, words)
        terminal.press("tab")
        terminal.until("Thoracolumbar joint dysfunction: possible")
        terminal.until(lambda: leads(terminal))
        terminal.press("enter")
        explained(terminal)
        terminal.press("escape")
        terminal.until("Thoracolumbar joint dysfunction: possible")
        if size[0] < 110:
            terminal.press("tab")
        terminal.until("Thoracolumbar joint dysfunction: felt")
        terminal.until(lambda: lit(terminal) > 60, 15)
        terminal.press("ctrl+s")
        finish(terminal, own_folders)


@pytest.mark.parametrize("size", [pytest.param((120, 40), id="120x40"), pytest.param((80, 24), id="80x24")])
async def test_the_story_by_mouse_alone(size: tuple[int, int], own_folders: Path, open_explorer) -> None:
    async with open_explorer(size) as driver:
        place = driver.cell_of(UPPER)
    narrow = size[0] < 110
    with Terminal(size=size) as terminal:
        ready(terminal)
        terminal.click(*place)
        terminal.until(PLACE)
        terminal.until("5 of 10")
        terminal.wheel(*place, 1)
        terminal.wheel(*place, 1)
        terminal.until("7 of 10")
        if narrow:
            terminal.click_words("2 What changes it")
        terminal.until("Now:")
        for id, label, sign in (
            ("sits-most-of-day", "Yes y", "● yes"),
            ("bending-forward-worse", "No n", "○ no"),
        ):
            question = load_pack().questions[id]
            turn = (size[0] // 2, size[1] - 6)
            for _ in range(40):
                if any(re.search(rf"· –\s+{question.short}", line) for line in terminal.rows):
                    break
                terminal.after(lambda turn=turn: terminal.wheel(*turn, -1))
            for _ in range(10):
                # The list may still be moving under the mouse: look again, press again.
                line = next(
                    n for n, row in enumerate(terminal.rows) if re.search(rf"· –\s+{question.short}", row)
                )
                terminal.after(
                    lambda line=line, words=question.short: terminal.click(
                        terminal.rows[line].index(words), line
                    )
                )
                if question.asks[:20] in terminal.text:
                    break
            terminal.until(question.asks[:20])
            terminal.click_words(label)
            answered(terminal, sign, question.short)
        if narrow:
            terminal.click_words("3 What fits")
        terminal.until("Thoracolumbar joint dysfunction")
        terminal.until(lambda: leads(terminal))
        if not narrow:
            # The first press takes the cause in hand, which a tab does by itself when it opens; the next opens it.
            terminal.click_words("1 Thoracolumbar joint dysf")
        terminal.until(lambda: "dysfunction: possible" in terminal.rows[-2])
        terminal.click_words("1 Thoracolumbar joint dysf")
        terminal.until("WHAT HELPS, IN THE ARTICLE")
        terminal.click_words("Esc close")
        terminal.until("^s save")
        if narrow:
            terminal.click_words("1 Where")
        terminal.until("Thoracolumbar joint dysfunction: felt")
        terminal.until(lambda: lit(terminal) > 60, 15)
        terminal.click_words("^s save")
        finish(terminal, own_folders)


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24"])
def test_what_was_said_survives_a_power_cut(size: tuple[int, int], own_folders: Path) -> None:
    with Terminal(size=size) as terminal:
        ready(terminal)
        terminal.press("left", "down", "down")
        terminal.until(PLACE)
        terminal.press("7")
        terminal.until("7 of 10")

        def kept() -> bool:
            return any("intensity = 7" in path.read_text() for path in own_folders.rglob("*.toml"))

        terminal.until(kept)
        terminal.kill()
    (file,) = own_folders.rglob("*.toml")
    assert 'state = "unfinished"' in file.read_text()
    with Terminal((*BODYMAP, "--resume"), size) as terminal:
        ready(terminal)
        terminal.until("7 LEFT buttock, upper part")
        terminal.press("ctrl+s")
        terminal.until("Your code")
        terminal.press("enter")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert list(own_folders.rglob("*.toml")) == [file]
    assert 'state = "finished"' in file.read_text()
