"""What was found, as bits: a field for each question and each place that a rule looks at.

The fields are the lowest part of the state (see `bodymap.engine.tables`). Those that a line looks at are the
key under which its trace is kept, so a field says everything that a trace can say: which answer was given,
which number, how intense a mark is, what a place says to a condition on qualities.
"""

from __future__ import annotations

from bodymap.engine.facts import PlaceKey, atoms_of, places_of, spread
from bodymap.engine.findings import AnswerValue, Mark
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import Answer, Condition, Marked, Not, Number, Pack, Question

Bits = tuple[int, int]
"""Two masks that exclude each other: of "true" and "false", or of "true" and "unknown". Neither set says the
third.
"""

_FELT = 12
"""In the field of a place, lowest four bits: something is felt there without pain. 1 to 11 are the intensities 0
to 10."""
_LEVEL = 15
_SOMETHING = 16
_NOTHING = 32


class Fields:
    """Where the fields lie. `size` is how many bits they take, `complete` the one that says the map is complete."""

    def __init__(self, rules: list[Condition], pack: Pack, anatomy: Anatomy) -> None:
        self._pack = pack
        self.size = 0
        self._codes: dict[str, tuple[int, int]] = {}
        self._levels: dict[PlaceKey, int] = {}
        self.places: dict[Marked, tuple[PlaceKey, ...]] = {}
        """Where each condition on one side, or on any, looks."""
        self.said: dict[Marked, dict[PlaceKey, Bits]] = {}
        """What a place, though marked strongly enough, says to a condition on more: its "true" and "unknown"."""
        atoms = list(dict.fromkeys(atom for rule in rules for atom in atoms_of(rule)))
        for atom in atoms:
            id = atom.worse_with if isinstance(atom, Marked) else atom.id
            if id is not None and id not in self._codes:
                size = _highest(pack.questions.get(id)).bit_length()
                self._codes[id] = (self._take(size), size)
        self.complete = 1 << self._take(1)
        for atom in atoms:
            for part in atoms_of(spread(atom)) if isinstance(atom, Marked) else ():
                if isinstance(part, Marked) and part not in self.places:
                    self._lay_out(part, places_of(part, part.sides, pack, anatomy))

    def _lay_out(self, marked: Marked, places: tuple[PlaceKey, ...]) -> None:
        self.places[marked] = places
        for place in places:
            if place not in self._levels:
                self._levels[place] = self._take(6)
        if marked.qualities or marked.worse_with is not None:
            starts = [(place, self._take(2)) for place in places]
            self.said[marked] = {place: (1 << start, 2 << start) for place, start in starts}

    def _take(self, size: int) -> int:
        self.size += size
        return self.size - size

    def __contains__(self, id: str) -> bool:
        """Return whether any rule looks at a question."""
        return id in self._codes

    def answer(self, id: str, value: AnswerValue) -> int:
        """Return the field of a question that a rule looks at, filled with a definite answer."""
        return _code(self._pack.questions.get(id), value) << self._codes[id][0]

    def level(self, mark: Mark) -> int:
        """Return the field of a place filled with the intensity of its mark."""
        if mark.place not in self._levels:
            return 0
        felt = mark.strength > 0
        level = _FELT if felt and not mark.intensity else mark.intensity + 1
        return (level | (_SOMETHING if felt else _NOTHING)) << self._levels[mark.place]

    def view(self, condition: Condition, known: bool = True) -> int:
        """Return the fields that a condition looks at: all that its truth and its trace depend on.

        Those of one that is not `known` hold less: where any pain will do, how intense it is shows in no open trace.
        """
        if isinstance(condition, Not):
            return self.view(condition.part, known)
        if isinstance(condition, Answer | Number):
            return self._whole(condition.id)
        mask = 0
        if isinstance(condition, Marked):
            if condition.sides in ("both", "one"):
                return self.view(spread(condition), known)
            if not self.places[condition]:
                return 0
            any_will_do = condition.intensity_at_least <= 1 and condition not in self.said
            bits = _SOMETHING | _NOTHING if any_will_do and not known else _LEVEL
            for place in self.places[condition]:
                mask |= bits << self._levels[place]
            for true, unknown in self.said.get(condition, {}).values():
                mask |= true | unknown
            mask |= self.complete
            return mask if condition.worse_with is None else mask | self._whole(condition.worse_with)
        for part in condition.parts:
            mask |= self.view(part, known)
        return mask

    def _whole(self, id: str) -> int:
        start, size = self._codes[id]
        return (1 << size) - 1 << start


def _highest(question: Question | None) -> int:
    """Return the highest code that an answer can have."""
    if question is None or question.kind == "yes-no":
        return 2
    return max(2, len(question.choices), question.highest - question.lowest + 1)


def _code(question: Question | None, value: AnswerValue) -> int:
    """Return a number from 1 that stands for a definite answer."""
    if question is None or question.kind == "yes-no":
        return 1 if value == "yes" else 2
    if isinstance(value, int):
        return value - question.lowest + 1
    return [id for id, _ in question.choices].index(value) + 1
