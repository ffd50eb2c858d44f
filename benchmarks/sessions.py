"""How long sessions take: a durable save, an autosave, reading one, listing many. Prints medians.

`python benchmarks/sessions.py [FOLDER]`: in a fresh folder inside FOLDER (the system's temporary folder when absent),
because what is measured is above all the disk.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bodymap.common import toml
from bodymap.engine import Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import SessionStore, compose, new_id, now, read_session
from bodymap.sessions.document import content_of
from bodymap.sessions.record import Session

COUNT = 500


def main(parent: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        measure(SessionStore(Path(folder)))


def measure(store: SessionStore) -> None:
    """Print one line for each operation."""
    make = maker()
    finished = [make(True) for _ in range(COUNT)]
    content = content_of(finished[0])
    print(f"one session: {len(content):,} bytes; {COUNT} of each; {store.folder}")
    paths = [store.path_of(session) for session in finished]
    report("compose", lambda _: make(True))
    report("session to bytes", lambda n: content_of(finished[n]))
    report("durable save", lambda n: store.save(finished[n]))
    going_on = make(False)
    report("autosave, replacing", lambda _: store.autosave(going_on))
    report("bounded read of TOML", lambda _: toml.parse(content, "x"))
    report("  of which tomllib", lambda _: tomllib.loads(content.decode()))
    report("read a session", lambda n: read_session(paths[n]))
    report("find by code", lambda n: _found(store, finished[n].code), count=20)
    report(f"list {COUNT} sessions", lambda _: list(store.iterate()), count=5)
    report(f"look for an unfinished one in {COUNT}", lambda _: store.unfinished(), count=20)
    report(f"sweep {COUNT} files", lambda _: store.sweep(), count=20)


def _found(store: SessionStore, code: str) -> object:
    try:
        return store.find(code)
    except Exception as error:  # two of them may share a code
        return error


def maker() -> Callable[[bool], Session]:
    """Return what composes a session with a dozen answers and the shipped pack."""
    pack, anatomy = load_pack(), load_anatomy()
    findings = Findings().with_mark(Mark("buttock-upper", "left", 7, ("ache", "tight"), ("sitting-worse",)))
    findings = (
        findings.with_mark(Mark("iliac-crest", "left", 5)).with_map_complete(True).with_answer("age", 47)
    )
    for number, question in enumerate(pack.questions.values()):
        if question.kind == "yes-no" and number % 4 == 0:
            findings = findings.with_answer(question.id, ("yes", "no", "unsure")[number % 3])
    assessment = compile_pack(pack, anatomy).assess(findings)

    def make(done: bool) -> Session:
        moment = now()
        end = moment if done else None
        return compose(pack, anatomy, findings, assessment, id=new_id(), started=moment, finished=end)

    return make


def report(name: str, work: Callable[[int], object], count: int = COUNT) -> None:
    """Run `work` and print its median and the time that 95 of 100 runs keep within, in milliseconds."""
    times = []
    for number in range(count):
        start = perf_counter()
        work(number)
        times.append((perf_counter() - start) * 1000)
    print(f"{name:<42} median {median(times):8.3f} ms   p95 {quantiles(times, n=20)[-1]:8.3f} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
