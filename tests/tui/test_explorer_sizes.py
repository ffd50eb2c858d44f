"""Sizes, themes and terminals with less than usual: nothing entered is lost, nothing unreadable is written."""

from __future__ import annotations

import pytest
from explorer_driver import UPPER, Driver

from bodymap.tui.app import BodymapApp
from bodymap.tui.screens.explorer import TooSmall
from bodymap.tui.themes import THEMES

SIZES = [
    (80, 24),
    (60, 20),
    (50, 10),
    (120, 40),
    (160, 50),
    (20, 5),
    (1, 1),
    (110, 24),
    (109, 20),
    (60, 200),
    (120, 40),
]


async def entered(driver: Driver) -> None:
    await driver.mark(UPPER, 7)
    await driver.say(sitting_worse="yes", bladder_bowel_change="yes")


def shape(driver: Driver) -> dict[str, object]:
    explorer = driver.explorer
    return {
        "findings": explorer.findings,
        "place": explorer.place,
        "view": explorer.view,
        "pane": explorer.pane,
        "lit": explorer.lit,
        "asked": explorer.asked_id,
        "typed": explorer.typed,
        "scores": [(entry.cause.id, entry.score) for entry in explorer.assessment.causes],
    }


@pytest.mark.parametrize("pane", ["map", "questions", "causes"])
async def test_resizing_keeps_everything(open_explorer, pane: str) -> None:
    async with open_explorer((120, 40)) as driver:
        await entered(driver)
        await driver.choose_cause("discogenic-pain")
        await driver.choose_question("age")
        await driver.press("4")
        driver.explorer.action_go(pane)
        await driver.settle()
        before = shape(driver)
        focus = driver.app.focused
        for size in SIZES:
            await driver.resize(*size)
            assert shape(driver) == before, size
        assert driver.app.focused is focus
        assert driver.explorer.panes[pane] in driver.app.focused.ancestors
        await driver.resize(80, 24)
        shown = [name for name, widget in driver.explorer.panes.items() if widget.display]
        assert shown == [pane]
        assert driver.app.focused is focus


async def test_resizing_below_an_open_page(open_explorer) -> None:
    async with open_explorer((120, 40)) as driver:
        await entered(driver)
        await driver.choose_cause("discogenic-pain")
        await driver.press("enter")
        for size in SIZES:
            await driver.resize(*size)
        await driver.press("escape")
        assert driver.app.screen is driver.explorer
        assert driver.explorer.pane == "causes"


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (50, 10), (30, 8)])
async def test_too_small_says_so_and_what_to_do(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        assert driver.explorer.query_one(TooSmall).display
        words = " ".join(driver.text.split())
        assert f"{size[0]} columns and {size[1]} rows" in words
        assert "60 × 20" in words
        assert "Nothing you entered is lost." in words


@pytest.mark.parametrize("key", ["7", "x", "ctrl+n", "ctrl+s", "ctrl+z"])
async def test_too_small_takes_no_answers_in_the_dark(open_explorer, key: str) -> None:
    async with open_explorer((120, 40)) as driver:
        await entered(driver)
        before = driver.findings
        await driver.resize(50, 10)
        await driver.press("left", key)
        assert driver.findings == before


async def test_a_tiny_window_grown_large(open_explorer) -> None:
    async with open_explorer((20, 5)) as driver:
        await driver.resize(120, 40)
        assert "3 What fits" in driver.text
        assert "BACK" in driver.text
        await driver.press("7")
        assert driver.findings.marks[0].intensity == 7


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (110, 30), (100, 30), (80, 24), (60, 20)])
async def test_what_must_always_be_there(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        await driver.mark(UPPER, 7)
        rows = driver.rows()
        assert "bodymap" in rows[0]
        assert "not saved yet" in rows[0]
        assert "your LEFT buttock, upper part" in rows[-2]
        assert "? help" in rows[-1]
        for words in ("Where", "What changes it", "What fits"):
            assert words in driver.text
        wide = size[0] >= 110
        assert [pane.display for pane in driver.explorer.panes.values()] == [True, wide, wide]


async def test_the_map_keeps_its_rows_on_a_narrow_screen(open_explorer) -> None:
    async with open_explorer((80, 24)) as driver:
        assert driver.canvas.size.height >= 18


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_panes_as_tabs_by_key_and_by_mouse(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        for key, wanted in (("tab", "questions"), ("tab", "causes"), ("tab", "map"), ("shift+tab", "causes")):
            await driver.press(key)
            assert driver.explorer.pane == wanted
            assert driver.explorer.panes[wanted] in driver.app.focused.ancestors
        for words, wanted in (
            ("1 Where", "map"),
            ("2 What changes it", "questions"),
            ("3 What fits", "causes"),
        ):
            await driver.click_text(words)
            assert driver.explorer.pane == wanted
            assert driver.explorer.panes[wanted] in driver.app.focused.ancestors


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24), (60, 20)])
async def test_every_row_of_the_causes_is_whole(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        await driver.mark(UPPER, 7)
        driver.explorer.action_go("causes")
        await driver.settle()
        causes = driver.causes
        for entry in driver.explorer.assessment.causes:
            for line in causes.get_option(entry.cause.id).prompt.plain.splitlines():
                assert len(line) <= causes.size.width, line


@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24), (60, 20)])
async def test_every_row_of_the_questions_is_whole(open_explorer, size: tuple[int, int]) -> None:
    async with open_explorer(size) as driver:
        driver.explorer.action_go("questions")
        await driver.settle()
        questions = driver.questions
        room = questions.size.width - 1  # the scroll bar
        for id in driver.explorer.knowledge.pack.questions:
            assert len(questions.get_option(id).prompt.plain.rstrip()) <= room, id


