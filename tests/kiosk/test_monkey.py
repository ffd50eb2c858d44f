"""A monkey at the real kiosk ends nothing, fills nothing, and gets nothing onto the terminal but what belongs there.

`python tests/kiosk/monkey.py --events 1000000` plays on; docs/reliability.md has what came of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from monkey import SETTINGS, play
from real_kiosk import RealKiosk

MOST_GROWTH = 20.0
"""MB, of any process of the kiosk."""


def plays(folder: Path, seed: int, events: int) -> None:
    with RealKiosk(folder, SETTINGS[seed % len(SETTINGS)], drawn=False) as kiosk:
        before = {"log", "kiosk.toml"}
        played = play(kiosk, seed, events)
        print(f"\nseed {seed}: {played}")
        assert played.heard >= events
        assert played.growth < MOST_GROWTH
        assert len(played.seen) >= 3, "the dice get about"
        kept = {name for name in kiosk.files() if not name.startswith("cache/bodymap/")}
        assert kept - before <= {"home", "temporary", "data", "config", "cache", "run", "here"}
        kiosk.drawn = True
        kiosk.resize(80, 24)
        kiosk.welcome()
        kiosk.holds()


@pytest.mark.parametrize("seed", range(3))
def test_a_monkey_stays_in(seed: int, tmp_path: Path) -> None:
    plays(tmp_path, seed, 10_000)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 6))
def test_a_monkey_with_all_day_stays_in(seed: int, tmp_path: Path) -> None:
    plays(tmp_path, seed, 70_000)
