"""The process that holds the terminal of a waiting room: one fresh process for every visit, and nothing of it after.

It shows no screen but “one moment”, never learns what anybody answered, and sleeps until something happens: the visit
ends or falls silent, a signal comes, the terminal hangs up. While a visit goes on the process of the next one starts,
loads what takes long to load, and waits: so nobody waits for it, whatever the machine and however the visit ends.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import bodymap
from bodymap.common.language import translator
from bodymap.kiosk.child import CRASHED, STAFF_EXIT
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.environment import purged
from bodymap.kiosk.log import Log, place_of
from bodymap.kiosk.terminal_reset import HeldTerminal
from bodymap.kiosk.visiting import Limits, Visiting
from bodymap.kiosk.waking import Waking, keep_private

CHILD = ("-P", "-W", "ignore", "-m", "bodymap.cli.kiosk_child")
"""What Python is told, without a look at the current folder or a word about what is deprecated."""

AHEAD_AFTER = 3.0
"""Seconds after which a visit has what it needs and the next one may be started ahead."""

CRASHING = 2.0
"""Seconds below which a visit that ended badly was no visit."""
PAUSES = (0.0, 0.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next start, by how many in a row were no visits: a fault that stays must not burn the machine."""
CALL_STAFF = 5
"""From so many in a row on the screen asks to call somebody."""
OVERSLEPT = 2.0
"""Seconds by which a wait may take longer than it was told before it was we who stood still, not the visit."""

_HANGUP = select.POLLHUP | select.POLLERR | select.POLLNVAL


