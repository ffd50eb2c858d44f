"""Files into what an index keeps of them, in processes of their own: the other processor's share of a long build.

A worker reads tasks from its standard input and writes what it found to its standard output until the input ends: so
none outlives who started it, however that ends. Between two processes of one program plain values go as `marshal`
writes them; nothing of it is ever kept.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from bodymap.common.quick_json import use_extra
from bodymap.desk.reading import read_day
from bodymap.desk.rows import Found
from bodymap.desk.tree import File
from bodymap.sessions.remembering import Remembering

Day = tuple[str, Sequence[File]]
Result = list[list[tuple[File, Found]]]
_MOST_WORKERS = 8
_WORTH_IT = 4
"""Tasks in a row from which workers are started; starting them takes as long as reading some hundred files."""
_MANY = 50
"""Files from which remembering what stands in them is worth learning it."""


def read_tasks(folder: Path, tasks: Iterator[Sequence[Day]], workers: int | None = None) -> Iterator[Result]:
    """Yield what was found for each of `tasks`, in their order; with the help of `workers` processes where there are
    many (as many as there are processors when None, none for 0).
    """
    workers = min(_MOST_WORKERS, _processors()) if workers is None else workers
    first = list(islice(tasks, _WORTH_IT))
    if len(first) < _WORTH_IT or workers < 1:
        many = sum(len(files) for task in first for _, files in task) > _MANY
        reads = Remembering().session_of if many else None
        for task in chain(first, tasks):
            yield [read_day(folder, day, files, reads) for day, files in task]
        return
    from bodymap.desk.workers import Workers  # only now: most refreshing needs none

    with Workers(folder, workers) as pool:
        waiting = deque[Any]()
        for task in chain(first, tasks):
            waiting.append(pool.submit(task))
            # As many ahead as keep all busy while what came back is written down.
            if len(waiting) > 3 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work() -> None:
    """Be a worker: do the tasks that come on standard input, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key at the terminal is for who started us
    use_extra()
    reads = Remembering().session_of
    known: dict[Any, Any] = {}
    with suppress(EOFError, OSError):
        while True:
            folder, days = receive(sys.stdin.buffer)
            if len(known) > 20_000:
                known.clear()
            reply = []
            for day, files in days:
                given = [
                    File(name, "", "yes" if review else "", modified) for name, review, modified in files
                ]
                at = {file.name: number for number, file in enumerate(given)}
                found = read_day(Path(os.fsdecode(folder)), day, given, reads)
                # Each text once: what is the same object is written once, and most of it is the same for all.
                reply.append([(at[file.name], tuple(_once(one, known))) for file, one in found])
            send(sys.stdout.buffer, reply)


def _once(found: Found, known: dict[Any, Any]) -> Found:
    once = known.setdefault
    own, alike = found.columns[:3], found.columns[3:]
    return found._replace(
        columns=(*own, *map(once, alike, alike)),
        terms=tuple(map(once, found.terms, found.terms)),
        texts=tuple(map(once, found.texts, found.texts)),
    )


def send(pipe: IO[bytes] | None, value: Any) -> None:
    """Write a value for the other side."""
    assert pipe is not None
    content = marshal.dumps(value)
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> Any:
    """Read a value from the other side. Raises `EOFError` where that has ended."""
    assert pipe is not None
    head = pipe.read(8)
    size = int.from_bytes(head, "big")
    content = pipe.read(size)
    if len(head) < 8 or len(content) < size:
        raise EOFError
    return marshal.loads(content)
