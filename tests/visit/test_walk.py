"""Pointing without a picture: every place by numbers, by id, by name, in both languages; mistakes are helped."""

from __future__ import annotations

import pytest
from guided import knowledge, reach
from typing_person import converse, type_in

from bodymap.common.language import translator
from bodymap.knowledge.anatomy import Anatomy, Place, Region
from bodymap.visit.lines.areas import _NAMES, areas
from bodymap.visit.lines.finder import Finder
from bodymap.visit.lines.walk import Walk

LANGUAGES = ("en", "es")


def spoken(language: str) -> Anatomy:
    return knowledge()[2].spoken(language)


def walk(language: str = "en") -> Walk:
    return Walk(spoken(language), translator(language))


def test_every_area_has_a_name_and_no_name_is_left_over() -> None:
    _, _, anatomy = knowledge()
    assert {(region.view, region.parent) for region in anatomy.regions.values()} == set(_NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_areas_hold_every_place_once(language: str) -> None:
    anatomy = spoken(language)
    held = [place for _, places in areas(anatomy, translator(language)) for place in places]
    assert sorted(held) == sorted(anatomy.places)
    labels = [label for label, _ in areas(anatomy, translator(language))]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_reached_by_numbers(language: str) -> None:
    anatomy = spoken(language)
    reached = set()

    def follow(path: tuple[int, ...]) -> None:
        way = walk(language)
        for number in path:
            place = way.take(str(number))
            if isinstance(place, Place):
                reached.add(place)
                assert number == path[-1]
                return
            assert place == ""
        assert len(path) <= 3, "area, region, side"
        for number in range(1, len(way.menu.options) + 1):
            follow((*path, number))

    follow(())
    assert reached == set(anatomy.places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_reached_by_its_name_and_its_id(language: str) -> None:
    anatomy = spoken(language)
    for place in anatomy.places:
        for typed in (f"{place.region} {place.side}", f"{place.region}.{place.side}", anatomy.named(place)):
            assert walk(language).take(typed) == place, typed
            assert walk(language).take(typed.upper()) == place
    for region in anatomy.regions.values():
        way = walk(language)
        got = way.take(region.id)
        if len(region.sides) == 1:
            assert got == Place(region.id, "midline")
        else:
            assert got == ""
            assert [option.label for option in way.menu.options] == [
                anatomy.named(each) for each in region.places
            ]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("my left upper buttock", Place("buttock-upper", "left")),
        ("the upper part of the left buttock", Place("buttock-upper", "left")),
        ("buttock upper l", Place("buttock-upper", "left")),
        ("R calf", Place("calf", "right")),
        ("calf right", Place("calf", "right")),
        ("tailbone", Place("tailbone", "midline")),
        ("left tailbone", Place("tailbone", "midline")),
        ("saddle", Place("saddle", "midline")),
        ("left elbow", Place("elbow-back", "left")),
        ("left crook", Place("elbow-front", "left")),
    ],
)
def test_names_as_people_say_them(typed: str, place: Place) -> None:
    assert walk().take(typed) == place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("nalga izquierda superior", Place("buttock-upper", "left")),
        ("pantorrilla der", Place("calf", "right")),
        ("mi rabadilla", Place("tailbone", "midline")),
        ("coccix", Place("tailbone", "midline")),
        ("talón D", Place("heel", "right")),
    ],
)
def test_names_as_people_say_them_in_spanish(typed: str, place: Place) -> None:
    assert walk("es").take(typed) == place


def test_a_name_of_several_regions_lists_them_best_first() -> None:
    way = walk()
    assert way.take("left buttock") == ""
    assert [option.label for option in way.menu.options] == [
        "LEFT buttock, upper part",
        "LEFT buttock, middle",
        "LEFT buttock, lower part",
        "LEFT joint by the dimple above the buttock",
    ]
    assert way.take("2") == Place("buttock-deep", "left")


def test_a_plural_means_the_same() -> None:
    one, two = walk(), walk()
    one.take("buttock")
    two.take("buttocks")
    assert one.menu.options == two.menu.options


def test_a_misspelled_name_is_helped_and_must_be_confirmed() -> None:
    way = walk()
    assert way.take("left claf") == ""
    assert way.menu.heading == "No place here is called “left claf”. Did you mean:"
    assert [option.label for option in way.menu.options] == ["LEFT calf"]
    assert way.take("1") == Place("calf", "left")


@pytest.mark.parametrize("typed", ["xyzzy", "zzzz left", "q" * 200, "left", "of the", "\x1b[2J", "“”"])
def test_a_name_like_nothing_is_said_to_be_so(typed: str) -> None:
    way = walk()
    said = way.take(typed)
    assert isinstance(said, str)
    assert said.startswith("No place here is called “")
    assert said.endswith("A name is, for example: back of the head.")
    assert "\x1b" not in said
    assert len(said) < 150
    assert not way.begun


@pytest.mark.parametrize("typed", ["0", "15", "-1", "999999999"])
def test_a_number_beyond_the_list_is_said_to_be_so(typed: str) -> None:
    assert walk().take(typed) == "Please give a number from 1 to 14."


def test_going_back_goes_up_the_lists_and_then_back_in_the_visit() -> None:
    visit, talk = converse()
    reach(visit, "where")
    type_in(talk, "4", "5")
    assert visit.step.kind == "where"
    regions = type_in(talk, "b")
    assert regions[0].startswith("Buttocks, rim")
    top = type_in(talk, "b")
    assert top[0] == "Where does it hurt?"
    assert "0 Nothing hurts" in top
    type_in(talk, "b")
    assert visit.step.kind == "question"


def test_nothing_hurts_and_nowhere_else() -> None:
    for typed in ("0", "nothing", "nothing hurts"):
        visit, talk = converse()
        reach(visit, "where")
        type_in(talk, typed)
        assert visit.findings.map_complete
    visit, talk = converse()
    reach(visit, "where")
    type_in(talk, "sacrum", "y", "3", "0", "1", "nowhere else")
    assert visit.findings.map_complete


def test_the_back_of_the_body_is_a_place_and_no_command() -> None:
    visit, talk = converse()
    reach(visit, "where")
    said = type_in(talk, "back")
    assert visit.step.kind == "where"
    assert "upper back" in " ".join(said)


def test_an_area_without_a_name_goes_by_its_regions() -> None:
    anatomy = Anatomy(
        {
            "x": Region("x", "first", "back", ("midline",), "odd"),
            "y": Region("y", "second", "back", ("left",), "odd"),
        }
    )
    ((label, places),) = areas(anatomy, translator("en"))
    assert label == "first, second"
    assert len(places) == 2


def test_a_word_of_no_region_is_looked_for_among_those_there_are() -> None:
    found = Finder(spoken("en")).find("left sholder blade")
    assert (found.sure, found.places) == (False, (Place("shoulder-blade", "left"),))
