"""A pack turned into bit masks, once: what each answer, number and mark makes true or false.

One big integer holds the whole state. Every signal (a line, an alarm's condition, an atom that several
conditions share, a part of a nested condition) owns two bits in it: one says "true", the other "false";
neither means unknown. A finding is a mask to be OR-ed in. Nested conditions are then settled by one pass
over `nodes`, children first.

Below the signals lie fields that hold the findings themselves: the code of each answer, the intensity at
each place, what a place says to a condition on qualities. The fields a line looks at are the key under which
its trace is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from bodymap.engine.facts import PlaceKey, holds, is_definite, places_of, regions_of, spread, within
from bodymap.engine.findings import AnswerValue, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import (
    All,
    Answer,
    Any,
    Cause,
    Condition,
    Line,
    Marked,
    Not,
    Number,
    Pack,
    Question,
)

Bits = tuple[int, int]
"""The masks of a signal: its true bit and its false bit."""

_FELT = 12
"""In the field of a place: something is felt there without pain. 1 to 11 are the intensities 0 to 10."""


@dataclass(slots=True)
class Slot:
    """A `marked` condition on one side: true where any of its places is. `true` and `false` are what it
    switches on.
    """

    marked: Marked
    places: tuple[PlaceKey, ...]
    true: int = 0
    false: int = 0
    fields: dict[PlaceKey, Bits] = field(default_factory=dict)
    """Where a place may be marked and yet say no or nothing: bits for "this place is true" and "is unknown".
    """


@dataclass(slots=True)
class NumberTable:
    """Masks of a number question: `masks[bisect_right(breaks, number)]`."""

    atoms: list[tuple[Number, Bits]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)

    def finish(self) -> None:
        """Fill in the masks once every condition is known."""
        edges: set[int] = set()
        for atom, _ in self.atoms:
            if atom.at_least is not None:
                edges.add(atom.at_least)
            if atom.at_most is not None:
                edges.add(atom.at_most + 1)
        self.breaks = sorted(edges)
        for low in [self.breaks[0] - 1, *self.breaks] if self.breaks else [0]:
            mask = 0
            for atom, (true, false) in self.atoms:
                mask |= true if within(atom, low) else false
            self.masks.append(mask)


@dataclass(slots=True)
class CauseTable:
    """Where a cause's lines lie: from bit `base`, first one true bit a line, then one false bit a line."""

    cause: Cause
    index: int
    base: int
    regions: frozenset[str]

    @property
    def window(self) -> int:
        """The mask that cuts the cause's bits out of a state shifted by `base`."""
        return (1 << 2 * len(self.cause.lines)) - 1


