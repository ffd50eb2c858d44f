"""A pack in several languages: whole in each, the same in everything but its texts, every gap named."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import tiny_pack
import tiny_spanish
from pack_changed import ALARMS, CANAL, DISC, PACK, QUESTIONS, check, faults_of, only

from bodymap.cli import run
from bodymap.common.trouble import Trouble
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.compiled import UnusableError, decode, encode
from bodymap.knowledge.loader import load_pack
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.texts import FIELDS, texts_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_pack.write(tmp_path, tiny_spanish.files())


@pytest.fixture
def pack(folder: Path) -> Pack:
    return load_pack(folder)


def test_a_pack_that_is_whole_in_both_has_no_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "Reading grade (Flesch-Kincaid, US school year; at most 7.5):" in printed
    assert "Reading ease in Spanish (Flesch-Szigriszt, INFLESZ scale; at least 65):" in printed
    assert run(["pack", "show", str(folder)]) == 0
    assert "(tiny 1.0.0, en, es)" in capsys.readouterr().out


def test_a_pack_that_declares_no_languages_speaks_its_own(tmp_path: Path) -> None:
    pack = load_pack(tiny_pack.write(tmp_path))
    assert (pack.languages, dict(pack.translations)) == (("en",), {})
    assert pack.spoken("en") is pack


def test_only_texts_change(pack: Pack) -> None:
    spanish = pack.spoken("es")
    assert (spanish.language, spanish.languages) == ("es", ("en", "es"))
    assert spanish.title == "Un paquete pequeño"
    assert spanish.facts == {"intro": "Miramos dónde le duele."}
    assert spanish.questions["age"].unit == "años"
    assert spanish.questions["sex-at-birth"].choices == (("female", "Mujer"), ("male", "Hombre"))
    assert [line.says for line in spanish.cause("disc").lines] == [
        "Sentarse lo empeora.",
        "Le duele la zona lumbar.",
    ]
    assert spanish.cause("canal").article_helps == ""
    assert bare(spanish) == bare(pack)
    english, translated = list(texts_of(pack)), list(texts_of(spanish))
    assert all((a == "") == (b == "") for (a, _), (b, _) in zip(english, translated, strict=True))
    assert not {text for text, _ in english if text} & {text for text, _ in translated}


def bare(part: Any) -> Any:
    """Return a pack without what a patient reads: what must be the same in every language."""
    if isinstance(part, Pack):
        kept = {
            key: bare(value)
            for key, value in fields(part)
            if key not in ("language", "translations", "title")
        }
        return kept | {"facts": list(part.facts)}
    if type(part) in FIELDS:
        kept = {key: bare(value) for key, value in fields(part) if key not in FIELDS[type(part)]}
        return kept | ({"choices": [id for id, _ in part.choices]} if "choices" in kept else {})
    if isinstance(part, tuple):
        return [bare(inner) for inner in part]
    return {key: bare(value) for key, value in part.items()} if isinstance(part, dict) else part


def fields(part: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(part, field.name)) for field in dataclasses.fields(part)]


def test_there_and_back_is_the_same_pack(pack: Pack) -> None:
    assert pack.spoken("es").spoken("en") == pack
    assert pack.spoken("es").spoken("es") == pack.spoken("es")


def test_a_warm_pack_speaks_as_a_cold_one(folder: Path, own_cache: Path) -> None:
    cold = load_pack(folder)
    assert list(own_cache.iterdir())
    warm = load_pack(folder)
    assert warm == cold
    assert warm.spoken("es") == cold.spoken("es")


def test_a_language_it_does_not_speak_is_refused_with_those_it_does(pack: Pack) -> None:
    with pytest.raises(Trouble) as caught:
        pack.spoken("fr")
    assert str(caught.value) == "The pack tiny does not speak “fr”. It speaks: en, es."


@pytest.mark.parametrize(
    ("file", "gone", "place", "missing"),
    [
        (PACK, 'title = "Un paquete pequeño"\n', "text.es", "title"),
        (PACK, 'intro = "Miramos dónde le duele."\n', "text.es", "facts.intro"),
        (QUESTIONS, 'why = "Andar carga las piernas."\n', "questions[2].text.es", "why"),
        (QUESTIONS, 'unit = "años"\n', "questions[3].text.es", "unit"),
        (ALARMS, 'do = "Dígalo hoy al equipo."\n', "alarms[1].text.es", "do"),
        (DISC, 'helps = "Gestos que no cargan el disco."\n', "article.text.es", "helps"),
        (CANAL, 'prior_says = "No es común."\n', "text.es", "prior_says"),
    ],
)
def test_one_missing_text_is_a_fault_at_its_table(
    tmp_path: Path, file: str, gone: str, place: str, missing: str
) -> None:
    written = tiny_spanish.changed(file, gone, "")
    fault = only(check(tmp_path, written))
    assert (fault.file, fault.place) == (file, place)
    assert fault.what == f"The text “{missing}” is missing in “es”, a language that pack.toml declares."
    assert fault.remedy == f"Add {missing} to text.es."
    # The line is that of the table which lacks it.
    line = written[file].splitlines()[fault.line - 1]
    assert "text.es" in line
    assert faults_of(tmp_path) == (fault,)


@pytest.mark.parametrize(
    ("file", "gone", "place", "at", "remedy"),
    [
        (QUESTIONS, 'text.es.title = "Qué lo empeora"\n', "groups[1]", "[[groups]]", "title."),
        (QUESTIONS, ', text.es.says = "Hombre"', "questions[4].choices[2]", "choices", "says."),
        (CANAL, 'text.es.next = "Miramos cómo anda."\n', "clinic", "[clinic]", "next."),
        (CANAL, 'text.es.says = "Usted es una persona adulta."\n', "needs[1]", "[[needs]]", "says."),
        (
            DISC,
            '[article.text.es]\nsays = "Un disco de la espalda puede doler."\n'
            'helps = "Gestos que no cargan el disco."\n',
            "article",
            "[article]",
            "says and helps.",
        ),
    ],
)
def test_a_table_without_the_language_is_one_fault_that_lists_its_texts(
    tmp_path: Path, file: str, gone: str, place: str, at: str, remedy: str
) -> None:
    written = tiny_spanish.changed(file, gone, "")
    fault = only(check(tmp_path, written))
    assert (fault.file, fault.place) == (file, place)
    assert fault.what == "The texts in “es” are missing, a language that pack.toml declares."
    assert fault.remedy == f"Add text.es with {remedy}"
    assert fault.line == tiny_spanish.line_of(file, at, written)


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "what"),
    [
        (
            CANAL,
            'says = "El canal de la espalda se puede estrechar."\n',
            'helps = "Nada."\n',
            "article.text.es.helps",
            "",
        ),
        (
            QUESTIONS,
            'unit = "años"\n',
            'unit = "años"\nyes = "sí"\n',
            "questions[3].text.es.yes",
            "“yes” has no text here",
        ),
        (PACK, 'intro = "Miramos', 'intr = "Miramos', "text.es.facts.intr", "There is no “intr” in facts"),
    ],
)
def test_a_translation_of_nothing_is_refused(
    tmp_path: Path, file: str, old: str, new: str, place: str, what: str
) -> None:
    written = tiny_spanish.changed(file, old, new if new.startswith(("intr", "unit")) else old + new)
    found = [fault for fault in check(tmp_path, written).faults if fault.place == place]
    assert len(found) == 1
    assert found[0].line == tiny_spanish.line_of(file, new.splitlines()[-1][:12], written)
    assert what in found[0].what
    assert "this could be the “es” of" in found[0].what


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "remedy"),
    [
        (QUESTIONS, 'short = "andar"', 'shrot = "andar"', "Unknown key “shrot”.", "Did you mean “short”?"),
        (
            QUESTIONS,
            'short = "andar"',
            f'short = "{"x" * 121}"',
            "The text is 121 characters long",
            "Shorten",
        ),
        (QUESTIONS, 'short = "andar"', 'short = ""', "The text is empty.", "Write something"),
        (QUESTIONS, 'short = "andar"', "short = 3", "This must be a text in quotes.", "Write it so."),
        (QUESTIONS, 'short = "andar"', 'short = "a\\u202eb"', "control or hidden characters", "Remove"),
        (
            QUESTIONS,
            'short = "andar"',
            'short = "andar"\nclinician = "x"',
            "Unknown key “clinician”.",
            "Valid names",
        ),
        (CANAL, "text.es.next", "text.Spanish.next", "“Spanish” is not a valid language.", "language code"),
        (PACK, '["en", "es"]', '["en", "Spanish"]', "“Spanish” is not a valid language.", "language code"),
        (PACK, '["en", "es"]', '["en", "es", "es"]', "“es” stands twice in this list.", "once"),
    ],
)
def test_texts_in_another_language_keep_the_same_rules(
    tmp_path: Path, file: str, old: str, new: str, what: str, remedy: str
) -> None:
    written = tiny_spanish.changed(file, old, new)
    found = [fault for fault in check(tmp_path, written).faults if fault.file == file]
    assert what in found[0].what
    assert remedy in found[0].remedy
    assert found[0].line == tiny_spanish.line_of(file, new.splitlines()[-1], written)


def test_the_packs_own_language_belongs_to_its_languages(tmp_path: Path) -> None:
    fault = only(check(tmp_path, tiny_spanish.changed(PACK, '["en", "es"]', '["es"]')))
    assert (fault.what, fault.place) == (
        "The pack's own language “en” is not among its languages.",
        "languages",
    )


def test_a_language_that_is_not_declared_is_a_fault_but_the_pack_still_speaks_the_others(
    tmp_path: Path,
) -> None:
    written = tiny_spanish.changed(PACK, 'languages = ["en", "es"]\n', "")
    faults = check(tmp_path, written).faults
    assert {fault.file for fault in faults} == {PACK, QUESTIONS, ALARMS, DISC, CANAL}
    (fault,) = [fault for fault in faults if fault.file == QUESTIONS]
    assert fault.what == "The pack does not declare the language “es”, which 7 tables of this file hold."
    assert fault.remedy == "Add it to `languages` in pack.toml (now: en), or remove these texts."
    assert fault.line == tiny_spanish.line_of(QUESTIONS, "text.es", written)
    assert load_pack(tmp_path).languages == ("en",)


def test_texts_in_the_packs_own_language_are_not_written_twice(tmp_path: Path) -> None:
    written = tiny_spanish.changed(CANAL, 'text.es.next = "', 'text.en.next = "We look."\ntext.es.next = "')
    fault = only(check(tmp_path, written))
    assert fault.what == "“en” is the pack's own language, yet a table of this file holds it again."
    assert fault.place == "clinic.text.en"


def test_a_declared_language_needs_names_for_the_places_too(tmp_path: Path) -> None:
    written = {
        name: text.replace("text.es", "text.fr").replace('"es"', '"fr"')
        for name, text in tiny_spanish.files().items()
    }
    report = check(tmp_path, written)
    assert only(report).what == "The places of the body have no names in the language “fr”."
    assert [(readings.language, readings.scale is None) for readings in report.readings] == [
        ("en", False),
        ("fr", True),
    ]


def test_a_language_without_a_formula_is_not_measured_and_the_check_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_pack.write(tmp_path, tiny_pack.changed(PACK, 'language = "en"', 'language = "nl"'))
    run(["pack", "check", str(folder)])
    assert (
        "Reading in “nl”: there is no formula for it here, so it is not measured." in capsys.readouterr().out
    )


def test_spanish_that_is_too_hard_is_named_at_its_own_place(tmp_path: Path) -> None:
    hard = (
        "La irritación mecánica repetitiva de las articulaciones intervertebrales ocasionalmente desencadena una "
        "sintomatología neurológica considerable que requiere rehabilitación multidisciplinar especializada, "
        "incorporando intervenciones individualizadas de ejercicio progresivo, componentes educativos y un "
        "seguimiento continuado del pronóstico."
    )
    written = tiny_spanish.changed(DISC, "Un disco de la espalda puede doler.", hard)
    fault = only(check(tmp_path, written))
    assert fault.what.startswith("This text reads at ease ")
    assert fault.what.endswith("at least 60 is allowed.")
    assert fault.place == "article.text.es.says"
    assert fault.line == tiny_spanish.line_of(DISC, 'says = "La irrit', written)
    assert "individualizadas" in fault.remedy


def test_the_limit_and_the_known_words_of_spanish_are_the_packs_own(tmp_path: Path) -> None:
    strict = tiny_spanish.changed(PACK, "[facts]", "[reading]\nlowest_ease = 99\n[facts]")
    assert any("ease" in fault.what for fault in check(tmp_path / "a", strict).faults)
    words = '[reading]\nknown_words = ["disc"]\n[reading.text.es]\nknown_words = ["disco", "fascia"]\n[facts]'
    fault = only(check(tmp_path / "b", tiny_spanish.changed(PACK, "[facts]", words)))
    assert (fault.what, fault.place) == (
        "The known word “fascia” stands in no text.",
        "reading.text.es.known_words[2]",
    )


def test_schemas_know_the_texts_of_other_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "schema"]) == 0
    schemas = json.loads(capsys.readouterr().out)
    question = schemas["questions"]["$defs"]["QuestionTable"]["properties"]["text"]
    ((pattern, said),) = question["patternProperties"].items()
    assert pattern == "^[a-z]{2}(-[A-Z]{2})?$"
    assert said == {"$ref": "#/$defs/QuestionText"}
    assert question["additionalProperties"] is False
    assert schemas["questions"]["$defs"]["QuestionText"]["properties"]["short"]["maxLength"] == 120
    assert "languages" in schemas["pack"]["properties"]


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole[-2].remove("es"),
        lambda whole: whole[-2].append("Spanish"),
        lambda whole: whole[-1].update(fr=whole[-1].pop("es")),
        lambda whole: whole[-1].update(en=whole[-1]["es"]),
        lambda whole: whole[-1]["es"].pop(),
        lambda whole: whole[-1]["es"].__setitem__(0, ""),
        lambda whole: whole[-1]["es"].__setitem__(0, 3),
        lambda whole: whole[-1]["es"].__setitem__(0, "x" * 121),
        lambda whole: whole[-1]["es"].__setitem__(1, "x" * 1601),
        lambda whole: whole[-1]["es"].__setitem__(1, "a\u202eb"),
        lambda whole: whole.__setitem__(-1, []),
    ],
)
def test_a_changed_translation_in_the_cache_is_refused(pack: Pack, change: Any) -> None:
    regions = load_anatomy().regions
    whole = json.loads(encode(pack))
    assert decode(json.dumps(whole, ensure_ascii=False), pack.sha256, regions) == pack
    change(whole)
    with pytest.raises(UnusableError):
        decode(json.dumps(whole, ensure_ascii=False), pack.sha256, regions)
