"""How long the shipped pack takes to load and to check. Run: `python benchmarks/knowledge.py`.

Processor time, the best of several runs: on a shared machine wall time says more about the neighbours.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

WARM = "from bodymap.knowledge.loader import load_pack; load_pack()"
BARE = "import bodymap"


def best(run: Callable[[], object], times: int) -> float:
    """Return the least processor time of a call, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return 1000 * min(found)


def process(program: str, times: int = 7) -> float:
    """Return the least processor time of a whole Python process, in milliseconds."""
    found = []
    for _ in range(times):
        before = os.times()
        subprocess.run([sys.executable, "-c", program], check=True)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        found.append(used)
    return 1000 * min(found)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        from bodymap.knowledge.checks import check_pack
        from bodymap.knowledge.folder import pack_folder, read_folder
        from bodymap.knowledge.loader import load_pack, read_pack

        load_pack()
        print(f"load, compiled form in the cache   {best(load_pack, 40):8.1f} ms")
        print(
            f"load, from the files               {best(lambda: read_pack(read_folder(pack_folder())), 10):8.1f} ms"
        )
        print(f"check                              {best(check_pack, 3):8.1f} ms")
        bare, warm = process(BARE), process(WARM)
        print(f"process that loads it warm         {warm:8.1f} ms, {warm - bare:.1f} more than a bare one")


if __name__ == "__main__":
    main()
