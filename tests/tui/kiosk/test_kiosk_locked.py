"""No key, paste, click or window gives anything but the visit: no palette, no quitting, no selection, no files."""

from __future__ import annotations

import os
import random
from pathlib import Path

import psutil
import pytest
from guided import act
from kiosk_driver import Person, SitDown
from test_hostile import BROKEN, NAMED, QUIT, hostile_pack
from textual import events

from bodymap.tui.kiosk.kiosk_app import KioskApp
from bodymap.tui.kiosk.visit_screen import VisitScreen
from bodymap.visit import State
from bodymap.visit.step import KINDS

KEYS = (
    *(f"ctrl+{letter}" for letter in "abcdefghijkmnopqrstuvwxyz"),
    *(f"f{number}" for number in range(1, 25)),
    *(f"alt+{letter}" for letter in "bdfqx"),
    "ctrl+backslash", "ctrl+underscore", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+at",
    "ctrl+pageup", "ctrl+pagedown", "ctrl+home", "ctrl+end", "ctrl+delete", "ctrl+insert", "shift+insert",
    "super+c", "super+q", "alt+f4", "ctrl+alt+delete", "shift+f10", "insert", "delete", "home", "end", "pageup",
    "pagedown", "q", "colon", "slash", "question_mark", "exclamation_mark", "tilde", "underscore", "menu",
)  # fmt: skip


def where(person: Person) -> tuple[object, ...]:
    return person.visit.state, person.screen.box, len(person.app.screen_stack), person.ended


