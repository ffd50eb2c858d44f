"""`bodymap kiosk` as it is, but for the program of a visit: `endless_visit`. Its arguments are those of `bodymap`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bodymap.cli import main
from bodymap.kiosk import supervisor

if __name__ == "__main__":
    program = Path(__file__).resolve().with_name("endless_visit.py")
    supervisor.CHILD = ("-P", "-W", "ignore", str(program))
    sys.argv[0] = "bodymap"
    os._exit(main() or 0)
