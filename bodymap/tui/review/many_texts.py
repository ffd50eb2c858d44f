"""What many sessions say together, as content: bands, causes and alarms over time, places by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bodymap.common.wording import BAND_WORDS
from bodymap.desk import aggregates
from bodymap.tui.review.list_layout import fit
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.content import Content

    from bodymap.desk.aggregates import By, Heat, Series
    from bodymap.desk.index import SessionIndex
    from bodymap.desk.query import Query
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack

LEVELS = "▁▂▃▄▅▆▇█"
PLAIN_LEVELS = ".:-=+*#@"
"""Eight heights of a column where the terminal shows nothing but ASCII."""
_BAR = 16
_PLACES = 12
_SPARK = 24


class Many(NamedTuple):
    """The sums over all sessions that a filter lets through."""

    sessions: int
    heat: Mapping[tuple[str, str], Heat]
    bands: Mapping[str, int]
    causes: Series
    alarms: Series
    by: By


def count_many(index: SessionIndex, query: Query, by: By | None) -> Many:
    """Return the sums; with `by` None in the spans that suit the time they cover. Raises `Trouble`."""
    causes = aggregates.causes_over_time(index, query, by or "day")
    if by is None and len(causes.starts) > _SPARK:
        by = "week" if len(causes.starts) <= 7 * _SPARK else "month"
        causes = aggregates.causes_over_time(index, query, by)
    by = by or "day"
    return Many(
        index.count(query),
        aggregates.heat(index, query),
        aggregates.bands(index, query),
        causes,
        aggregates.alarms_over_time(index, query, by),
        by,
    )


def strengths(many: Many) -> dict[tuple[str, str], int]:
    """Return for each place a number from 1 to 9 that grows with how many sessions have something there."""
    most = max((heat.sessions for heat in many.heat.values()), default=1)
    return {place: max(1, heat.sessions * 9 // most) for place, heat in many.heat.items()}


def scale_words(many: Many) -> str:
    """Return what the numbers on the map mean."""
    most = max((heat.sessions for heat in many.heat.values()), default=0)
    return (
        f"9 = {most:,} session{'s' if most != 1 else ''}, the rest in proportion"
        if most
        else "nothing is marked"
    )


def spark(counts: tuple[int, ...], most: int, levels: str) -> str:
    """Return counts as columns of one cell, the highest for `most`; a span without any stays blank."""
    top = len(levels) - 1
    return "".join(levels[min(top, count * len(levels) // (most + 1))] if count else " " for count in counts)


def many_rows(many: Many, pack: Pack | None, anatomy: Anatomy, width: int, *, plain: bool) -> Content:
    """Return everything but the map."""
    rows: list[Content] = [shown(("BAND OF THE LEADING CAUSE", "bold"))]
    words = {**BAND_WORDS, "none": "none fits, or not assessed"}
    most = max(many.bands.values(), default=0) or 1
    for band, count in many.bands.items():
        bar = "█" * (count * _BAR // most)
        rows.append(
            shown(
                f"{fit(words[band], 27)}",
                (f"{bar:<{_BAR}}", "$cause"),
                f" {count:>7,}",
                (_share(count, many), "$quiet"),
            )
        )
    names = {cause.id: cause.name for cause in pack.causes} if pack else {}
    titles = {alarm.id: alarm.title for alarm in pack.alarms} if pack else {}
    levels = PLAIN_LEVELS if plain else LEVELS
    names["none"] = "none fits"
    rows += [shown(""), *_series("LEADING CAUSES", many.causes, many.by, names, width, levels, "$cause")]
    rows += [shown(""), *_series("ALARMS", many.alarms, many.by, titles, width, levels, "$alarm")]
    rows += [shown(""), shown(("PLACES, BY SESSIONS", "bold"))]
    ordered = sorted(many.heat.items(), key=lambda item: (-item[1].sessions, item[0]))
    for (region, side), heat in ordered[:_PLACES]:
        rows.append(
            shown(
                f"{heat.sessions:>7,}",
                (f"{_share(heat.sessions, many)}  ", "$quiet"),
                place_words(region, side, anatomy),
                (f"  mean {mean(heat)}", "$quiet"),
            )
        )
    if len(ordered) > _PLACES:
        rows.append(
            shown((f"        and {len(ordered) - _PLACES} more places; the map has them all", "$quiet"))
        )
    return lines(*rows)


def _share(count: int, many: Many) -> str:
    return f" {count * 100 // many.sessions if many.sessions else 0:>3} %"


def mean(heat: Heat) -> str:
    """Return the mean strength with one decimal."""
    return f"{heat.intensity / heat.sessions:.1f}" if heat.sessions else "–"


def place_words(region: str, side: str, anatomy: Anatomy) -> str:
    """Return a place in words, also one that the anatomy does not know."""
    from bodymap.knowledge.anatomy import Place

    known = anatomy.regions.get(region)
    if known is None or side not in known.sides:
        return f"{side.upper()} {region}"
    return anatomy.named(Place(region, side))


def _series(
    title: str, series: Series, by: str, names: Mapping[str, str], width: int, levels: str, style: str
) -> list[Content]:
    spans = min(_SPARK, len(series.starts))
    starts = series.starts[-spans:] if spans else ()
    when = f"  by {by}, {_span(starts)}" if starts else ""
    rows = [shown((title, "bold"), (when, "$quiet"))]
    shown_counts = {id: counts[-spans:] for id, counts in series.counts.items()}
    most = max((max(counts, default=0) for counts in shown_counts.values()), default=0)
    room = max(14, width - max(1, spans) - 10)
    for id, counts in sorted(series.counts.items(), key=lambda item: (-sum(item[1]), item[0])):
        drawn = spark(shown_counts[id], most, levels)
        rows.append(
            shown(
                f"{fit(names.get(id, id.replace('-', ' ')), room)} ",
                (f"{drawn:>{max(1, spans)}}", style),
                f" {sum(counts):>7,}",
            )
        )
    if not series.counts:
        rows.append(shown(("none", "$quiet")))
    return rows


def _span(starts: tuple[date, ...]) -> str:
    first, last = starts[0], starts[-1]
    if first == last:
        return f"{first.day} {first:%b} {first.year}"
    return f"{first.day} {first:%b} {first.year} to {last.day} {last:%b} {last.year}"
