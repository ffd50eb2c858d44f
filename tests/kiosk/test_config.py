"""`kiosk.toml`: explained by an example that is itself valid, and refused with file, line, key and the nearest name."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bodymap.common import toml
from bodymap.common.places import default_sessions_folder
from bodymap.common.settings import INKS, THEMES
from bodymap.common.trouble import Exit, Trouble
from bodymap.kiosk import checks
from bodymap.kiosk.config import KioskConfig, decode, encode
from bodymap.kiosk.config_file import example, find, load, own_file
from bodymap.kiosk.pin import hash_pin
from bodymap.kiosk.settings_model import KioskFile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def said(file: Path, text: str) -> Trouble:
    """Return what is said of a file that holds `text`."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load(file)
    return caught.value


# ----- the example


def test_the_example_is_valid_and_is_the_defaults(file: Path) -> None:
    file.write_text(example(), encoding="utf-8")
    assert load(file) == load(None) == KioskConfig(default_sessions_folder().absolute())


def test_the_example_is_valid_with_every_line_of_it_in_use(file: Path) -> None:
    used = re.sub(r"^# ([a-z_]+ = )", r"\1", example(), flags=re.MULTILINE)
    table = toml.parse(used.encode(), "kiosk.toml")
    assert set(table) == set(KioskFile.model_fields), "it names every setting there is"
    file.write_text(used, encoding="utf-8")
    config = load(file)
    assert (config.language, config.theme, config.ink, config.pack) == (
        "en",
        "dark",
        "braille",
        Path("rear-pain"),
    )
    assert checks.ready(config._replace(sessions=file.parent)).pack is not None


def test_the_example_says_what_no_pin_means() -> None:
    assert "Without it nobody\n# leaves by PIN" in example()


# ----- mistakes


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("idle_second = 60", "line 1, idle_second", "Did you mean “idle_seconds”?"),
        ("bell = true\n\nclinik = 'x'", "line 3, clinik", "Did you mean “clinic”?"),
        ("warning_seconds = 19", "line 1, warning_seconds", "at least 20"),
        ("idle_seconds = 29", "line 1, idle_seconds", "at least 30"),
        ("idle_seconds = 40\nwarning_seconds = 40", "line 1, idle_seconds", "longer than warning_seconds"),
        ("\nwarning_seconds = 120", "line 2, warning_seconds", "longer than warning_seconds"),
        ("idle_seconds = '60'", "line 1, idle_seconds", "whole number"),
        ("bell = 'yes'", "line 1, bell", "true or false"),
        ("unfinished = 'saved'", "line 1, unfinished", "Did you mean “save”?"),
        ("theme = 'drak'", "line 1, theme", "Did you mean “dark”?"),
        ("languages = ['en', 'english']", "line 1, languages[2]", "language code"),
        ("languages = ['en', 'en']", "line 1, languages", "twice"),
        ("languages = ['es']\nlanguage = 'en'", "line 2, language", "among the languages"),
        ("most_questions = 100", "line 1, most_questions", "at most 60"),
        ("# a comment\npin_hash = '402871'", "line 2, pin_hash", "--hash-pin"),
        (f"clinic = '{'x' * 81}'", "line 1, clinic", "at most 80"),
        ("bell = ", "line 1", "Not valid TOML"),
        ('clinic = "\\u001b[2J"', "clinic", "control or hidden"),
        ("clinic = 'a'\nclinic = 'b'", "line 2", "Not valid TOML"),
    ],
)
def test_a_mistake_is_said_with_its_place_and_remedy(text: str, place: str, what: str, file: Path) -> None:
    trouble = said(file, text)
    assert trouble.where.startswith(f"{file}, {place}")
    assert what in f"{trouble.what} {trouble.remedy}"
    assert trouble.remedy
    assert trouble.exit == Exit.BAD_INPUT


def test_several_mistakes_are_counted(file: Path) -> None:
    trouble = said(file, "bel = true\nclinik = 'x'\nphon = 'y'")
    assert "2 more after this one" in trouble.remedy


def test_a_pin_in_the_file_is_never_repeated(file: Path) -> None:
    assert "402871" not in str(said(file, "pin_hash = '402871'"))


def test_a_file_that_everybody_may_write_is_refused(file: Path) -> None:
    file.write_text("bell = true")
    file.chmod(0o666)
    with pytest.raises(Trouble, match="Everybody"):
        load(file)
    file.chmod(0o664)
    assert load(file).bell


def test_a_file_that_is_named_has_to_be_there(file: Path) -> None:
    with pytest.raises(Trouble, match="no such file"):
        load(file)


