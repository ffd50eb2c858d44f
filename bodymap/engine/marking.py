"""What marks on the map switch on in the masks of a pack."""

from __future__ import annotations

from typing import NamedTuple

from bodymap.engine.facts import at_place
from bodymap.engine.findings import Findings, Mark
from bodymap.engine.tables import Slot, Tables

_KEPT = 20_000

MarkKey = tuple[str, str, int, tuple[str, ...], tuple[str, ...]]


class Effect(NamedTuple):
    """What one mark does, worked out once.

    `true`: switched on at once, the field of the place and the sides of causes among it. `open`: false bits that
    this place keeps from being set (its slots are true or unknown). `worse`: per answer id, false bits kept open
    only while that answer is not an explicit "no", the fields that then say so, and the slots they belong to.
    `false`: slots to which this place says no, each with its number of places, those with the fewest first.
    """

    true: int
    open: int
    worse: tuple[tuple[str, int, int, tuple[int, ...]], ...]
    false: tuple[tuple[int, int], ...]


class Marking(dict[MarkKey, Effect]):
    """Turns marks into masks. A slot is true where one of its places is; false only where all of them are.

    The effects of marks are kept in it.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._slots: list[Slot] = [slot for slot in tables.slots.values() if slot.places]
        self._sizes = [len(slot.places) for slot in self._slots]
        self._false = [slot.false for slot in self._slots]
        self._all_false = 0
        self._at: dict[tuple[str, str], list[int]] = {}
        for number, slot in enumerate(self._slots):
            self._all_false |= slot.false
            for place in slot.places:
                self._at.setdefault(place, []).append(number)

    def mask(self, findings: Findings) -> int:
        """Return all that the marks, and the map being complete, switch on."""
        said, answers = findings.answers, self._tables.answers
        state = kept = 0
        effects: list[Effect] = []
        for mark in findings.marks:
            effect = self[mark.region, mark.side, mark.intensity, mark.qualities, mark.worse_with]
            effects.append(effect)
            state |= effect[0]
            kept |= effect[1]
            for id, bits, fields, _ in effect[2]:
                if said.get(id) != "no":
                    kept |= bits
                    state |= fields
            for id in mark.worse_with:
                if not answers[id, said.get(id, "unsure")]:
                    state |= answers[id, "yes"]
        if findings.map_complete:
            return state | self._tables.fields.complete | self._all_false & ~kept
        return state | self._said_false(findings, effects) if effects else state

    def effect(self, mark: Mark) -> Effect:
        """Return what one mark does by itself."""
        return self[mark.region, mark.side, mark.intensity, mark.qualities, mark.worse_with]

    def __missing__(self, key: MarkKey) -> Effect:
        if len(self) >= _KEPT:
            self.clear()
        effect = self[key] = self._work_out(Mark(*key))
        return effect

    def _work_out(self, mark: Mark) -> Effect:
        true = self._tables.fields.level(mark)
        kept = 0
        worse: dict[str, tuple[int, int, tuple[int, ...]]] = {}
        false: list[int] = []
        for number in self._at.get(mark.place, ()):
            slot = self._slots[number]
            value = at_place(slot.marked, mark, True, {})
            if value is False:
                false.append(number)
                continue
            says = slot.said.get(mark.place, (0, 0))
            asked = slot.marked.worse_with
            if asked is not None and asked not in mark.worse_with:
                bits, fields, slots = worse.get(asked, (0, 0, ()))
                worse[asked] = (bits | slot.false, fields | says[1], (*slots, number))
                continue
            kept |= slot.false
            true |= slot.true | says[0] if value else says[1]
        if mark.strength:
            for table in self._tables.causes:
                if mark.region in table.regions:
                    true |= table.side(mark.side)
        sized = tuple(sorted((self._sizes[number], number) for number in false))
        return Effect(true, kept, tuple((id, *both) for id, both in worse.items()), sized)

    def _said_false(self, findings: Findings, effects: list[Effect]) -> int:
        """Return the false bits of slots every place of which is marked and says no (the map is still open)."""
        said = findings.answers
        counts: dict[int, int] = {}
        marks = len(effects)
        for effect in effects:
            for size, number in effect.false:
                if size > marks:
                    break
                counts[number] = counts.get(number, 0) + 1
            for id, _, _, slots in effect.worse:
                if said.get(id) == "no":
                    for number in slots:
                        counts[number] = counts.get(number, 0) + 1
        state = 0
        for number, count in counts.items():
            if count == self._sizes[number]:
                state |= self._false[number]
        return state
