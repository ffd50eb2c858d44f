"""How long a waiting room waits: from the start to the first screen, and from the end of a visit to the next, however
it ended; and how long a lost line leaves something running.

`python benchmarks/kiosk.py [--times N]`: the real program in a pseudo-terminal of 80 × 24.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from real_terminal import RealTerminal, environment

from bodymap.kiosk.supervisor import CRASHING

BODYMAP = str(Path(sys.executable).with_name("bodymap"))
WORD = "Begin"
"""Stands in the last row that the first screen of a visit draws."""
RESET = b"\x1b[3J"


class Kiosk(RealTerminal):
    """A kiosk whose current visit and next visit are known by their processes."""

    def __init__(self, folder: Path) -> None:
        settings = folder / "kiosk.toml"
        settings.write_text(f'sessions = "{folder}/visits"\n')
        super().__init__([BODYMAP, "kiosk", "--config", str(settings)], 80, 24, environment(folder))

    @property
    def processes(self) -> list[psutil.Process]:
        """The visit and, once it is there, the one that waits to be the next."""
        return sorted(psutil.Process(self.process).children(), key=lambda process: process.create_time())

    def next_is_ready(self) -> None:
        """Return once the next visit waits, and has loaded what it needs."""
        while len(self.processes) < 2 or self.processes[1].status() != psutil.STATUS_SLEEPING:
            self.read(0.1)
        self.settle(1.0)

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self._descriptor)
        self._descriptor = -1

    def next_screen(self) -> None:
        """Return once the next visit shows its first screen."""
        seen = b""
        while RESET not in seen:
            seen += self.read(30)
        self.screen.reset()
        self.show(seen[seen.index(RESET) :])
        self.wait_for(WORD)


def ended_by(number: int) -> Callable[[Kiosk], None]:
    """Return a way to end a visit by a signal."""
    return lambda kiosk: os.kill(kiosk.processes[0].pid, number)


def ask_to_end(kiosk: Kiosk) -> None:
    """Press what asks whether to end and clear."""
    kiosk.press("escape", "escape")
    kiosk.wait_for("Yes, clear it now")


def end_and_clear(kiosk: Kiosk) -> None:
    """Say that it is meant."""
    kiosk.press("1")


ENDS: dict[str, Callable[[Kiosk], None]] = {
    "ended by the person": end_and_clear,
    "kill -9": ended_by(signal.SIGKILL),
    "crash (SIGSEGV)": ended_by(signal.SIGSEGV),
    "stands still (SIGSTOP)": ended_by(signal.SIGSTOP),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    print(f"load before: {os.getloadavg()[0]:.1f}")
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        starts(Path(folder), times)
        for name, end in ENDS.items():
            most = max(2, times // 5) if "still" in name else times
            for ready in (True, False):
                restarts(Path(folder), name, end, most, ready=ready)
        vanishings(Path(folder), times)


def starts(folder: Path, times: int) -> None:
    """From the command to the first screen of the first visit."""
    seconds = []
    for _ in range(times + 1):
        with Kiosk(folder) as kiosk:
            kiosk.wait_for(WORD)
            seconds.append(time.perf_counter() - kiosk.started)
    report("start to first screen", seconds[1:])  # the first one fills the cache


def restarts(folder: Path, name: str, end: Callable[[Kiosk], None], times: int, *, ready: bool) -> None:
    """From the end of a visit to the first screen of the next; early in a visit that one is not ready yet."""
    seconds = []
    with Kiosk(folder) as kiosk:
        kiosk.wait_for(WORD)
        for _ in range(times):
            if ready:
                kiosk.next_is_ready()
            else:
                kiosk.settle(CRASHING)
            if end is end_and_clear:
                ask_to_end(kiosk)
            started = time.perf_counter()
            end(kiosk)
            kiosk.next_screen()
            seconds.append(time.perf_counter() - started)
        if ready:
            kiosk.next_is_ready()
            used = [
                process.memory_full_info().pss / 1e6
                for process in [psutil.Process(kiosk.process), *kiosk.processes]
            ]
            print(f"  memory: supervisor, visit, next visit: {', '.join(f'{size:.0f} MB' for size in used)}")
    report(f"{name}, {'in' if ready else 'at the beginning of'} a visit", seconds)


def vanishings(folder: Path, times: int) -> None:
    """From the moment at which the line is gone to the end of the last process."""
    seconds = []
    for _ in range(times):
        with Kiosk(folder) as kiosk:
            kiosk.wait_for(WORD)
            kiosk.next_is_ready()
            everything = [psutil.Process(kiosk.process), *kiosk.processes]
            started = time.perf_counter()
            kiosk.hang_up()
            psutil.wait_procs(everything, 30)
            kiosk.process = 0  # has been waited for
            seconds.append(time.perf_counter() - started)
    report("the line is lost, to the last process gone", seconds)


def report(name: str, seconds: list[float]) -> None:
    """Print one line."""
    ordered = sorted(seconds)
    p50, p95 = (ordered[math.ceil(part * len(ordered)) - 1] for part in (0.5, 0.95))
    print(
        f"{name:<50} {len(ordered):>3} times: p50 {p50:.2f} s, p95 {p95:.2f} s, most {ordered[-1]:.2f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
