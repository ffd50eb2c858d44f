"""The catalogues of the interface say all that the code says and nothing else, and `make messages` keeps them so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from make_messages import SPOKEN, catalogue_file, extracted, faults, unseen, updated

from bodymap.common.language import CATALOGUES, LANGUAGES, translator
from hatch_build import compile_catalogue, read

ROOT = Path(__file__).parents[2]
CODES = [code for code, _ in SPOKEN]
CODE = """\
from bodymap.common.language import marked, translator

TABLE = {"yes": marked("Yes"), "no": marked("No")}

def say(words, count, key):
    _, _n = words.gettext, words.ngettext
    # Translators: over the map
    yield _("Where does it hurt?")
    yield _(
        "It takes about {minutes} minutes. "
        "You can stop at any time."
    ).format(minutes=5)
    yield _n("{count} place", "{count} places", count).format(count=count)
    yield words.gettext("Begin")
    yield _(TABLE[key])
    yield "not marked"
"""
EXPECTED = [
    "Yes",
    "No",
    "Where does it hurt?",
    "It takes about {minutes} minutes. You can stop at any time.",
    ("{count} place", "{count} places"),
    "Begin",
]
IN_SPANISH = {
    "Yes": "Sí",
    "No": "No",
    "Where does it hurt?": "¿Dónde le duele?",
    "It takes about {minutes} minutes. You can stop at any time.": "Dura unos {minutes} minutos. Puede parar.",
    "Begin": "Empezar",
}


# ----- the real catalogues


def test_every_string_is_put_together_after_it_is_translated() -> None:
    assert list(unseen()) == []


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_is_whole(code: str) -> None:
    assert list(faults(catalogue_file(code), extracted())) == []


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_is_that_of_its_source(code: str, tmp_path: Path) -> None:
    compile_catalogue(catalogue_file(code), tmp_path / "bodymap.mo")
    there = CATALOGUES / code / "LC_MESSAGES" / "bodymap.mo"
    assert there.exists(), "run make: it compiles the catalogues"
    assert there.read_bytes() == (tmp_path / "bodymap.mo").read_bytes(), (
        "run make: it compiles the catalogues"
    )


@pytest.mark.parametrize("code", CODES)
def test_every_translation_is_said(code: str) -> None:
    words = translator(code)
    for message in read(catalogue_file(code)):
        if message.pluralizable:
            forms = {words.ngettext(*message.id, n) for n in range(201)}
            assert forms == set(message.string)
        elif message.id:
            assert words.gettext(message.id) == message.string


def test_there_is_a_catalogue_for_each_language_but_that_of_the_code() -> None:
    assert {file.parents[1].name for file in CATALOGUES.glob("*/*/*.po")} == set(CODES)
    assert set(CODES) == {code for code, _ in LANGUAGES} - {"en"}


# ----- bringing them up to date


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with marked strings and a whole catalogue."""
    (tmp_path / "bodymap").mkdir()
    (tmp_path / "bodymap" / "say.py").write_text(CODE)
    shutil.copy(ROOT / "bodymap" / "common" / "language.py", tmp_path / "bodymap")
    bring_up(tmp_path)
    edit(
        tmp_path,
        *((f'"{says}"\nmsgstr ""', f'"{says}"\nmsgstr "{spanish}"') for says, spanish in IN_SPANISH.items()),
        ('msgstr[0] ""', 'msgstr[0] "{count} lugar"'),
        ('msgstr[1] ""', 'msgstr[1] "{count} lugares"'),
    )
    return tmp_path


def catalogue(checkout: Path) -> Path:
    return catalogue_file("es", checkout)


def bring_up(checkout: Path) -> None:
    file = catalogue(checkout)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(updated(file, "es", extracted(checkout)))


def edit(checkout: Path, *changes: tuple[str, str], file: str = "") -> None:
    """Change each text, which must be there, into the other."""
    path = checkout / file if file else catalogue(checkout)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def found(checkout: Path) -> list[str]:
    return list(faults(catalogue(checkout), extracted(checkout)))


def test_what_is_marked_is_found_in_the_order_of_the_code(checkout: Path) -> None:
    assert [message.id for message in extracted(checkout) if message.id] == EXPECTED
    assert found(checkout) == []
    assert list(unseen(checkout)) == []


def test_a_catalogue_that_is_up_to_date_stays_as_it_is(checkout: Path) -> None:
    before = catalogue(checkout).read_bytes()
    edit(checkout, ("TABLE = ", "\n\nTABLE = "), file="bodymap/say.py")
    bring_up(checkout)
    assert catalogue(checkout).read_bytes() == before
    assert b"#. over the map" in before
    assert b"POT-Creation-Date" not in before


