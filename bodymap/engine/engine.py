"""The engine: a compiled pack that assesses findings. Pure: the same findings give the same assessment for
ever.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from bodymap.engine.assessment import AssessedAlarm, AssessedCause, Assessment, NextQuestion
from bodymap.engine.compiled import Compiled
from bodymap.engine.facts import LazyFacts
from bodymap.engine.findings import Findings
from bodymap.engine.questions import Asking, next_questions, still_matters
from bodymap.engine.scoring import Count
from bodymap.engine.tracing import Trace
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import SIDES, Alarm, Cause, Pack

if TYPE_CHECKING:
    from bodymap.engine.contrast import Contrast

_FITS = frozenset(("strong", "possible"))
_SIDES = tuple(tuple(side for bit, side in enumerate(SIDES) if bits >> bit & 1) for bits in range(8))


def compile_pack(pack: Pack, anatomy: Anatomy) -> Engine:
    """Return an engine for a checked pack. Costs milliseconds; an assessment then costs microseconds."""
    return Engine(pack, anatomy)


class Engine(Compiled):
    """Assesses findings by one pack. Safe to share: what it remembers never changes a result."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        super().__init__(pack, anatomy)
        self._bases = [table.base for table in self.tables.causes]
        self._asking: Asking | None = None

    def assess(self, findings: Findings, questions: bool = True) -> Assessment:
        """Return everything the pack says of `findings`; without `questions`, no next questions are worked
        out.
        """
        facts = LazyFacts(findings, self.pack)
        state = self.state(findings)
        counts = self.counts(state, facts)
        lows = sorted([count.low for count in counts])
        highs = sorted([count.high for count in counts])
        alarms: tuple[AssessedAlarm, ...] = ()
        if state & self.any_alarm:
            alarms = tuple([alarm.raised(state, facts) for true, alarm in self.traced_alarms if state & true])
        following: tuple[NextQuestion, ...] = ()
        if questions:
            following = next_questions(self.asking, findings, state, counts, facts())
        ranking = sorted(counts)
        return Assessment(
            alarms,
            self._ranked(ranking, lows, highs, state, facts),
            _FITS.isdisjoint([count.band for count in ranking]),
            self._indistinguishable(ranking),
            following,
            _settled(lows, highs),
        )

    def opened(self, findings: Findings) -> tuple[Alarm, ...]:
        """Return the alarms whose questions `findings` call for, whether or not they are answered; worst first."""
        state = self.state(findings)
        return tuple(
            alarm for alarm, (_, opening) in self.alarms_by_tier if opening is not None and state & opening[0]
        )

    def still_matters(self, findings: Findings) -> frozenset[str]:
        """Return the ids of the questions, answered or not, whose answer can still change the ranking or an
        alarm.
        """
        return still_matters(self.asking, findings)

    def contrast(self, findings: Findings, cause: str, other: str) -> Contrast:
        """Return how two causes differ and which answers would change their order.

        Raises `KeyError` for an unknown id and `ValueError` for the same id twice.
        """
        from bodymap.engine.contrast import contrast

        if cause == other:
            raise ValueError("a cause is contrasted with another one")
        assessment = self.assess(findings, questions=False)
        return contrast(self, findings, assessment.cause(cause), assessment.cause(other))

    @property
    def asking(self) -> Asking:
        """The questions prepared; built when first asked for."""
        if self._asking is None:
            self._asking = Asking(self)
        return self._asking

    def _ranked(
        self, ranking: list[Count], lows: list[int], highs: list[int], state: int, facts: LazyFacts
    ) -> tuple[AssessedCause, ...]:
        total = len(ranking)
        trace = Trace(state, facts)
        lines, bases = self.sorters, self._bases
        ranked: list[AssessedCause] = []
        rank, before = 0, None
        for number, (standing, cause, score, low, high, band, _) in enumerate(ranking, start=1):
            index = standing % total
            tied: tuple[str, ...] = ()
            if score != before:
                rank, before = number, score
            if rank != number or (number < total and ranking[number].score == score):
                tied = self._tied(ranking, score, cause)
            best = total - bisect_right(lows, high) + 1
            worst = total - bisect_right(highs, low) + (high == low)
            sides = _SIDES[state >> bases[index] & 7]
            ranked.append(
                AssessedCause(
                    cause, rank, tied, band, score, low, high, best, worst, sides, trace, lines[index]
                )
            )
        return tuple(ranked)

    def _tied(self, ranking: list[Count], score: int, cause: Cause) -> tuple[str, ...]:
        """Return the ids of the other causes with the same score."""
        return tuple(
            [count.cause.id for count in ranking if count.score == score and count.cause is not cause]
        )

    def _indistinguishable(self, ranking: list[Count]) -> tuple[tuple[str, ...], ...]:
        """Return the causes that share the top: likely at all, and within the margin of the best such."""
        if not ranking or ranking[0].band == "unlikely":
            return ()
        line = ranking[0].score - self.pack.margin
        group: list[str] = []
        for count in ranking:
            if count.score < line:
                break
            if count.band != "unlikely":
                group.append(count.cause.id)
        return (tuple(group),) if len(group) > 1 else ()


def _settled(lows: list[int], highs: list[int]) -> bool:
    """Return whether one cause leads whatever else is said: its low, the highest, lies above every other's high."""
    return bool(lows) and (len(lows) == 1 or highs[-2] < lows[-1])
