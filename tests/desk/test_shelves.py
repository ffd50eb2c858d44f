"""Sessions come, change and go in any order and any number: the shelves always hold what a plain list would."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.desk import changing, database, shelves
from bodymap.desk.changing import Changing, Coming
from bodymap.desk.rows import Found
from bodymap.desk.shelves import load, positions


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make shelves so small that they are split all the time."""
    monkeypatch.setattr(changing, "MOST", 16)
    monkeypatch.setattr(changing, "_MANY", 4)


def coming(key: int, epoch: int) -> Coming:
    terms = tuple(f"term/{number}" for number in range(8) if key >> number & 1)
    return Coming(key, Found(epoch, epoch // 100, (), terms, (), ""), terms)


class Model:
    """A list of (epoch, key), and a database that should hold the same."""

    def __init__(self) -> None:
        self.connection = database.opened(None)
        self.held: list[tuple[int, int]] = []
        self.version = 0

    def change(self, gone: list[tuple[int, int]], come: list[tuple[int, int]]) -> None:
        self.version += 1
        now = Changing(self.connection, self.version)
        for epoch, key in gone:
            now.remove(epoch, key)
        now.add([coming(key, epoch) for epoch, key in come])
        now.write()
        self.held = sorted([*(one for one in self.held if one not in gone), *come])

    def agrees(self) -> None:
        found = load(self.connection, ())
        lying = [one for shelf in found for one in zip(shelf.epochs, shelf.keys, strict=True)]
        # Sessions of the same second may lie in any order among themselves.
        assert sorted(lying) == self.held
        assert [epoch for epoch, _ in lying] == [epoch for epoch, _ in self.held]
        assert all(0 < len(shelf.keys) <= 16 for shelf in found)
        for shelf in found:
            assert list(shelf.days) == [epoch // 100 for epoch in shelf.epochs]
            for number in range(8):
                mask = shelf.bits(self.connection, f"term/{number}")
                expected = [at for at, key in enumerate(shelf.keys) if key >> number & 1]
                assert positions(mask, newest=False) == expected
                assert positions(mask) == expected[::-1]
        (rows,) = self.connection.execute("SELECT count(*) FROM bits").fetchone()
        (shelves_,) = self.connection.execute("SELECT count(DISTINCT shelf) FROM bits").fetchone()
        assert rows <= 8 * len(found)
        assert shelves_ <= len(found)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_whatever_comes_and_goes(seed: int, steps: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changing, "MOST", 16)
        patch.setattr(changing, "_MANY", 4)
        dice, model, key = random.Random(seed), Model(), 0
        for _ in range(steps):
            gone = (
                dice.sample(model.held, dice.randint(0, len(model.held) // 2)) if dice.random() < 0.5 else []
            )
            start, width = dice.randrange(1000), dice.choice((1, 5, 1000))
            count = dice.choice((0, 1, 3, 10, 60))
            come = []
            for _ in range(count):
                key += 1
                come.append(
                    (
                        start + dice.randrange(width)
                        if dice.random() < 0.95
                        else dice.randrange(-5000, 5000),
                        key,
                    )
                )
            model.change(gone, come)
            model.agrees()


@pytest.mark.usefixtures("small")
def test_one_clock_far_off_does_not_part_what_lies_together() -> None:
    model = Model()
    model.change([], [(-100_000, 1), *((epoch, epoch) for epoch in range(1000, 1010))])
    model.change([], [(epoch, epoch) for epoch in range(500, 540)])
    model.agrees()
    model.change([(-100_000, 1)], [])
    model.agrees()


def test_a_list_that_is_none_is_told() -> None:
    with pytest.raises(shelves.Damaged):
        shelves.Shelf(1, 1, b"\0" * 4, b"\0" * 8, b"")
    with pytest.raises(shelves.Damaged):
        shelves.Shelf(1, 1, b"\0" * 3, b"", b"")


def test_everything_gone_leaves_nothing(tmp_path: Path) -> None:
    model = Model()
    model.change([], [(epoch, epoch) for epoch in range(30)])
    model.change(list(model.held), [])
    model.agrees()
    assert load(model.connection, ()) == []
