"""What can be typed at any step: pass over, go back, end, say it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.visit.lines.plain import plain
from bodymap.visit.lines.said import Way

if TYPE_CHECKING:
    from bodymap.common.language import Translator


class Commands:
    """The commands in one language, each a letter and words: "s skip" is given by "s" and by "skip"."""

    def __init__(self, words: Translator) -> None:
        _ = words.gettext
        # Translators: a letter and what it does. The letter must begin no answer such as Yes, No or Not sure.
        given = {
            "skip": _("s skip"),
            "back": _("b back"),
            "end": _("q end and forget"),
            "again": _("? say it again"),
        }
        self._ways = {id: Way(*said.split(maxsplit=1)) for id, said in given.items()}

    def way(self, id: str) -> Way:
        """Return a command as a way to answer."""
        return self._ways[id]

    def heard(self, typed: str, letters_only: bool = False) -> str:
        """Return the command that `typed` is, or "". With `letters_only` words are not: "back" may be a place."""
        word = plain(typed)
        for id, way in self._ways.items():
            if typed.strip().casefold() == way.key.casefold():
                return id
            if word and not letters_only and word in (id, plain(way.label), plain(way.label).split()[0]):
                return id
        return ""
