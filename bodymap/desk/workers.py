"""The processes that help with a long build, seen from who started them."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from bodymap.desk.reading import read_day
from bodymap.desk.rows import Found
from bodymap.desk.worker import Day, Result, receive, send

_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from bodymap.desk.worker import work; work()"


class Workers:
    """Some workers, each with a thread of this process that hands it tasks."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes] | None] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        for _ in range(count):
            self._idle.put(self._started())
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            for pipe in (worker.stdin, worker.stdout):
                assert pipe is not None
                with suppress(OSError):
                    pipe.close()
            worker.wait()

    def submit(self, task: Sequence[Day]) -> Future[Result]:
        """Have a task done by whichever worker is free first."""
        return self._threads.submit(self._done, task)

    def _done(self, task: Sequence[Day]) -> Result:
        worker = self._idle.get()
        try:
            if worker is not None:
                names = [
                    (day, [(file.name, bool(file.review), file.modified) for file in files])
                    for day, files in task
                ]
                send(worker.stdin, (os.fsencode(self._folder), names))
                found = receive(worker.stdout)
                return [
                    [(files[at], Found(*one)) for at, one in each]
                    for (_, files), each in zip(task, found, strict=True)
                ]
        except (OSError, EOFError, ValueError, TypeError):
            worker = None  # it is gone; what it should have done is done here
        finally:
            self._idle.put(worker)
        return [read_day(self._folder, day, files) for day, files in task]

    def _started(self) -> subprocess.Popen[bytes] | None:
        root = Path(__file__).resolve().parents[2]
        try:
            worker = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, str(root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None
        self._all.append(worker)
        return worker
