"""`bodymap kiosk` itself on a terminal line, and a person in front of it whose answers are known to the test."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from guided import knowledge
from pty_terminal import PATIENCE, ROOT, Terminal

from bodymap.knowledge.anatomy import Place
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import DONE

SIZE = (100, 40)
WELCOME = "not a diagnosis"
SAME_KEY = 0.4
"""Seconds that a person takes before the same key again: faster is taken for a trembling hand."""
ARROWS = ("up", "left", "right")
DEFAULTS = {"letters": "plain", "languages": ["en", "es"], "most_questions": 4, "idle_seconds": 30}
DEFAULTS |= {"warning_seconds": 20}


class RealKiosk(Terminal):
    """The kiosk with folders of its own below `folder`; it logs to `log.txt` as under a service."""

    def __init__(
        self, folder: Path, *, watched: bool = False, line: tuple[str, ...] = (), **settings: Any
    ) -> None:
        """`watched` visits follow the orders of `watched_visit`; `line` is a program that the kiosk is run by."""
        self.folder, self.orders = folder, folder / "orders"
        self.sessions = Path(settings.get("sessions", folder / "sessions"))
        self.settings = DEFAULTS | {"sessions": str(self.sessions)} | settings
        for name in ("home", "orders"):
            (folder / name).mkdir()
        (folder / "kiosk.toml").write_text("".join(f"{k} = {_toml(v)}\n" for k, v in self.settings.items()))
        program = ("-m", "bodymap")
        if watched:
            program = (str(Path(__file__).with_name("watched_kiosk.py")), str(self.orders))
        command = (sys.executable, *program, "kiosk", "--config", str(folder / "kiosk.toml"))
        shell = ("/bin/sh", "-c", f'exec "$@" 2>{folder}/log.txt', "sh", *command)
        super().__init__((*line, *shell), SIZE, self._environment())

    def _environment(self) -> dict[str, str]:
        home = self.folder / "home"
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    @property
    def supervisor(self) -> int:
        return self.pid

    @property
    def visit(self) -> int:
        """The process of the visit in front: the group that the terminal's keys go to."""
        group = int(Path(f"/proc/{self.supervisor}/stat").read_text().rpartition(")")[2].split()[5])
        return group if group != self.supervisor else 0

    def files(self) -> list[Path]:
        """Return every file below the folder of sessions."""
        return sorted(path for path in self.sessions.rglob("*") if path.is_file())

    def options(self) -> Options:
        said = self.settings
        return Options(
            show_causes=bool(said.get("show_causes", True)),
            most_questions=int(said["most_questions"]),
            languages=tuple(said["languages"]),
            keeps_unfinished=said.get("unfinished") == "save",
        )


