"""Undo and redo. Findings are immutable, so history is a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.engine.findings import Findings

_KEPT = 500


class History:
    """What was said, step by step; `now` is the present."""

    def __init__(self, start: Findings) -> None:
        self.now = start
        self._before: list[Findings] = []
        self._after: list[Findings] = []

    @property
    def begun(self) -> bool:
        """Whether there ever was another present than this one."""
        return bool(self._before or self._after)

    def record(self, findings: Findings) -> bool:
        """Make `findings` the present; return whether anything changed. What had been undone is forgotten."""
        if findings == self.now:
            return False
        self._before = [*self._before[-_KEPT:], self.now]
        self._after = []
        self.now = findings
        return True

    def undo(self) -> bool:
        """Go one step back; return False at the beginning."""
        if not self._before:
            return False
        self._after.append(self.now)
        self.now = self._before.pop()
        return True

    def redo(self) -> bool:
        """Take back one undo; return False when there is none."""
        if not self._after:
            return False
        self._before.append(self.now)
        self.now = self._after.pop()
        return True
