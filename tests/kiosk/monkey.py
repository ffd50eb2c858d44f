"""A monkey at the real kiosk: bytes, keys, pastes, clicks, sizes and signals, drawn by dice.

`python tests/kiosk/monkey.py --events 1000000` plays for a long time and says what came of it. With `--endless` all of
it happens to one process, which begins the next visit where it would end: so it is seen what a visit holds on to.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tui"))

import assaults
import psutil
from pty_terminal import KEYS
from real_kiosk import RealKiosk

from bodymap.kiosk.pin import hash_pin

SETTINGS = (
    f'pin_hash = "{hash_pin("402871")}"\n',
    f'pin_hash = "{hash_pin("402871")}"\nlarge_type = true\nunfinished = "save"\nmost_questions = 3\n',
    "show_causes = false\nmost_questions = 60\n",
)
WORDS = {
    "welcome": ("not a diagnosis", "no es un diagn"),
    "question": ("Why we ask", "Por qué lo preguntamos"),
    "map": ("Closer", "Más cerca"),
    "digits": ("Erase", "Borrar"),
    "ending": ("clear it now", "borrar ya"),
    "Spanish": ("Terminar y borrar",),
    "warning of a wrong PIN": ("not the right PIN", "Ese no es el PIN"),
}
"""By which screens are known, in both languages; what is drawn in large letters has no words."""
ORDINARY = (*KEYS.values(), *(b"%d" % number for number in range(10)), b" ", b"\x7f", b"\x1b[5~", b"\x1b[6~")
FUNCTIONS = (*(b"\x1bO%c" % letter for letter in b"PQRS"), *(b"\x1b[%d~" % number for number in range(1, 25)))
SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGCONT)
TOGETHER = 60
LOOK_EVERY = 40
HELD_SECONDS = 3.0
"""Memory that is there for so long counts as held."""
ENDLESS = (str(Path(__file__).resolve().with_name("endless_kiosk.py")),)
"""The program of a kiosk whose visits never end."""


@dataclass
class Played:
    """What came of it. `heard` events were read by a visit; `lost` are those that may have come between two."""

    heard: int = 0
    lost: int = 0
    visits: int = 0
    sessions: int = 0
    longest: int = 0
    """Events of the longest visit."""
    bytes: int = 0
    sequences: int = 0
    growth: float = 0.0
    """MB by which the process that grew most did so since its first events."""
    peak: float = 0.0
    """The same at any moment, with what is soon given back."""
    weighed: int = 0
    """Processes that lived long enough to be weighed."""
    heaviest: float = 0.0
    """MB that the heaviest of all held."""
    holds: float = 0.0
    """MB that the visit there is holds now."""
    seen: set[str] = field(default_factory=set)


class Monkey:
    """Dice that know what a terminal can send."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._size = (80, 24)
        self._keys = (FUNCTIONS, [*assaults.functions()], [*assaults.kitty((2, 5, 6, 13))])
        self._answers = [answer for answer in assaults.answers() if not answer.endswith(b"x")]
        self._ways: dict[Callable[[], bytes], int] = {
            self._ordinary: 50,
            self._click: 20,
            self._bytes: 14,
            lambda: self._dice.choice(self._dice.choice(self._keys)): 7,
            self._other_mouse: 4,
            self._paste: 3,
            lambda: self._dice.choice(self._answers): 2,
        }

    def some(self) -> list[bytes]:
        """Return some events that are typed."""
        number = self._dice.randrange(1, TOGETHER)
        return [way() for way in self._dice.choices(list(self._ways), list(self._ways.values()), k=number)]

    def besides(self, kiosk: RealKiosk) -> int:
        """Do, now and then, what is not typed; returns how many events that were."""
        draw = self._dice.random()
        if draw < 0.25:
            self._size = self._dice.choice((*assaults.SIZES, *[(80, 24)] * 12, *[(120, 40)] * 4))
            kiosk.resize(*self._size)
        elif draw < 0.35:
            with suppress(ProcessLookupError):  # that visit has just ended
                os.killpg(os.tcgetpgrp(kiosk.fd), self._dice.choice(SIGNALS))
        else:
            return 0
        return 1

    def _ordinary(self) -> bytes:
        return self._dice.choice(ORDINARY)

    def _cell(self) -> tuple[int, int]:
        columns, rows = (min(most, max(1, size)) for most, size in zip((200, 80), self._size, strict=True))
        return self._dice.randint(1, columns), self._dice.randint(1, rows)

    def _click(self) -> bytes:
        x, y = self._cell()
        return b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x, y, x, y)

    def _other_mouse(self) -> bytes:
        x, y = self._cell()
        return b"\x1b[<%d;%d;%d%c" % (self._dice.randrange(256), x, y, self._dice.choice(b"Mm"))

    def _bytes(self) -> bytes:
        return self._dice.randbytes(self._dice.randint(1, 6))

    def _paste(self) -> bytes:
        inside = self._dice.choice((*assaults.WORDS, self._dice.randbytes(self._dice.randint(0, 300))))
        return b"\x1b[200~" + inside.replace(b"\x1b[201~", b"") + b"\x1b[201~"


