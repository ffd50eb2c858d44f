"""Lines with the findings behind them, each worked out once for the findings it can see."""

from __future__ import annotations

from collections.abc import Callable

from bodymap.engine.assessment import AssessedLine
from bodymap.engine.facts import Facts, places_of
from bodymap.engine.findings import Mark
from bodymap.engine.tables import Tables, atoms_of
from bodymap.knowledge.pack import Answer, Line, Marked, Number

_KEPT = 5_000

Lines = Callable[[int, bool | None, tuple[int, ...]], tuple[AssessedLine, ...]]


class _Trace:
    """One line: which answers and places it looks at, and what it looked like before."""

    __slots__ = ("ids", "known", "line", "plain", "zone")

    def __init__(self, line: Line, ids: tuple[str, ...], zone: int, plain: bool) -> None:
        self.line = line
        self.ids = ids
        self.zone = zone
        self.plain = plain
        """One yes-or-no answer: its value follows from whether the line is true."""
        self.known: dict[object, AssessedLine] = {}


class Tracer:
    """Finds the `AssessedLine` of a line; a zone is a set of places that some lines look at."""

    def __init__(self, tables: Tables) -> None:
        zones: dict[frozenset[tuple[str, str]], int] = {}
        self._traces: list[tuple[_Trace, ...]] = []
        for cause in tables.causes:
            traces = []
            for line in cause.cause.lines:
                atoms = atoms_of(line.when)
                ids: dict[str, None] = {}
                places: set[tuple[str, str]] = set()
                for atom in atoms:
                    if isinstance(atom, Marked):
                        places.update(places_of(atom, "any", tables.pack, tables.anatomy))
                        if atom.worse_with is not None:
                            ids[atom.worse_with] = None
                    else:
                        ids[atom.id] = None
                zone = zones.setdefault(frozenset(places), len(zones)) if places else -1
                traces.append(_Trace(line, tuple(ids), zone, _plain(atoms, tables)))
            self._traces.append(tuple(traces))
        self._zones_at: dict[tuple[str, str], tuple[int, ...]] = {}
        for zone_places, number in zones.items():
            for place in zone_places:
                self._zones_at[place] = (*self._zones_at.get(place, ()), number)

    def start(self, facts: Facts) -> Lines:
        """Return a function that gives the assessed lines of a cause by their places, all of one truth."""
        zones: dict[int, tuple[object, ...]] = {}
        for mark in facts.marks.values():
            seen = _seen(mark)
            for zone in self._zones_at.get(mark.place, ()):
                zones[zone] = (*zones.get(zone, ()), seen)
        answers = facts.answers.get
        said = facts.said.get
        complete = facts.complete
        traces = self._traces

        def lines(cause: int, truth: bool | None, places: tuple[int, ...]) -> tuple[AssessedLine, ...]:
            if not places:
                return ()
            found: list[AssessedLine] = []
            of_cause = traces[cause]
            for place in places:
                trace = of_cause[place]
                key: object
                if trace.plain:
                    key = truth
                elif trace.zone < 0:
                    key = tuple(map(answers, trace.ids))
                else:
                    key = (complete, zones.get(trace.zone))
                    if trace.ids:
                        key = (key, *map(said, trace.ids), *map(answers, trace.ids))
                line = trace.known.get(key)
                if line is None:
                    if len(trace.known) >= _KEPT:
                        trace.known.clear()
                    line = AssessedLine(trace.line, trace.line.points, facts.explain(trace.line.when)[1])
                    trace.known[key] = line
                found.append(line)
            return tuple(found)

        return lines


def _seen(mark: Mark) -> object:
    return (mark.place, mark.intensity, mark.qualities, mark.worse_with)


def _plain(atoms: list[Answer | Number | Marked], tables: Tables) -> bool:
    if len(atoms) != 1 or not isinstance(atoms[0], Answer) or atoms[0].value not in ("yes", "no"):
        return False
    question = tables.pack.questions.get(atoms[0].id)
    return question is not None and question.kind == "yes-no"
