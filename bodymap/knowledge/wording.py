"""What the program itself says in each language, from `data/words.toml`: places, feelings, why a question is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bodymap.common.cached import read_table
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble, nearest
from bodymap.knowledge.limits import LANGUAGE_PATTERN
from bodymap.knowledge.vocabulary import QUALITIES

_SCHEMA = 1
_MOST = 300
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_SLOT = re.compile(r"\{(\w*)\}")
_BRACE = re.compile(r"[{}]")

# For each text of a table the words in braces that it must have, in order of the alphabet.
_TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "place": {
        "own": (),
        "whole": ("own", "place", "seen"),
        "brief": ("place", "view"),
        "sided": ("name", "side"),
        "back": (),
        "front": (),
    },
    "qualities": dict.fromkeys(QUALITIES, ()),
    "why": {"opened": ("title",), "first": (), "safe": ("title",), "tells": ("one", "other")},
    "contrast": {"marks": ("lower", "upper"), "many": ("lower", "most", "upper")},
}
_FORM: dict[str, tuple[str, ...]] = dict.fromkeys(("left", "right", "back", "front"), ())


@dataclass(frozen=True, slots=True)
class Wording:
    """The program's own words in one language.

    `place` are the patterns of a place in words, `forms` the words for side and view that agree with a region's
    name, `qualities` what a place feels like by id, `why` and `contrast` the sentences of the engine. Fill a
    pattern with `filled`.
    """

    language: str
    place: Mapping[str, str]
    forms: Mapping[str, Mapping[str, str]]
    qualities: Mapping[str, str]
    why: Mapping[str, str]
    contrast: Mapping[str, str]

    def form(self, name: str) -> Mapping[str, str]:
        """Return the words that agree with a name of the form `name`, those of the first form for an unknown one."""
        return self.forms.get(name) or next(iter(self.forms.values()))


def filled(pattern: str, **words: str) -> str:
    """Return `pattern` with each word in braces put in; braces inside the words stay as they are."""
    return _SLOT.sub(lambda found: words[found[1]], pattern)


def slots_of(text: str) -> list[str] | None:
    """Return the words in braces of a pattern, in order of the alphabet; None where braces do not fit."""
    if "{" not in text and "}" not in text:
        return []
    slots = _SLOT.findall(text)
    return None if len(_BRACE.findall(text)) != 2 * len(slots) else sorted(slots)


def load_wordings(path: Path | None = None) -> dict[str, Wording]:
    """Return the words of each language, from `path` (the shipped file when None). Raises `Trouble`."""
    path = path or data_folder() / "words.toml"
    table = read_table(path)
    if table.pop("schema", None) != _SCHEMA:
        raise Trouble("The schema is not 1.", where=str(path), remedy=f"Write schema = {_SCHEMA}.")
    for language in table:
        if not _LANGUAGE.fullmatch(language):
            raise Trouble(
                f"“{language[:60]}” is not a language code.", where=str(path), remedy="Write a code: en."
            )
    if not table:
        raise Trouble("There are no words in any language.", where=str(path), remedy="Add a table: [en].")
    return {language: _wording(language, given, str(path)) for language, given in table.items()}


@cache
def english() -> Wording:
    """Return the shipped English words, for regions that come from no file."""
    return load_wordings()["en"]


def _wording(language: str, given: Any, where: str) -> Wording:
    tables = _keys(given, (*_TABLES, "forms"), f"{where}, {language}")
    forms = tables["forms"]
    if not isinstance(forms, dict) or not forms:
        raise Trouble("There are no forms.", where=f"{where}, {language}.forms", remedy="Add one: plain.")
    return Wording(
        language=language,
        forms={
            form: _texts(texts, _FORM, f"{where}, {language}.forms.{form}") for form, texts in forms.items()
        },
        **{
            name: _texts(tables[name], slots, f"{where}, {language}.{name}")
            for name, slots in _TABLES.items()
        },
    )


def _texts(given: Any, slots: Mapping[str, tuple[str, ...]], where: str) -> dict[str, str]:
    table = _keys(given, slots, where)
    for key, text in table.items():
        if not isinstance(text, str) or not text or len(text) > _MOST:
            raise Trouble(
                f"“{key}” must be a text of 1 to {_MOST} characters.", where=where, remedy="Mend that line."
            )
        if slots_of(text) != [*slots[key]]:
            wanted = " and ".join(f"{{{slot}}}" for slot in slots[key])
            remedy = f"Use {wanted}, once each." if wanted else "Take the braces out."
            raise Trouble(f"“{key}” does not have the right words in braces.", where=where, remedy=remedy)
    return table


def _keys(given: Any, keys: Iterable[str], where: str) -> dict[str, Any]:
    """Return a table that must have exactly these keys, in their order."""
    wanted = tuple(keys)
    if not isinstance(given, dict):
        raise Trouble("This must be a table.", where=where, remedy="Write it as one.")
    for key in given:
        if key not in wanted:
            raise Trouble(
                f"Unknown key “{key[:60]}”.", where=where, remedy=nearest(key, wanted, "Remove it.")
            )
    for key in wanted:
        if key not in given:
            raise Trouble(f"The key “{key}” is missing.", where=where, remedy="Add it.")
    return {key: given[key] for key in wanted}