def test_a_new_string_waits_for_its_translation(checkout: Path) -> None:
    edit(checkout, ('"not marked"', '_("Go on")'), file="bodymap/say.py")
    (fault,) = found(checkout)
    assert fault == (
        "bodymap/say.py: “Go on” is not in bodymap/locale/es/LC_MESSAGES/bodymap.po. Run make messages."
    )
    bring_up(checkout)
    (fault,) = found(checkout)
    assert "“Go on” is not translated. Write its translation between the quotes." in fault
    line = int(fault.split("line ")[1].split(":")[0])
    assert catalogue(checkout).read_text().splitlines()[line - 1] == 'msgid "Go on"'
    edit(checkout, ('msgid "Go on"\nmsgstr ""', 'msgid "Go on"\nmsgstr "Seguir"'))
    assert found(checkout) == []


def test_a_reworded_string_keeps_its_translation_to_be_looked_at(checkout: Path) -> None:
    edit(checkout, ("Where does it hurt?", "Where does it hurt now?"), file="bodymap/say.py")
    bring_up(checkout)
    text = catalogue(checkout).read_text()
    assert (
        '#| msgid "Where does it hurt?"\nmsgid "Where does it hurt now?"\nmsgstr "¿Dónde le duele?"' in text
    )
    (fault,) = found(checkout)
    assert "was reworded" in fault
    edit(checkout, ("#, fuzzy\n", ""))
    assert found(checkout) == []


def test_what_nothing_says_any_more_goes(checkout: Path) -> None:
    edit(checkout, ('    yield words.gettext("Begin")\n', ""), file="bodymap/say.py")
    (fault,) = found(checkout)
    assert "“Begin” is said nowhere." in fault
    bring_up(checkout)
    assert found(checkout) == []
    assert "Empezar" not in catalogue(checkout).read_text()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("Dura unos {minutes} minutos", "Dura unos minutos"), "placeholders"),
        (("Dura unos {minutes} minutos", "Dura unos {minutos} minutos"), "placeholders"),
        (("Dura unos {minutes} minutos", "Dura unos {minutes:d} minutos"), "placeholders"),
        (("Dura unos {minutes} minutos", "Dura unos {minutes minutos"), "placeholders"),
        (("Dura unos {minutes} minutos", "Dura unos {minutes} de {total} minutos"), "placeholders"),
        (("{count} lugares", "varios lugares"), "placeholders"),
        (("{count} lugar\"", "un lugar {x}\""), "placeholders"),
        (('"Empezar"', '" Empezar"'), "blanks"),
        (('"Empezar"', '"Empezar\\n"'), "blanks"),
        (('"Empezar"', '""'), "not translated"),
        (('"{count} lugares"', '""'), "not translated"),
        (('"Empezar"', '"Empe\u200bzar"'), "cannot be shown"),
        (('msgstr[1] "{count} lugares"', ""), "not translated"),
        (('msgid_plural "{count} places"\n', ""), "other forms"),
    ],
)  # fmt: skip
def test_a_translation_that_is_not_right(change: tuple[str, str], word: str, checkout: Path) -> None:
    edit(checkout, change)
    (fault,) = found(checkout)
    assert word in fault
    assert fault.startswith("bodymap/locale/es/LC_MESSAGES/bodymap.po, line ")


def test_one_may_do_without_its_number(checkout: Path) -> None:
    edit(checkout, ('{count} place", ', 'One place", '), file="bodymap/say.py")
    edit(checkout, ('msgid "{count} place"', 'msgid "One place"'), ('"{count} lugar"', '"Un lugar"'))
    assert found(checkout) == []


def test_a_catalogue_that_is_not_there(checkout: Path) -> None:
    catalogue(checkout).unlink()
    (fault,) = found(checkout)
    assert "Run make messages." in fault
    bring_up(checkout)
    assert len(found(checkout)) == len(EXPECTED)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('msgstr "Empezar"', 'msgstr "Empezar'), 'this is no comment, keyword or text in "quotes".'),
        (('msgstr "Empezar"', 'msgstr Empezar'), 'this is no comment, keyword or text in "quotes".'),
        (('msgstr "Empezar"', ""), "missing msgstr for msgid 'Begin'."),
    ],
)  # fmt: skip
def test_a_catalogue_that_cannot_be_read_names_the_line(
    change: tuple[str, str], says: str, checkout: Path
) -> None:
    lines = catalogue(checkout).read_text().splitlines()
    number = lines.index('msgid "Begin"') + (1 if "missing" in says else 2)
    edit(checkout, change)
    with pytest.raises(SystemExit) as caught:
        read(catalogue(checkout))
    assert str(caught.value) == f"{catalogue(checkout)}, line {number}: {says}"


@pytest.mark.parametrize(
    "call",
    [
        '_(f"{count} places")',
        '_("a" + key)',
        '_("{n} a".format(n=count))',
        '_n("a", f"{key}", 2)',
        '_("%s" % key)',
    ],
)
def test_a_string_put_together_before_it_is_translated_is_refused(call: str, checkout: Path) -> None:
    edit(checkout, ('"not marked"', call), file="bodymap/say.py")
    (place,) = unseen(checkout)
    line = (checkout / "bodymap" / "say.py").read_text().splitlines().index(f"    yield {call}") + 1
    assert place.startswith(f"bodymap/say.py, line {line}: ")
