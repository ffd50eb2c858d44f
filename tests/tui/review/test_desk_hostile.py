"""Files in the folder are written by machines in public rooms: whatever their texts say, nothing happens by it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from desk_driver import DeskDriver
from desk_names import id_at
from pty_terminal import BODYMAP, Terminal
from test_hostile import strange

from bodymap.common import toml
from bodymap.sessions import Session, SessionStore
from bodymap.sessions.document import content_of
from bodymap.sessions.record import App
from bodymap.sessions.review_file import ReviewEntry, append_review, review_path
from bodymap.tui.review.session_screen import SessionScreen

MARKUP = "[@click=app.quit]press me[/] [/nope] [red]$alarm {0} %s[/red]"
FLOOD = "e" + "\u0301" * 20 + " \u2603 =HYPERLINK(1) <script>alert(1)</script> \U0001f9ea 漢字漢字"
ESCAPES = "\x1b]0;owned\x07 \x1b[2J \u009b31m \u202eleft \u2066 \u200b"
"""What only a file written by hand can hold: the reader cleans it, or refuses the file."""
SIZES = [(120, 40), (60, 20)]


def hostile(session: Session, words: str) -> Session:
    """Return a session that says `words` wherever a session has text of its own."""
    assert session.shown is not None
    ranking = tuple(replace(cause, name=f"{words} {cause.rank}") for cause in session.shown.ranking)
    alarms = tuple(replace(alarm, says=words, do=words) for alarm in session.shown.alarms)
    return replace(
        session,
        places=tuple(words for _ in session.findings.marks),
        words=MappingProxyType(dict.fromkeys(session.findings.answers, words)),
        shown=replace(session.shown, ranking=ranking, alarms=alarms),
        app=App(words, words),
        pack=replace(session.pack, version=words[:40], sha256="0" * 64),
    )


def hostile_folder(folder: Path, people: dict[str, Session], words: str) -> None:
    """Fill a folder with sessions, reviews and things that are no sessions."""
    store = SessionStore(folder)
    for name in ("emergency", "leading", "same-day"):
        session = hostile(people[name], words)
        store.save(session)
        entry = ReviewEntry(
            session.started, words[:90], note=words, working_diagnosis="other", diagnosis_words=words
        )
        append_review(folder, session.id, entry)
    day = store.path_of(people["leading"]).parent
    (day / f"{words[:20].replace('/', '_')}.toml").write_text("schema = 1\n")
    (day / "x\x1b]0;owned\x07\u202e.toml").write_text("nothing")
    os.mkfifo(day / f"{id_at(people['leading'].started, 900)}.toml")
    (day / f"{id_at(people['leading'].started, 901)}.toml").symlink_to("/etc/passwd")
    (day / f"{id_at(people['leading'].started, 902)}.toml").write_text("a" + ".a" * 20_000 + " = 1\n")


async def every_screen(driver: DeskDriver, people: dict[str, Session]) -> list[str]:
    """Go through every screen of the desk; return what was seen."""
    seen = []

    async def look(*keys: str) -> None:
        await driver.press(*keys)
        seen.append(driver.text)
        await press_every_cell(driver)

    async def back() -> None:
        for _ in range(6):
            if driver.app.screen is driver.list:
                break
            await driver.press("escape")
        assert driver.app.screen is driver.list

    await look()
    await back()
    for name, keys in (("emergency", "1234w"), ("leading", "23")):
        await driver.press(*people[name].code, "enter")
        assert isinstance(driver.app.screen, SessionScreen)
        for key in keys:
            await look(key)
            while driver.app.screen is not driver.app.screen_stack[1]:
                await driver.press("escape")
        await back()
    await driver.press("escape", *people["emergency"].code, "space", *people["leading"].code, "equals_sign")
    for key in ("1", "2", "3"):
        await look(key)
    await back()
    await driver.press("ctrl+g")
    for key in ("1", "2"):
        await look(key)
    await back()
    return seen


async def press_every_cell(driver: DeskDriver) -> None:
    """Press wherever a word of a file stands: on the first cell of each `press me`."""
    for row, text in enumerate(driver.rows()):
        column = text.find("press me")
        if column >= 0:
            await driver.pilot.click(offset=(column + 1, row))
            await driver.pilot.pause()
            assert not driver.app._exit
            if driver.app.screen.is_modal:
                await driver.press("escape")


@pytest.mark.parametrize(
    ("words", "size"),
    [(MARKUP, (120, 40)), (MARKUP, (60, 20)), (FLOOD, (80, 24))],
    ids=["markup-wide", "markup-small", "floods"],
)
async def test_words_of_a_file_do_nothing(open_desk, own_folders: Path, people, words: str, size) -> None:
    hostile_folder(own_folders, people, words)
    async with open_desk(size) as driver:
        seen = "\n".join(await every_screen(driver, people))
        assert not driver.app._exit
        assert not driver.app.faults.count
        assert driver.desk.index.count() == 8
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        if words is MARKUP:
            assert "[@click=app.quit]" in seen.replace("\n", "")
        else:
            assert "\u0301" * 4 not in seen


async def test_a_paste_into_the_filter_and_into_a_note_is_cleaned(open_desk, folder: Path, people) -> None:
    from textual.events import Paste

    async with open_desk() as driver:
        await driver.press("slash")
        driver.app.post_message(Paste(ESCAPES))
        await driver.settle()
        assert "\x1b" not in driver.text
        assert "\u202e" not in driver.text
        await driver.press("escape", *people["leading"].code, "enter", "n")
        driver.desk.name = "A. Meier"
        driver.app.post_message(Paste(ESCAPES + MARKUP))
        await driver.settle()
        await driver.press("enter")
        written = review_path(SessionStore(folder).path_of(people["leading"])).read_text(encoding="utf-8")
        assert "\u202e" not in written
        assert "\\u001b" not in written.lower()
        assert "press me" in written


def with_escapes(session: Session) -> bytes:
    """Return the file of a session in which a text holds escapes, written as TOML writes them."""
    escaped = "".join(f"\\u{ord(letter):04X}" if not letter.isalnum() else letter for letter in ESCAPES)
    text = content_of(replace(session, app=App("XX-NAME", "1"))).decode()
    return text.replace("XX-NAME", escaped).encode()


def jump(terminal: Terminal, session: Session) -> None:
    """Type a code and wait until it is taken."""
    for letter in session.code:
        terminal.press(letter)
    terminal.until(f"code {session.code}")


@pytest.mark.parametrize("size", SIZES)
def test_only_known_sequences_leave_the_desk(own_folders: Path, people, size) -> None:
    hostile_folder(own_folders, people, MARKUP)
    path = SessionStore(own_folders).path_of(people["stenosis"])
    path.write_bytes(with_escapes(people["stenosis"]))
    assert path.stat().st_size < toml.SESSION_BYTES
    with Terminal((*BODYMAP, "review"), size) as terminal:
        terminal.until("EMERGENCY")
        terminal.until("not readable")
        jump(terminal, people["leading"])
        terminal.press("enter")
        terminal.until("1 Where")
        for key, shown in (("3", "WHERE IT HURTS"), ("4", "THE FILE"), ("w", "Esc close")):
            terminal.press(key)
            terminal.until(shown)
        terminal.press("escape")
        terminal.until(lambda: not terminal.shows("Esc close"))
        terminal.press("escape")
        terminal.until("leading cause")
        jump(terminal, people["stenosis"])
        terminal.press("enter")
        terminal.until("This file is not readable as a session")
        terminal.press("escape")
        terminal.until("leading cause")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        sent = bytes(terminal.sent)
        assert [entry for entry in strange(sent) if not entry.startswith("\ufffd".encode())] == []