class Tables:
    """All masks of a pack. Built by `build`; nothing changes it afterwards."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        self.pack = pack
        self.anatomy = anatomy
        self.start = 0
        """Bits that are set whatever was found: conditions on places that no region has."""
        self.nodes: list[tuple[int, int, int, int]] = []
        """(all of, whenall, any of, whenany): `if state & all == all: state |= whenall elif state & any: …`.
        """
        self.numbers: dict[str, NumberTable] = {}
        self.slots: list[Slot] = []
        self.causes: list[CauseTable] = []
        self.alarms: list[tuple[Bits, Bits | None]] = []
        self.complete = 0
        """The bit that says that the map is complete."""
        self._levels: dict[PlaceKey, int] = {}
        self._codes: dict[str, tuple[int, int]] = {}
        self._atoms: dict[str, list[tuple[Answer, Bits]]] = {}
        self._slot_of: dict[Marked, Slot | None] = {}
        self._known: dict[Condition, Bits] = {}
        self._used = 0
        self._lay_out_fields()
        for index, cause in enumerate(pack.causes):
            base = self._used
            count = len(cause.lines)
            self._used += 2 * count
            regions = frozenset(regions_of((*cause.usual, *cause.possible), pack))
            self.causes.append(CauseTable(cause, index, base, regions))
        for table in self.causes:
            count = len(table.cause.lines)
            for number, line in enumerate(table.cause.lines):
                self._assign(line.when, (1 << table.base + number, 1 << table.base + count + number))
        for alarm in pack.alarms:
            when = self._signal(alarm.when)
            self.alarms.append((when, None if alarm.opened_by is None else self._signal(alarm.opened_by)))
        self._finish()

    def line_bits(self, cause: CauseTable, number: int) -> Bits:
        """Return the bits of a cause's line by its place in the cause."""
        return 1 << cause.base + number, 1 << cause.base + len(cause.cause.lines) + number

    def unknown_lines(self, cause: CauseTable, state: int) -> list[int]:
        """Return the places of a cause's lines that are neither true nor false."""
        bits = state >> cause.base
        known = bits | bits >> len(cause.cause.lines)
        return [place for place in range(len(cause.cause.lines)) if not known >> place & 1]

    def lines(self) -> list[tuple[CauseTable, int, Line]]:
        """Return every line with its cause and its place in it."""
        return [
            (cause, number, line) for cause in self.causes for number, line in enumerate(cause.cause.lines)
        ]

    def settle(self, state: int) -> int:
        """Return a state with every nested condition worked out."""
        for need, whenall, hit, whenany in self.nodes:
            if state & need == need:
                state |= whenall
            elif state & hit:
                state |= whenany
        return state

    def answer_mask(self, id: str, value: AnswerValue) -> int:
        """Return what an answer switches on; nothing where it decides nothing or no rule uses the question."""
        question = self.pack.questions.get(id)
        if id not in self._codes or not is_definite(question, value):
            return 0
        mask = 0
        for atom, (true, false) in self._atoms.get(id, ()):
            mask |= true if holds(atom, value) else false
        number = self.numbers.get(id)
        if number is not None and isinstance(value, int):
            mask |= number.masks[bisect_right(number.breaks, value)]
        start, _ = self._codes[id]
        return mask | self._code(question, value) << start

    def level_mask(self, mark: Mark) -> int:
        """Return the field of a place filled with the intensity of its mark."""
        level = mark.intensity + 1 if mark.intensity or not mark.strength else _FELT
        return level << self._levels[mark.place] if mark.place in self._levels else 0

    def view(self, condition: Condition) -> int:
        """Return the fields that a condition looks at: all that its trace depends on."""
        if isinstance(condition, Not):
            return self.view(condition.part)
        if isinstance(condition, Answer | Number):
            return self._field(condition.id)
        mask = 0
        if isinstance(condition, Marked):
            if condition.sides in ("both", "one"):
                return self.view(spread(condition))
            slot = self._slot_of.get(condition)
            if slot is None:
                return 0
            mask = self.complete
            for place in slot.places:
                mask |= 15 << self._levels[place]
            for true, unknown in slot.fields.values():
                mask |= true | unknown
            return mask | (0 if condition.worse_with is None else self._field(condition.worse_with))
        for part in condition.parts:
            mask |= self.view(part)
        return mask

    # Compiling

    def _new(self) -> Bits:
        self._used += 2
        return 1 << self._used - 2, 1 << self._used - 1

    def _signal(self, condition: Condition) -> Bits:
        """Return the bits that hold a condition's value, sharing them between equal conditions."""
        if isinstance(condition, Not):
            true, false = self._signal(condition.part)
            return false, true
        bits = self._known.get(condition)
        if bits is None:
            bits = self._known[condition] = self._new()
            self._assign(condition, bits)
        return bits

    def _assign(self, condition: Condition, bits: Bits) -> None:
        """Make `bits` follow the value of a condition."""
        true, false = bits
        if isinstance(condition, Not):
            self._assign(condition.part, (false, true))
        elif isinstance(condition, Answer):
            self._atoms.setdefault(condition.id, []).append((condition, bits))
        elif isinstance(condition, Number):
            self.numbers.setdefault(condition.id, NumberTable()).atoms.append((condition, bits))
        elif isinstance(condition, Marked):
            if condition.sides in ("both", "one"):
                self._assign(spread(condition), bits)
            else:
                self._assign_marked(condition, bits)
        else:
            parts = [self._signal(part) for part in condition.parts]
            trues = falses = 0
            for part_true, part_false in parts:
                trues |= part_true
                falses |= part_false
            if isinstance(condition, All):
                self.nodes.append((trues, true, falses, false))
            else:
                self.nodes.append((falses, false, trues, true))

    def _assign_marked(self, condition: Marked, bits: Bits) -> None:
        if condition not in self._slot_of:
            places = places_of(condition, condition.sides, self.pack, self.anatomy)
            slot = Slot(condition, places) if places else None
            self._slot_of[condition] = slot
            if slot is not None:
                self.slots.append(slot)
        slot = self._slot_of[condition]
        if slot is None:
            self.start |= bits[1]
        else:
            slot.true |= bits[0]
            slot.false |= bits[1]

    def _finish(self) -> None:
        for number in self.numbers.values():
            number.finish()
        for slot in self.slots:
            if slot.marked.qualities or slot.marked.worse_with is not None:
                slot.fields = {place: self._new() for place in slot.places}

    def _lay_out_fields(self) -> None:
        """Give each question and place that a rule looks at its field. They lie lowest, so that keys stay short."""
        rules = [line.when for cause in self.pack.causes for line in cause.lines]
        for alarm in self.pack.alarms:
            rules += [alarm.when] if alarm.opened_by is None else [alarm.when, alarm.opened_by]
        atoms = [atom for rule in rules for atom in atoms_of(rule)]
        ids = [atom.worse_with if isinstance(atom, Marked) else atom.id for atom in atoms]
        for id in dict.fromkeys(ids):
            if id is None:
                continue
            question = self.pack.questions.get(id)
            highest = 2
            if question is not None and question.kind != "yes-no":
                highest = max(len(question.choices), question.highest - question.lowest + 1)
            self._codes[id] = (self._used, highest.bit_length())
            self._used += highest.bit_length()
        self.complete = 1 << self._used
        self._used += 1
        for atom in atoms:
            if isinstance(atom, Marked):
                for place in places_of(atom, "any", self.pack, self.anatomy):
                    if place not in self._levels:
                        self._levels[place] = self._used
                        self._used += 4

    def _field(self, id: str) -> int:
        start, size = self._codes[id]
        return (1 << size) - 1 << start

    def _code(self, question: Question | None, value: AnswerValue) -> int:
        """Return a number from 1 that stands for a definite value."""
        if question is None or question.kind == "yes-no":
            return 1 if value == "yes" else 2
        if isinstance(value, int):
            return value - question.lowest + 1
        return [id for id, _ in question.choices].index(value) + 1


def atoms_of(condition: Condition) -> list[Answer | Number | Marked]:
    """Return the conditions without parts that a condition is made of, as often as they stand in it."""
    if isinstance(condition, Not):
        return atoms_of(condition.part)
    if isinstance(condition, All | Any):
        return [atom for part in condition.parts for atom in atoms_of(part)]
    return [condition]
