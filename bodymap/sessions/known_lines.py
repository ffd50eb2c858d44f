"""Lines of files laid out as ours that are known by their text, with their value and their part of the checksum.

A line that has passed the rule of its key in one kind of table is never parsed or held against it again in that kind of
table. What is kept is bounded, and so is what is spent on learning, whatever the files hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bodymap.common.plain_toml import read_line, read_plain
from bodymap.common.quick_json import canonical
from bodymap.common.text import is_clean
from bodymap.common.toml import SESSION_BYTES
from bodymap.sessions.fields import Fields
from bodymap.sessions.sections import Rule

_MOST_LETTERS = 5_000_000
_FIRST, _EACH = 20_000, 4
"""Lines that may be learnt at first, and those that each file read adds to them."""
_MOST_NEW = 400
"""Lines that may be learnt from one file: a first one has some two hundred."""
_MOST_TABLES = 200
_SPREAD, _CLOSED = " = [\n", "\n]"
_BREAK = "\0"
"""What stands for the line breaks of a list that is spread over lines, so that it is one line to look up."""

Tables = Mapping[str, Sequence[Sequence[str]]]
"""By heading, without its first bracket, the lines of each table under it."""


class Unusual(Exception):  # noqa: N818 - it is an answer, not a fault
    """The file is to be read by the reader of one file."""


class Purse:
    """What may still be spent: lines to learn, and letters to keep."""

    def __init__(self, lines: int = _FIRST, letters: int = _MOST_LETTERS) -> None:
        self.lines = lines
        self.letters = letters
        self._new = _MOST_NEW

    def next_file(self) -> None:
        """Add what one more file is worth."""
        self.lines += _EACH
        self._new = _MOST_NEW

    def spend(self) -> None:
        """Take out what learning one line costs. Raises `Unusual` where there is no more."""
        if self.lines <= 0 or self._new <= 0:
            raise Unusual
        self.lines -= 1
        self._new -= 1


class KnownLines:
    """The lines that one kind of table may hold; `rule_of` gives the rule of a key, or raises `KeyError`."""

    def __init__(self, rule_of: Callable[[str], Rule], purse: Purse) -> None:
        self._rule_of = rule_of
        self._purse = purse
        self._pairs: dict[str, tuple[str, Any]] = {}
        self._parts: dict[str, str] = {}

    def table(self, lines: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """Return the values by key, and the parts of the object that the checksum is over.

        Raises `Unusual`, `KeyError`, `ValueError` and `Trouble` where the reader of one file is to tell.
        """
        try:
            said = dict(map(self._pairs.__getitem__, lines))
            parts = list(map(self._parts.__getitem__, lines))
        except KeyError:
            pairs, kept = self._pairs, self._parts
            learnt = [(pairs[line], kept[line]) if line in pairs else self._learnt(line) for line in lines]
            said, parts = dict(pair for pair, _ in learnt), [part for _, part in learnt]
        if len(said) != len(lines):
            raise Unusual  # a key stands twice
        return said, parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def _learnt(self, line: str) -> tuple[tuple[str, Any], str]:
        self._purse.spend()
        text = line.replace(_BREAK, "\n") + "\n"
        table = read_plain(text) if is_clean(text) else None
        if table is None or len(table) != 1:
            raise Unusual
        (key,) = table
        pair = (key, self._rule_of(key)(Fields(table, ""), key))
        part = canonical(table)[1:-1].decode()
        if self._purse.letters > 0:
            self._purse.letters -= len(line)
            self._pairs[line], self._parts[line] = pair, part
        return pair, part


def value_of(line: str, key: str, rule: Rule) -> Any:
    """Return the value of a line that is not to be remembered. Raises `Unusual`, `ValueError`, `Trouble`."""
    read = read_line(line)
    if read is None or read[0] != key:
        raise Unusual
    return rule(Fields({key: read[1]}, ""), key)


def object_of(parts: list[str]) -> str:
    """Return an object of JSON. Sorted parts are sorted keys, as a quote comes before all that stands in a key."""
    return f"{{{','.join(sorted(parts))}}}"


def list_of(objects: Sequence[str]) -> str:
    """Return a list of JSON."""
    return f"[{','.join(objects)}]"


def tables_of(content: bytes, order: Mapping[str, int]) -> tuple[list[str], Tables]:
    """Return the lines of the top and those of each table, where no heading comes before one of a lower `order`.

    Raises `Unusual`, `KeyError` and `ValueError` where the reader of one file is to tell.
    """
    text = content.decode()
    if len(content) > SESSION_BYTES or _BREAK in text or text[-1:] != "\n":
        raise Unusual
    top, *blocks = _narrowed(text[:-1]).split("\n\n[")
    if len(blocks) > _MOST_TABLES:
        raise Unusual
    tables: dict[str, list[list[str]]] = {}
    last = -1
    for block in blocks:
        heading, *lines = block.split("\n")
        place = order[heading]
        if place > last:
            tables[heading] = [lines]
            last = place
        elif place == last and heading[0] == "[":
            tables[heading].append(lines)
        else:
            raise Unusual
    return top.split("\n"), tables


def _narrowed(text: str) -> str:
    """Return the text with each list that is spread over lines on one. Raises `Unusual`."""
    first, *spread = text.split(_SPREAD)
    parts = [first]
    for part in spread:
        inner, closed, after = part.partition(_CLOSED)
        if not closed:
            raise Unusual
        items = inner.replace("\n", _BREAK)
        parts.append(f" = [{_BREAK}{items}{_BREAK}]{after}")
    return "".join(parts)
