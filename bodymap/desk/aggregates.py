"""Sums over any selection of sessions, from the bits of the index: where it hurts, what fits, what comes when.

Every function takes the index and a query, counts what the query lets through, and raises `Trouble`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bodymap.desk.index import SessionIndex
from bodymap.desk.listing import Listing
from bodymap.desk.query import Query
from bodymap.knowledge.vocabulary import BANDS

By = Literal["day", "week", "month"]


class Heat(NamedTuple):
    """A place on the body: in how many sessions something is felt there, and the sum of their intensities."""

    sessions: int
    intensity: int


class Series(NamedTuple):
    """Counts over time: `starts` are the first days of the spans, without a gap, and each id has one count a span."""

    starts: tuple[date, ...]
    counts: Mapping[str, tuple[int, ...]]


MOST_SPANS = 1000
"""Spans in a series; where there would be more, the oldest are left out (a clock in 1970 makes thousands of weeks)."""


def heat(index: SessionIndex, query: Query) -> dict[tuple[str, str], Heat]:
    """Return, for every (region, side) where something is felt, in how many sessions and how strongly in sum."""
    found: dict[tuple[str, str], Heat] = {}
    with index.reading() as listing:
        for shelf, mask in zip(listing.shelves, listing.masks(query), strict=True):
            strengths = shelf.kind(listing.connection, "heat")
            for term, bits in shelf.kind(listing.connection, "mark").items():
                sessions = (bits & mask).bit_count()
                if sessions:
                    _, region, side = term.split("/")
                    before = found.get((region, side), Heat(0, 0))
                    strength = sum(
                        (strengths.get(f"heat/{region}/{side}/{bit}", 0) & mask).bit_count() << bit
                        for bit in range(4)
                    )
                    found[region, side] = Heat(before.sessions + sessions, before.intensity + strength)
    return found


def bands(index: SessionIndex, query: Query) -> dict[str, int]:
    """Return how many sessions have their leading cause in each band, and how many have none (`none`: none fits, not
    assessed, not readable).
    """
    with index.reading() as listing:
        masks = listing.masks(query)
        counts: dict[str, int] = {
            band: sum(
                (mask & shelf.bits(listing.connection, f"band/{band}")).bit_count()
                for shelf, mask in zip(listing.shelves, masks, strict=True)
            )
            for band in BANDS
        }
        return {**counts, "none": sum(mask.bit_count() for mask in masks) - sum(counts.values())}


def causes_over_time(index: SessionIndex, query: Query, by: By = "week") -> Series:
    """Return how often each cause leads, in every span from the first session to the last; `none` where none fits."""
    return _over_time(index, query, by, "cause")


def alarms_over_time(index: SessionIndex, query: Query, by: By = "week") -> Series:
    """Return how often each alarm was shown, in every span from the first session to the last."""
    return _over_time(index, query, by, "alarm")


_EPOCH = date(1970, 1, 1)


def _over_time(index: SessionIndex, query: Query, by: By, kind: str) -> Series:
    counts: dict[str, dict[date, int]] = {}
    spans: set[date] = set()
    with index.reading() as listing:
        start_of = _starts(by)
        for number, mask in enumerate(listing.masks(query)):
            if mask:
                _count(listing, number, mask, kind, start_of, counts, spans)
    starts = _without_gap(spans, by)
    return Series(
        starts, {id: tuple(some.get(start, 0) for start in starts) for id, some in sorted(counts.items())}
    )


def _count(
    listing: Listing,
    number: int,
    mask: int,
    kind: str,
    start_of: Callable[[int], date],
    counts: dict[str, dict[date, int]],
    spans: set[date],
) -> None:
    """Add the sessions of one shelf to `counts`, run by run of days."""
    shelf = listing.shelves[number]
    terms = [
        (term.partition("/")[2], bits & mask) for term, bits in shelf.kind(listing.connection, kind).items()
    ]
    terms = [(id, bits) for id, bits in terms if bits]
    for day, first, length in shelf.runs():
        ones = (1 << length) - 1
        if not mask >> first & ones:
            continue
        start = start_of(day)
        spans.add(start)
        for id, bits in terms:
            count = (bits >> first & ones).bit_count()
            if count:
                some = counts.setdefault(id, {})
                some[start] = some.get(start, 0) + count


def _starts(by: By) -> Callable[[int], date]:
    """Return what gives the first day of the span in which a day lies; days count from 1970."""
    known: dict[int, date] = {}

    def start_of(day: int) -> date:
        start = known.get(day)
        if start is None:
            when = _EPOCH + timedelta(days=day)
            if by == "week":
                when = date.fromordinal(max(1, when.toordinal() - when.weekday()))
            elif by == "month":
                when = when.replace(day=1)
            start = known[day] = when
        return start

    return start_of


def _without_gap(spans: set[date], by: By) -> tuple[date, ...]:
    """Return every span from the first to the last, the newest `MOST_SPANS` of them."""
    if not spans:
        return ()
    first, at = min(spans), max(spans)
    starts = [at]
    while at > first and len(starts) < MOST_SPANS:
        at = (
            (at - timedelta(days=1)).replace(day=1)
            if by == "month"
            else at - timedelta(days=7 if by == "week" else 1)
        )
        starts.append(at)
    return tuple(reversed(starts))