async def test_no_key_of_the_program_underneath_does_anything(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        before = where(person)
        for key in KEYS:
            await person.press(key)
            assert where(person) == before, key
        assert not person.app._notifications


async def test_no_action_of_textual_leads_anywhere(sit_down: SitDown, tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        async with sit_down() as person:
            await person.begin()
            before = where(person)
            for action in ("quit", "suspend_process", "command_palette", "screenshot", "help_quit"):
                await person.app.run_action(action)
            person.app.copy_to_clipboard("canary")
            person.app.open_url("https://example.invalid")
            person.app.notify("canary")
            await person.settle()
            assert where(person) == before
            assert "canary" not in person.text
            assert not person.app._notifications
            assert not person.app._clipboard
    finally:
        os.chdir(here)
    assert not list(tmp_path.glob("*.svg"))


async def test_no_binding_is_left_from_textual(sit_down: SitDown) -> None:
    async with sit_down() as person:
        for node in (person.app, person.screen, person.screen.board_view, person.screen.map):
            assert node._bindings.key_to_bindings == {}, node
            assert node.allow_select is False if hasattr(node, "allow_select") else True
        assert not person.app.ENABLE_COMMAND_PALETTE
        assert not person.screen.focusable
        assert person.screen.focused is None


async def test_dragging_selects_nothing(sit_down: SitDown) -> None:
    async with sit_down() as person:
        await person.begin()
        await person.pilot.mouse_down(offset=(3, 6))
        await person.pilot.hover(offset=(60, 12))
        await person.pilot.mouse_up(offset=(60, 12))
        await person.press("ctrl+c", "super+c")
        assert person.screen.get_selected_text() in (None, "")
        assert not person.app._clipboard


async def test_a_paste_presses_nothing(sit_down: SitDown) -> None:
    async with sit_down() as person:
        before = where(person)
        for text in ("1", "1\n2\n2\n", "\x1b\x1b1", "\x11", "[@click=app.quit]x[/]", "x" * 100_000):
            await person.paste(text)
            assert where(person) == before
        await person.begin()
        before = where(person)
        await person.paste("1\r1\r")
        assert where(person) == before


async def test_other_buttons_of_the_mouse_press_nothing(sit_down: SitDown) -> None:
    async with sit_down() as person:
        box = person.target("choose", "begin").box
        for button in (2, 3):
            await person.pilot.click(offset=(box.x + 3, box.y + 1), button=button)
        await person.settle()
        assert person.step.kind == "welcome"


# ----- hostile words


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
async def test_hostile_words_are_shown_and_do_nothing(sit_down: SitDown, tmp_path: Path, large: bool) -> None:
    """Everything that can be pressed is pressed, on some steps of every kind."""
    said = f"{QUIT} {BROKEN} {NAMED}"
    seen, dice = "", random.Random(7)
    pack = hostile_pack(tmp_path, said)
    async with sit_down(pack=pack, large_type=large, clinic=f"{QUIT} \x1b[2J", phone=BROKEN) as person:
        states = {}
        for _ in range(400):
            states.setdefault(person.visit.step.kind, person.visit.state)
            if person.visit.over:
                person.visit.state, person.visit._before = State(), []
            act(person.visit, dice, person.visit.anatomy.places)
        assert set(states) >= set(KINDS) - {"saving"}
        for kind, state in states.items():
            if kind == "saving":
                continue
            person.visit.state, person.screen.box = state, ""
            person.screen.arrive()
            await person.settle()
            for target in person.screen.board.targets:
                if target.act.verb == "end":
                    continue  # ends by itself, rightly
                await person.touch_at(target.box.x + 1, target.box.y + 1)
                seen += person.text
                assert not person.ended, target
                person.visit.state, person.screen.box = state, ""
                person.screen.arrive()
    assert "[@click=app.quit]" in seen
    assert "\x1b" not in seen


# ----- a monkey


MORE = ("enter", "space", "tab", "shift+tab", "up", "down", "left", "right", "escape", "backspace")


async def play(person: Person, dice: random.Random, rounds: int) -> set[str]:
    """Press, touch, paste and resize at random; whoever ends the visit by its own ways is set down again.

    Returns the steps and questions that were seen.
    """
    seen: set[str] = set()
    done = dict.fromkeys(("key", "touch", "paste", "size", "idle"), 0)
    statuses: list[int] = []

    def leave(status: int) -> None:
        statuses.append(status)
        fresh(person, dice)

    person.screen.leave = leave  # type: ignore[method-assign]
    for _ in range(rounds):
        person.clock.now += dice.choice((0.01, 0.2, 1.5))
        seen.add(person.screen.box or person.step.kind)
        kind = dice.choices(tuple(done), (60, 30, 4, 2, 1))[0]
        done[kind] += 1
        if kind == "key":
            key = dice.choice((*MORE, *"0123456789", dice.choice(KEYS)))
            event = events.Key(key, key if len(key) == 1 else None)
            person.screen.on_key(event)
        elif kind == "touch":
            touch(person, dice.randrange(person.app.size.width), dice.randrange(person.app.size.height))
        elif kind == "paste":
            person.screen.on_paste(events.Paste("1\r\x1b" * dice.randrange(50)))
        elif kind == "size":
            size = dice.choice(((60, 20), (80, 24), (120, 40), (10, 3), (61, 33)))
            await person.pilot.resize_terminal(*size)
        else:
            person.clock.now += dice.choice((10, 95))
            person.screen.look_at_clock()
        if not done["key"] % 50:
            await person.pilot.pause()
    await person.settle()
    assert set(statuses) <= {0}, "nobody knows the PIN"
    return seen


def touch(person: Person, x: int, y: int) -> None:
    person.screen.on_mouse_down(events.MouseDown(person.screen, x, y, 0, 0, 1, False, False, False, x, y))


def fresh(person: Person, dice: random.Random) -> None:
    """Begin another visit on the same screen, somewhere in the middle of it."""
    visit = person.visit
    visit.state, visit._before = State(), []
    for _ in range(dice.randrange(40)):
        if visit.step.kind in ("consent", "saving", "goodbye"):
            break
        act(visit, dice, visit.anatomy.places)
    person.screen.box = ""
    person.screen.arrive()


async def monkey(person: Person, seed: int, rounds: int) -> None:
    seen = await play(person, random.Random(seed), rounds)
    # The dice get about: most of what there is was on the screen.
    assert len(seen - {"blank"}) >= 14, seen
    assert not person.ended
    assert len(person.app.screen_stack) == 1
    await person.resize(80, 24)
    assert isinstance(person.app.screen, VisitScreen)
    assert isinstance(person.app, KioskApp)
    assert person.text.strip() or person.screen.box == "blank"


@pytest.mark.parametrize("seed", range(3))
async def test_a_monkey_ends_nothing(sit_down: SitDown, seed: int) -> None:
    """In the middle of visits, where few get by chance; tests/kiosk/monkey.py plays at the real thing."""
    async with sit_down(pin_hash="scrypt$nothing" * (seed % 2), most_questions=60) as person:
        await monkey(person, seed, 2_000)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 6))
async def test_a_monkey_with_all_day_ends_nothing_and_fills_nothing(sit_down: SitDown, seed: int) -> None:
    async with sit_down(pin_hash="scrypt$nothing", most_questions=60, unfinished="save") as person:
        await monkey(person, seed, 5_000)
        before = psutil.Process().memory_info().rss
        await monkey(person, seed + 100, 95_000)
        growth = (psutil.Process().memory_info().rss - before) / 1e6
        print(f"\nseed {seed}: grew by {growth:.1f} MB")
        assert growth < 20
