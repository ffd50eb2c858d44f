"""How fast the explorer is at a terminal: first frame, cursor moves, rest.

    python benchmarks/explorer.py [--starts 15] [--keys 120] [--idle 10]

The program runs in a pseudo-terminal; what it writes is stamped with the time as it is read and looked at afterwards.

- First frame: from the start of the process to the first moment from which on at least 95 % of the cells look as they
  do once the screen is at rest. The explorer is started by turns with an empty Textual app (A B A B …), so that a busy
  machine meets both; ratios are those of the medians. Page cache, bytecode and the cache of the pack are warm.
- Map there: the same for the part of the screen on which the body seen from behind stands; the pack comes after that.
- A cursor move: from writing an arrow key to the last byte before 80 ms of silence, and the bytes in between.
- At rest: bytes written and processor time used (of one core) while nothing is pressed.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from real_terminal import RealTerminal, environment  # noqa: E402

EMPTY = "from textual.app import App\nApp().run()\n"
SAME = 0.95
START_QUIET = 0.4
"""Seconds of silence after which a start is over; below the half second of a blinking cursor."""
KEY_QUIET = 0.08
MAP_ROWS, MAP_COLUMNS = slice(3, -6), slice(0, 40)
MOVES = ("down", "left", "up", "right", "right", "down", "left", "up")
Cells = list[list[tuple[str, str, str, bool, bool]]]


@dataclass(frozen=True)
class Command:
    """A program to start: its arguments and its environment."""

    arguments: list[str]
    environment: dict[str, str]


@dataclass(frozen=True)
class Start:
    """One start, in milliseconds from the start of the process."""

    first_byte: float
    map_there: float
    first_frame: float
    sent: int


def cells(terminal: RealTerminal) -> Cells:
    """Return how every cell of the screen looks."""
    screen = terminal.screen
    return [
        [(cell.data, cell.fg, cell.bg, cell.bold, cell.reverse) for cell in row]
        for row in ([screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines))
    ]


def alike(one: Cells, other: Cells) -> float:
    """Return the share of cells that look the same."""
    pairs = [(a, b) for left, right in zip(one, other, strict=True) for a, b in zip(left, right, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs)


def drawn(screen: Cells) -> bool:
    """Return whether anything stands on the screen at all."""
    return any(cell[0].strip() or cell[2] != "default" for row in screen for cell in row)


def started(command: Command, columns: int, rows: int) -> tuple[RealTerminal, list[tuple[float, bytes]]]:
    """Start a program and return it at rest, with all it wrote (milliseconds since its start, bytes)."""
    terminal = RealTerminal(command.arguments, columns, rows, command.environment)
    written: list[tuple[float, bytes]] = []
    while True:
        data = terminal.read_raw(START_QUIET if written else 20)
        if data:
            written.append(((time.perf_counter() - terminal.started) * 1000, data))
            continue
        return terminal, written


def measure_start(command: Command, columns: int, rows: int) -> Start:
    """Start a program once, and end it."""
    terminal, written = started(command, columns, rows)
    with terminal:
        frames: list[tuple[float, Cells]] = []
        for at, data in written:
            terminal.show(data)
            frames.append((at, cells(terminal)))
    return Start(
        written[0][0],
        reached([(at, [row[MAP_COLUMNS] for row in screen[MAP_ROWS]]) for at, screen in frames]),
        reached(frames),
        sum(len(data) for _, data in written),
    )


def reached(frames: list[tuple[float, Cells]]) -> float:
    """Return when the cells began to look as they do in the last frame, for good."""
    reached_at, final = frames[-1]
    for at, screen in reversed(frames):
        if not drawn(screen) or alike(screen, final) < SAME:
            break
        reached_at = at
    return reached_at


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def measure_starts(explorer: Command, empty: Command, columns: int, rows: int, starts: int) -> str:
    """Start both programs by turns; return a row of the table."""
    ours: list[Start] = []
    theirs: list[Start] = []
    for turn in range(starts + 1):
        pair = (measure_start(explorer, columns, rows), measure_start(empty, columns, rows))
        if turn:  # the first turn warms the caches
            ours.append(pair[0])
            theirs.append(pair[1])
    other = statistics.median(start.first_frame for start in theirs)
    there = statistics.median(start.map_there for start in ours)
    frame = statistics.median(start.first_frame for start in ours)
    return (
        f"| {columns}×{rows} | {other:.0f} ms | {there:.0f} ms | {there / other:.2f} | {frame:.0f} ms | "
        f"{frame / other:.2f} | {statistics.median(start.sent for start in ours):,.0f} |"
    )


def measure_use(explorer: Command, columns: int, rows: int, keys: int, idle: float) -> str:
    """Move the cursor, then wait; return a row of the table."""
    terminal, written = started(explorer, columns, rows)
    with terminal:
        for _, data in written:
            terminal.show(data)
        terminal.wait_for("seen from behind")
        terminal.settle(1.0)
        first: list[float] = []
        last: list[float] = []
        sent: list[float] = []
        for turn in range(keys):
            terminal.settle(KEY_QUIET)
            # A pause of varying length, so that keys do not fall in step with a timer of the program.
            time.sleep(turn * 7 % 11 / 1000)
            pressed = time.perf_counter()
            terminal.press(MOVES[turn % len(MOVES)])
            times: list[float] = []
            size = 0
            while data := terminal.read_raw(KEY_QUIET if times else 1.0):
                times.append((time.perf_counter() - pressed) * 1000)
                size += len(data)
                terminal.show(data)
            if times:
                first.append(times[0])
                last.append(times[-1])
                sent.append(size)
        terminal.settle(1.0)
        process = psutil.Process(terminal.process)
        before, received, begun = process.cpu_times(), terminal.received, time.perf_counter()
        while (left := idle - (time.perf_counter() - begun)) > 0:
            terminal.read(left)
        after = process.cpu_times()
        used = max(0.0, after.user + after.system - before.user - before.system) / idle * 100
        return (
            f"| {columns}×{rows} | {percentile(last, 0.5):.1f} / {percentile(last, 0.95):.1f} ms | "
            f"{percentile(first, 0.5):.1f} / {percentile(first, 0.95):.1f} ms | "
            f"{percentile(sent, 0.5):.0f} / {percentile(sent, 0.95):.0f} / {max(sent):.0f} | {len(sent)} of {keys} | "
            f"{terminal.received - received} | {used:.1f} % |"
        )


def machine() -> str:
    """Return a line about where this was measured."""
    known = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = [line.split(":", 1)[1].strip() for line in known.splitlines() if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"Textual {version('textual')}; load before the run {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the explorer at a terminal.")
    parser.add_argument(
        "--starts", type=int, default=15, help="starts of each program at each size (default 15)"
    )
    parser.add_argument("--keys", type=int, default=120, help="arrow keys at each size (default 120)")
    parser.add_argument("--idle", type=float, default=10, help="seconds at rest (default 10)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = environment(Path(folder), PYTHONPATH=str(ROOT))
        explorer = Command([sys.executable, "-m", "bodymap"], home)
        (Path(folder) / "empty.py").write_text(EMPTY)
        empty = Command([sys.executable, str(Path(folder) / "empty.py")], home)
        sizes = ((80, 24), (120, 40))
        print(machine(), end="\n\n")
        print("| size | empty app | map there | ratio | first frame | ratio | bytes of a start |")
        print("|---|---:|---:|---:|---:|---:|")
        for size in sizes:
            print(measure_starts(explorer, empty, *size, options.starts), flush=True)
        print()
        print(
            "| size | cursor move, p50 / p95 | to its first byte, p50 / p95 | bytes of a move, p50 / p95 / most",
            end="",
        )
        print(" | keys answered | bytes at rest | processor at rest |\n|---|---:|---:|---:|---:|---:|---:|")
        for size in sizes:
            print(measure_use(explorer, *size, options.keys, options.idle), flush=True)


if __name__ == "__main__":
    main()
