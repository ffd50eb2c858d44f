"""The names of regions in each language, from `data/anatomy/regions.toml`, with their faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bodymap.common.trouble import Trouble, nearest
from bodymap.knowledge.wording import Wording, slots_of

_KEYS = ("name", "yours", "form")


@dataclass(frozen=True, slots=True)
class RegionText:
    """How a region is said: `name` may hold {side} where its side belongs.

    `yours` is the whole of "your …" where putting "your" before the name would be wrong, else ""; `form` names the
    words for side and view that agree with the name.
    """

    name: str = ""
    yours: str = ""
    form: str = ""

    @property
    def bare(self) -> str:
        """The name without a side."""
        return with_side(self.name, "")


def with_side(text: str, side: str) -> str:
    """Return `text` with the side put where it belongs; "" takes its place out."""
    if side:
        return text.replace("{side}", side)
    return text.replace(" {side}", "").replace("{side} ", "")


def languages_of(table: Mapping[str, Any], wordings: Mapping[str, Wording], where: str) -> tuple[str, ...]:
    """Return the languages that the regions of a file are named in, its own first. Raises `Trouble`."""
    own, others = table.get("language", "en"), table.get("languages", [])
    if not isinstance(others, list):
        raise Trouble("“languages” must be a list.", where=where, remedy='Write languages = ["en"].')
    languages = tuple(dict.fromkeys((own, *others)))
    for language in languages:
        if language not in wordings:
            raise Trouble(
                f"There are no words for places in the language “{str(language)[:20]}”.",
                where=where,
                remedy=nearest(str(language), wordings, "Add it to words.toml first."),
            )
    return languages


def texts_of(
    entry: Mapping[str, Any], languages: tuple[str, ...], wordings: Mapping[str, Wording], where: str
) -> dict[str, RegionText]:
    """Return how a region is said in the file's own language and in those of `languages` that it has a text in.

    Raises `Trouble`.
    """
    given = entry.get("text", {})
    for language in given:
        if language not in languages[1:]:
            raise Trouble(
                f"The language “{language[:20]}” is not declared at the top of the file.",
                where=f"{where}.text",
                remedy=nearest(language, languages[1:], "Add it to `languages`."),
            )
    texts = {languages[0]: _text({"name": entry["name"]}, wordings[languages[0]], where)}
    for language, text in given.items():
        texts[language] = _text(text, wordings[language], f"{where}.text.{language}")
    return texts


def _text(given: Any, wording: Wording, where: str) -> RegionText:
    if not isinstance(given, dict):
        raise Trouble("This must be a table.", where=where, remedy="Write name = and form = in it.")
    for key, text in given.items():
        if key not in _KEYS:
            raise Trouble(f"Unknown key “{key[:60]}”.", where=where, remedy=nearest(key, _KEYS))
        if not isinstance(text, str) or not text:
            raise Trouble(f"“{key}” must be text.", where=where, remedy="Mend that line.")
        slots = slots_of(text)
        if slots not in ([], ["side"]):
            raise Trouble(
                f"“{key}” has wrong words in braces.",
                where=where,
                remedy="Only {side} may stand in braces, and once.",
            )
    if "name" not in given:
        raise Trouble("The name is missing.", where=where, remedy="Add name = in that language.")
    form = given.get("form", "")
    if not form and len(wording.forms) == 1:
        (form,) = wording.forms
    if form not in wording.forms:
        raise Trouble(
            f"The form “{form[:20]}” is unknown." if form else "The form is missing.",
            where=where,
            remedy=f"Write form = one of: {', '.join(wording.forms)}.",
        )
    return RegionText(given["name"], given.get("yours", ""), form)
