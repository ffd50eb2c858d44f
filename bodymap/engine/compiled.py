"""A pack compiled: all that is prepared once, and the state and the counts of findings that follow from it."""

from __future__ import annotations

from bodymap.engine.explain import Explainer
from bodymap.engine.facts import LazyFacts
from bodymap.engine.findings import Findings
from bodymap.engine.marking import Marking
from bodymap.engine.ranges import Tangles
from bodymap.engine.scoring import Count, Counter
from bodymap.engine.tables import Tables
from bodymap.engine.tracing import CauseLines, TracedAlarm
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import TIERS, Pack


class Compiled:
    """A compiled pack. Safe to share: what it remembers never changes a result."""

    def __init__(self, pack: Pack, anatomy: Anatomy) -> None:
        self.pack = pack
        self.anatomy = anatomy
        self.tables = Tables(pack, anatomy)
        self.marking = Marking(self.tables)
        self.explainer = Explainer(pack, anatomy)
        self.tangles = Tangles(self.tables)
        self.counters = [Counter(table, pack) for table in self.tables.causes]
        self.sorters = [CauseLines(table, self.tables, self.explainer) for table in self.tables.causes]
        self._counting = [(counter, counter.base, counter.window) for counter in self.counters]
        order = sorted(range(len(pack.alarms)), key=lambda index: TIERS.index(pack.alarms[index].tier))
        self.alarms_by_tier = tuple((pack.alarms[index], self.tables.alarms[index]) for index in order)
        self.traced_alarms = tuple(
            (when[0], TracedAlarm(alarm, self.tables, self.explainer.prepared(alarm.when)))
            for alarm, (when, _) in self.alarms_by_tier
        )
        self.any_alarm = 0
        """The bits of all alarms that are true."""
        for true, _ in self.traced_alarms:
            self.any_alarm |= true

    def state(self, findings: Findings) -> int:
        """Return the settled masks of some findings: which lines and alarms are true and which false."""
        masks = self.tables.answers
        state = self.tables.start | self.marking.mask(findings)
        for answer in findings.answers.items():
            state |= masks[answer]
        return self.tables.settle(state)

    def counts(self, state: int, facts: LazyFacts) -> list[Count]:
        """Return the count of each cause, in the order of the pack, ranges exact where lines are tangled in
        themselves.
        """
        counts = [counter[state >> base & window] for counter, base, window in self._counting]
        for index, line, bits in self.tangles.lines:
            if not state & bits:
                counts[index] = self.tangles.tighten(line, counts[index], facts())
        return counts
