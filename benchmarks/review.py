"""How fast the desk is at a terminal: first frame with its list, moving through it, a letter of a filter.

    python benchmarks/review.py FOLDER [--starts 15] [--keys 120]

FOLDER holds sessions (`bodymap sessions sample 100000 --sessions FOLDER`, then `bodymap sessions index`). Measured as
`explorer.py` does: first frame beside an empty Textual app by turns, keys to the last byte before 80 ms of silence.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from explorer import EMPTY, KEY_QUIET, Command, machine, measure_start, percentile, started
from real_terminal import environment

ROOT = Path(__file__).resolve().parents[1]
WALK = ("down",) * 12 + ("up",) * 4 + ("pagedown", "pagedown", "pageup", "end", "up", "home")
LETTERS = tuple("region:buttock")
SIZES = ((80, 24), (120, 40))


def measure_starts(desk: Command, empty: Command, columns: int, rows: int, starts: int) -> str:
    """Start both by turns; return a row of the table."""
    ours, theirs = [], []
    for turn in range(starts + 1):
        pair = (measure_start(desk, columns, rows), measure_start(empty, columns, rows))
        if turn:  # the first turn warms the caches
            ours.append(pair[0].first_frame)
            theirs.append(pair[1].first_frame)
    one, other = statistics.median(ours), statistics.median(theirs)
    return f"| {columns}×{rows} | {other:.0f} ms | {one:.0f} ms | {one / other:.2f} |"


def measure_keys(desk: Command, columns: int, rows: int, count: int) -> str:
    """Move through the list, then write a filter; return a row of the table."""
    terminal, written = started(desk, columns, rows)
    with terminal:
        for _, data in written:
            terminal.show(data)
        terminal.settle(1.5)
        moves = pressed(terminal, [WALK[turn % len(WALK)] for turn in range(count)])
        terminal.press("/")
        terminal.settle(0.5)
        letters = pressed(terminal, list(LETTERS))
        used = psutil.Process(terminal.process).memory_info().rss / 2**20
    parts = []
    for times, sizes in (moves, letters):
        parts.append(f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f} ms")
        parts.append(f"{percentile(sizes, 0.5):.0f} / {percentile(sizes, 0.95):.0f}")
    return f"| {columns}×{rows} | {' | '.join(parts)} | {used:.0f} MB |"


def pressed(terminal, keys: list[str]) -> tuple[list[float], list[float]]:  # type: ignore[no-untyped-def]
    """Press keys one by one; return milliseconds to the last byte and bytes of each that was answered."""
    last, sent = [], []
    for turn, key in enumerate(keys):
        terminal.settle(KEY_QUIET)
        time.sleep(turn * 7 % 11 / 1000)
        begun = time.perf_counter()
        terminal.press(key)
        pieces, at = [], 0.0
        while data := terminal.read_raw(KEY_QUIET if pieces else 1.0):
            at = (time.perf_counter() - begun) * 1000
            pieces.append(data)
        # Shown only now: the line holds 4 KB, so whoever draws between two pieces keeps the next one waiting.
        terminal.show(b"".join(pieces))
        if pieces:
            last.append(at)
            sent.append(float(sum(map(len, pieces))))
    return last, sent


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the desk at a terminal.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--keys", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home_folder:
        home = environment(Path(home_folder), PYTHONPATH=str(ROOT))
        desk = Command([sys.executable, "-m", "bodymap", "review", str(options.folder.resolve())], home)
        (Path(home_folder) / "empty.py").write_text(EMPTY)
        empty = Command([sys.executable, str(Path(home_folder) / "empty.py")], home)
        print(machine(), end="\n\n")
        print("| size | empty app | desk with its list | ratio |\n|---|---:|---:|---:|")
        for size in SIZES:
            print(measure_starts(desk, empty, *size, options.starts), flush=True)
        print("\n| size | a move, p50 / p95 | bytes | a letter of a filter, p50 / p95 | bytes | memory |")
        print("|---|---:|---:|---:|---:|---:|")
        for size in SIZES:
            print(measure_keys(desk, *size, options.keys), flush=True)


if __name__ == "__main__":
    main()
