"""Session files damaged in every way: each a line, none an exception, none slow, in a gigabyte of addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUN = Path(__file__).with_name("damaged_run.py")


def run(count: int, seed: int, folder: Path) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, str(RUN), str(count), str(seed), str(folder)],
        env={**os.environ, "PYTHONPATH": f"{RUN.parents[1] / 'common'}:{RUN.parents[2]}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    done: dict[str, Any] = json.loads(ended.stdout)
    return done


def test_some_hundred_damaged_files_are_lines(tmp_path: Path) -> None:
    done = run(400, 1, tmp_path / "sessions")
    assert done["wrong"] == []
    assert done["files"] == 400
    assert 40 < done["read"] < 360, "some can still be read, most cannot"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_thousand_damaged_files_are_lines(tmp_path: Path, seed: int) -> None:
    done = run(10_000, 100 + seed, tmp_path / "sessions")
    assert done["wrong"] == []
    assert done["files"] == 10_000
    # Of processor time, so that a busy machine changes nothing.
    assert done["slowest"] < 50
