"""Everything that can be typed, pasted, clicked or told to a terminal in the hope of getting out, by kind."""

from __future__ import annotations

from collections.abc import Iterator

WORDS = (
    b"\x03\x1a\x1c\x04\x11:q!\r",
    b"; /bin/sh\r",
    b"$(touch pasted)`touch pasted`\r\n",
    b"\x1b]52;c;Y2FuYXJ5\x07",
    b"\x1b[8;1;1t\x1b[2J\x1b]0;pasted\x07",
    b"[@click=app.quit]x[/]",
    "\u202e\u0085\u009b\ud7ff".encode(),
    b"\xff\xfe\xc3\x28\x80",
    b"1\r2\r3\r4\r5\r" * 20,
)


def controls() -> Iterator[bytes]:
    """Every byte there is, and every byte after Esc; letters and digits among them are keys of their own."""
    for number in range(256):
        yield bytes([number])
    for number in range(256):
        yield b"\x1b" + bytes([number])


def functions() -> Iterator[bytes]:
    """Function keys and keys of movement as the terminals of the last forty years send them, with all modifiers."""
    for letter in b"ABCDEFHPQRSMjklmnopqrstuvwxyX":
        yield b"\x1bO" + bytes([letter])
    for letter in b"ABCDEFGHIZPQRS":
        yield b"\x1b[" + bytes([letter])
        yield from (b"\x1b[1;%d%c" % (modifier, letter) for modifier in range(2, 17))
    for number in range(35):
        for last in b"~^$@":
            yield b"\x1b[%d%c" % (number, last)
        yield from (b"\x1b[%d;%d~" % (number, modifier) for modifier in range(2, 17))
    yield from (b"\x1b[[" + bytes([letter]) for letter in b"ABCDE")


def kitty(modifiers: tuple[int, ...] = (1, 2, 3, 5, 6, 9, 13, 17, 33, 65, 129, 256)) -> Iterator[bytes]:
    """The keys of kitty's protocol, pressed, held and let go; and those of xterm's modifyOtherKeys."""
    for code in (*range(128), *range(57344, 57455), 0xD800, 0x10FFFF, 0x110000, 99999999):
        for modifier in modifiers:
            yield b"\x1b[%d;%du" % (code, modifier)
    for code in (3, 9, 13, 26, 27, 32, 99, 113, 122, 57366):
        for event in (1, 2, 3, 9):
            yield b"\x1b[%d;5:%du" % (code, event)
            yield b"\x1b[%d:%d:%d;5:%d;%du" % (code, code, code, event, code)
        yield from (b"\x1b[27;%d;%d~" % (modifier, code) for modifier in modifiers)


def pastes(most: int = 200_000) -> Iterator[bytes]:
    """Pastes of everything, of nothing, one in another, too long, never ended, ended without a beginning."""
    for words in WORDS:
        yield b"\x1b[200~" + words + b"\x1b[201~"
    yield b"\x1b[200~\x1b[201~"
    yield b"\x1b[200~a\x1b[200~b\x1b[201~c\x1b[201~"
    yield b"\x1b[201~\x1b[201~"
    yield b"\x1b[200~" + b"1\r" * (most // 2) + b"\x1b[201~"
    yield b"\x1b[200~" + b"2\r\x03" * 50


def answers() -> Iterator[bytes]:
    """What terminals answer to questions: sizes, names, colours, the clipboard. Nobody asked for most of it."""
    yield from (
        b"\x1b[?62;4c",
        b"\x1b[>41;354;0c",
        b"\x1b[0n",
        b"\x1b[24;80R",
        b"\x1b[?1;1R",
        b"\x1b[I",
        b"\x1b[O",
    )
    yield from (
        b"\x1b[?%d;%d$y" % (mode, state) for mode in (2026, 2048, 1016, 9999999) for state in range(6)
    )
    for size in ((0, 0), (1, 1), (24, 80), (65535, 65535), (999999999, 999999999)):
        yield b"\x1b[48;%d;%d;%d;%dt" % (*size, *size)
        yield b"\x1b[8;%d;%dt" % size
    yield from (b"\x1b]52;c;Y2FuYXJ5\x07", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b]l/bin/sh\x1b\\")
    yield from (
        b"\x1bP>|XTerm(380)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b^x\x1b\\",
    )
    yield from (
        b"\x1b[?0u",
        b"\x1b[?31u",
        b"\x9b31u",
        b"\x1b[" + b"1;" * 500 + b"m",
        b"\x1b]0;" + b"x" * 3000,
    )
    yield b"\x07\x1b\\"


def mouse(columns: int = 80, rows: int = 24) -> Iterator[bytes]:
    """A press of the left button on every cell, in an order that is not the one of reading."""
    cells = columns * rows
    for number in range(cells):
        cell = number * 1009 % cells
        x, y = cell % columns + 1, cell // columns + 1
        yield b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x, y, x, y)


def other_mouse() -> Iterator[bytes]:
    """Every other button with every modifier, moved and turned, in all the ways mice are told of, and outside."""
    for button in range(256):
        yield b"\x1b[<%d;40;12M" % button
        yield b"\x1b[<%d;40;12m" % button
        yield b"\x1b[%d;40;12M" % (button + 32)
        yield b"\x1b[M" + bytes([min(255, button + 32), 72, 44])
    for x, y in ((0, 0), (-1, -1), (81, 25), (65535, 65535), (99999999999, 99999999999)):
        yield b"\x1b[<0;%d;%dM" % (x, y)
        yield b"\x1b[%d;%d;%dM" % (32, x, y)
    yield from (
        b"\x1b[<0;5;5M",
        b"\x1b[<32;70;20M",
        b"\x1b[<0;70;20m",
        b"\x03",
    )  # a selection, and a copy of it
    yield b"\x1b[<0;1e3;2M"


SIZES = (
    *(
        (1, 1),
        (2, 1),
        (1, 2),
        (10, 3),
        (79, 23),
        (80, 1),
        (1, 24),
        (60, 20),
        (120, 40),
        (250, 80),
        (500, 200),
    ),
    *((65535, 1), (1, 65535), (0, 0), (65535, 65535), (80, 24)),
)
