"""`bodymap kiosk` with the fake visit in it: the folder for what it notes, and the kind of visit, are its arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bodymap.kiosk import terminal_reset
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.supervisor import Supervisor
from bodymap.kiosk.visiting import Limits

if __name__ == "__main__":
    config = KioskConfig(Path(sys.argv[1]), languages=("en", "es"), clinic="Our Clinic")
    if "shared" in sys.argv[3:]:  # as where the account may not open its own terminal
        terminal_reset._own_way = lambda descriptor: None
    command = (sys.executable, str(Path(__file__).with_name("fake_visit.py")), sys.argv[2])
    supervisor = Supervisor(command=command, limits=Limits(start=20, beat=3, end=5))
    supervisor.prepare()
    os._exit(supervisor.run(config))
