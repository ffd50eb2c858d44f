"""`bodymap kiosk` with the fake visit in it: the folder for what it notes, and the kind of visit, are its arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bodymap.kiosk import supervisor, terminal_reset
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.visiting import Limits

if __name__ == "__main__":
    config = KioskConfig(Path(sys.argv[1]), languages=("en", "es"), clinic="Our Clinic")
    supervisor.AHEAD_AFTER = 0.5  # a visit of this kind has little to load
    if "hurried" in sys.argv[3:]:
        supervisor.PAUSES = tuple(seconds / 10 for seconds in supervisor.PAUSES)
    if "shared" in sys.argv[3:]:  # as where the account may not open its own terminal
        terminal_reset._own_way = lambda descriptor: None
    command = (sys.executable, str(Path(__file__).with_name("fake_visit.py")), sys.argv[2])
    lock = supervisor.Supervisor(command=command, limits=Limits(start=20, beat=3, end=5))
    lock.prepare()
    os._exit(lock.run(config))
