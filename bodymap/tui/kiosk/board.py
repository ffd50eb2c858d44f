"""A screen of the kiosk with everything in its place: a plain value that is drawn, and looked up when it is pressed."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.tui.kiosk.scene import Act

SMALLEST = (6, 3)
"""Columns and rows that a finger needs."""


class Box(NamedTuple):
    """A rectangle of cells."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        """Return whether a cell lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre; a row counts as two columns, as high as it is wide."""
        return self.x + self.width / 2, 2 * (self.y + self.height / 2)


class Words(NamedTuple):
    """Lines of text from one cell on; the first `lead` cells of the first line are a label.

    `drawn` says that they are rows of drawn letters.
    """

    x: int
    y: int
    lines: tuple[str, ...]
    role: str
    lead: int = 0
    drawn: bool = False


class Target(NamedTuple):
    """Something that can be pressed, with the lines of its label."""

    act: Act
    box: Box
    lines: tuple[str, ...]
    key: str = ""
    chosen: bool | None = None
    leads: bool = False
    """Whether it is what most people press here."""
    drawn: bool = False
    """Whether the lines are drawn letters, with key and sign among them."""


class Board(NamedTuple):
    """All there is on the screen. `page` of `pages` is counted from 0; `figure` is where the body belongs."""

    columns: int
    rows: int
    words: tuple[Words, ...] = ()
    targets: tuple[Target, ...] = ()
    figure: Box | None = None
    first: int | None = None
    page: int = 0
    pages: int = 1
    grave: bool = False
    share: tuple[Box, int] | None = None
    """Where the bar of progress lies, and how much of it is done, in percent."""

    def at(self, x: int, y: int) -> int | None:
        """Return which target lies at a cell, None where none does."""
        return next((place for place, target in enumerate(self.targets) if target.box.holds(x, y)), None)

    def of(self, act: Act) -> int | None:
        """Return which target does something, None where none does."""
        return next((place for place, target in enumerate(self.targets) if target.act == act), None)

    def of_key(self, key: str) -> int | None:
        """Return which target a digit presses, None where none does."""
        return next((place for place, target in enumerate(self.targets) if key and target.key == key), None)

    def next_to(self, here: int, direction: str) -> int | None:
        """Return the target nearest to another in a direction, None where there is none that way."""
        x, y = self.targets[here].box.middle
        dx, dy = _WAYS[direction]
        best, nearest = None, 0.0
        for place, target in enumerate(self.targets):
            across, along = target.box.middle[0] - x, target.box.middle[1] - y
            ahead, aside = (across * dx, abs(along)) if dx else (along * dy, abs(across))
            # What overlaps straight ahead comes before what lies askew.
            apart = _apart(self.targets[here].box, target.box, bool(dx))
            if place == here or ahead <= 0 or (dx and apart > 0):
                continue
            distance = ahead + 0.1 * aside + 3.0 * apart
            if best is None or distance < nearest:
                best, nearest = place, distance
        return best


_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def _apart(one: Box, other: Box, rows: bool) -> int:
    """Return how many rows (or columns) lie between two boxes, 0 where they share some."""
    if rows:
        return max(0, other.y - (one.y + one.height) + 1, one.y - (other.y + other.height) + 1)
    return max(0, other.x - (one.x + one.width) + 1, one.x - (other.x + other.width) + 1)
