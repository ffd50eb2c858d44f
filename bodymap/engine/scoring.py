"""From the state of a cause's lines to its score, its range and its band. Integers only."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.knowledge.pack import BANDS, Band, Cause, Pack

_KEPT = 20_000
_SEGMENT = 7


class Count(NamedTuple):
    """A cause's lines counted: `score`, its range, points for and against, and which lines stand where (by
    place).

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
    """Counts the lines of one cause from its bits; remembers what it has counted.

    The lines are counted in segments of a few, since a segment comes up in the same state again much sooner
    than a whole cause does.
    """

    __slots__ = ("_counts", "_lines", "_prior", "_segments", "_size")

    def __init__(self, cause: Cause) -> None:
        self._prior = cause.prior
        self._size = len(cause.lines)
        self._counts: dict[int, Count] = {}
        self._segments: list[tuple[int, int, dict[int, Count]]] = []
        for start in range(0, self._size, _SEGMENT):
            lines = cause.lines[start : start + _SEGMENT]
            self._segments.append((start, (1 << len(lines)) - 1, {}))
        self._lines = tuple((line.kind, line.points) for line in cause.lines)

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
        in_favour: tuple[int, ...] = ()
        against: tuple[int, ...] = ()
        unknown: tuple[int, ...] = ()
        missing: tuple[int, ...] = ()
        for start, mask, known in self._segments:
            key = (bits >> start & mask) << _SEGMENT | false >> start & mask
            part = known.get(key)
            if part is None:
                part = known[key] = self._segment(start, mask, bits, false)
            score += part[0]
            low += part[1]
            high += part[2]
            plus += part[3]
            minus += part[4]
            in_favour += part[5]
            against += part[6]
            unknown += part[7]
            missing += part[8]
        return Count(score, low, high, plus, minus, in_favour, against, unknown, missing)

    def _segment(self, start: int, mask: int, bits: int, false: int) -> Count:
        score = low = high = plus = minus = 0
        in_favour: list[int] = []
        against: list[int] = []
        unknown: list[int] = []
        missing: list[int] = []
        for place in range(start, start + mask.bit_length()):
            kind, points = self._lines[place]
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
        """Return the band of a cause: `unlikely` where a need is missing or more speaks against it than for
        it.
        """
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
