"""The reader of what a kiosk sends: it misses nothing, however the stream is cut."""

from __future__ import annotations

import pytest
from vocabulary import Vocabulary

from bodymap.kiosk.terminal_reset import RESET


@pytest.mark.parametrize(
    "foreign",
    [
        b"\x1b]52;c;Y2FuYXJ5\x07",
        b"\x1b]0;somebody\x07",
        b"\x1b[5i",
        b"\x1b[?1002h",
        b"\x1b[c",
        b"\x1bP1$r\x1b\\",
        b"\x07",
        b"\x9b31m",
        b"\xc2\x9b31m",
        "\u202e".encode(),
        b"\t",
        b"\xff",
    ],
)
def test_what_no_kiosk_sends_is_found_wherever_it_is_cut(foreign: bytes) -> None:
    stream = b"\x1b[1;1H\x1b[0;38;5;1mone" + foreign + "zwei ┌".encode() + RESET + b"\x1b[2J"
    for cut in range(len(stream)):
        reader = Vocabulary()
        reader.feed(stream[:cut])
        reader.feed(stream[cut:])
        assert reader.unknown
        assert reader.resets == 1


def test_what_a_kiosk_sends_is_known_wherever_it_is_cut() -> None:
    stream = b"\x1b[1;1H\x1b[0;38;5;1m" + "zwei ┌\r\n".encode() + RESET + "\x1b[?1049hü".encode()
    for cut in range(len(stream)):
        for lost in (0, 4, 9):  # a reset comes in the middle of a sequence, or of a letter
            reader = Vocabulary()
            reader.feed(stream[:cut])
            reader.feed(stream[cut:])
            reader.feed(stream[:lost] + RESET)
            assert reader.unknown == []
            assert reader.resets == 2
