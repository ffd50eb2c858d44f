"""Strict reading of one table: the right kind of value at every key, or a `Trouble` that names the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from bodymap.common.toml import Table
from bodymap.common.trouble import Trouble, nearest

_TEXT_LIMIT = 2000
_ITEM_LIMIT = 1000
_NUMBER_LIMIT = 1_000_000
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORDS = re.compile(rf"{WORD.pattern}(?:\n{WORD.pattern})*")


class Fields:
    """A table of a file with the words for where it stands."""

    def __init__(self, table: Table, file: str, path: str = "") -> None:
        self.table = table
        self.file = file
        self.path = path

    @property
    def where(self) -> str:
        """File and table, as troubles name them."""
        return f"{self.file}, {self.path}" if self.path else self.file

    def trouble(self, key: str, what: str, remedy: str) -> Trouble:
        """Return (not raise) a trouble that names `key` of this table."""
        return Trouble(what, where=f"{self.file}, {self._path(key)}", remedy=remedy)

    def only(self, keys: Sequence[str]) -> None:
        """Refuse every key that is not among `keys`, naming the nearest."""
        for key in self.table:
            if key not in keys:
                raise Trouble(f"Unknown key “{key}”.", where=self.where, remedy=nearest(key, keys))

    def inner(self, key: str, keys: Sequence[str] | None = None) -> Fields:
        """Return the table at `key`, with no other keys than `keys` where they are given."""
        value = self._given(key)
        if not isinstance(value, dict):
            raise self.trouble(key, "This must be a table.", f"Write [{key}] on a line of its own.")
        fields = Fields(value, self.file, self._path(key))
        if keys is not None:
            fields.only(keys)
        return fields

    def tables(self, key: str, keys: Sequence[str]) -> list[Fields]:
        """Return the tables listed at `key`, [] where there is no such key."""
        entries = []
        for number, value in enumerate(self._items(key), start=1):
            if not isinstance(value, dict):
                raise self.trouble(
                    f"{key}[{number}]", "This must be a table.", f"Write [[{key}]] before its lines."
                )
            fields = Fields(value, self.file, self._path(f"{key}[{number}]"))
            fields.only(keys)
            entries.append(fields)
        return entries

    def text(self, key: str, pattern: re.Pattern[str] | None = None, needed: str = "") -> str:
        """Return the text at `key`: on one line, not empty, of the form `pattern` where one is given."""
        value = self._given(key)
        if not isinstance(value, str):
            raise self.trouble(key, "This must be text in quotes.", f"Write {needed or 'text'} in quotes.")
        if not value or len(value) > _TEXT_LIMIT or "\n" in value or "\t" in value:
            raise self.trouble(
                key, "This must be one line of text.", f"At most {_TEXT_LIMIT:,} characters, no tabs."
            )
        if pattern is not None and not pattern.fullmatch(value):
            raise self.trouble(key, f"“{value[:60]}” does not fit here.", f"Needed: {needed}.")
        return value

    def choice(self, key: str, valid: Iterable[str]) -> str:
        """Return the text at `key`, which must be one of `valid`."""
        value = self._given(key)
        names = tuple(valid)
        if value not in names or not isinstance(value, str):
            shown = f"“{value[:60]}”" if isinstance(value, str) else "This"
            raise self.trouble(
                key, f"{shown} is not one of the words that can stand here.", nearest(str(value), names)
            )
        return value

    def truth(self, key: str) -> bool:
        """Return the true or false at `key`."""
        value = self._given(key)
        if not isinstance(value, bool):
            raise self.trouble(key, "This must be true or false.", "Write it without quotes.")
        return value

    def number(self, key: str, lowest: int = -_NUMBER_LIMIT, highest: int = _NUMBER_LIMIT) -> int:
        """Return the whole number at `key`, between `lowest` and `highest`."""
        return self._number(key, self._given(key), lowest, highest)

    def pair(self, key: str) -> tuple[int, int]:
        """Return the two whole numbers at `key`, the lower one first."""
        values = self._items(key)
        if len(values) != 2:
            raise self.trouble(key, "Two numbers are needed here.", "Write [lowest, highest].")
        low, high = (self._number(key, value, -_NUMBER_LIMIT, _NUMBER_LIMIT) for value in values)
        if low > high:
            raise self.trouble(key, "The first number is above the second.", "Write [lowest, highest].")
        return low, high

    def words(self, key: str, valid: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the ids listed at `key` (of `valid`, where given), () where there is no such key."""
        return self._words(key, self._items(key), valid)

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return the lists of ids listed at `key`, () where there is no such key."""
        found = []
        for number, value in enumerate(self._items(key), start=1):
            if not isinstance(value, list):
                raise self.trouble(f"{key}[{number}]", "This must be a list of ids.", 'Write ["…", "…"].')
            found.append(self._words(f"{key}[{number}]", value, ()))
        return tuple(found)

    def moment(self, key: str) -> datetime:
        """Return the date and time at `key`, which must carry its offset from UTC."""
        value = self._given(key)
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.trouble(
                key,
                "This must be a date and time with its offset.",
                "Write it as in 2026-01-31T09:30:00+01:00.",
            )
        return value

    def _words(self, key: str, values: list[object], valid: Sequence[str]) -> tuple[str, ...]:
        if not values:
            return ()
        if not valid and set(map(type, values)) == {str}:
            # All at once, because there are a hundred in a session; what does not fit is looked at one by one.
            ids: list[str] = values  # type: ignore[assignment]
            if len(set(ids)) == len(ids) and _WORDS.fullmatch("\n".join(ids)):
                return tuple(ids)
        found: list[str] = []
        for number, value in enumerate(values, start=1):
            place = f"{key}[{number}]"
            if not isinstance(value, str) or not WORD.fullmatch(value):
                raise self.trouble(
                    place, "This must be an id.", "Ids are small letters, digits and “-”, in quotes."
                )
            if valid and value not in valid:
                raise self.trouble(place, f"“{value[:60]}” is unknown here.", nearest(value, valid))
            if value in found:
                raise self.trouble(place, f"“{value[:60]}” stands twice.", "Keep it once.")
            found.append(value)
        return tuple(found)

    def _number(self, key: str, value: object, lowest: int, highest: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.trouble(
                key, "This must be a whole number.", "Write it without quotes and without a point."
            )
        if not lowest <= value <= highest:
            raise self.trouble(
                key, f"{value} is out of range.", f"Write a number from {lowest} to {highest}."
            )
        return value

    def _items(self, key: str) -> list[object]:
        value = self.table.get(key, [])
        if not isinstance(value, list):
            raise self.trouble(key, "This must be a list.", "Write it in square brackets.")
        if len(value) > _ITEM_LIMIT:
            raise self.trouble(
                key, f"The list has {len(value):,} items.", f"At most {_ITEM_LIMIT:,} are read."
            )
        return value

    def _given(self, key: str) -> object:
        if key not in self.table:
            raise self.trouble(key, "This is missing.", "The file was changed by hand, or is not whole.")
        return self.table[key]

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
