"""What terminals and people at them really do: noise, invalid bytes, absurd sizes. Ends are in `test_terminal_ends`."""

from __future__ import annotations

import os
import random
import signal

import psutil
import pytest
from pty_terminal import BODYMAP, TITLE, Terminal, environment, restored

from bodymap.tui.terminal import LARGEST

INVALID = (b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f", b"\xed\xa0\x80", b"\x9b", b"\xc0\x80")


def noise(seed: int, amount: int, size: tuple[int, int]) -> bytes:
    """Return random bytes, keys, mouse and pastes; only what rightly ends the program is left out: ^q, and the rows
    and the palette in which it can be pressed or chosen.
    """
    dice = random.Random(seed)
    parts: list[bytes] = []
    while sum(map(len, parts)) < amount:
        kind = dice.randrange(6)
        if kind == 0:
            parts.append(dice.randbytes(dice.randrange(1, 12)).translate(None, b"\x10\x11\x1b"))
        elif kind == 1:
            button = dice.choice([0, 1, 2, 32, 35, 64, 65, 66, 4, 255])
            column, row = dice.randrange(0, size[0] + 9), dice.randrange(0, size[1] - 2)
            parts.append(f"\x1b[<{button};{column};{row}{dice.choice('Mm')}".encode())
        elif kind == 2:
            text = dice.randbytes(dice.randrange(0, 40)).replace(b"\x1b", b"")
            parts.append(b"\x1b[200~" + text + b"\x1b[201~")
        elif kind == 3:
            parts.append(
                dice.choice([b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\t", b"\r", b"\x1b", b"\x1b[Z"])
            )
        elif kind == 4:
            parts.append(
                dice.choice(b"0123456789+qxtfzeynucaA? \x13\x1a\x19\x14\x0e".decode("latin-1")).encode()
            )
        else:
            parts.append(dice.choice(INVALID))
    return b"".join(parts)


SIZES = ((120, 40), (80, 24), (60, 20))


@pytest.mark.parametrize(
    ("seed", "size"),
    [
        *((seed, size) for seed, size in enumerate(SIZES, 1)),
        *(pytest.param(seed, size, marks=pytest.mark.slow) for seed in range(4, 14) for size in SIZES),
    ],
)
def test_noise_never_ends_it(seed: int, size: tuple[int, int]) -> None:
    with Terminal(size=size) as terminal:
        terminal.until(TITLE)
        data = noise(seed, 5000, size)
        for start in range(0, len(data), 200):
            terminal.write(data[start : start + 200])
            terminal.read(0.02)
            assert not terminal.ended(), (terminal.status, bytes(terminal.sent[-3000:]))
        for _ in range(6):
            terminal.press("escape")
            terminal.read(0.3)
        terminal.until("bodymap")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.sent
        assert b"failed inside" not in terminal.sent, bytes(terminal.sent[-600:])
        restored(bytes(terminal.sent))


def test_one_invalid_byte_changes_nothing() -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.write(b"\xff\xfe\xc3(")
        terminal.press("7")
        terminal.until("7 of 10")


def test_an_absurd_window_is_cut_to_size() -> None:
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.resize(65535, 65535)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.until(lambda: f"\x1b[{LARGEST[1]};".encode() in terminal.sent)
        assert f"\x1b[{LARGEST[1] + 1};".encode() not in terminal.sent
        assert psutil.Process(terminal.pid).memory_info().rss < 500e6
        terminal.resize(120, 40)
        terminal.press("7")
        terminal.until("7 of 10")


@pytest.mark.parametrize("told", [b"65535;65535;65535;65535", b"0;0;0;0", b"5;5;1;1"])
@pytest.mark.parametrize("wrap", [b"%b", b"\x1b[200~%b\x1b[201~"], ids=["typed", "pasted"])
def test_a_size_told_in_band_is_not_believed(told: bytes, wrap: bytes) -> None:
    """Terminals may tell their size as bytes among the keys; whoever types can pretend to be one."""
    with Terminal() as terminal:
        terminal.until(TITLE)
        terminal.write(wrap % (b"\x1b[?2048;1$y\x1b[48;" + told + b"t"))
        terminal.press("7")
        terminal.until("7 of 10")
        assert terminal.rows[-1].strip().startswith("arrows"), "the screen is as large as it was"
        assert b"\x1b[?2048" not in terminal.sent
        assert b"\x1b[41;" not in terminal.sent
        assert psutil.Process(terminal.pid).memory_info().rss < 500e6


@pytest.mark.parametrize(
    ("columns", "lines"), [("65535", "65535"), ("9" * 4000, "-1"), ("20", "5"), ("0", "x")]
)
def test_variables_about_the_size_are_not_believed(columns: str, lines: str) -> None:
    with Terminal(env=environment(COLUMNS=columns, LINES=lines)) as terminal:
        terminal.until(TITLE)
        terminal.press("7")
        terminal.until("7 of 10")
        assert terminal.rows[-1].strip().startswith("arrows")
        assert b"\x1b[41;" not in terminal.sent


@pytest.mark.parametrize(
    ("columns", "lines", "rows"), [("80", "24", 24), ("65535", "65535", 25), ("0", "", 25)]
)
def test_a_terminal_without_a_size_is_asked_elsewhere(columns: str, lines: str, rows: int) -> None:
    """A serial line knows no size; there the variables count, within bounds, and then what terminals once were."""
    with Terminal(size=(80, rows), env=environment(COLUMNS=columns, LINES=lines), told=(0, 0)) as terminal:
        terminal.until("your low back")
        terminal.press("7")
        terminal.until("7 of 10")
        assert terminal.rows[-1].strip().startswith("arrows")


def test_an_absurd_window_from_the_start() -> None:
    with Terminal(("/bin/sh", "-c", 'stty cols 65535 rows 65535; exec "$@"', "sh", *BODYMAP)) as terminal:
        terminal.until(lambda: TITLE.encode() in terminal.sent, 10)
        assert psutil.Process(terminal.pid).memory_info().rss < 500e6
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
