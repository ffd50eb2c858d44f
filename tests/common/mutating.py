"""Session files with something done to them: what disks, editors, half a transfer and ill will make of a text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_BOMBS = (
    ".".join("a" * 30_000) + "=1\n",
    "[" * 5000,
    "x = " + "[" * 5000 + "\n",
    "x = " + "1" * 5000 + "\n",
    "x = nan\ny = -inf\n",
    "x = 1e999\n",
    '"' * 20_000,
    "'''" * 7000,
    "[a]\n" * 15_000,
    "[[a]]\n" * 11_000,
    "a = {" * 4000,
    "x" * 60_000 + " = 1\n",
    'x = "' + "\\" * 30_000 + '"\n',
    'x = "' + "\\u0041" * 9000 + '"\n',
    "#" * 60_000 + "\n",
    "\n" * 65_000,
    "x = 0x" + "f" * 60_000 + "\n",
    "x = 9999-99-99T99:99:99+99:99\n",
)
_WORDS = (
    "\x1b[2J\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\u202eevil\u2066",
    "\u200b\u200d\ufeff",
    "a" + "\u0301" * 200,
    "[@click=app.quit]x[/]",
    "[/nope]",
    "=cmd|' /C calc'!A1",
    "<script>alert(1)</script>",
    "\\u001b[31m",
    "\\U0010FFFF",
    "\x00",
    "\ud7ff\ue000",
    "9" * 400,
    "-0",
    "01",
    "1_000",
    "true",
    '"',
    '"""',
    "'",
    "\\",
    "#",
    "{a = 1}",
    "[[]]",
    "2026-11-23",
    "1979-05-27T07:32:00Z",
    "07:32:00",
    "inf",
    "../../../etc/passwd",
)
Change = Callable[[random.Random, bytes], bytes]


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True) or [b""]


def _flip(dice: random.Random, content: bytes) -> bytes:
    changed = bytearray(content or b"x")
    for _ in range(dice.choice((1, 1, 2, 8))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(dice: random.Random, content: bytes) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _lose(dice: random.Random, content: bytes) -> bytes:
    start = dice.randrange(len(content) + 1)
    return content[:start] + content[start + dice.choice((1, 2, 10, 100, 1000)) :]


def _insert(dice: random.Random, content: bytes) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.choice(_WORDS).encode("utf-8", "surrogatepass") + content[at:]


def _noise(dice: random.Random, content: bytes) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.randbytes(dice.choice((1, 3, 40, 4000))) + content[at:]


def _line_twice(dice: random.Random, content: bytes) -> bytes:
    lines = _lines(content)
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(lines))
    return b"".join(lines)


def _line_gone(dice: random.Random, content: bytes) -> bytes:
    lines = _lines(content)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def _lines_swapped(dice: random.Random, content: bytes) -> bytes:
    lines = _lines(content)
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _value(dice: random.Random, content: bytes) -> bytes:
    """Put another value after one of the keys."""
    lines = _lines(content)
    at = dice.randrange(len(lines))
    key, equals, _ = lines[at].partition(b" = ")
    if equals:
        word = dice.choice(_WORDS).encode("utf-8", "surrogatepass")
        lines[at] = key + equals + (b'"%s"\n' % word if dice.random() < 0.6 else word + b"\n")
    return b"".join(lines)


def _number(dice: random.Random, content: bytes) -> bytes:
    numbers = list(re.finditer(rb"(?<![\w\"-])-?[0-9]{1,3}(?=[\n,\]])", content))
    if not numbers:
        return content
    found = dice.choice(numbers)
    other = dice.choice(
        (b"-1", b"11", b"99999999999999999999", b"1.5", b"0", b"007", b"-0", b"1e3", b"0x1f", b"true")
    )
    return content[: found.start()] + other + content[found.end() :]


def _heading(dice: random.Random, content: bytes) -> bytes:
    headings = list(re.finditer(rb"^\[+[\w.]+\]+$", content, re.MULTILINE))
    if not headings:
        return content
    found = dice.choice(headings)
    other = dice.choice(
        (b"[findings]", b"[[findings.marks]]", b"[findings.marks]", b"[a.b.c]", b"[[assessment]]", b"[")
    )
    return content[: found.start()] + other + content[found.end() :]


def _bomb(dice: random.Random, content: bytes) -> bytes:
    bomb = dice.choice(_BOMBS).encode()
    return dice.choice((bomb, content + bomb, bomb + content, content[: len(content) // 2] + bomb))


def _schema(dice: random.Random, content: bytes) -> bytes:
    return content.replace(
        b"schema = 1", dice.choice((b"schema = 2", b"schema = 0", b"schema = '1'", b"#", b"")), 1
    )


def _as_it_is(dice: random.Random, content: bytes) -> bytes:
    return content


CHANGES: tuple[Change, ...] = (
    *(_flip, _cut, _lose, _insert, _noise, _line_twice, _line_gone, _lines_swapped),
    *(_value, _value, _number, _heading, _bomb, _schema, _as_it_is),
)


def mutated(dice: random.Random, content: bytes) -> bytes:
    """Return `content` with one to three things done to it, at most 100 KB of it."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        content = dice.choice(CHANGES)(dice, content)
    return content[:100_000]
