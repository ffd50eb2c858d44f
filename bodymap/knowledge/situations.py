"""Whether there is any patient at all for whom something holds: an exact search over all that can be said.

A *situation* is a patient who has said everything: each question has a definite answer, the map is complete,
and no mark says "worse with x" where x was answered with no. Numbers are tried once in each stretch between
the bounds that conditions name. Places that the conditions cannot tell apart are tried as often as there are
conditions on them, which is enough: each condition needs one place to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations, product
from typing import NamedTuple

from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import QUALITIES, SIDES, All, Answer, Any, Condition, Marked, Not, Number, Pack

Truth = bool | None
Name = tuple[str, ...]
"""`("answer", id)`, `("number", id)` or `("place", region, side)`."""

BUDGET = 2_000
"""Steps of one search; the shipped pack needs about fifty."""
_MOST_VALUES = 200


class Term(NamedTuple):
    """A condition and the points that it adds where it is true."""

    when: Condition
    points: int


class Mark(NamedTuple):
    """A mark as a condition sees it; intensity 0 stands for no mark, and 1 also for what is felt without pain."""

    intensity: int
    qualities: frozenset[str] = frozenset()
    worse_with: frozenset[str] = frozenset()


class UndecidedError(Exception):  # not an error: the search was cut short
    """The budget ran out, or the conditions are too many-sided to try everything."""


def marked_in(when: Condition) -> Iterable[Marked]:
    """Yield every condition on the map inside `when`."""
    match when:
        case Marked():
            yield when
        case All(parts) | Any(parts):
            for part in parts:
                yield from marked_in(part)
        case Not(part):
            yield from marked_in(part)


def atoms_in(when: Condition) -> Iterable[Answer | Number | Marked]:
    """Yield every condition inside `when` that is not made of others."""
    match when:
        case All(parts) | Any(parts):
            for part in parts:
                yield from atoms_in(part)
        case Not(part):
            yield from atoms_in(part)
        case _:
            yield when


class Situations:
    """Searches the situations that can make a difference to `terms`."""

    def __init__(self, terms: Iterable[Term], pack: Pack, anatomy: Anatomy) -> None:
        self.terms = tuple(terms)
        self._atoms = list(dict.fromkeys(chain.from_iterable(atoms_in(term.when) for term in self.terms)))
        self._values: dict[Name, tuple[object, ...]] = {}
        self._add_answers(pack)
        self._places: dict[Marked, dict[str, tuple[Name, ...]]] = {}
        self._add_places(anatomy)
        self._named = [frozenset(self._names(term.when)) for term in self.terms]
        self._touched: dict[Name, list[int]] = {name: [] for name in self._values}
        for number, names in enumerate(self._named):
            for name in names:
                self._touched[name].append(number)
        self._said: dict[Name, object] = {}
        self._left = 0

    def reaches(self, goal: int) -> bool:
        """Return whether the true terms can add up to `goal` or more. Raises `UndecidedError`."""
        self._said = {}
        self._left = BUDGET
        return self._search([self._truth(term.when) for term in self.terms], goal)

    def most(self) -> int:
        """Return the most that the true terms can add up to. Raises `UndecidedError`."""
        low = sum(term.points for term in self.terms if term.points < 0)
        high = sum(term.points for term in self.terms if term.points > 0)
        while low < high:
            middle = (low + high + 1) // 2
            if self.reaches(middle):
                low = middle
            else:
                high = middle - 1
        return low

    # What can be said

    def _add_answers(self, pack: Pack) -> None:
        numbers: dict[str, set[int]] = {}
        for atom in self._atoms:
            if isinstance(atom, Answer):
                question = pack.questions[atom.id]
                choices = tuple(choice for choice, _ in question.choices) or ("yes", "no")
                self._values["answer", atom.id] = choices
            elif isinstance(atom, Number):
                edges = numbers.setdefault(atom.id, {pack.questions[atom.id].lowest})
                edges.update(() if atom.at_least is None else (atom.at_least,))
                edges.update(() if atom.at_most is None else (atom.at_most + 1,))
            elif atom.worse_with is not None:
                self._values["answer", atom.worse_with] = ("yes", "no")
        for id, edges in numbers.items():
            lowest, highest = pack.questions[id].lowest, pack.questions[id].highest
            self._values["number", id] = tuple(edge for edge in sorted(edges) if lowest <= edge <= highest)

    def _add_places(self, anatomy: Anatomy) -> None:
        on_map = [atom for atom in self._atoms if isinstance(atom, Marked)]
        kinds: dict[tuple[str, tuple[int, ...]], list[Name]] = {}
        for region in dict.fromkeys(chain.from_iterable(atom.regions for atom in on_map)):
            seen_by = tuple(number for number, atom in enumerate(on_map) if region in atom.regions)
            for side in anatomy.regions[region].sides:
                kinds.setdefault((side, seen_by), []).append(("place", region, side))
        kept: dict[str, list[Name]] = {side: [] for side in SIDES}
        for (side, seen_by), names in kinds.items():
            marks = _marks([on_map[number] for number in seen_by])
            for name in names[: len(seen_by)]:
                kept[side].append(name)
                self._values[name] = marks
        for atom in on_map:
            self._places[atom] = {
                side: tuple(name for name in names if name[1] in atom.regions) for side, names in kept.items()
            }

    def _names(self, when: Condition) -> Iterable[Name]:
        for atom in atoms_in(when):
            if isinstance(atom, Answer):
                yield "answer", atom.id
            elif isinstance(atom, Number):
                yield "number", atom.id
            else:
                if atom.worse_with is not None:
                    yield "answer", atom.worse_with
                for names in self._places[atom].values():
                    yield from names

    # The search

    def _search(self, truths: list[Truth], goal: int) -> bool:
        sure = best = 0
        open_term = -1
        for number, (term, truth) in enumerate(zip(self.terms, truths, strict=True)):
            if truth:
                sure += term.points
                best += term.points
            elif truth is None and not self._named[number] <= self._said.keys():
                sure += min(0, term.points)
                best += max(0, term.points)
                if open_term < 0 or abs(term.points) > abs(self.terms[open_term].points):
                    open_term = number
        if sure >= goal or best < goal:
            return sure >= goal
        self._left -= 1
        if self._left < 0:
            raise UndecidedError
        name = next(name for name in self._order(open_term) if name not in self._said)
        tries: list[tuple[int, int, object, list[Truth]]] = []
        for value in self._values[name]:
            if self._agrees(name, value):
                changed = self._with(name, value, truths)
                points = sum(
                    term.points if truth else max(0, term.points) if truth is None else 0
                    for term, truth in zip(self.terms, changed, strict=True)
                )
                tries.append((-points, len(tries), value, changed))
        for _, _, value, changed in sorted(tries, key=lambda attempt: attempt[:2]):
            self._said[name] = value
            if self._search(changed, goal):
                return True
            del self._said[name]
        return False

    def _order(self, number: int) -> list[Name]:
        # Answers before places: a place that says "worse with x" must agree with the answer to x.
        return sorted(self._named[number], key=lambda name: (name[0] == "place", name))

    def _agrees(self, name: Name, value: object) -> bool:
        """Return whether `value` contradicts nothing said so far ("worse with x" at a place, "no" to x)."""
        if isinstance(value, Mark):
            return all(self._said.get(("answer", id)) != "no" for id in value.worse_with)
        if name[0] == "answer" and value == "no":
            return not any(
                isinstance(said, Mark) and name[1] in said.worse_with for said in self._said.values()
            )
        return True

    def _with(self, name: Name, value: object, truths: list[Truth]) -> list[Truth]:
        self._said[name] = value
        changed = list(truths)
        for number in self._touched[name]:
            if changed[number] is None:
                changed[number] = self._truth(self.terms[number].when)
        del self._said[name]
        return changed

    def _truth(self, when: Condition) -> Truth:
        match when:
            case Answer(id, value):
                said = self._said.get(("answer", id))
                return None if said is None else said == value
            case Number(id, low, high):
                number = self._said.get(("number", id))
                if not isinstance(number, int):
                    return None
                return (low is None or number >= low) and (high is None or number <= high)
            case Not(part):
                truth = self._truth(part)
                return None if truth is None else not truth
            case All(parts):
                return all_of(self._truth(part) for part in parts)
            case Any(parts):
                return any_of(self._truth(part) for part in parts)
            case Marked():
                return self._marked(when)

    def _marked(self, when: Marked) -> Truth:
        places = self._places[when]
        if when.sides == "any":
            return any_of(self._at(when, name) for side in SIDES for name in places[side])
        left, right = (any_of(self._at(when, name) for name in places[side]) for side in ("left", "right"))
        if when.sides == "left":
            return left
        if when.sides == "right":
            return right
        if when.sides == "both":
            return all_of((left, right))
        return None if left is None or right is None else left != right

    def _at(self, when: Marked, name: Name) -> Truth:
        mark = self._said.get(name)
        if not isinstance(mark, Mark):
            return None
        if mark.intensity < when.intensity_at_least:
            return False
        value: Truth = True
        if when.qualities:
            value = None if not mark.qualities else not mark.qualities.isdisjoint(when.qualities)
        if when.worse_with is not None and when.worse_with not in mark.worse_with:
            worse: Truth = False if self._said.get(("answer", when.worse_with)) == "no" else None
            value = all_of((value, worse))
        return value


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return Kleene's `and`."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return Kleene's `or`."""
    unknown = False
    for truth in truths:
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


