"""A session as one line of the list: which columns fit a width, and what stands in them. No widgets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from bodymap.common.text import clean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bodymap.desk.rows import Row

PLAIN, QUIET, MINE, CAUSE, ALARM, URGENT = "plain", "quiet", "mine", "cause", "alarm", "urgent"
"""What a part of a line is; the widget gives each its colours."""

Part = tuple[str, str]
"""Text, and which of the above it is."""

_SIGN, _CODE, _TIER, _GAP = 2, 4, 9, 2
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIERS = {"emergency": "EMERGENCY", "same-day": "same day", "mention": "mention"}


def today() -> date:
    """Return the date where the desk stands."""
    return datetime.now().astimezone().date()


class Columns(NamedTuple):
    """Widths of the columns that depend on the window; 0 for one that is not there."""

    time: int
    places: int
    leader: int
    band: int
    read: int


def columns_for(width: int) -> Columns:
    """Return the columns for lines of `width` cells: first the read column goes, then the band."""
    time = 12 if width >= 70 else 6
    room = width - (_SIGN + time + _GAP + _CODE + _GAP + _TIER + _GAP)
    read = 12 if room >= 62 else 0
    band = 8 if room >= 44 else 0
    room -= sum(column + _GAP for column in (read, band) if column) + _GAP
    leader = max(8, min(36, room * 9 // 20))
    return Columns(time, max(8, room - leader), leader, band, read)


def headings(columns: Columns) -> str:
    """Return the words above the columns."""
    words = [
        ("time", columns.time),
        ("code", _CODE),
        ("alarm", _TIER),
        ("places", columns.places),
        ("leading cause", columns.leader),
    ]
    words += [("band", columns.band)] if columns.band else []
    words += [("read", columns.read)] if columns.read else []
    return " " * _SIGN + (" " * _GAP).join(fit(word, width) for word, width in words)


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells, with “…” where it is cut."""
    if text.isascii() and len(text) <= width:
        return f"{text:<{width}}"
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…" if width else ""


def is_urgent(row: Row) -> bool:
    """Return whether this is an emergency that nobody has reviewed."""
    return row.tier == "emergency" and not row.reviewed_by


def line_parts(row: Row, columns: Columns, width: int, today: date, pick: str = "") -> list[Part]:
    """Return a row of the list in parts that fill `width` cells; `pick` is its letter where it is picked."""
    urgent = is_urgent(row)
    sign = (f"{pick:<{_SIGN}}", MINE) if pick else (f"{_sign(row):<{_SIGN}}", URGENT if urgent else QUIET)
    time = fit(moment(row.started, today, short=columns.time < 12), columns.time)
    parts: list[Part] = [sign]
    if row.trouble:
        start = f"{time}{'':<{_GAP}}{fit(row.code or '?', _CODE)}{'':<{_GAP}}"
        reason = f"not readable: {row.trouble}  ({short_path(row.path)})"
        return [*parts, (start, QUIET), (fit(clean(reason), width - _SIGN - len(start)), ALARM)]
    tier = fit(TIERS.get(row.tier, ""), _TIER)
    if urgent:
        parts.append((f"{time}{'':<{_GAP}}{fit(row.code, _CODE)}{'':<{_GAP}}{tier}", URGENT))
    else:
        parts += [
            (f"{time}{'':<{_GAP}}", QUIET),
            (fit(row.code, _CODE), PLAIN),
            (f"{'':<{_GAP}}{tier}", ALARM),
        ]
    parts.append((f"{'':<{_GAP}}{fit(places(row), columns.places)}", PLAIN))
    leader = (row.leader_name or row.leader) if not row.none_fits else "none fits"
    parts.append((f"{'':<{_GAP}}{fit(clean(leader or '–'), columns.leader)}", CAUSE if row.leader else QUIET))
    if columns.band:
        parts.append((f"{'':<{_GAP}}{fit(row.band or '–', columns.band)}", PLAIN))
    if columns.read:
        parts.append((f"{'':<{_GAP}}{fit(read(row), columns.read)}", QUIET))
    used = sum(cell_len(text) for text, _ in parts)
    if used < width:
        parts.append((" " * (width - used), PLAIN))
    return parts


def _sign(row: Row) -> str:
    if is_urgent(row):
        return "!"
    if row.trouble:
        return "✗"
    if row.warning:
        return "?"
    return "✓" if row.reviewed_by else "·" if row.state == "unfinished" else ""


def read(row: Row) -> str:
    """Return who has read it, or that it is not finished."""
    if row.reviewed_by:
        return clean(row.reviewed_by)
    return "unfinished" if row.state == "unfinished" else "–"


def places(row: Row, most: int = 99) -> str:
    """Return the marked places in words, strongest first: "L buttock upper 7, L iliac crest 6"."""
    marks = sorted((mark for mark in row.marks if mark[2]), key=lambda mark: -mark[2])
    if not marks:
        return "nothing hurts" if row.marks else "–"
    words = [
        f"{'' if side == 'midline' else side[:1].upper() + ' '}{region.replace('-', ' ')} {intensity}"
        for region, side, intensity in marks[:most]
    ]
    return clean(", ".join(words))


def moment(when: datetime, today: date, *, short: bool = False) -> str:
    """Return when a session was, as far from `today` as it needs: "09:41", "23 Nov 09:41", "23 Nov 2025"."""
    day = f"{when.day:>2} {_MONTHS[when.month - 1]}"
    if when.date() == today:
        return f"{when:%H:%M}" if short else f"today  {when:%H:%M}"
    if when.year != today.year:
        return f"{day}{when.year % 100:02}"[:6] if short else f"{day} {when.year:04}"
    return day if short else f"{day} {when:%H:%M}"


def short_path(path: Path) -> str:
    """Return the last parts of a file's path, from the year on."""
    return "/".join(path.parts[-4:])
