"""`bodymap kiosk` as it is, but for the program of a visit: `watched_visit`, with the folder of its orders.

Arguments: that folder, then what `bodymap` is given.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bodymap.cli import main
from bodymap.kiosk import supervisor

if __name__ == "__main__":
    orders = sys.argv.pop(1)
    program = Path(__file__).resolve().with_name("watched_visit.py")
    supervisor.CHILD = ("-P", "-W", "ignore", str(program), orders)
    sys.argv[0] = "bodymap"
    os._exit(main() or 0)