# ----- themes


async def test_themes_go_round(open_explorer) -> None:
    async with open_explorer() as driver:
        names = [theme.name for theme in THEMES]
        assert driver.app.theme == names[0]
        for wanted in (*names[1:], names[0]):
            await driver.press("ctrl+t")
            assert driver.app.theme == wanted


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_a_theme_by_setting(open_explorer, name: str) -> None:
    async with open_explorer(theme=name) as driver:
        assert driver.app.theme == name


async def test_an_unknown_theme_is_the_dark_one(open_explorer) -> None:
    async with open_explorer(theme="chartreuse") as driver:
        assert driver.app.theme == "dark"


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
@pytest.mark.parametrize("pane", ["map", "questions", "causes"])
async def test_every_word_stands_out_from_its_ground(open_explorer, theme: str, pane: str) -> None:
    """WCAG 2.2 asks for 4.5 to 1 for text; lines that only divide (3 to 1 or nothing) are left out."""
    async with open_explorer((120, 40), theme=theme) as driver:
        await entered(driver)
        await driver.choose_cause("thoracolumbar-joint-dysfunction")
        driver.explorer.action_go(pane)
        await driver.settle()
        weak = set()
        for strip in driver.app.screen._compositor.render_strips():
            for segment in strip:
                words = "".join(sign for sign in segment.text if sign.isalnum())
                style = segment.style
                if not words or style is None or style.color is None or style.bgcolor is None:
                    continue
                ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                if style.reverse:
                    ink, ground = ground, ink
                if contrast(ink, ground) < 4.5:
                    weak.add((segment.text.strip(), ink.hex, ground.hex, round(contrast(ink, ground), 1)))
        assert weak == set()


# ----- terminals with less


async def test_a_theme_means_nothing_without_colour(make_app, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app: BodymapApp = make_app(theme="light")
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.theme
        assert before != "light"
        await pilot.press("ctrl+t")
        assert app.theme == before, "there is no colour to change"


@pytest.mark.parametrize("ink", [None, "ascii", "blocks", "braille"])
async def test_the_ink_of_the_settings_draws_the_map(open_explorer, ink: str | None) -> None:
    async with open_explorer((160, 50), ink=ink) as driver:
        drawn = "".join(driver.canvas.sheet.rows[1:])
        braille = any("\u2800" < sign <= "\u28ff" for sign in drawn)
        blocks = any(sign in drawn for sign in "▀▄█▌▐▖▗▘▝▚▞▙▛▜▟")
        assert braille == (ink == "braille")
        assert blocks == (ink == "blocks")


@pytest.mark.parametrize("ink", [None, "blocks", "braille"])
async def test_ascii_only_draws_an_ascii_map(open_explorer, ink: str | None) -> None:
    async with open_explorer((160, 50), ink=ink, ascii_only=True) as driver:
        drawn = "".join(driver.canvas.sheet.rows[1:])
        assert drawn.isascii(), "an ink that the terminal cannot show would come out as question marks"
