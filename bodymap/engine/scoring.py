"""From the state of a cause's lines to its score, its range and its band. Integers only."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.knowledge.pack import BANDS, Band, Cause, Pack

_KEPT = 20_000


class Count(NamedTuple):
    """A cause's lines counted: `score`, its range, points for and against, and which lines stand where (by place).

    `low` and `high` let every unknown line become true or false. `missing` are needs known to be absent.
    """

    score: int
    low: int
    high: int
    plus: int
    minus: int
    in_favour: tuple[int, ...]
    against: tuple[int, ...]
    unknown: tuple[int, ...]
    missing: tuple[int, ...]


class Counter:
    """Counts the lines of one cause from its bits; remembers what it has counted."""

    __slots__ = ("_counts", "_lines", "_prior", "_size")

    def __init__(self, cause: Cause) -> None:
        self._prior = cause.prior
        self._size = len(cause.lines)
        self._lines = tuple((line.kind, line.points) for line in cause.lines)
        self._counts: dict[int, Count] = {}

    def __call__(self, bits: int) -> Count:
        """Return the count for `bits`: a true bit for each line, then a false bit for each line."""
        count = self._counts.get(bits)
        if count is None:
            if len(self._counts) >= _KEPT:
                self._counts.clear()
            count = self._counts[bits] = self._count(bits)
        return count

    def _count(self, bits: int) -> Count:
        false = bits >> self._size
        score = low = high = self._prior
        plus = minus = 0
        in_favour: list[int] = []
        against: list[int] = []
        unknown: list[int] = []
        missing: list[int] = []
        for place, (kind, points) in enumerate(self._lines):
            if bits >> place & 1:
                if kind == "need":
                    continue
                if kind == "for":
                    plus += points
                    in_favour.append(place)
                else:
                    minus += points
                    against.append(place)
            elif false >> place & 1:
                if kind != "need":
                    continue
                missing.append(place)
            else:
                unknown.append(place)
                low += min(0, points)
                high += max(0, points)
                continue
            score += points
            low += points
            high += points
        return Count(
            score, low, high, plus, minus, tuple(in_favour), tuple(against), tuple(unknown), tuple(missing)
        )


class Bands:
    """The bands of a pack and what each evidence grade may show at most."""

    __slots__ = ("_caps", "_points", "_possible", "_strong", "_weak")

    def __init__(self, pack: Pack) -> None:
        self._strong = pack.bands["strong"]
        self._possible = pack.bands["possible"]
        self._weak = pack.bands["weak"]
        self._points = {cause.id: [line.points for line in cause.lines] for cause in pack.causes}
        self._caps = {cause.id: BANDS.index(pack.caps[cause.evidence]) for cause in pack.causes}

    def band(self, cause: Cause, score: int, count: Count) -> Band:
        """Return the band of a cause: `unlikely` where a need is missing or more speaks against it than for it."""
        if count.missing or score < self._weak or (count.minus and -count.minus > count.plus):
            return "unlikely"
        return BANDS[self._reached(cause, score)]

    def _reached(self, cause: Cause, score: int) -> int:
        if score < self._weak:
            return 3
        return max(0 if score >= self._strong else 1 if score >= self._possible else 2, self._caps[cause.id])

    def certain(self, cause: Cause, count: Count) -> bool:
        """Return whether no completion can change the band of a cause."""
        if count.missing:
            return True
        reached = {self._reached(cause, score) for score in (count.low, count.high)}
        if len(reached) > 1:
            return False
        if reached == {3}:
            return True
        doubtful = any(self._points[cause.id][place] < 0 for place in count.unknown)
        return not doubtful and not (count.minus and -count.minus > count.plus)
