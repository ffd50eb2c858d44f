"""A monkey at the real kiosk ends nothing, fills nothing, and gets nothing onto the terminal but what belongs there.

`python tests/kiosk/monkey.py --events 1000000` plays on; docs/reliability.md has what came of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from monkey import ENDLESS, SETTINGS, play
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
@pytest.mark.parametrize("seed", [1])
def test_one_visit_that_goes_on_all_day_holds_no_more_and_no_more(seed: int, tmp_path: Path) -> None:
    held: list[tuple[int, float]] = []
    with RealKiosk(tmp_path, SETTINGS[seed], drawn=False, program=ENDLESS) as kiosk:
        played = play(kiosk, seed, 200_000, lambda played: held.append((played.heard, played.holds)))
    print(f"\nseed {seed}: {held[:: len(held) // 12]} {played}")
    assert played.visits == 1
    settled = max(weight for heard, weight in held if heard < 100_000)
    assert held[-1][1] < settled + 3, "it goes on to grow"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 6))
def test_a_monkey_with_all_day_stays_in(seed: int, tmp_path: Path) -> None:
    plays(tmp_path, seed, 70_000)
