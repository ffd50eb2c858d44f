"""What a drawn figure is: rows of characters, and for each cell the part it plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """The part a cell plays in the picture; a screen gives each its colour."""

    SPACE = 0
    OUTLINE = 1
    BORDER = 2
    BODY = 3
    USUAL = 4
    POSSIBLE = 5
    MARK_LOW = 6
    MARK_MID = 7
    MARK_HIGH = 8
    MARK_NONE = 9
    CURSOR = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure. `rows` are texts of equal width, one character a cell; `roles` are bytes of `Role` of
    the same shape.
    """

    rows: tuple[str, ...]
    roles: tuple[bytes, ...]

    def changed(self, other: Picture) -> tuple[tuple[int, int], ...]:
        """Return the cells (column, row) in which this picture differs from `other`, row by row.

        Of pictures of different shape, every cell of this one.
        """
        if len(self.rows) != len(other.rows) or len(self.rows[0]) != len(other.rows[0]):
            return tuple((column, row) for row, text in enumerate(self.rows) for column in range(len(text)))
        cells: list[tuple[int, int]] = []
        for row, (text, old, roles, before) in enumerate(
            zip(self.rows, other.rows, self.roles, other.roles, strict=True)
        ):
            if text is old and roles is before:
                continue
            if text != old or roles != before:
                cells.extend(
                    [
                        (column, row)
                        for column, (a, b, x, y) in enumerate(zip(text, old, roles, before, strict=True))
                        if a != b or x != y
                    ]
                )
        return tuple(cells)
