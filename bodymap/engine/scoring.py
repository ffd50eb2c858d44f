"""From the state of a cause's lines to its score, its range and its band. Integers only."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from bodymap.engine.tables import CauseTable, LineBits
from bodymap.knowledge.pack import BANDS, Band, Cause, Line, Pack

_KEPT = 5_000
_TOGETHER = 6


class Count(NamedTuple):
    """The lines of a cause counted: its score, and the range from which no unknown line can lead it.

    `band` is that of the score, whatever the range. `missing`: a need is known to be absent. `standing` sorts causes,
    the best first: by score, then those without a missing need, then by the pack.
    """

    standing: int
    cause: Cause
    score: int
    low: int
    high: int
    band: Band
    missing: bool


class Part(dict[int, tuple[int, int, int, bool]]):
    """A few lines of a cause: by their bits, their points, how far these may still fall and rise, and `missing`.

    A few lines come up in the same state again much sooner than all lines of a cause.
    """

    __slots__ = ("_rows", "window")

    def __init__(self, lines: list[tuple[Line, LineBits]]) -> None:
        self.window = 0
        self._rows: list[tuple[int, int, int, bool]] = []
        for line, bits in lines:
            self.window |= bits.both
            self._rows.append((bits.both, bits.counts, line.points, line.kind == "need"))

    def __missing__(self, key: int) -> tuple[int, int, int, bool]:
        score, fall, rise, missing = 0, 0, 0, False
        for both, counts, points, need in self._rows:
            known = key & both
            if not known:
                fall += min(0, points)
                rise += max(0, points)
            elif known == counts:
                score += points
                missing |= need
        if len(self) >= _KEPT:
            self.clear()
        tally = self[key] = score, fall, rise, missing
        return tally


class Counter(dict[int, Count]):
    """The counts of a cause by the bits of its lines, each kept once it was asked for."""

    __slots__ = ("_bands", "_cause", "_causes", "_cuts", "_index", "_parts", "base", "window")

    def __init__(self, table: CauseTable, pack: Pack) -> None:
        self._cause = table.cause
        self._index = table.index
        self._causes = len(pack.causes)
        self.base = table.base
        self.window = 0
        lines = list(zip(table.cause.lines, table.lines, strict=True))
        self._parts: list[tuple[Part, int]] = []
        for start in range(0, len(lines), _TOGETHER):
            part = Part(lines[start : start + _TOGETHER])
            self._parts.append((part, part.window))
            self.window |= part.window
        # A band, lowest first, is reached from its cut on; the grade of the evidence caps it.
        self._cuts = [pack.bands[band] for band in ("weak", "possible", "strong")]
        cap = BANDS.index(pack.caps[table.cause.evidence])
        self._bands = [BANDS[3], *(BANDS[max(cap, band)] for band in (2, 1, 0))]

    def __missing__(self, key: int) -> Count:
        score, low, high, missing = self._tally(key)
        # Where no need is missing, a score below the prior says that more speaks against the cause than for it.
        unlikely = missing or score < self._cause.prior
        band = BANDS[3] if unlikely else self._bands[bisect_right(self._cuts, score)]
        standing = (missing - 2 * score) * self._causes + self._index
        if len(self) >= _KEPT:
            self.clear()
        count = self[key] = Count(standing, self._cause, score, low, high, band, missing)
        return count

    def reach(self, state: int) -> tuple[int, int, int]:
        """Return the score under a state that is only tried and not worth keeping, and its range."""
        score, low, high, _ = self._tally(state >> self.base)
        return score, low, high

    def _tally(self, bits: int) -> tuple[int, int, int, bool]:
        score = self._cause.prior
        falls, rises, missing = 0, 0, False
        for part, window in self._parts:
            points, fall, rise, absent = part[bits & window]
            score += points
            falls += fall
            rises += rise
            missing |= absent
        return score, score + falls, score + rises, missing

    def band_is_certain(self, count: Count, unknown: list[Line]) -> bool:
        """Return whether no completion of the unknown lines can change the band."""
        if count.missing:
            return True
        lowest, highest = (self._bands[bisect_right(self._cuts, score)] for score in (count.low, count.high))
        if lowest != highest:
            return False
        return lowest == BANDS[3] or (
            count.score >= self._cause.prior and not any(line.points < 0 for line in unknown)
        )