def play(kiosk: RealKiosk, seed: int, events: int, told: Callable[[Played], None] | None = None) -> Played:
    """Let a monkey at the kiosk until visits have read that many events; fails where the lock does not hold."""
    monkey, played = Monkey(seed), Played()
    weight = Weight()
    this, rounds = 0, 0
    kiosk.at_visit(0)
    played.visits = kiosk.vocabulary.resets
    while played.heard < events:
        before, length = kiosk.vocabulary.resets, len(kiosk.sent)
        typed = monkey.some()
        kiosk.write(b"".join(typed))
        number = len(typed) + monkey.besides(kiosk)
        kiosk.all_read()
        new = (
            bytes(kiosk.sent[min(length, len(kiosk.sent)) :])
            if len(kiosk.sent) >= length
            else bytes(kiosk.sent)
        )
        played.seen |= {name for name, ways in WORDS.items() if any(words.encode() in new for words in ways)}
        if kiosk.vocabulary.resets == before:
            played.heard += number
            this += number
            played.longest = max(played.longest, this)
        else:
            played.lost += number
            this = 0
            kiosk.at_visit(before)
        rounds += 1
        visit = os.tcgetpgrp(kiosk.fd)
        weight.look(kiosk.pid, visit)
        played.growth, played.peak = weight.growth, weight.peak
        played.heaviest, played.weighed = weight.heaviest, len(weight.held)
        played.holds = weight.held.get(visit, 0.0)
        if rounds % LOOK_EVERY == 0:
            kiosk.holds()
            if told is not None:
                told(played)
    kiosk.holds()
    played.visits = kiosk.vocabulary.resets
    played.sessions = kiosk.sessions
    played.bytes, played.sequences = kiosk.vocabulary.read, kiosk.vocabulary.sequences
    return played


class Weight:
    """What processes hold on to, in MB. What is soon given back, as the 32 MB that trying a PIN takes, is not held."""

    def __init__(self) -> None:
        self._first: dict[int, float] = {}
        self._last: dict[int, deque[tuple[float, float]]] = {}
        self.held: dict[int, float] = {}
        self.growth = self.peak = self.heaviest = 0.0

    def look(self, *numbers: int) -> None:
        """Weigh these processes."""
        for number in numbers:
            try:
                weight = psutil.Process(number).memory_info().rss / 1e6
            except psutil.Error:
                continue
            now = time.monotonic()
            first = self._first.setdefault(number, weight)
            last = self._last.setdefault(number, deque())
            last.append((now, weight))
            self.peak = max(self.peak, weight - first)
            if now - last[0][0] >= HELD_SECONDS:
                held = self.held[number] = min(weight for _, weight in last)
                self.growth, self.heaviest = max(self.growth, held - first), max(self.heaviest, held)
            while now - last[0][0] > HELD_SECONDS:
                last.popleft()


def main() -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--endless", action="store_true")
    given = parser.parse_args()
    started, shown = time.monotonic(), 0

    def told(played: Played) -> None:
        nonlocal shown
        if played.heard >= shown + 10_000:
            shown = played.heard
            passed = time.monotonic() - started
            growth, now = f"growth {played.growth:.1f} MB", f"now {played.holds:.1f} MB"
            print(f"{played.heard:>9} heard, {passed:.0f} s, {growth}, {now}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        settings = SETTINGS[given.seed % len(SETTINGS)]
        program = ENDLESS if given.endless else ("-m", "bodymap")
        with RealKiosk(Path(folder), settings, drawn=False, program=program) as kiosk:
            played = play(kiosk, given.seed, given.events, told)
    print(f"seed {given.seed}, {time.monotonic() - started:.0f} s: {played}")


if __name__ == "__main__":
    main()
