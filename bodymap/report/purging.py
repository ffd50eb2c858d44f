"""What is old enough to be removed, or was, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bodymap.common.text import clean
from bodymap.sessions.purge import Old


def purge_text(folder: Path, found: Sequence[Old], before: date, removed: int | None) -> str:
    """Return what goes, or went where `removed` says how many, and what looks old and stays, each with its reason."""
    where = clean(str(folder), limit=1000)
    going = [old for old in found if not old.kept]
    lines = []
    for old in found:
        if old.kept:
            lines.append(f"Stays: {clean(str(old.path.relative_to(folder)), limit=1000)}: {old.kept}")
    if not going:
        lines.append(f"No session in {where} is from before {before}.")
        return "\n".join(lines) + "\n"
    reviews = sum(1 for old in going if old.reviewed)
    unread = sum(1 for old in going if not old.readable)
    days = sorted(old.day for old in going)
    lines.append(
        f"{_count(len(going), 'session')} in {where} from before {before}: the first of {days[0]}, the last of "
        f"{days[-1]}."
    )
    if reviews:
        lines.append(f"{reviews:,} of them with a review, which goes with it.")
    if unread:
        lines.append(f"{unread:,} of them cannot be read; their folder and their id tell how old they are.")
    if removed is None:
        lines.append("Nothing was removed. With --yes they are, for good.")
    else:
        lines.append(f"{removed:,} removed.")
    return "\n".join(lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
