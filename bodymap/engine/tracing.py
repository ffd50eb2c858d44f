"""Lines and alarms with the findings behind them, each kept under the findings that it looks at.

What is kept is what `bodymap.engine.explain` said the first time; nothing can change it, for the key holds all
that the condition depends on.
"""

from __future__ import annotations

from typing import NamedTuple

from bodymap.engine.assessment import AnswerRef, AssessedAlarm, AssessedLine, FourLines
from bodymap.engine.explain import Explain, Explainer
from bodymap.engine.facts import Facts, LazyFacts, is_yes_or_no
from bodymap.engine.tables import CauseTable, LineBits, Tables
from bodymap.knowledge.pack import Alarm, Answer, Line, Number

_KEPT = 5_000


class TracedLine(dict[int, AssessedLine]):
    """A line with what it was before, by the fields of `view` where it was known, of `open_view` where it was not.

    (The two share no field but such as say the same in both, so that no key of the one is taken for the other's.)
    """

    __slots__ = ("_explain", "_line", "open_view", "view")

    def __init__(self, line: Line, tables: Tables, explain: Explain) -> None:
        self.view = tables.fields.view(line.when)
        self.open_view = tables.fields.view(line.when, known=False)
        self._line = line
        self._explain = explain

    def add(self, key: int, facts: Facts) -> AssessedLine:
        """Return the line under `facts`, and keep it under `key`."""
        if len(self) >= _KEPT:
            self.clear()
        _, findings = self._explain(facts)
        assessed = self[key] = AssessedLine(self._line, self._line.points, findings)
        return assessed


class TracedAlarm(dict[int, AssessedAlarm]):
    """An alarm with what it was when it was true, by the fields of its view."""

    __slots__ = ("_alarm", "_explain", "_view")

    def __init__(self, alarm: Alarm, tables: Tables, explain: Explain) -> None:
        self._alarm = alarm
        self._view = tables.fields.view(alarm.when)
        self._explain = explain

    def raised(self, state: int, facts: LazyFacts) -> AssessedAlarm:
        """Return the alarm, which is true under `state`, the state of `facts`."""
        key = state & self._view
        assessed = self.get(key)
        if assessed is None:
            if len(self) >= _KEPT:
                self.clear()
            assessed = self[key] = AssessedAlarm(self._alarm, self._explain(facts())[1])
        return assessed


class _Row(NamedTuple):
    """A line made ready: its bits, and which of them says that it counts.

    `if_counts` and `if_unknown` are what it then is, where its truth alone tells that; None where it must be traced.
    """

    bits: int
    counts: int
    kind: str
    if_counts: AssessedLine | None
    if_unknown: AssessedLine | None
    traced: TracedLine


class CauseLines(dict[int, FourLines]):
    """Sorts the lines of one cause.

    A person answers one question after another, and each touches few causes: what was sorted is kept, by all that the
    lines look at.
    """

    __slots__ = ("_base", "_rows", "_view")

    def __init__(self, table: CauseTable, tables: Tables, explainer: Explainer) -> None:
        self._base = table.base
        self._rows = [
            _row(line, bits, tables, explainer)
            for line, bits in zip(table.cause.lines, table.lines, strict=True)
        ]
        self._view = 0
        for row in self._rows:
            self._view |= row.bits << self._base | row.traced.view | row.traced.open_view

    def sorted(self, state: int, facts: LazyFacts) -> FourLines:
        """Return the lines under `state`, the state of `facts`, which are looked at only where a trace is new."""
        key = state & self._view
        found = self.get(key)
        if found is None:
            if len(self) >= _KEPT:
                self.clear()
            found = self[key] = self._sort(state, facts)
        return found

    def _sort(self, state: int, facts: LazyFacts) -> FourLines:
        area = state >> self._base
        in_favour: list[AssessedLine] = []
        against: list[AssessedLine] = []
        unknown: list[AssessedLine] = []
        missing: list[AssessedLine] = []
        kinds = {"for": in_favour, "against": against, "need": missing}
        for bits, counts, kind, if_counts, if_unknown, traced in self._rows:
            known = area & bits
            if not known:
                if if_unknown is None:
                    key = state & traced.open_view
                    if_unknown = traced.get(key) or traced.add(key, facts())
                unknown.append(if_unknown)
            elif known == counts:
                if if_counts is None:
                    key = state & traced.view
                    if_counts = traced.get(key) or traced.add(key, facts())
                kinds[kind].append(if_counts)
        return tuple(in_favour), tuple(against), tuple(unknown), tuple(missing)


def _row(line: Line, bits: LineBits, tables: Tables, explainer: Explainer) -> _Row:
    when = line.when
    if_counts = if_unknown = None
    if isinstance(when, Answer | Number):
        if_unknown = AssessedLine(line, line.points, (AnswerRef(when.id, None),))
        if isinstance(when, Answer) and is_yes_or_no(when, tables.pack):
            other = "no" if when.value == "yes" else "yes"
            value = other if line.kind == "need" else when.value
            if_counts = AssessedLine(line, line.points, (AnswerRef(when.id, value),))
    traced = TracedLine(line, tables, explainer.prepared(when))
    return _Row(bits.both, bits.counts, line.kind, if_counts, if_unknown, traced)


class Trace:
    """Traces the lines of causes in one assessment, when they are first looked at."""

    __slots__ = ("_facts", "_state")

    def __init__(self, state: int, facts: LazyFacts) -> None:
        self._state = state
        self._facts = facts

    def __call__(self, lines: CauseLines) -> FourLines:
        """Return the lines of a cause."""
        return lines.sorted(self._state, self._facts)
