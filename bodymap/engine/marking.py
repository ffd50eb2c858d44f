"""What marks on the map switch on in the masks of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from bodymap.engine.facts import at_place
from bodymap.engine.findings import Findings, Mark
from bodymap.engine.tables import Tables
from bodymap.knowledge.pack import SIDES

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What one mark does, worked out once.

    `true`: switched on at once, the fields of the place among it. `open`: false bits that this place keeps
    from being set (its slots are true or unknown). `worse`: per answer id, false bits kept open only while
    that answer is not an explicit "no", the fields that then say so, and the slots they belong to. `false`:
    slots to which this place says no.
    `sides`: for each cause three bits, one set where something is felt here and the place is one of the cause's
    own regions.
    """

    true: int
    open: int
    worse: tuple[tuple[str, int, int, tuple[int, ...]], ...]
    false: tuple[int, ...]
    sides: int


class Marking:
    """Turns marks into masks. A slot is true where one of its places is; false only where all of them are."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._sizes = [len(slot.places) for slot in tables.slots]
        self._false = [slot.false for slot in tables.slots]
        self._all_false = 0
        self._at: dict[tuple[str, str], list[int]] = {}
        for number, slot in enumerate(tables.slots):
            self._all_false |= slot.false
            for place in slot.places:
                self._at.setdefault(place, []).append(number)
        self._effects: dict[tuple[str, str, int, tuple[str, ...], tuple[str, ...]], Effect] = {}

    def mask(self, findings: Findings) -> int:
        """Return all that the marks, and the map being complete, switch on."""
        said = findings.answers
        state = kept = 0
        effects: list[Effect] = []
        for mark in findings.marks:
            effect = self.effect(mark)
            effects.append(effect)
            state |= effect.true
            kept |= effect.open
            for id, bits, fields, _ in effect.worse:
                if said.get(id) != "no":
                    kept |= bits
                    state |= fields
            for id in mark.worse_with:
                if said.get(id, "unsure") == "unsure":
                    state |= self._tables.answer_mask(id, "yes")
        if findings.map_complete:
            return state | self._tables.complete | self._all_false & ~kept
        return state | self._said_false(findings, effects) if effects else state

    def effect(self, mark: Mark) -> Effect:
        """Return what one mark does by itself."""
        key = (mark.region, mark.side, mark.intensity, mark.qualities, mark.worse_with)
        effect = self._effects.get(key)
        if effect is None:
            if len(self._effects) >= _KEPT:
                self._effects.clear()
            effect = self._effects[key] = self._work_out(mark)
        return effect

    def _work_out(self, mark: Mark) -> Effect:
        true = self._tables.level_mask(mark)
        kept = 0
        worse: dict[str, tuple[int, int, tuple[int, ...]]] = {}
        false: list[int] = []
        for number in self._at.get(mark.place, ()):
            slot = self._tables.slots[number]
            value = at_place(slot.marked, mark, True, {})
            if value is False:
                false.append(number)
                continue
            field = slot.fields.get(mark.place, (0, 0))
            asked = slot.marked.worse_with
            if asked is not None and asked not in mark.worse_with:
                bits, fields, slots = worse.get(asked, (0, 0, ()))
                worse[asked] = (bits | slot.false, fields | field[1], (*slots, number))
                continue
            kept |= slot.false
            true |= slot.true | field[0] if value else field[1]
        sides = 0
        if mark.strength:
            for table in self._tables.causes:
                if mark.region in table.regions:
                    sides |= 1 << 3 * table.index + SIDES.index(mark.side)
        return Effect(true, kept, tuple((id, *both) for id, both in worse.items()), tuple(false), sides)

    def sides(self, findings: Findings) -> int:
        """Return, three bits a cause, the sides on which something is felt in the causes' own regions."""
        sides = 0
        for mark in findings.marks:
            sides |= self.effect(mark).sides
        return sides

    def _said_false(self, findings: Findings, effects: list[Effect]) -> int:
        """Return the false bits of slots every place of which is marked and says no (the map is still open)."""
        said = findings.answers
        counts: dict[int, int] = {}
        sizes = self._sizes
        marks = len(effects)
        for effect in effects:
            for number in effect.false:
                if sizes[number] <= marks:
                    counts[number] = counts.get(number, 0) + 1
            for id, _, _, slots in effect.worse:
                if said.get(id) == "no":
                    for number in slots:
                        counts[number] = counts.get(number, 0) + 1
        state = 0
        for number, count in counts.items():
            if count == sizes[number]:
                state |= self._false[number]
        return state
