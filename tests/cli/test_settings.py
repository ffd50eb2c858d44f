"""Where settings come from, and which of them wins."""

from __future__ import annotations

import pytest
from command import Home, clean_fault


def folder_used(home: Home, *arguments: str, **environment: str) -> str:
    ended = home.run(*arguments, **environment)
    assert ended.status == 0, ended
    return ended.out.removeprefix("No sessions in ").removesuffix(".\n")


def test_option_beats_environment_beats_file_beats_default(home: Home) -> None:
    verb = ("sessions", "list")
    assert folder_used(home, *verb) == str(home.sessions)
    assert folder_used(home, *verb, XDG_DATA_HOME="/data") == "/data/bodymap/sessions"
    home.write_config('sessions = "from-file"\n')
    assert folder_used(home, *verb) == str(home.config.parent / "from-file")
    assert folder_used(home, *verb, BODYMAP_SESSIONS="from-env") == "from-env"
    assert folder_used(home, *verb, BODYMAP_SESSIONS="") == str(home.config.parent / "from-file")
    for arguments in (
        ["--sessions", "opt", *verb],
        ["sessions", "--sessions", "opt", "list"],
        [*verb, "--sessions", "opt"],
        ["--sessions", "first", *verb, "--sessions=opt"],
    ):
        assert folder_used(home, *arguments, BODYMAP_SESSIONS="from-env") == "opt"


def test_paths_may_start_at_home(home: Home) -> None:
    home.write_config('sessions = "~/mine"\n')
    assert folder_used(home, "sessions", "list") == str(home.folder / "mine")
    assert folder_used(home, "sessions", "list", BODYMAP_SESSIONS="~/env") == str(home.folder / "env")


@pytest.mark.parametrize(
    "verb", [["assess", "f.toml"], ["figure", "--cause", "discogenic-pain"], ["pack", "check"]], ids=str
)
def test_the_pack_is_chosen_the_same_way(home: Home, verb: list[str]) -> None:
    (home.folder / "f.toml").write_text("schema = 1\n")

    def refused(*arguments: str, **environment: str) -> str:
        ended = home.run(*arguments, **environment)
        assert ended.status == 3, ended
        assert "Traceback" not in ended.err
        return ended.err

    home.write_config('pack = "file-pack"\n')
    assert "file-pack" in refused(*verb)
    assert "env-pack" in refused(*verb, BODYMAP_PACK="env-pack")
    assert "opt-pack" in refused("--pack", "opt-pack", *verb, BODYMAP_PACK="env-pack")
    assert "opt-pack" in refused(*verb, "--pack", "opt-pack", BODYMAP_PACK="env-pack")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sesions = "x"\n', "Did you mean “sessions”?"),
        ("sessions = 1\n", "text in quotes"),
        ('sessions = ""\n', "text in quotes"),
        ('ink = "pencil"\n', "no ink “pencil”"),
        ("sessions =\n", "line 1"),
        ('pack = "\\u001b[31m"\n', "control"),
        ("[sessions]\n", "text in quotes"),
    ],
)
def test_a_wrong_configuration_file_is_refused_with_its_place(home: Home, text: str, said: str) -> None:
    home.write_config(text)
    ended = home.run("sessions", "list")
    assert ended.status == 3
    assert said in ended.err
    assert str(home.config) in ended.err
    assert clean_fault(ended.err)
    assert home.run("--help").status == 0


def test_a_configuration_file_may_be_a_link(home: Home) -> None:
    (home.folder / "dotfiles.toml").write_text('sessions = "linked"\n')
    home.config.parent.mkdir(parents=True)
    home.config.symlink_to(home.folder / "dotfiles.toml")
    assert folder_used(home, "sessions", "list") == str(home.folder / "linked")


def test_theme_and_ink_reach_the_explorer(home: Home) -> None:
    home.write_config('theme = "light"\nink = "braille"\n')
    program = """
from bodymap.cli.settings import resolve
settings = resolve()
print(settings.theme, settings.ink)
"""
    assert home.code(program).out == "light braille\n"
