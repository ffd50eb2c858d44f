"""From the state of a cause's lines to its score, its range and its band. Integers only."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.engine.assessment import AnswerRef, AssessedLine
from bodymap.knowledge.pack import BANDS, Answer, Band, Cause, Line, Pack

_KEPT = 20_000
_SEGMENT = 7

Entry = AssessedLine | int
"""A line whose trace follows from its truth alone, or the place in its cause of one that must still be traced."""


class Count(NamedTuple):
    """A cause's lines counted: `score`, its range, points for and against, and which lines stand where.

    `low` and `high` let every unknown line become true or false. `missing` are needs known to be absent. `band` is
    that of the score, whatever the range.
    """

    score: int
    low: int
    high: int
    plus: int
    minus: int
    in_favour: tuple[Entry, ...]
    against: tuple[Entry, ...]
    unknown: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    band: Band


class Counter:
    """Counts the lines of one cause from its bits; remembers what it has counted.

    The lines are counted in segments of a few, since a segment comes up in the same state again much sooner than a
    whole cause does.
    """

    __slots__ = ("_bands", "_cause", "_counts", "_entries", "_segments", "_size")

    def __init__(self, cause: Cause, bands: Bands, pack: Pack) -> None:
        self._cause = cause
        self._bands = bands
        self._size = len(cause.lines)
        self._counts: dict[int, Count] = {}
        self._entries = tuple(_entries(place, line, pack) for place, line in enumerate(cause.lines))
        self._segments: list[tuple[int, int, dict[int, Count]]] = []
        for start in range(0, self._size, _SEGMENT):
            size = min(_SEGMENT, self._size - start)
            self._segments.append((start, (1 << size) - 1, {}))

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
        score = low = high = self._cause.prior
        plus = minus = 0
        in_favour: tuple[Entry, ...] = ()
        against: tuple[Entry, ...] = ()
        unknown: tuple[Entry, ...] = ()
        missing: tuple[Entry, ...] = ()
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
        band = self._bands.band(self._cause, score, plus, minus, bool(missing))
        return Count(score, low, high, plus, minus, in_favour, against, unknown, missing, band)

    def _segment(self, start: int, mask: int, bits: int, false: int) -> Count:
        score = low = high = plus = minus = 0
        in_favour: list[Entry] = []
        against: list[Entry] = []
        unknown: list[Entry] = []
        missing: list[Entry] = []
        for place in range(start, start + mask.bit_length()):
            line = self._cause.lines[place]
            true_entry, false_entry, unknown_entry = self._entries[place]
            points = line.points
            if bits >> place & 1:
                if line.kind == "need":
                    continue
                if line.kind == "for":
                    plus += points
                    in_favour.append(true_entry)
                else:
                    minus += points
                    against.append(true_entry)
            elif false >> place & 1:
                if line.kind != "need":
                    continue
                missing.append(false_entry)
            else:
                unknown.append(unknown_entry)
                low += min(0, points)
                high += max(0, points)
                continue
            score += points
            low += points
            high += points
        lines = tuple(in_favour), tuple(against), tuple(unknown), tuple(missing)
        return Count(score, low, high, plus, minus, *lines, "unlikely")


def _entries(place: int, line: Line, pack: Pack) -> tuple[Entry, Entry, Entry]:
    """Return what stands for a line that is true, false and unknown."""
    when = line.when
    if not isinstance(when, Answer) or when.value not in ("yes", "no"):
        return place, place, place
    question = pack.questions.get(when.id)
    if question is not None and question.kind != "yes-no":
        return place, place, place
    other = "no" if when.value == "yes" else "yes"
    true, false, unknown = (
        AssessedLine(line, line.points, (AnswerRef(when.id, given),)) for given in (when.value, other, None)
    )
    return true, false, unknown


class Bands:
    """The bands of a pack and what each evidence grade may show at most."""

    __slots__ = ("_caps", "_possible", "_strong", "_weak")

    def __init__(self, pack: Pack) -> None:
        self._strong = pack.bands["strong"]
        self._possible = pack.bands["possible"]
        self._weak = pack.bands["weak"]
        self._caps = {cause.id: BANDS.index(pack.caps[cause.evidence]) for cause in pack.causes}

    def band(self, cause: Cause, score: int, plus: int, minus: int, missing: bool) -> Band:
        """Return the band of a cause: `unlikely` where a need is missing or more speaks against it than for it."""
        if missing or (minus and -minus > plus):
            return "unlikely"
        return BANDS[self._reached(cause, score)]

    def certain(self, cause: Cause, count: Count, unknown: list[int]) -> bool:
        """Return whether no completion can change the band of a cause; `unknown` are the places of such lines."""
        if count.missing:
            return True
        reached = {self._reached(cause, score) for score in (count.low, count.high)}
        if len(reached) > 1:
            return False
        if reached == {3}:
            return True
        doubtful = any(cause.lines[place].points < 0 for place in unknown)
        return not doubtful and not (count.minus and -count.minus > count.plus)

    def _reached(self, cause: Cause, score: int) -> int:
        if score < self._weak:
            return 3
        reached = 0 if score >= self._strong else 1 if score >= self._possible else 2
        return max(reached, self._caps[cause.id])