class Supervisor:
    """Runs visits until a right PIN (status 0), a signal or the loss of the terminal (128 + signal)."""

    def __init__(
        self, *, command: Sequence[str] | None = None, limits: Limits | None = None, log: Log | None = None
    ) -> None:
        """`command` is the program of a visit, for tests; two numbers are added to it (see `child`)."""
        self._command = command or (sys.executable, *CHILD)
        self._limits = limits or Limits()
        self._log = log or Log()
        self._environment = _environment()
        self._visits = 0
        self._short = 0
        self._visiting: Visiting | None = None
        self._next: Visiting | None = None

    def prepare(self) -> None:
        """Take over the signals and start the first process ahead; what it loads takes as long as checking settings.

        From here on `run` has to follow, or `dismiss`.
        """
        keep_private()
        self._waking = Waking()
        self._start_next()

    def dismiss(self) -> None:
        """End what was started ahead: the kiosk cannot run."""
        if self._next is not None:
            self._next.kill()
            self._next.close()
            self._next = None

    def run(self, config: KioskConfig) -> int:
        """Hold the terminal and return the exit status."""
        self._config = config
        try:
            self._terminal = HeldTerminal()
        except (OSError, termios.error):
            self.dismiss()
            self._log.say("ended before the first visit: its terminal is gone")
            return 128 + signal.SIGHUP
        try:
            return self._visits_until_the_end()
        except Exception as error:
            self._log.say(f"ended by a fault of its own: {place_of(error)}")
            return CRASHED
        finally:
            self._let_go()

    def _visits_until_the_end(self) -> int:
        while True:
            self._terminal.reset(self._one_moment())
            self._rest(PAUSES[min(self._short, len(PAUSES) - 1)])
            status = None if self._waking.told else self._visit()
            if self._waking.told:
                self._log.say(f"ended by {_name(self._waking.told)} after {self._visits} visits")
                return 128 + self._waking.told
            if status == STAFF_EXIT:
                self._log.say(f"ended by staff after {self._visits} visits")
                return 0

    # ----- one visit

    def _visit(self) -> int | None:
        """Run one visit and return its status; None where it could not be started or nobody waits for it any more."""
        self._visits += 1
        if self._next is None or self._next.ended() is not None:
            self.dismiss()
            self._start_next()
        visiting, self._next = self._next, None
        if visiting is None:
            self._short += 1
            return None
        self._visiting = visiting
        self._terminal.give_to(visiting.group)
        self._terminal.forget_keys()
        visiting.begin(self._config, time.monotonic())
        status = self._watch(visiting)
        self._end(visiting)
        self._judge(visiting, status)
        return status

    def _start_next(self) -> None:
        """Start the process of the next visit ahead, where that is possible."""
        try:
            self._next = Visiting(self._command, self._environment, self._limits)
        except OSError as error:
            self._next = None
            self._log.say(f"a visit could not be started: {place_of(error)}")

    def _watch(self, visiting: Visiting) -> int | None:
        """Sleep until the visit has ended and return its status, killing it where it falls silent."""
        speaking, killed = True, False
        while not self._waking.told:
            now = time.monotonic()
            speaking = speaking and visiting.hear(now)
            status = visiting.ended()
            if status is not None:
                visiting.hear(now)
                return status
            if self._next is None and visiting.beaten and now - visiting.began > AHEAD_AFTER:
                self._start_next()
            left = visiting.deadline - now
            if left <= 0:
                if not killed:
                    self._log.say(f"visit {self._visits} fell silent and was killed")
                visiting.kill()
                killed, left = True, 1.0
            self._sleep(left, visiting.up if speaking else None)
            late = time.monotonic() - now - left
            if late > OVERSLEPT:
                speaking = speaking and visiting.hear(time.monotonic())
                visiting.forgive(time.monotonic())
        return None

    def _end(self, visiting: Visiting) -> None:
        """Leave nothing of the visit running: in order where it still runs, by force where that takes too long."""
        if visiting.ended() is None:
            visiting.tell(self._waking.told)
            self._await(visiting, self._limits.end)
        visiting.kill()
        self._await(visiting, self._limits.end)  # not for ever: a process that waits for a dead disk stays
        self._terminal.give_to(os.getpgrp())
        visiting.close()
        self._visiting = None

    def _await(self, visiting: Visiting, seconds: float) -> None:
        end = time.monotonic() + seconds
        while visiting.ended() is None and (left := end - time.monotonic()) > 0:
            self._sleep(left, terminal=False)

    def _judge(self, visiting: Visiting, status: int | None) -> None:
        """Log an end that was none, and count those that follow each other too fast. Never what was in the visit."""
        if status is None:
            return
        lasted = time.monotonic() - visiting.began
        good = status in (0, STAFF_EXIT)
        # Who ends a visit that was there, however soon, is a person; one that never was there ended by itself.
        no_visit = not visiting.beaten if good else lasted < CRASHING
        self._short = self._short + 1 if no_visit else 0
        if not good:
            how = f"killed by {_name(status - 128)}" if status > 128 else f"ended with status {status}"
            because = f": {visiting.crash}" if visiting.crash else ""
            self._log.say(f"visit {self._visits} {how} after {lasted:.0f} s{because}")

    # ----- between visits

    def _one_moment(self) -> str:
        """Return what stands on the screen until the next visit is there."""
        lines = []
        for language in self._config.languages or ("en",):
            _ = translator(language).gettext
            lines.append(_("One moment, please"))
            if self._short >= CALL_STAFF:
                lines.append(_("Please tell the staff that this screen does not start."))
        text = "\n".join(["", *(f"   {line}" for line in lines), ""])
        return text.encode("ascii", "replace").decode() if self._config.ascii_only else text

    def _rest(self, seconds: float) -> None:
        """Wait before the next visit, in any case until the terminal has forgotten the last one."""
        end = time.monotonic() + seconds
        while not self._waking.told:
            left = end - time.monotonic()
            if self._terminal.send() and left <= 0:
                return
            self._sleep(None if self._terminal.pending else max(0.0, left))

    def _sleep(self, seconds: float | None, speaker: int | None = None, *, terminal: bool = True) -> None:
        """Wait for a signal, a word on `speaker`, a terminal that hangs up or has room again, or `seconds`."""
        poller = select.poll()
        poller.register(self._waking.descriptor, select.POLLIN)
        if speaker is not None:
            poller.register(speaker, select.POLLIN)
        if terminal:
            poller.register(0, 0)
            if self._terminal.pending:
                poller.register(self._terminal.output, select.POLLOUT)
        for descriptor, event in poller.poll(None if seconds is None else max(1, int(seconds * 1000 + 1))):
            if descriptor == self._waking.descriptor:
                self._waking.drain()
            elif descriptor != speaker and event & _HANGUP and not self._waking.told:
                # Also without a signal: who leads the session may ignore it, or have no session.
                self._waking.told = signal.SIGHUP

    def _let_go(self) -> None:
        if self._visiting is not None:
            self._visiting.kill()
        self.dismiss()
        self._terminal.give_back()


def _environment() -> dict[str, str]:
    """Return the variables of a visit. Python finds it where it found us, even where nothing was installed."""
    kept = purged(os.environ)
    here = Path(bodymap.__file__).resolve().parent.parent
    if here.name not in ("site-packages", "dist-packages"):
        kept["PYTHONPATH"] = str(here)
    return kept


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
