"""The same findings give the same bytes, whatever the hash seed; and assessing loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FINDINGS = b"""
map_complete = false
[[marks]]
region = "buttock-upper"
side = "left"
intensity = 7
qualities = ["ache"]
[[marks]]
region = "calf"
side = "right"
intensity = 4
worse_with = ["walking-worse"]
[answers]
sits-most-of-day = "yes"
bending-forward-worse = "no"
age = 47
"""


def run(*arguments: str, cache: Path, seed: str = "0", code: str | None = None) -> bytes:
    start = ["-c", code] if code else ["-m", "bodymap"]
    done = subprocess.run(
        [sys.executable, *start, *arguments],
        input=FINDINGS,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(cache)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_same_bytes_under_every_hash_seed(tmp_path: Path) -> None:
    two = ("discogenic-pain", "sciatica-spinal-stenosis")
    for arguments in (
        ("assess", "-", "--format", "json"),
        ("assess", "-"),
        ("contrast", "-", *two, "--format", "json"),
        ("contrast", "-", *two),
    ):
        outputs = {run(*arguments, cache=tmp_path, seed=seed) for seed in ("0", "1", "7", "123")}
        assert len(outputs) == 1


LOADED = """
import sys
from bodymap.cli import run
run(["assess", "-", "--format", sys.argv[1]])
sys.stdout.flush()
names = {name.partition(".")[0] for name in sys.modules}
print(sorted(names & {"textual", "rich", "pydantic", "pydantic_core"}), file=sys.stderr)
sys.exit(bool(names & {"textual", "rich", "pydantic", "pydantic_core"}))
"""


def test_assess_imports_neither_a_screen_nor_with_a_warm_cache_pydantic(tmp_path: Path) -> None:
    run("assess", "-", cache=tmp_path)
    for form in ("json", "text"):
        run(form, cache=tmp_path, code=LOADED)
