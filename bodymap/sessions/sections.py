"""What may stand in each table of a session's file: for every key the rule that its value is held against.

The rules are here once for both who read such files: the reader of one file, and the one of many that remembers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bodymap.common.toml import Table
from bodymap.knowledge.vocabulary import BANDS, GRADES, QUALITIES, SIDES, TIERS
from bodymap.sessions.fields import WORD, Fields
from bodymap.sessions.ids import CODE, ID

Rule = Callable[[Fields, str], Any]
"""Returns the value at a key as a session holds it. Raises `Trouble`."""
Rules = Mapping[str, Rule]


def _text(pattern: re.Pattern[str] | None = None, needed: str = "") -> Rule:
    return lambda fields, key: fields.text(key, pattern, needed)


def _choice(valid: Iterable[str]) -> Rule:
    return lambda fields, key: fields.choice(key, valid)


def _number(lowest: int, highest: int) -> Rule:
    return lambda fields, key: fields.number(key, lowest, highest)


def _words(valid: Sequence[str]) -> Rule:
    return lambda fields, key: fields.words(key, valid)


def answer(fields: Fields, id: str) -> str | int:
    """Return the answer to the question `id`, a word or a whole number. Raises `Trouble`."""
    if not WORD.fullmatch(id):
        raise fields.trouble(
            id, "This is not the id of a question.", "Ids are small letters, digits and “-”."
        )
    value = fields.table[id]
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise fields.trouble(
            id, "An answer is a word in quotes or a whole number.", 'Write "yes", "no" or "unsure".'
        )
    return value if isinstance(value, int) else fields.text(id, WORD, "one word such as “yes”")


SHA256 = _text(re.compile(r"[0-9a-f]{64}"), "64 hexadecimal digits")
TOP: Rules = {
    "id": _text(ID, "a UUIDv7 in small letters"),
    "code": _text(CODE, "four letters and digits, as in “K7PM”"),
    "started": Fields.moment,
    "finished": Fields.moment,
    "state": _choice(("finished", "unfinished")),
    "language": _text(re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"), "a language such as “en”"),
}
FINDINGS: Rules = {"map_complete": Fields.truth}
MARK: Rules = {
    "place": Fields.text,
    "region": _text(WORD, "a region's id"),
    "side": _choice(SIDES),
    "intensity": _number(0, 10),
    "qualities": _words(QUALITIES),
    "worse_with": Fields.words,
}
ALARM: Rules = {
    "id": _text(WORD, "an alarm's id"),
    "tier": _choice(TIERS),
    "says": Fields.text,
    "do": Fields.text,
}
ASSESSMENT: Rules = {"none_fits": Fields.truth, "indistinguishable": Fields.groups}
CAUSE: Rules = {
    "id": _text(WORD, "a cause's id"),
    "name": Fields.text,
    "rank": _number(1, 10_000),
    "band": _choice(BANDS),
    "evidence": _choice(GRADES),
    "score": Fields.number,
    "score_range": Fields.pair,
    "rank_range": Fields.pair,
    "for": Fields.words,
    "against": Fields.words,
    "unknown": Fields.words,
    "needs_missing": Fields.words,
}
"""In the order of `ShownCause`."""
APP: Rules = {"name": Fields.text, "version": Fields.text}
PACK: Rules = {"id": _text(WORD, "an id such as “rear-pain”"), "version": Fields.text, "sha256": SHA256}
"""In the order of `PackReference`."""


def values(fields: Fields, rules: Rules, optional: Sequence[str] = ()) -> Table:
    """Return what stands in a table, key by key; of the keys in `optional` those that are there. Raises `Trouble`."""
    return {
        key: rule(fields, key) for key, rule in rules.items() if key not in optional or key in fields.table
    }
