"""The desk at the other end of a real SSH line: what a clinician does there, and how the line may end."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from loopback_sshd import DESK, Login, Server
from pty_terminal import Terminal

from bodymap.desk.sample import sample_sessions, write_samples
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions.review_file import read_review
from bodymap.sessions.store import REVIEW_NAME, SESSION_NAME

BODYMAP = Path(sys.executable).with_name("bodymap")
SESSIONS = 60
UNTIL = datetime(2026, 11, 25, tzinfo=UTC)


def desk_server(folder: Path, account: str = "bodymap-desk", *, own: str = "") -> Server:
    """Return a server with the settings that we ship for an account, on `folder/sessions`, at home in `folder/home`."""
    (folder / "home").mkdir(exist_ok=True)
    _, _, settings = DESK.read_text().partition(f"Match User {account}\n")
    settings = f"Match User {account}\n" + settings.partition("\nMatch ")[0]
    settings = settings.replace("/usr/local/bin/bodymap", str(BODYMAP))
    settings = settings.replace("/srv/bodymap/sessions", str(folder / "sessions"))
    # The desk writes its pages where it was started, which under sshd is the account's own home.
    settings = settings.replace("exec ", f"cd {folder}/home; exec ", 1)
    return Server(folder, "", settings=settings, own=own, HOME=str(folder / "home"))


def fill(folder: Path) -> dict[Path, bytes]:
    """Write made-up sessions and return every file with its bytes."""
    made = sample_sessions(SESSIONS, 4, load_pack(), load_anatomy(), until=UNTIL)
    for _ in write_samples(folder, made):
        pass
    return session_bytes(folder)


def session_bytes(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if SESSION_NAME.fullmatch(path.name)}


class DeskLogin(Login):
    """One clinician, whose screen is drawn."""

    read = Terminal.read

    def listed(self) -> None:
        self.until(f"{SESSIONS} sessions")
        self.until(lambda: "reading the" not in self.words)

    def open(self, down: int) -> None:
        """Open the session that lies so many lines below the first."""
        self.press(*["down"] * down, "enter")
        self.until("1 Where")


# ----- where the line ends: each goes there, and begins what the line ends in


def in_list(login: DeskLogin, chance: random.Random) -> None:
    login.press("down")


def in_filter(login: DeskLogin, chance: random.Random) -> None:
    login.press(*"/region:butt"[: chance.randint(2, 12)])


def in_session(login: DeskLogin, chance: random.Random) -> None:
    login.open(chance.randint(0, 9))
    login.press(str(chance.randint(1, 4)))


def in_compare(login: DeskLogin, chance: random.Random) -> None:
    login.after(lambda: login.press("down"), lambda: login.rows[-3])
    login.press(" ")
    login.until(lambda: any(row.startswith("A ") for row in login.rows))
    login.press("down", "=")
    if chance.random() < 0.7:
        login.until("Side by side")


def in_many(login: DeskLogin, chance: random.Random) -> None:
    login.write(b"\x07")
    if chance.random() < 0.7:
        login.until(lambda: "leading cause" not in login.words)


def in_review(login: DeskLogin, chance: random.Random) -> None:
    """Add a note; the line ends between its last key and what tells that it is there."""
    login.open(chance.randint(0, 9))
    login.press("n")
    login.until("A note beside")
    login.press(*"Numb since Monday")
    login.until("since Monday")
    login.press("enter")
    login.until("Your name")
    login.press(*"\x7f" * 40, *"Ada")
    login.until(lambda: any("Ada" in row for row in login.rows))
    login.write(b"\r")


def in_page(login: DeskLogin, chance: random.Random) -> None:
    login.open(chance.randint(0, 9))
    login.press("p")
    login.until("A page of this session")
    login.write(b"\r")


def in_output(login: DeskLogin, chance: random.Random) -> None:
    """Ask for more than is read."""
    for _ in range(30):
        login.write(b"\x1b[6~\x1b[5~")


MOMENTS: dict[str, Callable[[DeskLogin, random.Random], None]] = {
    "list": in_list,
    "filter": in_filter,
    "session": in_session,
    "compare": in_compare,
    "many": in_many,
    "review": in_review,
    "page": in_page,
    "output": in_output,
}
ENDS: dict[str, Callable[[DeskLogin], None]] = {
    "drop": DeskLogin.drop,
    "kill": DeskLogin.kill,
    "freeze": DeskLogin.freeze,
}


def end_somewhere(login: DeskLogin, moment: str, end: str, chance: random.Random) -> None:
    """Go there, and end the line a little after what was begun."""
    login.listed()
    MOMENTS[moment](login, chance)
    time.sleep(chance.random() * 0.08)  # any moment of it
    ENDS[end](login)


# ----- what must hold afterwards


def temporaries(folder: Path) -> list[Path]:
    """Return what only stands there while something is written."""
    return [path for path in folder.rglob(".*") if path.suffix in (".tmp", ".part") and path.is_file()]


def reviews(folder: Path) -> int:
    """Return how many entries the reviews hold; each must be readable, and whole."""
    entries = 0
    for path in folder.rglob("*"):
        if REVIEW_NAME.fullmatch(path.name):
            for entry in read_review(path).entries:
                assert (entry.by, entry.note) == ("Ada", "Numb since Monday")
                entries += 1
    return entries


def pages(home: Path) -> int:
    """Return how many pages were written; each must be whole."""
    found = list(home.glob("bodymap-*"))
    for page in found:
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), page
    return len(found)
