"""The regions of the body, from `data/anatomy/regions.toml`: their ids, names, view and sides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble, nearest


class Place(NamedTuple):
    """A region on one side of the body: `Place("buttock-upper", "left")`. Sides are the patient's own."""

    region: str
    side: str


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `name` reads on from "your LEFT …"; `view` is `"back"` or `"front"`; `sides` is left and right,
    or midline.

    `uberon` is an open anatomy code (UBERON) or ""; `parent` groups regions that lie together.
    """

    id: str
    name: str
    view: str
    sides: tuple[str, ...]
    parent: str
    uberon: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """The region on each of its sides."""
        return tuple(Place(self.id, side) for side in self.sides)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """All regions, by id, in the order of the file."""

    regions: Mapping[str, Region]

    @property
    def places(self) -> tuple[Place, ...]:
        """Every region on every side it has."""
        return tuple(place for region in self.regions.values() for place in region.places)

    def words(self, place: Place, *, own: str = "your") -> str:
        """Return a place in words, side spelled out: "your LEFT buttock, upper part, seen from behind"."""
        region = self.regions[place.region]
        side = "" if place.side == "midline" else f" {place.side.upper()}"
        seen = "from behind" if region.view == "back" else "from the front"
        return f"{own}{side} {region.name}, seen {seen}"


_KEYS = {"id", "name", "view", "midline", "parent", "uberon"}
_NEEDED = ("id", "name", "view", "parent")
_SCHEMA = 1
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_UBERON = re.compile(r"UBERON:\d{7}|")


def load_anatomy(folder: Path | None = None) -> Anatomy:
    """Read the regions from `folder` (the shipped anatomy when None). Raises `Trouble`."""
    path = (folder or data_folder() / "anatomy") / "regions.toml"
    table = toml.read(path, limit=toml.PACK_BYTES)
    for key in table:
        if key not in ("schema", "regions"):
            raise Trouble(
                f"Unknown key “{key}”.", where=str(path), remedy=nearest(key, ("schema", "regions"))
            )
    if table.get("schema") != _SCHEMA:
        raise Trouble(
            f"The schema is {table.get('schema', 'missing')!r}; this program reads {_SCHEMA}.",
            where=str(path),
            remedy=f"Write schema = {_SCHEMA}.",
        )
    entries = table.get("regions", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise Trouble("There are no regions.", where=str(path), remedy="Write them as [[regions]].")
    regions: dict[str, Region] = {}
    for number, entry in enumerate(entries, start=1):
        region = _region(entry, f"{path}, regions[{number}]")
        if region.id in regions:
            raise Trouble(
                f"The region “{region.id}” stands twice.",
                where=f"{path}, regions[{number}]",
                remedy="Give each region one entry.",
            )
        regions[region.id] = region
    return Anatomy(regions)


def _region(entry: dict[str, Any], where: str) -> Region:
    for key, value in entry.items():
        if key not in _KEYS:
            raise Trouble(f"Unknown key “{key}”.", where=where, remedy=nearest(key, _KEYS))
        if not isinstance(value, bool if key == "midline" else str):
            kind = "true or false" if key == "midline" else "text"
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
    return Region(
        id=entry["id"],
        name=entry["name"],
        view=entry["view"],
        sides=("midline",) if entry.get("midline") else ("left", "right"),
        parent=entry["parent"],
        uberon=entry.get("uberon", ""),
    )
