"""The interface in a person's language: what is translated, what is not, and catalogues that cannot be read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bodymap.common.language import LANGUAGES, marked, translator
from bodymap.common.text import is_clean
from bodymap.common.trouble import Trouble
from bodymap.knowledge.limits import LANGUAGE_PATTERN
from hatch_build import compile_catalogue

SPANISH = r"""
msgid ""
msgstr ""
"Language: es\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "Where does it hurt?"
msgstr "¿Dónde le duele?"

msgid "{count} place"
msgid_plural "{count} places"
msgstr[0] "{count} lugar"
msgstr[1] "{count} lugares"

msgid "Two\nlines"
msgstr "Dos\nlíneas"

#, fuzzy
msgid "Not looked at"
msgstr "Sin mirar"

msgid "Not translated"
msgstr ""
"""
EVERY_CODE = [code for code, _ in LANGUAGES]


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """A folder with a Spanish catalogue of a few messages."""
    return compiled(tmp_path, SPANISH)


def compiled(folder: Path, text: str) -> Path:
    source = folder / "es" / "LC_MESSAGES" / "bodymap.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, encoding="utf-8")
    compile_catalogue(source, source.with_suffix(".mo"))
    return folder


def machine_file(catalogues: Path) -> Path:
    return catalogues / "es" / "LC_MESSAGES" / "bodymap.mo"


def test_a_message_in_spanish(catalogues: Path) -> None:
    words = translator("es", catalogues)
    assert words.language == "es"
    assert words.gettext("Where does it hurt?") == "¿Dónde le duele?"
    assert words.gettext("Two\nlines") == "Dos\nlíneas"


@pytest.mark.parametrize(
    ("n", "says"),
    [(0, "{count} lugares"), (1, "{count} lugar"), (2, "{count} lugares"), (1000, "{count} lugares")],
)
def test_one_and_many_in_spanish(n: int, says: str, catalogues: Path) -> None:
    assert translator("es", catalogues).ngettext("{count} place", "{count} places", n) == says


@pytest.mark.parametrize("message", ["Nobody has translated this", "Not translated", "Not looked at"])
def test_what_has_no_translation_is_said_in_english(message: str, catalogues: Path) -> None:
    words = translator("es", catalogues)
    assert words.gettext(message) == message
    assert [words.ngettext(message, "many", n) for n in (0, 1, 2)] == ["many", message, "many"]


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    words = translator("en", tmp_path / "nowhere")
    assert words.language == "en"
    assert words.gettext("Where does it hurt?") == "Where does it hurt?"
    assert [words.ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]


@pytest.mark.parametrize("code", EVERY_CODE)
def test_nothing_stays_nothing(code: str, catalogues: Path) -> None:
    assert translator(code, catalogues).gettext("") == ""
    assert translator(code, catalogues).ngettext("", "", 1) == ""


def test_marking_changes_nothing() -> None:
    assert marked("Yes") == "Yes"


@pytest.mark.parametrize("code", ["", "fr", "ES", "es-MX", "Español", "../es", "e\x1b[2Js"])
def test_a_language_that_is_not_there(code: str) -> None:
    with pytest.raises(Trouble) as caught:
        translator(code)
    for known, name in LANGUAGES:
        assert f"{known} ({name})" in caught.value.remedy
    assert is_clean(str(caught.value))


def test_the_languages() -> None:
    assert EVERY_CODE[0] == "en"
    assert len(set(EVERY_CODE)) == len(EVERY_CODE)
    for code, name in LANGUAGES:
        assert re.fullmatch(LANGUAGE_PATTERN, code)
        assert name.strip()
        assert is_clean(name)


def test_a_missing_catalogue_leaves_english(tmp_path: Path) -> None:
    words = translator("es", tmp_path)
    assert words.language == "es"
    assert words.gettext("Where does it hurt?") == "Where does it hurt?"
    assert words.ngettext("{count} place", "{count} places", 2) == "{count} places"


def test_a_folder_in_the_place_of_a_catalogue_leaves_english(tmp_path: Path) -> None:
    machine_file(tmp_path).mkdir(parents=True)
    assert translator("es", tmp_path).gettext("Where does it hurt?") == "Where does it hurt?"


def said(catalogues: Path) -> list[str]:
    words = translator("es", catalogues)
    return [
        words.gettext("Where does it hurt?"),
        *(words.ngettext("{count} place", "{count} places", n) for n in (0, 1)),
    ]


def test_a_catalogue_cut_off_anywhere_ends_nothing(catalogues: Path) -> None:
    file = machine_file(catalogues)
    whole = file.read_bytes()
    for length in range(len(whole) - 1):
        file.write_bytes(whole[:length])
        assert said(catalogues) == ["Where does it hurt?", "{count} places", "{count} place"]


def test_a_catalogue_with_any_byte_damaged_ends_nothing(catalogues: Path) -> None:
    file = machine_file(catalogues)
    whole = file.read_bytes()
    for place in range(len(whole)):
        for other in (0x00, 0xFF, whole[place] ^ 0x01, whole[place] ^ 0x20):
            file.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
            assert all(is_clean(text) for text in said(catalogues))


def test_what_a_catalogue_says_is_cleaned(tmp_path: Path) -> None:
    hostile = "¿Dónde\x1b[31m le \u202eduele?"
    words = translator("es", compiled(tmp_path, SPANISH.replace("¿Dónde le duele?", hostile)))
    assert words.gettext("Where does it hurt?") == "¿Dónde\ufffd[31m le \ufffdduele?"


def loaded(code: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    ["from bodymap.cli import run; run(['--help'])", "import bodymap.cli.explore", "import bodymap.tui.app"],
)
def test_help_and_the_first_frame_do_without(code: str) -> None:
    assert "bodymap.common.language" not in loaded(code)


def test_english_loads_no_gettext() -> None:
    assert "gettext" not in loaded(
        "from bodymap.common.language import translator; translator('en').gettext('a')"
    )
    assert "gettext" in loaded(
        "from bodymap.common.language import translator; translator('es').gettext('a')"
    )
