"""Bytes from the line become events, whatever bytes they are."""

from __future__ import annotations

import random

import pytest
from textual import events
from textual.messages import InBandWindowResize

from bodymap.tui.keyboard import LONGEST_PASTE, PASTE_SECONDS, QUIET_SECONDS, Keyboard


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyboard(clock: Clock) -> Keyboard:
    return Keyboard(clock)


def keys(messages: list[object]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def pastes(messages: list[object]) -> list[str]:
    return [message.text for message in messages if isinstance(message, events.Paste)]


def test_keys_arrive(keyboard: Keyboard) -> None:
    assert keys(keyboard.take(b"7\x1b[A\t\x11")) == ["7", "up", "tab", "ctrl+q"]


def test_a_letter_in_two_pieces_is_one(keyboard: Keyboard) -> None:
    assert keyboard.take("é".encode()[:1]) == []
    (key,) = keyboard.take("é".encode()[1:])
    assert isinstance(key, events.Key)
    assert key.character == "é"


@pytest.mark.parametrize(
    "told",
    [b"\x1b[48;65535;65535;65535;65535t", b"\x1b[48;0;0;0;0t", b"\x1b[48;20;60;1;1t", b"\x1b[?2048;1$y"],
    ids=["absurd", "nothing", "small", "mode"],
)
def test_a_size_among_the_keys_is_not_believed(keyboard: Keyboard, told: bytes) -> None:
    found = keyboard.take(told + b"\x1b[200~" + told + b"\x1b[201~" + b"7\x1b[<0;10;5M")
    assert not [message for message in found if isinstance(message, (events.Resize, InBandWindowResize))]
    assert keys(found) == ["7"]
    (press,) = [message for message in found if isinstance(message, events.MouseDown)]
    assert (press.x, press.y) == (9, 4), "the mouse still counts cells"


@pytest.mark.parametrize(
    "wrong",
    [b"\x1b[1114112u", b"\x1b[99999999999999u", b"\x1b[97;1:2u", b"\x1b[97;1;1114112u", b"\x1b[;;A"],
)
def test_a_sequence_that_cannot_be_is_lost_alone(keyboard: Keyboard, wrong: bytes) -> None:
    assert keys(keyboard.take(b"1" + wrong + b"7"))[0] == "1"
    assert keys(keyboard.take(b"8"))[-1] == "8"


def test_half_a_character_is_no_key(keyboard: Keyboard) -> None:
    found = keyboard.take(b"\x1b[55296u\x1b[97;;57343u7")
    assert keys(found) == ["7"]


def test_a_paste_presses_no_keys(keyboard: Keyboard) -> None:
    found = keyboard.take(b"\x1b[200~y\x11\x1b[A\xff\x1b[201~7")
    assert keys(found) == ["7"]
    assert len(pastes(found)) == 1


def test_a_paste_that_never_ends_gives_the_keyboard_back(keyboard: Keyboard, clock: Clock) -> None:
    assert keyboard.take(b"\x1b[200~so it goes") == []
    assert keyboard.take(b"7") == []
    clock.now += QUIET_SECONDS / 2
    assert keyboard.idle() == []
    clock.now += QUIET_SECONDS
    assert pastes(keyboard.idle()) == ["so it goes7"]
    assert keys(keyboard.take(b"7")) == ["7"]


def test_a_paste_waits_for_who_does_not_listen(keyboard: Keyboard, clock: Clock) -> None:
    """While the program has too much to do nothing is read; the rest of the paste must not become keys then."""
    keyboard.take(b"\x1b[200~y")
    for _ in range(100):
        clock.now += QUIET_SECONDS
        assert keyboard.unheard() == []
    found = keyboard.take(b"y\x1b[201~7")
    assert pastes(found) == ["yy"]
    assert keys(found) == ["7"]


def test_an_escape_is_one_though_nobody_listens(keyboard: Keyboard) -> None:
    assert keyboard.take(b"\x1b") == []
    found: list[object] = []
    while not found:
        found += keyboard.unheard()
    assert keys(found) == ["escape"]


def test_a_paste_that_drips_ends_too(keyboard: Keyboard, clock: Clock) -> None:
    keyboard.take(b"\x1b[200~")
    found: list[object] = []
    for _ in range(int(PASTE_SECONDS / (QUIET_SECONDS / 2)) + 2):
        clock.now += QUIET_SECONDS / 2
        found += keyboard.take(b"7")
        found += keyboard.idle()
    assert len(pastes(found)) == 1
    assert keys(found)[-1:] == ["7"]


def test_a_long_paste_is_cut_and_its_end_is_seen(keyboard: Keyboard) -> None:
    found = keyboard.take(b"\x1b[200~" + b"y" * 3 * LONGEST_PASTE + b"\x1b[201~7")
    (text,) = pastes(found)
    assert set(text) == {"y"}
    assert LONGEST_PASTE - 10 < len(text) <= LONGEST_PASTE
    assert keys(found) == ["7"]


def test_a_long_paste_cut_within_a_sequence(keyboard: Keyboard) -> None:
    body = b"y" * (LONGEST_PASTE - 3) + b"\x1b[Ayy" * 10
    found = keyboard.take(b"\x1b[200~" + body + b"\x1b[201~7")
    assert len(pastes(found)) == 1
    assert keys(found) == ["7"]


@pytest.mark.parametrize("seed", range(20))
def test_no_bytes_deafen_it(keyboard: Keyboard, clock: Clock, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(200):
        keyboard.take(
            dice.choice([b"\x1b[", b"\x1b", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b""]) + dice.randbytes(9)
        )
        keyboard.idle()
    for _ in range(3):
        clock.now += QUIET_SECONDS * 1.5
        keyboard.idle()
    # What stands half-typed is either a sequence still or over: two letters later every key is itself.
    keyboard.take(b"\x1b\x1b" + b"z" * 40)
    assert keys(keyboard.take(b"7"))[-1:] == ["7"]
