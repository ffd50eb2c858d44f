"""A visit for tests of its supervisor: it leaves everything on the terminal that it can, and ends in every way.

Keys: q ends, p is the right PIN, x crashes, t crashes a thread, h hangs, f floods the terminal, g starts a process of
its own, s prints. Of kind “late” the first three end before they begin.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path

from bodymap.kiosk.child import STAFF_EXIT, run_child
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.heartbeat import beat

CANARY = "canary-7781"
DIRT = (
    f"{CANARY} on the main screen\r\n"
    * 60
    + "\x1b]0;canary-7781\x07\x1b[?1049h\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?2004h\x1b[?1004h\x1b[>25u\x1b[?25l"
    f"\x1b[2;5r\x1b[1;31m\x1b[2J\x1b[H{CANARY}\r\n"
)


def load() -> Callable[[KioskConfig], int]:
    return visit


def show(text: str) -> None:
    os.write(2, text.encode())


def visit(config: KioskConfig) -> int:
    def told(number: int, frame: object) -> None:
        note(config, "told", number)
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGHUP, told)
    if sys.argv[1] == "late" and len(Path(config.sessions, "log.txt").read_text().splitlines()) < 3:
        return 7
    note(config, "environment", dict(os.environ))
    tty.setraw(0)
    beat()
    show(f"{DIRT}visit {os.getpid()} of {config.clinic}\r\n")
    while True:
        if not select.select([0], [], [], 0.1)[0]:
            beat()
            continue
        for key in os.read(0, 100).decode("latin-1"):
            status = press(config, key)
            if status is not None:
                return status


def press(config: KioskConfig, key: str) -> int | None:
    if key == "q":
        return 0
    if key == "p":
        return STAFF_EXIT
    if key == "x":
        raise ValueError(f"{CANARY} in a message")
    if key == "h":
        show("hanging\r\n")
        time.sleep(3600)
    elif key == "f":
        while True:
            show("flood " * 1000)
    elif key == "g":
        started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        show(f"started {started.pid}\r\n")
    elif key == "t":
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    elif key == "s":
        print(f"{CANARY} printed", file=sys.stderr)
    note(config, "keys", key)
    return None


def fail() -> None:
    raise ValueError(f"{CANARY} in a message")


def note(config: KioskConfig, name: str, value: object) -> None:
    """Keep something for the test to read."""
    with (Path(config.sessions) / name).open("a") as file:
        file.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "ends-at-once":
        os._exit(7)
    run_child(sys.argv[2:], load)