def _marks(conditions: list[Marked]) -> tuple[Mark, ...]:
    """Return marks enough to meet every combination of what `conditions` ask. Raises `UndecidedError`."""
    intensities = sorted({when.intensity_at_least for when in conditions})
    asked = [frozenset(when.qualities) for when in conditions if when.qualities]
    # One quality stands for all that the same conditions ask for.
    alike: dict[tuple[bool, ...], str] = {}
    for quality in dict.fromkeys(chain.from_iterable(sorted(names) for names in asked)):
        alike.setdefault(tuple(quality in names for names in asked), quality)
    unasked = [quality for quality in QUALITIES if not any(quality in names for names in asked)]
    others = unasked[:1] if asked else []
    worse = sorted({when.worse_with for when in conditions if when.worse_with is not None})
    qualities, answers = _subsets((*alike.values(), *others)), _subsets(worse)
    if len(intensities) * len(qualities) * len(answers) > _MOST_VALUES:
        raise UndecidedError
    marks = (Mark(*parts) for parts in product(intensities, qualities, answers))
    return (Mark(0), *marks)


def _subsets(names: Iterable[str]) -> list[frozenset[str]]:
    names = tuple(names)
    if len(names) > 8:
        raise UndecidedError
    return [frozenset(some) for size in range(len(names) + 1) for some in combinations(names, size)]
