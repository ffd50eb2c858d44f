"""Lines and alarms with the findings behind them, each kept under the findings that it looks at."""

from __future__ import annotations

from collections.abc import Callable

from bodymap.engine.assessment import AssessedAlarm, AssessedLine
from bodymap.engine.explain import Explain, Explainer, Refs
from bodymap.engine.facts import Facts
from bodymap.engine.scoring import Entry
from bodymap.engine.tables import Tables
from bodymap.knowledge.pack import Alarm, Line

_KEPT = 5_000


class Tracer:
    """Finds the `AssessedLine` of a line by the fields of the state that the line looks at (`Tables.view`)."""

    def __init__(self, tables: Tables, explainer: Explainer) -> None:
        self._explainer = explainer
        self._lines: tuple[tuple[tuple[int, dict[int, AssessedLine], Line, Explain], ...], ...] = tuple(
            tuple(
                (tables.view(line.when), {}, line, explainer.prepared(line.when))
                for line in table.cause.lines
            )
            for table in tables.causes
        )
        self._alarms: dict[str, tuple[int, dict[int, AssessedAlarm]]] = {
            alarm.id: (tables.view(alarm.when), {}) for alarm in tables.pack.alarms
        }

    def lines(
        self, cause: int, entries: tuple[Entry, ...], state: int, facts: Callable[[], Facts]
    ) -> tuple[AssessedLine, ...]:
        """Return some lines of a cause. `facts` is called only where a trace is new, and looked at."""
        found: list[AssessedLine] = []
        of_cause = self._lines[cause]
        for entry in entries:
            if isinstance(entry, AssessedLine):
                found.append(entry)
                continue
            view, known, line, explain = of_cause[entry]
            key = state & view
            assessed = known.get(key)
            if assessed is None:
                if len(known) >= _KEPT:
                    known.clear()
                assessed = known[key] = AssessedLine(line, line.points, _Later(explain, facts))
            found.append(assessed)
        return tuple(found)

    def alarm(self, alarm: Alarm, state: int, facts: Callable[[], Facts]) -> AssessedAlarm:
        """Return an alarm that is true, with the findings that made it so."""
        view, known = self._alarms[alarm.id]
        assessed = known.get(state & view)
        if assessed is None:
            if len(known) >= _KEPT:
                known.clear()
            assessed = AssessedAlarm(alarm, self._explainer.explain(alarm.when, facts())[1])
            known[state & view] = assessed
        return assessed


class _Later:
    """The findings behind a line, worked out when they are looked at."""

    __slots__ = ("_explain", "_facts")

    def __init__(self, explain: Explain, facts: Callable[[], Facts]) -> None:
        self._explain = explain
        self._facts = facts

    def __call__(self) -> Refs:
        return self._explain(self._facts())[1]
