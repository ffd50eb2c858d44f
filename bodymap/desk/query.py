"""The filter of the desk as a value: `region:buttock since:7d unreviewed -cause:disc`.

Parsing never raises: somebody is still typing. What cannot be understood yet becomes a fault with its remedy, and the
rest already filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bodymap.common.text import clean
from bodymap.common.trouble import nearest
from bodymap.knowledge.vocabulary import BANDS, SIDES, TIERS

NAMED = ("code", "region", "cause", "alarm")
"""Fields whose value is the beginning of an id, or of one of the words in it."""
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"side": SIDES, "tier": (*TIERS, "none"), "band": BANDS, "state": ("finished", "unfinished")}
)
MOMENTS = ("since", "until")
FIELDS = (*NAMED, *CHOICES, *MOMENTS, "text")
"""Every field that can stand before a colon."""
FLAGS = ("unreviewed", "reviewed", "bad")
"""Words that filter by themselves."""

_MOST_LETTERS = 500
_MOST_TERMS = 40
_WORD = re.compile(r'[^\s"]*"[^"]*"?|[^\s"]+')
_EXAMPLES = {
    "code": "code:K7PM",
    "region": "region:buttock",
    "cause": "cause:disc",
    "alarm": "alarm:aneurysm",
    "since": "since:7d",
    "until": "until:2026-11-01",
    "text": "text:bending",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` is one of `FIELDS` or `FLAGS`, or "" for a bare word (`value` is in its text or code).

    A flag has no value. `excluded` turns the condition round.
    """

    field: str
    value: str = ""
    excluded: bool = False

    def __str__(self) -> str:
        if self.field in FLAGS:
            body = self.field
        else:
            # A bare word that would read as something else stands in quotes, as does what holds a space.
            other = not self.field and (
                ":" in self.value or self.value[:1] == "-" or self.value.lower() in FLAGS
            )
            value = f'"{self.value}"' if other or " " in self.value else self.value
            body = f"{self.field}:{value}" if self.field else value
        return f"-{body}" if self.excluded else body


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A word of a filter that filters nothing, or finds nothing: what is wrong with it, and what to write."""

    word: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.word}: {self.what} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold; none lets everything through. Equal whenever they filter the same words.

    `faults` are the words left out, and names that nothing bears.
    """

    terms: tuple[Term, ...] = ()
    faults: tuple[Misunderstood, ...] = ()

    @classmethod
    def parse(cls, text: str, names: Mapping[str, Iterable[str]] | None = None) -> Query:
        """Return the filter in `text`, as far as it can be understood. Raises nothing.

        `names` are the ids that there are, by field (`region`, `cause`, `alarm`): a value that none of them bears is
        a fault with the nearest one, and still filters.
        """
        terms: list[Term] = []
        faults: list[Misunderstood] = []
        for number, word in enumerate(_WORD.findall(clean(text, limit=_MOST_LETTERS))):
            if number == _MOST_TERMS:
                faults.append(Misunderstood(word, f"Only {_MOST_TERMS} words are read.", "Write fewer."))
                break
            found = _term(word)
            if isinstance(found, Misunderstood):
                faults.append(found)
            elif found is not None:
                terms.append(found)
                known = (names or {}).get(found.field)
                if known is not None and found.value != "none":
                    known = tuple(known)
                    if not any(bears(id, found.value) for id in known):
                        faults.append(
                            Misunderstood(
                                word, f"No {found.field} is called so.", nearest(found.value, known)
                            )
                        )
        return cls(tuple(terms), tuple(faults))

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)

    def of(self, *fields: str) -> tuple[Term, ...]:
        """Return the terms of these fields."""
        return tuple(term for term in self.terms if term.field in fields)


def bears(id: str, value: str) -> bool:
    """Return whether `value` is the beginning of an id or of one of its words: "disc" of "sciatica-disc-herniation"."""
    return id.startswith(value) or f"-{value}" in id


def moment(value: str, now: datetime, *, end: bool = False) -> datetime | None:
    """Return the moment that `7d`, `24h`, `2w`, `today`, `yesterday` or a date means, None for anything else.

    Spans count back from `now`. A day begins at midnight where the desk stands; with `end`, the moment is that of
    the next midnight, so that `until:` a day holds the day.
    """
    span = re.fullmatch(r"([0-9]{1,5})([hdw])", value)
    if span:
        hours = int(span[1]) * {"h": 1, "d": 24, "w": 7 * 24}[span[2]]
        try:
            return now - timedelta(hours=hours)
        except OverflowError:
            return datetime.min.replace(tzinfo=now.tzinfo)
    try:
        if value in ("today", "yesterday"):
            day = now.date() - timedelta(days=value == "yesterday")
        elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            day = datetime.fromisoformat(value).date()
        else:
            return None
        # The offset of that day, not of today: clocks may have changed since.
        return datetime.combine(day + timedelta(days=end), datetime.min.time()).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _term(word: str) -> Term | Misunderstood | None:
    excluded = word.startswith("-") and len(word) > 1
    body = word[1:] if excluded else word
    field, colon, value = body.partition(":")
    if not colon or '"' in field:
        if body.lower() in FLAGS:
            return Term(body.lower(), "", excluded)
        value = _bare(body)
        return Term("", value, excluded) if value.strip("-") else None
    field, value = field.lower(), _bare(value)
    if field not in FIELDS:
        remedy = nearest(field, FIELDS, f"There are: {', '.join(FIELDS)}.")
        return Misunderstood(word, f"There is no “{field[:20]}:”.", remedy)
    if not value:
        example = _EXAMPLES.get(field)
        return Misunderstood(
            word, "Something is needed after the colon.", f"As in {example or _valid(field)}."
        )
    return _valued(word, field, value, excluded)


def _bare(text: str) -> str:
    return " ".join(text.replace('"', " ").split())


def _valued(word: str, field: str, value: str, excluded: bool) -> Term | Misunderstood:
    if field == "text":
        return Term(field, value, excluded)
    value = value.upper() if field == "code" else value.lower()
    if field in CHOICES and value not in CHOICES[field]:
        # A word that is not finished is no mistake: as one types, it means what it can only become.
        meant = [name for name in CHOICES[field] if name.startswith(value)]
        if len(meant) != 1:
            return Misunderstood(
                word, f"“{value[:20]}” is no {field}.", nearest(value, meant or CHOICES[field])
            )
        value = meant[0]
    if field in MOMENTS and moment(value, datetime.now().astimezone()) is None:
        return Misunderstood(
            word, "This is no time.", "Write 7d, 24h, 2w, today, yesterday or a date such as 2026-11-01."
        )
    return Term(field, value, excluded)


def _valid(field: str) -> str:
    return f"{field}:{CHOICES[field][0]}"
