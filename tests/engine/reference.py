"""A second evaluator of packs, written plainly from the description and sharing nothing with the engine.

Truth is one of the words "true", "false", "unknown"; every condition is walked anew for every question asked
of it.
"""

from __future__ import annotations

from typing import ClassVar

from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import All, Answer, Any, Cause, Condition, Marked, Not, Number, Pack


def opposite(word: str) -> str:
    return {"true": "false", "false": "true", "unknown": "unknown"}[word]


def all_of(words: list[str]) -> str:
    if "false" in words:
        return "false"
    return "unknown" if "unknown" in words else "true"


def any_of(words: list[str]) -> str:
    if "true" in words:
        return "true"
    return "unknown" if "unknown" in words else "false"


class Reference:
    looked_up: ClassVar[dict[tuple[int, str], tuple[Marked, list[tuple[str, str]]]]] = {}
    """The places that a condition names: they depend on nothing that was found."""

    def __init__(self, pack: Pack, anatomy: Anatomy, findings: Findings, *, closed: bool = False) -> None:
        self.closed = closed
        """Nothing is open any more: what a mark does not say to be worse there is not."""
        self.pack = pack
        self.anatomy = anatomy
        self.findings = findings
        self.marks = {(mark.region, mark.side): mark for mark in findings.marks}
        self.worse_somewhere = {id for mark in findings.marks for id in mark.worse_with}

    def truth(self, condition: Condition) -> str:
        if isinstance(condition, Answer):
            given = self.findings.answers.get(condition.id, "unsure")
            if given == "unsure":
                if condition.id not in self.worse_somewhere:
                    return "unknown"
                given = "yes"
            return "true" if given == condition.value else "false"
        if isinstance(condition, Number):
            number = self.findings.answers.get(condition.id, "unsure")
            if number == "unsure":
                return "unknown"
            if condition.at_least is not None and number < condition.at_least:
                return "false"
            if condition.at_most is not None and number > condition.at_most:
                return "false"
            return "true"
        if isinstance(condition, Not):
            return opposite(self.truth(condition.part))
        if isinstance(condition, All):
            return all_of([self.truth(part) for part in condition.parts])
        if isinstance(condition, Any):
            return any_of([self.truth(part) for part in condition.parts])
        return self.marked(condition)

    def marked(self, condition: Marked) -> str:
        if condition.sides in ("any", "left", "right"):
            return self.on_side(condition, condition.sides)
        left, right = self.on_side(condition, "left"), self.on_side(condition, "right")
        if condition.sides == "both":
            return all_of([left, right])
        if "unknown" in (left, right):
            return "unknown"
        return "true" if left != right else "false"

    def on_side(self, condition: Marked, side: str) -> str:
        words = []
        unmarked = False
        for region, own in self.places(condition, side):
            if (region, own) in self.marks:
                words.append(self.at(condition, region, own))
            else:
                unmarked = True
        if unmarked:
            words.append("false" if self.findings.map_complete else "unknown")
        return any_of(words)

    def places(self, condition: Marked, side: str) -> list[tuple[str, str]]:
        known = self.looked_up.get((id(condition), side))
        if known is None or known[0] is not condition:
            found = []
            for name in condition.regions:
                for region in self.pack.areas.get(name, [name]):
                    for own in self.anatomy.regions[region].sides:
                        if side == "any" or side == own:
                            found.append((region, own))
            known = self.looked_up[id(condition), side] = (condition, found)
        return known[1]

    def at(self, condition: Marked, region: str, side: str) -> str:
        mark = self.marks[region, side]
        if mark.intensity == 0:
            something_felt = len(mark.qualities) + len(mark.worse_with) > 0
            if not something_felt or condition.intensity_at_least > 1:
                return "false"
        elif mark.intensity < condition.intensity_at_least:
            return "false"
        words = ["true"]
        if condition.qualities:
            if not mark.qualities:
                words.append("unknown")
            else:
                words.append("true" if set(mark.qualities) & set(condition.qualities) else "false")
        if condition.worse_with is not None:
            if condition.worse_with in mark.worse_with:
                words.append("true")
            elif self.closed or self.findings.answers.get(condition.worse_with) == "no":
                words.append("false")
            else:
                words.append("unknown")
        return all_of(words)

    def score(self, cause: Cause) -> int:
        total = cause.prior
        for line in cause.lines:
            word = self.truth(line.when)
            if (line.kind == "need" and word == "false") or (line.kind != "need" and word == "true"):
                total += line.points
        return total

    def bound(self, cause: Cause) -> tuple[int, int]:
        low = high = self.score(cause)
        for line in cause.lines:
            if self.truth(line.when) == "unknown":
                low += min(line.points, 0)
                high += max(line.points, 0)
        return low, high

    def band(self, cause: Cause) -> str:
        words = {line.id: self.truth(line.when) for line in cause.lines}
        if any(line.kind == "need" and words[line.id] == "false" for line in cause.lines):
            return "unlikely"
        in_favour = sum(e.points for e in cause.lines if e.kind == "for" and words[e.id] == "true")
        against = [e.points for e in cause.lines if e.kind == "against" and words[e.id] == "true"]
        if against and -sum(against) > in_favour:
            return "unlikely"
        score = self.score(cause)
        order = ["strong", "possible", "weak", "unlikely"]
        reached = next((band for band in order[:3] if score >= self.pack.bands[band]), "unlikely")
        cap = self.pack.caps[cause.evidence]
        return max(reached, cap, key=order.index)
