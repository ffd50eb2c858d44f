"""The idle clock over thousands of made-up days: nobody is cut off unwarned, and nobody's answers stay for the next."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.kiosk.idle import LONGEST_STEP, IdleClock

DAY = 86_400.0
MOST_JUMPS = 3


def walk(clock: IdleClock, start: float, most: float, step: float = 1.0) -> tuple[float, float, float]:
    """Look every `step` seconds without a touch; return when the warning came, when the end, and the last `left`."""
    now, warned = start, -1.0
    while now < start + most:
        now += step
        idle = clock.look(now)
        if idle.state == "warning" and warned < 0:
            warned = now
        if idle.state == "over":
            return warned, now, idle.left
    raise AssertionError("never over")


def test_an_untouched_visit_is_warned_and_ends() -> None:
    clock = IdleClock(120, 30, 1000.0)
    assert clock.look(1000.0) == ("active", 90)
    assert clock.look(1089.5) == ("active", 1)
    assert clock.look(1090.0) == ("warning", 30)
    assert clock.look(1091.0) == ("warning", 29)
    assert walk(clock, 1091.0, 100)[1] == 1120.0
    assert clock.look(5000.0) == ("over", 0)


def test_a_touch_brings_the_whole_time_back_however_often() -> None:
    clock, now = IdleClock(120, 30, 0.0), 0.0
    for _ in range(500):
        for _ in range(119):
            now += 1
            assert clock.look(now).state != "over"
        clock.touch(now)
        assert clock.look(now) == ("active", 90)


def test_the_end_is_the_end() -> None:
    clock = IdleClock(60, 20, 0.0)
    walk(clock, 0.0, 100)
    clock.touch(61.0)
    assert clock.look(61.0) == ("over", 0)


def test_a_night_asleep_is_idle_time_but_no_warning() -> None:
    clock = IdleClock(120, 30, 0.0)
    clock.look(10.0)
    assert clock.look(DAY) == ("warning", 30)
    clock.look(DAY + 1)
    assert clock.look(3 * DAY) == ("warning", 30), "nobody saw the first one"
    _warned, over, _ = walk(clock, 3 * DAY, 100)
    assert over - 3 * DAY >= 30


def test_a_clock_that_is_set_back_keeps_nobody_for_ever() -> None:
    clock = IdleClock(120, 30, 5 * DAY)
    clock.look(5 * DAY + 60)
    warned, over, _ = walk(clock, 0.0, 200)
    assert over - warned >= 29
    assert over <= 121


@pytest.mark.parametrize("times", [(30, 30), (20, 30), (30, 0), (30, -1)])
def test_a_warning_that_does_not_fit_is_refused(times: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="shorter"):
        IdleClock(*times, 0.0)


class Lived(NamedTuple):
    warned: float
    """Waking seconds of the last warning, up to the end."""
    untouched: float
    """Waking seconds since the last touch."""
    touches: int
    jumps: int
    """How often the clock jumped by a day or a week."""


def visit(dice: random.Random, idle: int, warning: int) -> Lived:
    """Live through one visit on a clock that jumps.

    A person is awake between looks; what the clock does besides is no time for them.
    """
    touches = days = 0
    now = dice.uniform(0, 1e6)
    clock = IdleClock(idle, warning, now)
    seen: float | None = None
    untouched = 0.0
    until_gone = dice.uniform(0, 400)
    lived = 0.0
    jumps = dice.randrange(MOST_JUMPS + 1)
    while lived < 3000:
        step = dice.uniform(0.05, 2.0)
        lived += step
        untouched += step
        now += step
        if seen is not None:
            seen += step
        if jumps and dice.random() < 0.02:
            jumps -= 1
            jump = dice.choice([DAY, -DAY, 7 * DAY, 3600, -3600, 30, LONGEST_STEP])
            now += jump
            days += abs(jump) >= DAY
        if lived < until_gone and dice.random() < 0.1:
            clock.touch(now)
            touches += 1
            seen, untouched = None, 0.0
            assert clock.look(now).state == "active", "any touch extends"
        state, left = clock.look(now)
        if state == "over":
            assert seen is not None, "nobody is cut off without a warning"
            return Lived(seen, untouched, touches, days)
        if state == "active":
            assert seen is None
        if state == "warning":
            seen = 0.0 if seen is None else seen
            assert 0 < left <= warning
    raise AssertionError("it never ended")


def test_a_thousand_visits() -> None:
    dice = random.Random(20260131)
    lived = []
    for _ in range(1000):
        warning = dice.choice([20, 30, 60])
        idle = warning + dice.choice([10, 90, 120])
        lived.append(one := visit(dice, idle, warning))
        assert one.warned >= warning - 1e-6 >= 20 - 1e-6
        assert one.untouched <= idle + MOST_JUMPS * (warning + 2) + 2
    least = min(one.warned for one in lived)
    touches, jumps = sum(one.touches for one in lived), sum(one.jumps for one in lived)
    assert jumps > 500
    print(
        f"{len(lived)} visits, {touches:,} touches, {jumps} jumps by days; the shortest warning {least:.1f} s"
    )


steps = st.lists(
    st.tuples(
        st.floats(0.01, 4.9),
        st.sampled_from(["look", "look", "touch", "sleep", "back"]),
        st.floats(6, 9 * DAY),
    ),
    max_size=400,
)


@given(warning=st.integers(20, 60), quiet=st.integers(1, 300), steps=steps)
def test_the_warning_is_always_whole(warning: int, quiet: int, steps: list[tuple[float, str, float]]) -> None:
    """From the first look that says so to the last, a waking person has all of it, however the clock jumps."""
    now = 0.0
    clock = IdleClock(quiet + warning, warning, now)
    awake: float | None = None
    for step, kind, jump in steps:
        now += step
        awake = None if awake is None else awake + step
        if kind == "touch":
            clock.touch(now)
            awake = None
            assert clock.look(now).state == "active"
            continue
        if kind in ("sleep", "back"):
            now += jump if kind == "sleep" else -jump
        state, _ = clock.look(now)
        if state == "over":
            assert awake is not None
            assert awake >= warning - 1e-6
            return
        if state == "warning":
            awake = 0.0 if awake is None or kind in ("sleep", "back") else awake
    _warned, over, _ = walk(clock, now, quiet + 2 * warning + 10)
    assert over - now <= quiet + warning + 2, "and it always ends"
