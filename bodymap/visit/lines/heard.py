"""What a line means at a list in which several can be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bodymap.visit.lines.plain import meant, number_in, plain

_COMMA = re.compile(r"[,;]")


def several(typed: str, names: Sequence[tuple[str, str]], none: str) -> tuple[set[str], str, list[str]]:
    """Return the ids that a line names, of `names` as (id, words) in their order.

    Numbers from 1 and first letters, with spaces or commas between; `none`, "none", "no" or 0 is no id. Where a part
    cannot be understood it comes second, with the ids that it could be, and nothing of the line counts.
    """
    word = plain(typed)
    if word in ("0", "no", "none") or (len(word) > 1 and plain(none).startswith(word)):
        return set(), "", []
    parts = [part.strip() for part in _COMMA.split(typed)]
    # Words with a space in them are known as a whole, "1 3" is not.
    parts = [each for part in parts for each in ([part] if len(_ids(part, names)) == 1 else part.split())]
    wanted: set[str] = set()
    for part in parts:
        ids = _ids(part, names)
        if len(ids) != 1:
            return set(), part, ids
        wanted |= set(ids)
    return (wanted, "", []) if wanted else (set(), typed, [])


def _ids(part: str, names: Sequence[tuple[str, str]]) -> list[str]:
    number = number_in(part)
    if number is None:
        return meant(part, names)
    return [names[number - 1][0]] if 1 <= number <= len(names) else []
