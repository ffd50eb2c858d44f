"""Finding a place by what a person calls it: "left upper buttock", "buttock-upper", "nalga izquierda"."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from bodymap.visit.lines.plain import plain

if TYPE_CHECKING:
    from bodymap.knowledge.anatomy import Anatomy, Place, Region

_SHORT = 3
"""Words up to this length are mostly "my", "the", "de": what the regions are not told apart by is passed over."""
_COMMON = 8
"""A short word that more regions have than this tells nothing."""


class Found(NamedTuple):
    """The places that words may mean; not `sure` where a word had to be taken for another that is like it."""

    places: tuple[Place, ...]
    sure: bool


class Finder:
    """Finds the places of one anatomy by words in the language it speaks, and by ids."""

    def __init__(self, anatomy: Anatomy) -> None:
        self._regions = anatomy.regions
        self._words = {id: _words_of(region) for id, region in anatomy.regions.items()}
        self._first = {
            id: {plain(id).split()[0], plain(region.name).split()[0]}
            for id, region in anatomy.regions.items()
        }
        counted = Counter(word for words in self._words.values() for word in words)
        self._telling = {word for word in counted if len(word) > _SHORT or counted[word] <= _COMMON}
        self._sides = {"left": {"left"}, "right": {"right"}}
        for form in anatomy.wording.forms.values():
            for side, said in self._sides.items():
                said.add(plain(form[side]))

    def find(self, typed: str) -> Found:
        """Return the places that `typed` may mean, none where it is like no place at all."""
        tokens = plain(typed).split()
        side = next((side for token in tokens if (side := self._side(token))), "")
        wanted = [token for token in tokens if not self._side(token) and self._tells(token)]
        if not wanted:
            return Found((), True)
        regions = self._matching(wanted)
        if regions:
            return Found(self._places(regions, side), True)
        mended = [self._nearest(token) for token in wanted]
        regions = self._matching([token for token in mended if token])
        return Found(self._places(regions, side), False)

    def _side(self, token: str) -> str:
        if token == "midline":
            return token
        for side, said in self._sides.items():
            for word in said:
                if token == word or token == word[0] or (len(token) >= _SHORT and word.startswith(token)):
                    return side
        return ""

    def _tells(self, token: str) -> bool:
        return token in self._telling if len(token) <= _SHORT else True

    def _matching(self, wanted: list[str]) -> list[str]:
        if not wanted:
            return []
        whole = " ".join(wanted)
        exact = [id for id, region in self._regions.items() if whole in (plain(id), plain(region.name))]
        found = exact or [
            id
            for id, words in self._words.items()
            if all(any(_is(token, word) for word in words) for token in wanted)
        ]
        # "buttock" is first of all the buttock, then the joint above it.
        return sorted(
            found, key=lambda id: not any(_is(token, word) for token in wanted for word in self._first[id])
        )

    def _nearest(self, token: str) -> str:
        return next(iter(get_close_matches(token, sorted(self._telling), n=1, cutoff=0.7)), "")

    def _places(self, regions: list[str], side: str) -> tuple[Place, ...]:
        return tuple(
            place
            for id in regions
            for place in self._regions[id].places
            if not side or place.side in (side, "midline")
        )


def _words_of(region: Region) -> set[str]:
    return set(plain(region.id).split()) | set(plain(region.name).split())


def _is(token: str, word: str) -> bool:
    """Return whether a typed word is this one, its beginning, or its plural."""
    if token == word or (len(token) >= _SHORT and word.startswith(token)):
        return True
    return len(word) > _SHORT and token in (f"{word}s", f"{word}es")