def test_what_was_checked_once_needs_no_models_again(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("bell = true\nclinic = 'Clínica'\nlanguages = ['es']")
    program = f"""
import sys
from pathlib import Path
from bodymap.kiosk.config_file import load
print(load(Path({str(file)!r})), "pydantic" in sys.modules)
"""

    def loaded() -> str:
        env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        ended = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        )
        return ended.stdout.strip()

    first, second = loaded(), loaded()
    assert first.endswith("True")
    assert second.endswith("False")
    assert first.removesuffix("True") == second.removesuffix("False")
    (kept,) = (tmp_path / "cache/bodymap/kiosk/settings").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for damaged in ("", "[]", "{", '{"strange": 1}', "null"):
        kept.write_text(damaged)
        assert loaded() == first, "it is never believed"
    kept.write_text(json.dumps({"bell": False}))
    kept.chmod(0o666)
    assert loaded() == first, "somebody else could have written it"


# ----- where it is looked for


def test_an_option_beats_the_environment_beats_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert find(None) is None
    own_file().parent.mkdir()
    own_file().write_text("")
    assert find(None) == own_file() == tmp_path / "bodymap" / "kiosk.toml"
    monkeypatch.setenv("BODYMAP_KIOSK", str(tmp_path / "other.toml"))
    assert find(None) == tmp_path / "other.toml"
    assert find("third.toml") == Path("third.toml")


def test_paths_are_relative_to_the_file(file: Path) -> None:
    file.write_text("sessions = 'visits'\npack = './mine'")
    config = load(file)
    assert config.sessions == file.parent / "visits"
    assert config.pack == file.parent / "mine"
    file.write_text("pack = 'mine'")
    assert load(file).pack == Path("mine"), "the id of a shipped pack"
    (file.parent / "mine").mkdir()
    assert load(file).pack == file.parent / "mine"


def test_what_the_file_leaves_open_comes_from_the_other_settings(file: Path, tmp_path: Path) -> None:
    file.write_text("bell = true")
    assert load(file, tmp_path / "a", Path("b"))[:2] == (tmp_path / "a", Path("b"))
    file.write_text("sessions = 'own'")
    assert load(file, tmp_path / "a").sessions == file.parent / "own"


def test_a_link_to_the_file_is_followed(file: Path, tmp_path: Path) -> None:
    file.write_text("sessions = 'visits'")
    link = tmp_path / "elsewhere" / "kiosk.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    assert load(link).sessions == tmp_path / "visits"


# ----- what is tried before anybody sits down


def ready(tmp_path: Path, **changes: object) -> KioskConfig:
    return checks.ready(KioskConfig(tmp_path / "visits")._replace(**changes))


def test_languages_are_those_that_pack_and_program_share(tmp_path: Path) -> None:
    config = ready(tmp_path)
    assert config.languages == ("en", "es")
    assert config.language == "en"
    assert ready(tmp_path, languages=("es",)).language == "es"
    assert ready(tmp_path, language="es").languages == ("en", "es")


def test_a_language_that_nobody_speaks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not speak “fr”"):
        ready(tmp_path, languages=("en", "fr"))
    with pytest.raises(Trouble, match="does not speak “fr”"):
        ready(tmp_path, language="fr")


def test_a_pack_that_does_not_speak_a_language_is_refused(tmp_path: Path) -> None:
    from tiny_pack import write

    folder = write(tmp_path / "pack")
    assert ready(tmp_path, pack=folder).languages == ("en",)
    with pytest.raises(Trouble, match="pack does not speak “es”"):
        ready(tmp_path, pack=folder, languages=("en", "es"))


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such pack"):
        ready(tmp_path, pack=Path("rear-pian"))


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "visits").write_text("in the way")
    with pytest.raises(Trouble) as caught:
        ready(tmp_path)
    assert caught.value.exit == Exit.FILE_FAILED


def test_a_pin_whose_tries_cannot_be_counted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert ready(tmp_path).pin_hash == ""
    with pytest.raises(Trouble, match="cannot be counted") as caught:
        ready(tmp_path, pin_hash=hash_pin("402871"))
    assert caught.value.exit == Exit.FILE_FAILED


# ----- on its way to a visit


def test_a_config_comes_out_of_the_pipe_as_it_went_in(tmp_path: Path) -> None:
    config = KioskConfig(
        tmp_path / "visité", Path("pack"), ("es", "en"), "es", "Clínica “X”", "1", False, 3, "save", 60, 20
    )
    line = encode(config)
    assert line.count(b"\n") == 1
    assert decode(line) == config
    assert decode(encode(KioskConfig(tmp_path))) == KioskConfig(tmp_path)


def test_themes_and_inks_are_those_of_the_program() -> None:
    from typing import get_args

    for name, valid in (("theme", THEMES), ("ink", INKS)):
        literal = next(part for part in get_args(KioskFile.model_fields[name].annotation) if get_args(part))
        assert get_args(literal) == valid
