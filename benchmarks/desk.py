"""How long the desk takes over many sessions, side by side with ripgrep and grep over the same files. Prints medians.

`python benchmarks/desk.py [COUNT | FOLDER]`: COUNT made-up sessions in a fresh folder (2,000 when absent, 100,000 for
the promise), or the sessions of FOLDER, whose index is made anew. The first time is that of an index just opened.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

from bodymap.desk.aggregates import alarms_over_time, causes_over_time, heat
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order
from bodymap.desk.sample import sample_sessions, write_samples
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack

FILTERS = (
    "",
    "unreviewed tier:emergency",
    "region:buttock-upper side:left",
    "region:buttock since:30d cause:disc",
    "-region:buttock band:possible tier:none",
    "text:bending",
    'text:"deep ache" -cause:none',
)
SEARCHES = (
    ("region:saddle", 'region = "saddle"'),
    ("alarm:cauda", "cauda"),
    ("code:{code}", 'code = "{code}"'),
)


def main() -> None:
    """Measure and print."""
    given = sys.argv[1] if len(sys.argv) > 1 else "2000"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(given)
        if given.isdigit():
            folder = Path(scratch, "sessions")
            sessions = sample_sessions(int(given), 1, load_pack(), load_anatomy())
            print(f"{sum(1 for _ in write_samples(folder, sessions)):,} made-up sessions written")
        build(folder, Path(scratch))
        ask(folder)
        search(folder)


class Taken(NamedTuple):
    """Medians in milliseconds: on the clock, and of the processor, which a busy machine changes less."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} ms ({self.processor:.2f} of the processor)"


def milliseconds(work: Callable[[], object], times: int) -> Taken:
    """Return how long `work` takes."""
    taken = []
    for _ in range(times):
        began, used = perf_counter(), thread_time()
        work()
        taken.append(((perf_counter() - began) * 1000, (thread_time() - used) * 1000))
    return Taken(median(clock for clock, _ in taken), median(processor for _, processor in taken))


BUILD = """
import json, resource, sys
from pathlib import Path
from bodymap.desk.index import SessionIndex
index = SessionIndex(Path(sys.argv[1]))
done = index.rebuild()
own, helped = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
index.close()
processor = sum(used.ru_utime + used.ru_stime for used in (own, helped))
print(json.dumps([done.added, done.seconds, own.ru_maxrss, helped.ru_maxrss, processor]))
"""


def build(folder: Path, scratch: Path) -> None:
    """Build the index anew: with the standard library alone, and with the extra."""
    (scratch / "without").mkdir()
    (scratch / "without" / "orjson.py").write_text("raise ImportError\n")
    files = [path.stat().st_size for path in folder.rglob("0*.toml")]
    print(f"{len(files):,} files of {median(files):,.0f} bytes; load of the machine {os.getloadavg()[0]:.1f}")
    for name, path in (("standard library", scratch / "without"), ("extra fast", scratch)):
        environment = {**os.environ, "PYTHONPATH": f"{path}:{os.environ.get('PYTHONPATH', '')}"}
        out = subprocess.run(
            [sys.executable, "-c", BUILD, str(folder)], env=environment, stdout=subprocess.PIPE, check=True
        )
        added, seconds, own, helper, processor = json.loads(out.stdout)
        print(
            f"full build, {name}: {seconds:.1f} s for {added:,} ({processor / added * 1e6:,.0f} µs of processor each), "
            f"memory {own / 1024:.0f} MB, each helper {helper / 1024:.0f} MB"
        )


def ask(folder: Path) -> None:
    """Ask the index what the screens ask."""
    index = SessionIndex(folder)
    index.refresh()
    print(f"refresh, nothing new: {milliseconds(index.refresh, 30)}")
    for text in FILTERS:
        query = Query.parse(text)
        began = perf_counter()
        count = index.count(query)
        cold = (perf_counter() - began) * 1000

        def anew(query: Query = query) -> None:
            index._listing = None  # nothing worked out before may help
            index.count(query)
            index.rows(query, Order.URGENT, 0, 40)

        usual = milliseconds(anew, 30)
        print(f"filter “{text}”: {usual} with 40 lines, {cold:.1f} ms the first time, finds {count:,}")
    for query in (Query(), Query.parse("region:buttock")):
        for work in (heat, causes_over_time, alarms_over_time):
            print(f"{work.__name__} over “{query}”: {milliseconds(lambda w=work, q=query: w(index, q), 20)}")  # type: ignore[misc]
    middle = milliseconds(lambda: index.rows(Query(), Order.NEWEST, index.count() // 2, 40), 30)
    print(f"40 lines from the middle: {middle}")
    index.close()
    print(f"first 40 lines of an index just opened: {milliseconds(lambda: first_lines(folder), 10)}")
    print(f"memory with all that: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def first_lines(folder: Path) -> None:
    """Open the index, look whether something is new, and take the first lines."""
    index = SessionIndex(folder)
    index.refresh()
    index.rows(Query(), Order.URGENT, 0, 40)
    index.close()


def search(folder: Path) -> None:
    """Look for the same with ripgrep and grep."""
    index = SessionIndex(folder)
    (row,) = index.rows(Query(), Order.NEWEST, index.count() // 2, 1)
    tools = [
        tool
        for tool in (["rg", "-lF", "-g", "*.toml"], ["grep", "-rlF", "--include=*.toml"])
        if shutil.which(tool[0])
    ]
    for text, words in SEARCHES:
        query = Query.parse(text.format(code=row.code))

        def anew(query: Query = query) -> None:
            index._listing = None
            index.count(query)

        ours = milliseconds(anew, 30)
        line = f"“{query}”: {ours}, {index.count(query):,} found"
        for tool in tools:
            command = [*tool, words.format(code=row.code), str(folder)]
            theirs = milliseconds(
                lambda c=command: subprocess.run(c, stdout=subprocess.DEVNULL, check=False), 3
            )  # type: ignore[misc]
            line += f"; {tool[0]} {theirs.clock:,.0f} ms ({theirs.clock / ours.clock:,.0f} ×)"
        print(line)
    index.close()


if __name__ == "__main__":
    main()
