"""Nested conditions, worked out all at once by adding.

For "this condition is true" and "this condition is false" a gate is laid for each: a row of bits, one for
each part that must have its say, and above them one bit for the outcome. A part that is itself nested has its
own gate just below its bit, so the bits of a row may have gaps between them.

All gates of one height are settled by a single addition, because a sum carries out of a row into the bit
above it

- where every part is needed: if the gaps are filled with ones and one is added at the bottom;
- where one part is enough: if ones are added along the whole row.

Neither sum ever reaches beyond its own bit above. Where no part has spoken the outcome stays unset, and a
condition neither of whose gates is set is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bodymap.engine.facts import spread
from bodymap.knowledge.pack import All, Answer, Any, Condition, Marked, Not, Number

Leaf = Callable[[Answer | Number | Marked, bool, int], None]
"""Told of each condition without parts, of the truth wanted of it, and of the bit that is to say so."""


@dataclass(slots=True)
class _Layer:
    """The gates of one height: `parts` are kept, `gaps` filled, `ones` added, and `outcomes` read."""

    parts: int = 0
    gaps: int = 0
    ones: int = 0
    outcomes: int = 0


class Gates:
    """Lays gates from bit `start` upwards; `size` is the first bit not yet taken."""

    def __init__(self, start: int, leaf: Leaf) -> None:
        self.size = start
        self._leaf = leaf
        self._layers: list[_Layer] = []

    @property
    def layers(self) -> tuple[tuple[int, int, int, int], ...]:
        """What `bodymap.engine.tables.Tables.settle` adds, lowest gates first."""
        return tuple((layer.parts, layer.gaps, layer.ones, layer.outcomes) for layer in self._layers)

    def lay(self, condition: Condition, wanted: bool) -> int:
        """Return the bit that will be set where `condition` is known to be `wanted`; it is the last one taken."""
        return self._lay(condition, wanted)[0]

    def _lay(self, condition: Condition, wanted: bool) -> tuple[int, int]:
        """Return the bit and the height of its gate, 0 where no gate is needed."""
        if isinstance(condition, Not):
            return self._lay(condition.part, not wanted)
        if isinstance(condition, Marked) and condition.sides in ("both", "one"):
            return self._lay(spread(condition), wanted)
        if not isinstance(condition, All | Any):
            bit = self.take()
            self._leaf(condition, wanted, bit)
            return bit, 0
        low = 1 << self.size
        parts = height = 0
        for part in condition.parts:
            bit, below = self._lay(part, wanted)
            parts |= bit
            height = max(height, below)
        bit = self.take()
        row = bit - low
        if height == len(self._layers):
            self._layers.append(_Layer())
        layer = self._layers[height]
        layer.parts |= parts
        layer.outcomes |= bit
        if isinstance(condition, All) == wanted:
            layer.gaps |= row & ~parts
            layer.ones |= low
        else:
            layer.ones |= row
        return bit, height + 1

    def take(self) -> int:
        """Take one bit."""
        self.size += 1
        return 1 << self.size - 1