class Patient:
    """Somebody who answers at random. The same visit goes on beside it, and says what has to stand on the screen."""

    def __init__(self, kiosk: RealKiosk, dice: random.Random) -> None:
        self.kiosk, self.dice = kiosk, dice
        self.beside = GuidedVisit(*knowledge(), kiosk.options(), kiosk.settings["languages"][0])
        self.places: list[Place] = []
        self.code = ""
        self._pressed: dict[str, float] = {}
        self._last = ""
        self._named = {self.beside.anatomy.words(place): place for place in self.beside.anatomy.places}

    @property
    def step(self) -> Step:
        return self.beside.step

    @property
    def said_something(self) -> bool:
        return bool(self.beside.findings.marks or self.beside.findings.answers)

    def go_to(self, *kinds: str) -> None:
        """Answer until a step of one of the kinds is on the screen."""
        for _ in range(200):
            self.sees()
            if self.step.kind in kinds:
                return
            self.answer()
        raise AssertionError(f"no {kinds} came")

    def sees(self) -> None:
        """Wait until the screen shows the step."""
        step = self.step
        wanted = [step.heading]
        if step.kind in ("several", "feel", "question", "consent"):
            wanted += [choice.label for choice in step.choices]
        if step.pages > 1:
            wanted.append(f"({step.page} of {step.pages})")
        for words in wanted:
            self.kiosk.until(" ".join(words.split()))
        if (
            self._last
        ):  # its clock began when it took the key in, at the latest when it showed what came of it
            self._pressed[self._last] = time.monotonic()
            self._last = ""

    def press(self, *keys: str) -> None:
        for key in keys:
            while key not in ARROWS and self._just(key):
                self.kiosk.read(0.05)
            self.kiosk.press(key)
            self._remember(key)

    def _seen(self) -> None:
        """The kiosk took the last key in at the latest when it showed what came of it: its clock counts from there."""
        if self._last:
            self._pressed[self._last], self._last = time.monotonic(), ""

    def _just(self, by: str) -> bool:
        return time.monotonic() - self._pressed.get(by, 0.0) < SAME_KEY

    def _remember(self, by: str) -> None:
        self._pressed[by], self._last = time.monotonic(), by

    def answer(self) -> None:
        """Give one answer at random; of consent, no more than what `consent` says."""
        made = {"where": self._point, "number": self._number, "strength": self._strength}
        made |= {"several": self._several, "feel": self._several, "hand-off": self._staff}
        made.get(self.step.kind, self._choose)()

    def consent(self, id: str) -> None:
        """Say yes or no at the consent, and wait for what comes of it."""
        assert self.step.kind == "consent"
        self.choose(id)
        if self.beside.wants_saving:
            self.kiosk.until("Sign by sign: ")
            self.code = "".join(self.kiosk.words.split("Sign by sign: ")[1].split()[:4])
            self.beside.saved_as(self.code)
        self.sees()

    def fails_to_save(self, said: str) -> None:
        """Agree, where the disk is known to fail, and wait until that is said."""
        self.choose("save")
        self.kiosk.until(said)
        self.beside.saving_failed(said)
        self._seen()

    def choose(self, id: str) -> None:
        ids = [choice.id for choice in self.step.choices]
        key = "0" if id == "skip" else str(ids.index(id) + 1)
        words = f"{key}  {'Skip →' if id == 'skip' else self.step.choices[ids.index(id)].label}"
        if self._just(key) and not self._just("mouse") and self.kiosk.shows(words):
            self.kiosk.click_words(words)
            self._remember("mouse")
        else:
            self.press(key)
        self.beside.choose(id)

    def _choose(self) -> None:
        step = self.step
        ids = [choice.id for choice in step.choices]
        if step.kind == "welcome":
            ids = ["begin"]
        elif step.kind == "confirm":
            ids = ["yes"]
        elif step.kind == "another":
            ids = ["complete"] if len(self.places) > 1 else ids
        elif step.skip:
            ids.append("skip")
        self.choose(self.dice.choice(ids))

    def _point(self) -> None:
        if not self.places:  # no further up: beyond the head are the buttons
            self.press(*["up"] * self.dice.randrange(3))
        self.press(*self.dice.choices(("left", "right"), k=self.dice.randrange(4)))
        self.press("enter")
        self.kiosk.until(lambda: self._shown() in self._named)
        place = self._named[self._shown()]
        self.beside.point(place)
        self.places.append(place)

    def _shown(self) -> str:
        """Return the words that stand below the question whether a place is right, beside the body."""
        if not self.kiosk.shows("Is this right?"):
            return ""
        column, row = self.kiosk.find("Is this right?")
        below = " ".join(line[column:] for line in self.kiosk.rows[row + 1 :])
        return " ".join(below.split("┏")[0].split("┌")[0].split())

    def _number(self) -> None:
        number = self.dice.randint(self.step.lowest, self.step.highest)
        self.press(*str(number), "enter")
        self.beside.number(number)

    def _strength(self) -> None:
        number = self.dice.randint(self.step.lowest, self.step.highest)
        self.press(*str(number), "enter")
        self.beside.number(number)

    def _several(self) -> None:
        ids = [choice.id for choice in self.step.choices]
        for id in self.dice.sample(ids, self.dice.randrange(min(3, len(ids)))):
            self.choose(id)
        self.press(str(len(ids) + 1))
        self.beside.choose(DONE)

    def _staff(self) -> None:
        self.kiosk.click_words(self.step.done)
        self.kiosk.until("Has a member of staff spoken")
        self.press("2")
        self.beside.staff_goes_on()


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def wait_for(condition: Any, seconds: float = PATIENCE) -> None:
    """Wait until something is true that no terminal tells."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
