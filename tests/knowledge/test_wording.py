"""The program's own words: every language has all of them, and each way the file can be wrong is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble
from bodymap.knowledge.anatomy import Anatomy, Place, Region, load_anatomy
from bodymap.knowledge.wording import filled, load_wordings

WORDS = (data_folder() / "words.toml").read_text(encoding="utf-8")
REGIONS = (data_folder() / "anatomy" / "regions.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return load_anatomy()


@pytest.fixture(scope="module")
def spanish(anatomy: Anatomy) -> Anatomy:
    return anatomy.spoken("es")


@pytest.mark.parametrize(
    ("region", "side", "whole", "brief"),
    [
        (
            "buttock-upper",
            "left",
            "su nalga IZQUIERDA, parte superior, vista por detrás",
            "nalga IZQUIERDA, parte superior (por detrás)",
        ),
        ("calf", "right", "su pantorrilla DERECHA, vista por detrás", "pantorrilla DERECHA (por detrás)"),
        ("heel", "left", "su talón IZQUIERDO, visto por detrás", "talón IZQUIERDO (por detrás)"),
        (
            "face",
            "right",
            "el lado DERECHO de su cara, visto de frente",
            "lado DERECHO de la cara (por delante)",
        ),
        ("sacrum", "midline", "el hueso plano al final de su columna, visto por detrás", None),
        ("palm", "left", "la palma de su mano IZQUIERDA, vista de frente", None),
    ],
)
def test_spanish_puts_the_side_where_it_belongs_and_agrees_with_the_name(
    spanish: Anatomy, region: str, side: str, whole: str, brief: str | None
) -> None:
    assert spanish.words(Place(region, side)) == whole
    if brief is not None:
        assert spanish.brief(Place(region, side)) == brief


def test_english_says_a_place_in_three_lengths(anatomy: Anatomy) -> None:
    place = Place("buttock-upper", "left")
    assert anatomy.words(place) == "your LEFT buttock, upper part, seen from behind"
    assert anatomy.brief(place) == "LEFT buttock, upper part (behind)"
    assert anatomy.named(place) == "LEFT buttock, upper part"
    assert anatomy.words(place, own="") == "LEFT buttock, upper part, seen from behind"
    assert anatomy.named(Place("sacrum", "midline")) == anatomy.regions["sacrum"].name


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_place_has_words_of_its_own_with_its_side_and_no_braces(
    anatomy: Anatomy, language: str
) -> None:
    spoken = anatomy.spoken(language)
    for say in (spoken.words, spoken.brief, spoken.named):
        said = [say(place) for place in spoken.places]
        assert len(set(said)) == len(said)
        assert not [words for words in said if re.search(r"[{}]|  | ,|^ | $", words)]
        for place, words in zip(spoken.places, said, strict=True):
            sides = re.findall(r"\b(?:LEFT|IZQUIERD[AO])\b|\b(?:RIGHT|DERECH[AO])\b", words)
            assert len(sides) == (place.side != "midline")
            assert all((side[0] in "LI") == (place.side == "left") for side in sides)


def test_only_words_change(anatomy: Anatomy, spanish: Anatomy) -> None:
    assert (anatomy.languages, spanish.languages) == (("en", "es"), ("en", "es"))
    assert spanish.places == anatomy.places
    for region, said in zip(anatomy.regions.values(), spanish.regions.values(), strict=True):
        assert (region.id, region.view, region.parent, region.uberon) == (
            said.id,
            said.view,
            said.parent,
            said.uberon,
        )
        assert region.name != said.name
    assert spanish.spoken("en") == anatomy
    assert anatomy.spoken("en") is anatomy


def test_an_unknown_language_is_refused_with_those_there_are(anatomy: Anatomy) -> None:
    with pytest.raises(Trouble) as caught:
        anatomy.spoken("fr")
    assert str(caught.value) == "The places of the body have no names in “fr”. They have them in: en, es."


def test_regions_without_a_file_speak_english() -> None:
    plain = Anatomy({"calf": Region("calf", "calf", "back", ("left", "right"), "leg")})
    assert plain.words(Place("calf", "left")) == "your LEFT calf, seen from behind"


def test_every_language_has_words_for_every_feeling_and_no_two_alike() -> None:
    for wording in load_wordings().values():
        assert len(set(wording.qualities.values())) == 8


def test_what_is_filled_in_is_never_read_as_a_pattern() -> None:
    assert filled("{one} from {other}", one="{other}", other="x {one}") == "{other} from x {one}"


@pytest.mark.parametrize(
    ("old", "new", "says", "where"),
    [
        ("schema = 1", "schema = 2", "schema is not 1", "words.toml"),
        ("[es.why]", "[Spanish.why]", "“Spanish” is not a language code", "words.toml"),
        ('own = "su"\n', "", "“own” is missing", "es.place"),
        ('own = "su"', 'onw = "su"', "Unknown key “onw”. Did you mean “own”?", "es.place"),
        ('own = "su"', 'own = ""', "“own” must be a text", "es.place"),
        ('own = "su"', "own = 3", "“own” must be a text", "es.place"),
        ('own = "su"', 'own = "su {name}"', "“own” does not have the right words in braces", "es.place"),
        ("«{one}» de «{other}»", "«{one}» de «{one}»", "“tells” does not have the right words", "es.why"),
        ("«{one}» de «{other}»", "«{one}» de «{other», {other}", "“tells” does not have the right", "es.why"),
        ('tight = "tirantez"\n', "", "“tight” is missing", "es.qualities"),
        ("[es.forms.masculine]", "[es.form.masculine]", "Unknown key “form”. Did you mean “forms”?", "es"),
        ('left = "IZQUIERDO"\n', "", "“left” is missing", "es.forms.masculine"),
    ],
)
def test_a_wrong_file_of_words_is_refused_with_place(
    tmp_path: Path, old: str, new: str, says: str, where: str
) -> None:
    assert WORDS.count(old) == 1
    path = tmp_path / "words.toml"
    path.write_text(WORDS.replace(old, new), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_wordings(path)
    assert says in str(caught.value)
    assert caught.value.where.endswith(where)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('languages = ["en", "es"]', 'languages = ["en", "fr"]', "no words for places in the language “fr”"),
        ('languages = ["en", "es"]', "languages = 3", "“languages” must be a list"),
        ('languages = ["en", "es"]', "", "“es” is not declared at the top of the file"),
        ('name = "pantorrilla {side}", form', "form", "The name is missing"),
        (
            'name = "pantorrilla {side}", form = "feminine"',
            'name = "pantorrilla {side}"',
            "The form is missing",
        ),
        ('"pantorrilla {side}", form = "feminine"', '"p", form = "neuter"', "The form “neuter” is unknown"),
        ('"pantorrilla {side}"', '"pantorrilla {lado}"', "“name” has wrong words in braces"),
        ('"pantorrilla {side}", form', '"p", from', "Unknown key “from”. Did you mean “form”?"),
        (
            'text.es = { name = "pantorrilla {side}", form = "feminine" }',
            "text = 3",
            "“text” must be a table",
        ),
        (
            'text.es = { name = "pantorrilla {side}", form = "feminine" }',
            "text.es = 3",
            "This must be a table",
        ),
    ],
)
def test_wrong_names_of_a_region_are_refused_with_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert REGIONS.count(old) == 1
    (tmp_path / "regions.toml").write_text(REGIONS.replace(old, new), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_anatomy(tmp_path)
    assert says in str(caught.value)
    assert "regions.toml" in caught.value.where


def test_a_region_without_a_name_in_a_language_keeps_that_language_from_being_spoken(tmp_path: Path) -> None:
    text = REGIONS.replace('text.es = { name = "pantorrilla {side}", form = "feminine" }\n', "")
    (tmp_path / "regions.toml").write_text(text, encoding="utf-8")
    anatomy = load_anatomy(tmp_path)
    with pytest.raises(Trouble, match="The region “calf” has no name in “es”"):
        anatomy.spoken("es")
