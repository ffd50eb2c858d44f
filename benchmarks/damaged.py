"""A million damaged session files through reader and index: `python benchmarks/damaged.py [COUNT] [SEED]`.

Each processor takes its share, in a process of one gigabyte of addresses. Prints how many there were, how many could be
read all the same, the slowest file in milliseconds of processor time, and everything that was wrong with what came out.
Without COUNT only 2,000, so that it goes with the other measurements; the test marked slow takes 100,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUN = ROOT / "tests" / "desk" / "damaged_run.py"


def main() -> int:
    """Run the shares side by side and add up what they say."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    shares = os.cpu_count() or 1
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests' / 'common'}:{ROOT}"}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        running = [
            subprocess.Popen(
                [sys.executable, str(RUN), str(count // shares), str(seed + share), f"{folder}/{share}"],
                env=environment,
                stdout=subprocess.PIPE,
            )
            for share in range(shares)
        ]
        outs = [run.communicate()[0] for run in running]
    if any(run.returncode for run in running):
        print("A process ended by itself: see above.")
        return 1
    done = [json.loads(out) for out in outs]
    files = sum(one["files"] for one in done)
    wrong = [wrong for one in done for wrong in one["wrong"]]
    print(f"{files:,} damaged files (seed {seed}) in {time.perf_counter() - began:.0f} s")
    print(f"{sum(one['read'] for one in done):,} could be read, the others are lines with their reason")
    print(f"slowest {max(one['slowest'] for one in done):.1f} ms")
    print("nothing was wrong" if not wrong else "\n".join(["WRONG:", *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
