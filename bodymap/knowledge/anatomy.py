"""The regions of the body, from `data/anatomy/regions.toml`: their ids, names, view and sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bodymap.common import toml
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble, nearest


class Place(NamedTuple):
    """A region on one side of the body: `Place("buttock-upper", "left")`. Sides are the patient's own."""

    region: str
    side: str


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `name` reads on from "your LEFT …"; `view` is `"back"` or `"front"`; `sides` is left and right, or midline.

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
    """All regions in the order of the file; `sha256` is over that file."""

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


def load_anatomy(folder: Path | None = None) -> Anatomy:
    """Read the regions from `folder` (the shipped anatomy when None). Raises `Trouble`."""
    path = (folder or data_folder() / "anatomy") / "regions.toml"
    table = toml.read(path, limit=toml.PACK_BYTES)
    regions: dict[str, Region] = {}
    for number, entry in enumerate(table.get("regions", []), start=1):
        where = f"{path}, regions[{number}]"
        for key in entry:
            if key not in _KEYS:
                raise Trouble(f"Unknown key “{key}”.", where=where, remedy=nearest(key, _KEYS))
        try:
            region = Region(
                id=entry["id"],
                name=entry["name"],
                view=entry["view"],
                sides=("midline",) if entry.get("midline") else ("left", "right"),
                parent=entry["parent"],
                uberon=entry.get("uberon", ""),
            )
        except KeyError as missing:
            raise Trouble(f"The key {missing} is missing.", where=where, remedy="Add it.") from None
        if region.id in regions:
            raise Trouble(f"The region “{region.id}” stands twice.", where=where, remedy="Give each region one entry.")
        if region.view not in ("back", "front"):
            raise Trouble(f"The view “{region.view}” is unknown.", where=where, remedy="Write “back” or “front”.")
        regions[region.id] = region
    return Anatomy(regions)
