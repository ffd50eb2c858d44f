"""The parts of the body by which a place is found without a picture: regions that lie together, seen from one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import marked

if TYPE_CHECKING:
    from bodymap.common.language import Translator
    from bodymap.knowledge.anatomy import Anatomy, Place

# By view and `parent`, as in data/anatomy/regions.toml; a test holds the two together.
_NAMES = {
    ("back", "head"): marked("Back of the head and neck"),
    ("back", "upper-body"): marked("Shoulder blades"),
    ("back", "back"): marked("Back and spine"),
    ("back", "pelvis"): marked("Buttocks, rim of the pelvis, tailbone, side of the hips"),
    ("back", "leg"): marked("Legs, back and outer side"),
    ("back", "foot"): marked("Heels, soles, outer edge of the feet"),
    ("back", "arm"): marked("Arms and hands, back"),
    ("front", "head"): marked("Face and front of the neck"),
    ("front", "upper-body"): marked("Chest and shoulders"),
    ("front", "belly"): marked("Belly"),
    ("front", "pelvis"): marked("Groin, front of the hips, between the legs"),
    ("front", "leg"): marked("Legs, front and inner side"),
    ("front", "foot"): marked("Ankles and top of the feet"),
    ("front", "arm"): marked("Arms and hands, front"),
}


def areas(anatomy: Anatomy, words: Translator) -> list[tuple[str, tuple[Place, ...]]]:
    """Return the areas with the places in each, back first; one without a name goes by those of its regions."""
    found: dict[tuple[str, str], list[Place]] = {}
    for view in ("back", "front"):
        for region in anatomy.regions.values():
            if region.view == view:
                found.setdefault((view, region.parent), []).extend(region.places)
    return [
        (words.gettext(_NAMES[key]) if key in _NAMES else _listed(places, anatomy), tuple(places))
        for key, places in found.items()
    ]


def _listed(places: list[Place], anatomy: Anatomy) -> str:
    return ", ".join(dict.fromkeys(anatomy.regions[place.region].name for place in places))
