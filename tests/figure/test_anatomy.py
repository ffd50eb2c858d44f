"""The regions file: what the contract promises, words for a place, and every way the file can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bodymap.common.trouble import Trouble
from bodymap.knowledge.anatomy import Anatomy, Place, load_anatomy

PROMISED = {
    "back": "head-back neck-back upper-back mid-back thoracolumbar-junction low-back lumbar-spine iliac-crest "
    "sacroiliac sacrum tailbone buttock-upper buttock-deep buttock-lower hip-outer thigh-back thigh-outer knee-back "
    "calf leg-outer heel sole foot-outer shoulder-blade upper-arm-back elbow-back forearm-back hand-back",
    "front": "face neck-front chest abdomen-upper abdomen-lower groin saddle hip-front thigh-front thigh-inner "
    "knee-front shin ankle-front foot-top shoulder-front upper-arm-front elbow-front forearm-front palm",
}
MIDLINE = {"thoracolumbar-junction", "lumbar-spine", "sacrum", "tailbone", "saddle"}
GOOD = 'schema = 1\n[[regions]]\nid = "calf"\nname = "calf"\nview = "back"\nparent = "leg"\n'


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return load_anatomy()


def test_every_promised_region_is_there_with_its_sides(anatomy: Anatomy) -> None:
    for view, ids in PROMISED.items():
        for id in ids.split():
            region = anatomy.regions[id]
            assert region.view == view
            assert region.sides == (("midline",) if id in MIDLINE else ("left", "right"))
    assert len(anatomy.places) >= 74
    assert len(set(anatomy.places)) == len(anatomy.places)


def test_words_spell_out_the_side_and_the_view(anatomy: Anatomy) -> None:
    words = anatomy.words(Place("buttock-upper", "left"))
    assert words == "your LEFT buttock, upper part, seen from behind"
    assert (
        anatomy.words(Place("palm", "right"), own="the") == "the RIGHT palm of the hand, seen from the front"
    )
    assert "MIDLINE" not in anatomy.words(Place("sacrum", "midline"))
    said = [anatomy.words(place) for place in anatomy.places]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("", "schema", "schema = 1"),
        ("schema = 2\n", "schema is 2", "schema = 1"),
        ("schema = 1\n", "no regions", "[[regions]]"),
        ("schema = 1\nregions = 3\n", "no regions", "[[regions]]"),
        ("schema = 1\nregion = []\n", "Unknown key “region”", "regions"),
        (GOOD + "side = true\n", "Unknown key “side”", ""),
        (GOOD + 'partent = "x"\n', "Unknown key “partent”", "parent"),
        (GOOD.replace('name = "calf"\n', ""), "“name” is missing", "Add"),
        (GOOD.replace('"leg"', '""'), "“parent” is missing", "Add"),
        (GOOD.replace('"leg"', "3"), "“parent” must be text", "Mend"),
        (GOOD + 'midline = "yes"\n', "“midline” must be true or false", "Mend"),
        (GOOD.replace('"back"', '"side"'), "“side” is unknown", "front"),
        (GOOD.replace('id = "calf"', 'id = "The Calf"'), "not an id", "hyphens"),
        (GOOD + 'uberon = "FMA:1"\n', "not an UBERON code", "UBERON:"),
        (GOOD + GOOD.removeprefix("schema = 1\n"), "stands twice", "one entry"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(
    tmp_path: Path, text: str, says: str, remedy: str
) -> None:
    (tmp_path / "regions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_anatomy(tmp_path)
    assert says in caught.value.what
    assert remedy in caught.value.remedy
    assert "regions.toml" in caught.value.where


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "regions.toml").write_text(GOOD, encoding="utf-8")
    assert load_anatomy(tmp_path).places == (Place("calf", "left"), Place("calf", "right"))
