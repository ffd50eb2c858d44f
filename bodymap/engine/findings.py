"""What a person has said: marks on the map and answers. Plain values; nothing here reads files or knows
rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

AnswerValue = str | int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that hurts, or (intensity 0 and nothing else) one where explicitly nothing is felt.

    `intensity` 0–10; `qualities` from `bodymap.knowledge.pack.QUALITIES`; `worse_with` are answer ids true
    at this place. Intensity 0 with either of them says "no pain, but something is felt here".
    """

    region: str
    side: str
    intensity: int
    qualities: tuple[str, ...] = ()
    worse_with: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """The (region, side) this mark stands on."""
        return (self.region, self.side)

    @property
    def strength(self) -> int:
        """The intensity as conditions see it: 1 where something is felt without pain, 0 where nothing is."""
        # Numb without pain is how squeezed nerves at the base of the spine may show: it must never read as "no".
        return self.intensity or int(bool(self.qualities or self.worse_with))


def frozen(answers: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
    """Return answers that nobody can change."""
    return MappingProxyType(dict(answers))


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything said so far. At most one mark a place; what was not asked is not in `answers`.

    An answer is `"yes"`, `"no"`, `"unsure"`, a choice such as `"female"`, or a whole number.
    """

    marks: tuple[Mark, ...] = ()
    answers: Mapping[str, AnswerValue] = field(default_factory=lambda: frozen({}))
    map_complete: bool = False

    def mark_at(self, region: str, side: str) -> Mark | None:
        """Return the mark on a place, or None."""
        for mark in self.marks:
            if mark.region == region and mark.side == side:
                return mark
        return None

    def with_mark(self, mark: Mark) -> Findings:
        """Return these findings with `mark` put in place of any mark on the same place (keeping the order of
        marking).
        """
        if self.mark_at(*mark.place) is None:
            return replace(self, marks=(*self.marks, mark))
        return replace(self, marks=tuple(mark if old.place == mark.place else old for old in self.marks))

    def without_mark(self, region: str, side: str) -> Findings:
        """Return these findings without the mark on a place."""
        return replace(self, marks=tuple(mark for mark in self.marks if mark.place != (region, side)))

    def with_answer(self, id: str, value: AnswerValue | None) -> Findings:
        """Return these findings with an answer set, or taken away where `value` is None."""
        answers = {key: old for key, old in self.answers.items() if key != id}
        if value is not None:
            answers[id] = value
        return replace(self, answers=frozen(answers))

    def with_map_complete(self, complete: bool) -> Findings:
        """Return these findings with the map declared complete, or open again."""
        return replace(self, map_complete=complete)
