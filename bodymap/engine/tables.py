"""A pack turned into bit masks, once: what each answer, number and mark makes true or false.

One big integer holds the whole state. Lowest lie the findings themselves (`bodymap.engine.fields`), above them
the lines, cause by cause, and then the alarms. Every line has two bits: one says "true", the other "false";
neither means unknown. A finding is a mask to be OR-ed in. Nested conditions are then settled by a few additions
(`bodymap.engine.gates`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from bodymap.engine.facts import PlaceKey, holds, is_definite, regions_of, within
from bodymap.engine.fields import Bits, Fields
from bodymap.engine.findings import AnswerValue
from bodymap.engine.gates import Gates
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import SIDES, Answer, Cause, Condition, Line, Marked, Number, Pack

_KEPT = 10_000


@dataclass(slots=True)
class Slot:
    """A `marked` condition on one side, or on any: true where any of its places is. `true` and `false` are what
    it switches on.
    """

    marked: Marked
    places: tuple[PlaceKey, ...]
    said: dict[PlaceKey, Bits]
    true: int = 0
    false: int = 0


@dataclass(slots=True)
class NumberTable:
    """Masks of a number question: `masks[bisect_right(breaks, number)]`."""

    atoms: list[tuple[Number, bool, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)

    def finish(self) -> None:
        """Fill in the masks once every condition is known."""
        edges: set[int] = set()
        for atom, _, _ in self.atoms:
            if atom.at_least is not None:
                edges.add(atom.at_least)
            if atom.at_most is not None:
                edges.add(atom.at_most + 1)
        self.breaks = sorted(edges)
        for low in [self.breaks[0] - 1, *self.breaks] if self.breaks else [0]:
            mask = 0
            for atom, wanted, bit in self.atoms:
                if within(atom, low) is wanted:
                    mask |= bit
            self.masks.append(mask)


class LineBits(NamedTuple):
    """The bits of a line, counted from the base of its cause: the two of them, and the one that makes it count.

    (A need counts where it is false.)
    """

    true: int
    false: int
    both: int
    counts: int


@dataclass(frozen=True, slots=True)
class CauseTable:
    """The bits of a cause: three from `base` for its sides, then those of its lines; `every` one there is."""

    cause: Cause
    index: int
    base: int
    lines: tuple[LineBits, ...]
    every: int
    regions: frozenset[str]

    def side(self, side: str) -> int:
        """Return the bit that says that something is felt on a side, in the cause's own regions."""
        return 1 << self.base + SIDES.index(side)

    def unknown_lines(self, state: int) -> list[int]:
        """Return the places of the lines that are neither true nor false."""
        area = state >> self.base
        return [place for place, bits in enumerate(self.lines) if not area & bits.both]


class Tables:
    """All masks of a pack. Built here; nothing changes it afterwards."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        self.pack = pack
        self.anatomy = anatomy
        rules = [line.when for cause in pack.causes for line in cause.lines]
        for alarm in pack.alarms:
            rules += [alarm.when] if alarm.opened_by is None else [alarm.when, alarm.opened_by]
        self.fields = Fields(rules, pack, anatomy)
        self.start = 0
        """Bits that are set whatever was found: conditions on places that no region has."""
        self.numbers: dict[str, NumberTable] = {}
        self.slots = {
            marked: Slot(marked, places, self.fields.said.get(marked, {}))
            for marked, places in self.fields.places.items()
        }
        self.answers = AnswerMasks(self)
        self._atoms: dict[str, list[tuple[Answer, bool, int]]] = {}
        self._gates = Gates(self.fields.size, self._leaf)
        self.causes = [self._cause(index, cause) for index, cause in enumerate(pack.causes)]
        self.alarms = [
            (self._both(alarm.when), None if alarm.opened_by is None else self._both(alarm.opened_by))
            for alarm in pack.alarms
        ]
        self._layers = self._gates.layers
        for number in self.numbers.values():
            number.finish()

    def lines(self) -> list[tuple[Line, int, int]]:
        """Return every line with its "true" and its "false" bit."""
        return [
            (line, bits.true << table.base, bits.false << table.base)
            for table in self.causes
            for line, bits in zip(table.cause.lines, table.lines, strict=True)
        ]

    def settle(self, state: int) -> int:
        """Return a state with every nested condition worked out (`bodymap.engine.gates` says how)."""
        for parts, gaps, ones, outcomes in self._layers:
            state |= (state & parts | gaps) + ones & outcomes
        return state

    def answer_mask(self, id: str, value: AnswerValue) -> int:
        """Return what an answer switches on; nothing where it decides nothing or no rule uses the question."""
        if id not in self.fields or not is_definite(self.pack.questions.get(id), value):
            return 0
        mask = self.fields.answer(id, value)
        for atom, wanted, bit in self._atoms.get(id, ()):
            if holds(atom, value) is wanted:
                mask |= bit
        number = self.numbers.get(id)
        if number is not None and isinstance(value, int):
            mask |= number.masks[bisect_right(number.breaks, value)]
        return mask

    # Compiling

    def _cause(self, index: int, cause: Cause) -> CauseTable:
        base = self._gates.size
        for _ in SIDES:
            self._gates.take()
        lines = tuple(self._line(line, base) for line in cause.lines)
        every = (1 << self._gates.size) - (1 << base)
        regions = frozenset(regions_of((*cause.usual, *cause.possible), self.pack))
        return CauseTable(cause, index, base, lines, every, regions)

    def _line(self, line: Line, base: int) -> LineBits:
        true, false = (bit >> base for bit in self._both(line.when))
        return LineBits(true, false, true | false, false if line.kind == "need" else true)

    def _both(self, condition: Condition) -> Bits:
        return self._gates.lay(condition, True), self._gates.lay(condition, False)

    def _leaf(self, condition: Answer | Number | Marked, wanted: bool, bit: int) -> None:
        """Make `bit` say that a condition without parts is `wanted`."""
        if isinstance(condition, Answer):
            self._atoms.setdefault(condition.id, []).append((condition, wanted, bit))
        elif isinstance(condition, Number):
            self.numbers.setdefault(condition.id, NumberTable()).atoms.append((condition, wanted, bit))
        elif wanted:
            self.slots[condition].true |= bit
        elif self.slots[condition].places:
            self.slots[condition].false |= bit
        else:
            self.start |= bit


class AnswerMasks(dict[tuple[str, AnswerValue], int]):
    """What each answer switches on, kept once it was asked for."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __missing__(self, answer: tuple[str, AnswerValue]) -> int:
        if len(self) >= _KEPT:
            self.clear()
        mask = self[answer] = self._tables.answer_mask(*answer)
        return mask
