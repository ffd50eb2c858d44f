"""Nothing is left of a visit: on no screen, in no scrollback, title, clipboard, log, process or file.

Every visit gets a canary, typed and pasted wherever it can be, and answers at random. However it ends, the terminal
afterwards has to look as it did before the first person came, cell by cell, and nothing may have been written but the
session that somebody agreed to.
"""

from __future__ import annotations

import os
import random
import signal
import string
import time
from pathlib import Path

import pytest
import traces
from guided import knowledge
from pty_terminal import PATIENCE
from real_visit import SIZE, WELCOME, Patient, RealKiosk, wait_for
from witness import Witness

from bodymap.kiosk.terminal_reset import RESET
from bodymap.sessions import SessionStore, findings_of

ENDS = ("saved", "killed", "cleared", "crashed", "idle", "killed while saving", "declined", "aborted")
"""Ways to end a visit, good ones and bad ones by turns, so that no start is put off as it is after many bad ones."""
HURRY = "6"

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system tells nothing of processes in /proc"
)


class Watched(RealKiosk):
    """The kiosk, and everything that has to be after a visit as it was before the first."""

    def __init__(self, folder: Path, dice: random.Random, **settings: object) -> None:
        super().__init__(folder, watched=True, **settings)
        self.dice = dice
        self.canaries: list[str] = []
        self.agreed = 0
        """How many files there have to be."""
        self.cut_off = 0
        """How many temporary files were left by visits that were killed while saving."""
        self.witness = Witness(SIZE)
        self.since, self.cores = traces.now(), traces.cores()
        self.until(WELCOME)
        while self.read(0.5):
            pass
        self.first = self.look()
        assert not self.first[2], "the scrollback is empty from the beginning"
        self.tree = traces.tree(folder / "home")

    def look(self) -> tuple[object, ...]:
        self.witness.take(bytes(self.sent))
        return self.witness.look()

    @property
    def resets(self) -> int:
        return self.sent.count(RESET)

    # ----- one visit

    def visit_by(self, end: str, *, hurry: bool) -> None:
        """Let somebody answer for a while, put the canary wherever it goes, end the visit, and look around."""
        who = Patient(self, self.dice)
        self.canary = "canary" + "".join(self.dice.choices(string.ascii_lowercase, k=12))
        self.canaries.append(self.canary)
        before = self.resets
        consenting = end in ("saved", "declined", "killed while saving")
        for _ in range(200 if consenting else self.dice.randrange(2, 12 if hurry else 40)):
            who.sees()
            if who.step.kind == "consent":
                break
            if self.dice.random() < 0.2:
                self.put_canary()
            who.answer()
        who.sees()
        self.put_canary()
        assert traces.listed([self.canary]) == []
        getattr(self, f"_{end.replace(' ', '_')}")(who, hurry=hurry)
        self.until(lambda: self.resets > before)
        (self.orders / "hurry").unlink(missing_ok=True)
        (self.orders / "crash").unlink(missing_ok=True)
        self.nothing_is_left(who)

    def put_canary(self) -> None:
        """Type it and paste it, as text and as what a terminal says when it is asked for title and clipboard."""
        self.write(self.canary.encode())
        self.write(b"\x1b[200~" + self.canary.encode() + b"\r1\r\x1b[201~")

    def leave_unfinished(self) -> None:
        """Begin what is never ended: the next visit must not find it in the line."""
        begun = self.dice.choice([b"\x1b[200~", b"\x1b]52;c;", b"\x1b]0;", b"\x1bP", b""])
        self.write(begun + self.canary.encode())

    # ----- ends

    def _saved(self, who: Patient, *, hurry: bool) -> None:
        who.consent("save")
        self.agreed += 1
        self.check_file(who)
        self._goodbye(who, hurry=hurry)

    def _declined(self, who: Patient, *, hurry: bool) -> None:
        who.consent("discard")
        self._goodbye(who, hurry=hurry)

    def _goodbye(self, who: Patient, *, hurry: bool) -> None:
        """One in four walks away from the code."""
        if not hurry and self.dice.random() < 0.25:
            self._idle(who, hurry=hurry)
        else:
            who.press("1")

    def _cleared(self, who: Patient, *, hurry: bool) -> None:
        who.press("escape")
        self.press("escape")
        self.until("End and clear?")
        who.press("1")

    def _idle(self, who: Patient, *, hurry: bool) -> None:
        if hurry:
            (self.orders / "hurry").write_text(HURRY)
        if self.settings.get("unfinished") == "save" and who.said_something and not who.beside.over:
            self.agreed += 1
        if self.dice.random() < 0.5:
            self.leave_unfinished()

    def _killed(self, who: Patient, *, hurry: bool) -> None:
        visit = self.visit
        os.kill(visit, signal.SIGSTOP)  # what is pressed now, nobody reads
        self.write(b"1\r2\r")
        self.leave_unfinished()
        os.kill(visit, signal.SIGKILL)

    def _aborted(self, who: Patient, *, hurry: bool) -> None:
        os.kill(self.visit, self.dice.choice([signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS]))

    def _crashed(self, who: Patient, *, hurry: bool) -> None:
        (self.orders / "crash").write_text("")
        who.press("1", "enter")

    def _killed_while_saving(self, who: Patient, *, hurry: bool) -> None:
        visit, before = self.visit, self.files()
        who.press("1")
        end = time.monotonic() + PATIENCE
        while self.files() == before:
            assert time.monotonic() < end, "nothing was saved"
        os.kill(visit, signal.SIGSTOP)
        self.cut_off += any(path.suffix == ".tmp" for path in self.files())
        os.kill(visit, signal.SIGKILL)
        self.agreed = sum(path.suffix == ".toml" for path in self.files())

    # ----- what may be there, and what not

    def check_file(self, who: Patient) -> None:
        """The file of a visit says what was answered, and nothing else that was pressed."""
        pack, _, anatomy = knowledge()
        store = SessionStore(self.sessions)
        session = store.read(store.find(who.code))
        assert findings_of(session, pack, anatomy) == who.beside.findings

    def nothing_is_left(self, who: Patient) -> None:
        self.until(lambda: self.look() == self.first)
        assert self.witness.left == []
        sent = bytes(self.sent)
        assert b"canary" not in sent
        visits = sent.replace(RESET, b"")
        assert b"\x1b]52" not in visits, (
            "no visit writes a clipboard or asks for it; between them it is emptied"
        )
        assert set(self.witness.titles) == {b"bodymap"}
        assert traces.listed([self.canary]) == []
        assert traces.remembered(self.supervisor, [self.canary]) == []
        assert traces.tree(self.folder / "home") == self.tree
        wait_for(lambda: [path.suffix for path in self.files()] == [".toml"] * self.agreed)

    def finish(self) -> None:
        """What is looked at once, after all visits."""
        for line in self.log.splitlines():
            assert traces.PLAIN_LINE.fullmatch(line), line
        entries = list(SessionStore(self.sessions).iterate())
        assert len(entries) == self.agreed
        assert all(entry.session and entry.session.integrity == "ok" for entry in entries)
        for path in self.files():
            assert b"canary" not in path.read_bytes()
        assert traces.holding(self.canaries, self.since, besides=self.folder) == []
        assert traces.cores() == self.cores


def live(folder: Path, seed: int, visits: int, *, hurry: bool, **settings: object) -> Watched:
    """Let so many people come, one after another."""
    dice = random.Random(seed)
    with Watched(folder, dice, **settings) as kiosk:
        for number in range(visits):
            kiosk.visit_by(ENDS[number % len(ENDS)], hurry=hurry)
        kiosk.finish()
    return kiosk


def test_nothing_is_left_of_six_visits(tmp_path: Path) -> None:
    """One for each end but the last two, which are much like others."""
    live(tmp_path, 3, len(ENDS) - 2, hurry=True, most_questions=0, show_causes=False)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_left_of_two_hundred_visits(tmp_path: Path, seed: int) -> None:
    """Five kiosks with forty visits each, their idle times as they are; one of them keeps what is abandoned."""
    start = time.monotonic()
    kiosk = live(tmp_path, seed, 40, hurry=False, unfinished="save" if seed == 4 else "discard")
    seconds = time.monotonic() - start
    print(
        f"40 visits, {kiosk.resets} resets, {kiosk.agreed} files, {kiosk.cut_off} cut off while saving, "
        f"{len(kiosk.sent):,} bytes, {seconds:.0f} s"
    )
