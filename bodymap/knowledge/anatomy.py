"""The regions of the body, from `data/anatomy/regions.toml`: their ids, names, view and sides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from bodymap.common.cached import read_table
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble, nearest
from bodymap.knowledge.region_texts import RegionText, languages_of, texts_of, with_side
from bodymap.knowledge.wording import Wording, english, filled, load_wordings


class Place(NamedTuple):
    """A region on one side of the body: `Place("buttock-upper", "left")`. Sides are the patient's own."""

    region: str
    side: str


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `view` is `"back"` or `"front"`; `sides` is left and right, or midline.

    `name` is its name without a side. `uberon` is an open anatomy code (UBERON) or ""; `parent` groups regions
    that lie together. `text` is how its name is said with a side.
    """

    id: str
    name: str
    view: str
    sides: tuple[str, ...]
    parent: str
    uberon: str = ""
    text: RegionText = field(default=RegionText(), repr=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """The region on each of its sides."""
        return tuple(Place(self.id, side) for side in self.sides)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """All regions, by id, in the order of the file, with the words for them in one language.

    `wording` holds the program's own words in that language; `languages` are all that the regions are named in.
    Made of regions alone, it speaks English.
    """

    regions: Mapping[str, Region]
    wording: Wording = field(default_factory=english, repr=False)
    languages: tuple[str, ...] = ("en",)
    _texts: Mapping[str, Mapping[str, RegionText]] = field(default_factory=dict, repr=False)
    _wordings: Mapping[str, Wording] = field(default_factory=dict, repr=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every region on every side it has."""
        return tuple(place for region in self.regions.values() for place in region.places)

    def words(self, place: Place, *, own: str | None = None) -> str:
        """Return a place in words, side spelled out: "your LEFT buttock, upper part, seen from behind".

        `own` stands in the place of "your", or of the word for it in another language.
        """
        region, wording = self.regions[place.region], self.wording
        form, pattern = wording.form(region.text.form), wording.place["whole"]
        if own is None and region.text.yours:
            named, own = with_side(region.text.yours, form.get(place.side, "")), ""
        else:
            named, own = self.named(place), wording.place["own"] if own is None else own
        return filled(pattern, own=own, place=named, seen=form[region.view]).strip()

    def named(self, place: Place) -> str:
        """Return a place as a label: "LEFT buttock, upper part"."""
        region, wording = self.regions[place.region], self.wording
        if place.side == "midline":
            return region.name
        name = region.text.name or region.name
        side = wording.form(region.text.form).get(place.side, place.side)
        if "{side}" in name:
            return with_side(name, side)
        return filled(wording.place["sided"], name=name, side=side)

    def brief(self, place: Place) -> str:
        """Return a place as a label with its view: "LEFT buttock, upper part (behind)"."""
        view = self.wording.place[self.regions[place.region].view]
        return filled(self.wording.place["brief"], place=self.named(place), view=view)

    def spoken(self, language: str) -> Anatomy:
        """Return this anatomy in another of its languages: the same regions and places, other words.

        Raises `Trouble`, naming the languages there are, for one that it does not speak, and for a region that has
        no name in it.
        """
        if language == self.wording.language:
            return self
        if language not in self.languages:
            raise Trouble(
                f"The places of the body have no names in “{language[:20]}”.",
                remedy=f"They have them in: {', '.join(self.languages)}.",
            )
        texts = self._texts[language]
        for id in self.regions:
            if id not in texts:
                raise Trouble(
                    f"The region “{id}” has no name in “{language}”.",
                    where="regions.toml",
                    remedy=f"Add text.{language} to it, with name and form.",
                )
        regions = {
            id: replace(region, name=texts[id].bare, text=texts[id]) for id, region in self.regions.items()
        }
        return replace(self, regions=regions, wording=self._wordings[language])


_FILE_KEYS = ("schema", "language", "languages", "regions")
_KEYS = {"id", "name", "view", "midline", "parent", "uberon", "text"}
_KINDS: dict[str, tuple[type[Any], str]] = {"midline": (bool, "true or false"), "text": (dict, "a table")}
_NEEDED = ("id", "name", "view", "parent")
_SCHEMA = 1
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_UBERON = re.compile(r"UBERON:\d{7}|")


def load_anatomy(folder: Path | None = None) -> Anatomy:
    """Read the regions from `folder` (the shipped anatomy when None). Raises `Trouble`."""
    path = (folder or data_folder() / "anatomy") / "regions.toml"
    table = read_table(path)
    for key in table:
        if key not in _FILE_KEYS:
            raise Trouble(f"Unknown key “{key}”.", where=str(path), remedy=nearest(key, _FILE_KEYS))
    if table.get("schema") != _SCHEMA:
        raise Trouble(
            f"The schema is {table.get('schema', 'missing')!r}; this program reads {_SCHEMA}.",
            where=str(path),
            remedy=f"Write schema = {_SCHEMA}.",
        )
    wordings = load_wordings()
    languages = languages_of(table, wordings, str(path))
    entries = table.get("regions", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise Trouble("There are no regions.", where=str(path), remedy="Write them as [[regions]].")
    own = languages[0]
    regions: dict[str, Region] = {}
    texts: dict[str, dict[str, RegionText]] = {language: {} for language in languages}
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, regions[{number}]"
        _check(entry, where)
        id = entry["id"]
        if id in regions:
            raise Trouble(
                f"The region “{id}” stands twice.", where=where, remedy="Give each region one entry."
            )
        for language, text in texts_of(entry, languages, wordings, where).items():
            texts[language][id] = text
        regions[id] = _region(entry, texts[own][id])
    return Anatomy(regions, wordings[own], languages, texts, wordings)


def _region(entry: dict[str, Any], text: RegionText) -> Region:
    return Region(
        id=entry["id"],
        name=text.bare,
        view=entry["view"],
        sides=("midline",) if entry.get("midline") else ("left", "right"),
        parent=entry["parent"],
        uberon=entry.get("uberon", ""),
        text=text,
    )


def _check(entry: dict[str, Any], where: str) -> None:
    """Refuse an entry with a wrong, unknown or missing key."""
    for key, value in entry.items():
        if key not in _KEYS:
            raise Trouble(f"Unknown key “{key}”.", where=where, remedy=nearest(key, _KEYS))
        type, kind = _KINDS.get(key, (str, "text"))
        if not isinstance(value, type):
            raise Trouble(f"“{key}” must be {kind}.", where=where, remedy="Mend that line.")
    for key in _NEEDED:
        if not entry.get(key):
            raise Trouble(f"The key “{key}” is missing.", where=where, remedy="Add it.")
    if not _ID.fullmatch(entry["id"]):
        raise Trouble(
            f"“{entry['id'][:60]}” is not an id.",
            where=where,
            remedy="Use small letters, digits and single hyphens.",
        )
    if entry["view"] not in ("back", "front"):
        raise Trouble(
            f"The view “{entry['view'][:20]}” is unknown.", where=where, remedy="Write “back” or “front”."
        )
    if not _UBERON.fullmatch(entry.get("uberon", "")):
        raise Trouble(
            f"“{entry['uberon'][:20]}” is not an UBERON code.",
            where=where,
            remedy="Write it as UBERON:0001456.",
        )
