"""Typed words made comparable: without accents, capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_APART = re.compile(r"[^\w]+|_")


def plain(text: str) -> str:
    """Return `text` as its bare words: "Sí, ahí" is "si ahi"."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub(" ", "".join(mark for mark in bare if not unicodedata.combining(mark))).strip()


def number_in(text: str, unit: str = "") -> int | None:
    """Return the whole number that `text` is, perhaps with its unit after it; None where it is none."""
    found = re.fullmatch(r"(-?[0-9]{1,9})\b\s*(.*)", text.strip())
    if found is None or plain(found[2]) not in ("", plain(unit)):
        return None
    return int(found[1])


def meant(typed: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids that `typed` may stand for, of `names` as (id, words): one where it is clear.

    The whole of an id or of its words is clear, and so are the first letters that only one has. "n" is clear for "No"
    beside "Not sure", since the one is where the other begins.
    """
    word = plain(typed)
    known = [(id, plain(words)) for id, words in names]
    if not word:
        return []
    exact = [id for id, words in known if word == words] or [id for id, _ in known if word == plain(id)]
    if exact:
        return exact[:1]
    begun = [(id, words) for id, words in known if words.startswith(word)]
    if len(begun) > 1:
        shortest = min(begun, key=lambda each: len(each[1]))
        if all(words.startswith(shortest[1]) for _, words in begun):
            return [shortest[0]]
    return [id for id, _ in begun] or [id for id, _ in known if plain(id).startswith(word)]
