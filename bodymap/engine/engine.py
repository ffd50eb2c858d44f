"""The engine: a compiled pack that assesses findings. Pure: the same findings give the same assessment for
ever.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from bodymap.engine.assessment import AssessedAlarm, AssessedCause, Assessment, NextQuestion
from bodymap.engine.explain import Explainer
from bodymap.engine.facts import Facts
from bodymap.engine.findings import AnswerValue, Findings
from bodymap.engine.marking import Marking
from bodymap.engine.questions import Asking, next_questions, still_matters
from bodymap.engine.ranges import Tangles
from bodymap.engine.scoring import Bands, Count, Counter
from bodymap.engine.tables import Tables
from bodymap.engine.tracing import Tracer
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import SIDES, TIERS, Alarm, Pack

if TYPE_CHECKING:
    from bodymap.engine.contrast import Contrast

_SIDES = tuple(tuple(side for bit, side in enumerate(SIDES) if bits >> bit & 1) for bits in range(8))


def compile_pack(pack: Pack, anatomy: Anatomy) -> Engine:
    """Return an engine for a checked pack. Costs milliseconds; an assessment then costs microseconds."""
    return Engine(pack, anatomy)


class LazyFacts:
    """Gives the facts of some findings, prepared when first asked for."""

    __slots__ = ("_facts", "_findings", "_pack")

    def __init__(self, findings: Findings, pack: Pack) -> None:
        self._findings = findings
        self._pack = pack
        self._facts: Facts | None = None

    def __call__(self) -> Facts:
        """Return the facts."""
        if self._facts is None:
            self._facts = Facts(self._findings, self._pack)
        return self._facts


class Engine:
    """Assesses findings by one pack. Safe to share: what it remembers never changes a result."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        self.pack = pack
        self.anatomy = anatomy
        self.tables = Tables(pack, anatomy)
        self.marking = Marking(self.tables)
        self.explainer = Explainer(pack, anatomy)
        self.tracer = Tracer(self.tables, self.explainer)
        self.tangles = Tangles(self.tables)
        self.bands = Bands(pack)
        self.counters = tuple(Counter(cause, self.bands, pack) for cause in pack.causes)
        self.windows = tuple((table.base, table.window) for table in self.tables.causes)
        self._answer_masks: dict[tuple[str, AnswerValue], int] = {}
        order = sorted(range(len(pack.alarms)), key=lambda index: TIERS.index(pack.alarms[index].tier))
        self.alarms_by_tier = tuple((pack.alarms[index], self.tables.alarms[index]) for index in order)
        self._any_alarm = 0
        for _, (when, _) in self.alarms_by_tier:
            self._any_alarm |= when[0]
        self._asking: Asking | None = None

    def state(self, findings: Findings) -> int:
        """Return the settled masks of some findings: which signals are true and which false."""
        masks = self._answer_masks
        state = self.tables.start
        for item in findings.answers.items():
            mask = masks.get(item)
            if mask is None:
                if len(masks) > 10_000:
                    masks.clear()
                mask = masks[item] = self.tables.answer_mask(*item)
            state |= mask
        return self.tables.settle(state | self.marking.mask(findings))

    def counts(self, state: int, facts: Callable[[], Facts]) -> list[Count]:
        """Return the count of each cause, in the order of the pack, ranges exact where lines are tangled in
        themselves.
        """
        counts = [
            counter(state >> base & window)
            for counter, (base, window) in zip(self.counters, self.windows, strict=True)
        ]
        for index, places in self.tangles.lines.items():
            unknown = places.intersection(self.tables.unknown_lines(self.tables.causes[index], state))
            if unknown:
                counts[index] = self.tangles.tighten(index, counts[index], unknown, facts())
        return counts

    def assess(self, findings: Findings, questions: bool = True) -> Assessment:
        """Return everything the pack says of `findings`; without `questions`, no next questions are worked
        out.
        """
        facts = LazyFacts(findings, self.pack)
        state = self.state(findings)
        counts = self.counts(state, facts)
        causes = self._ranked(counts, state, findings, facts)
        best = causes[0] if causes else None
        following: tuple[NextQuestion, ...] = ()
        if questions:
            following = next_questions(self, findings, state, counts, facts())
        return Assessment(
            alarms=self._alarmed(state, facts),
            causes=causes,
            none_fits=not any(assessed.band in ("strong", "possible") for assessed in causes),
            indistinguishable=self._indistinguishable(causes),
            next_questions=following,
            settled=best is not None and settled(counts),
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
        return still_matters(self, findings)

    def contrast(self, findings: Findings, cause: str, other: str) -> Contrast:
        """Return how two causes differ and which answers would change their order.

        Raises `KeyError` for an unknown id and `ValueError` for the same id twice.
        """
        from bodymap.engine.contrast import contrast

        return contrast(self, findings, cause, other)

    @property
    def asking(self) -> Asking:
        """The questions prepared; built when first asked for."""
        if self._asking is None:
            self._asking = Asking(self.tables)
        return self._asking

    def _alarmed(self, state: int, facts: Callable[[], Facts]) -> tuple[AssessedAlarm, ...]:
        if not state & self._any_alarm:
            return ()
        return tuple(
            [
                self.tracer.alarm(alarm, state, facts)
                for alarm, (when, _) in self.alarms_by_tier
                if state & when[0]
            ]
        )

    def _ranked(
        self, counts: list[Count], state: int, findings: Findings, facts: Callable[[], Facts]
    ) -> tuple[AssessedCause, ...]:
        lows = sorted([count[1] for count in counts])
        highs = sorted([count[2] for count in counts])
        total = len(counts)
        sides = self.marking.sides(findings)
        lines = self.tracer.lines
        order = sorted([(-count[0], bool(count[8]), index) for index, count in enumerate(counts)])
        ranked: list[AssessedCause] = []
        rank, before = 0, None
        for number, (minus, _, index) in enumerate(order, start=1):
            _, low, high, _, _, in_favour, against, unknown, missing, band = counts[index]
            if minus != before:
                rank, before = number, minus
            tied: tuple[str, ...] = ()
            if rank != number or (number < total and order[number][0] == minus):
                tied = tuple(
                    [
                        self.pack.causes[other].id
                        for same, _, other in order
                        if same == minus and other != index
                    ]
                )
            ranked.append(
                AssessedCause(
                    self.pack.causes[index],
                    rank,
                    tied,
                    band,
                    -minus,
                    low,
                    high,
                    total - bisect_right(lows, high) + 1,
                    total - bisect_right(highs, low) + (high == low),
                    _SIDES[sides >> 3 * index & 7],
                    lines(index, in_favour, state, facts) if in_favour else (),
                    lines(index, against, state, facts) if against else (),
                    lines(index, unknown, state, facts) if unknown else (),
                    lines(index, missing, state, facts) if missing else (),
                )
            )
        return tuple(ranked)

    def _indistinguishable(self, causes: tuple[AssessedCause, ...]) -> tuple[tuple[str, ...], ...]:
        """Return the causes that share the top: likely at all, and within the margin of the best such."""
        likely = [assessed for assessed in causes if assessed.band != "unlikely"]
        if not likely or likely[0] is not causes[0]:
            return ()
        group = tuple(
            [assessed.cause.id for assessed in likely if likely[0].score - assessed.score <= self.pack.margin]
        )
        return (group,) if len(group) > 1 else ()


def settled(counts: list[Count]) -> bool:
    """Return whether one cause leads whatever else is said: its low lies above every other's high."""
    best = max(counts, key=lambda count: count.low)
    return all(count is best or count.high < best.low for count in counts)
