"""Which place lies left, right, above and below a place: the ways the arrow keys go.

The ways come from the body, not from the size of the picture: a person finds the same way at every size. From each
place, straight lines go out in the direction pressed; the place that most of them meet first is the neighbour. Where
that leaves a place that no way leads to or away from, the best free or least needed way is turned towards it, so that
every place can be reached from every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from bodymap.knowledge.anatomy import Place

if TYPE_CHECKING:
    from bodymap.figure.grid import Grid

DIRECTIONS: dict[str, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_FAR = 30  # cells a line may cross beside the body
_Votes = Mapping[tuple[Place, str], Mapping[Place, float]]
_Graph = dict[Place, dict[str, Place]]


class Ways:
    """The ways through one view of the body in one crop; `reference` makes the grid they are read from."""

    def __init__(self, reference: Callable[[], Grid]) -> None:
        self._reference = reference
        self._graphs: dict[tuple[Place, ...], _Graph] = {}

    def step(self, grid: Grid, place: Place, direction: str) -> Place:
        """Return the neighbour of `place` on `grid`, or `place` itself where there is none that way."""
        places = grid.places
        graph = self._graphs.get(places)
        if graph is None:
            reference = self._reference()
            # A close-up in a tall pane shows more of the body than the reference does.
            source = reference if set(places) <= set(reference.places) else grid
            graph = self._graphs[places] = _graph(source, places)
        return graph.get(place, {}).get(direction, place)


def _graph(grid: Grid, places: tuple[Place, ...]) -> _Graph:
    votes = _votes(grid, frozenset(places))
    graph: _Graph = {place: {} for place in places}
    for (place, direction), found in votes.items():
        if found:
            graph[place][direction] = max(
                found, key=lambda other: (found[other], other.side == place.side, other)
            )
    if len(places) > 1:
        _connect(graph, votes)
    return graph


def _votes(grid: Grid, places: frozenset[Place]) -> _Votes:
    """For each place and direction, how many straight lines from the place meet which other place first."""
    votes: dict[tuple[Place, str], dict[Place, float]] = {
        (place, direction): {} for place in places for direction in DIRECTIONS
    }
    centres = {place: _centre(grid.cells(place)) for place in places}
    for (column, row), place in grid.owners.items():
        if place not in places:
            continue
        for direction, (dx, dy) in DIRECTIONS.items():
            c, r, gap = column + dx, row + dy, 0
            while gap <= _FAR and 0 <= c < grid.columns and 0 <= r < grid.rows:
                other = grid.owners.get((c, r))
                if other == place:
                    break
                if other is not None and other in places:
                    found = votes[place, direction]
                    (x0, y0), (x1, y1) = centres[place], centres[other]
                    ahead, aside = ((x1 - x0) * dx, y1 - y0) if dx else ((y1 - y0) * dy, x1 - x0)
                    aside = abs(aside) / (2.0 if dx == 0 else 1.0)
                    if ahead > 0:
                        found[other] = found.get(other, 0.0) + 1.0 / (1 + gap) / (
                            1 + 0.15 * aside + 0.05 * abs(ahead)
                        )
                    break
                c, r, gap = c + dx, r + dy, gap + 1
    return votes


def _centre(cells: Iterable[tuple[int, int]]) -> tuple[float, float]:
    listed = list(cells)
    return (sum(c for c, _ in listed) / len(listed), sum(r for _, r in listed) / len(listed))


def _reached(graph: Mapping[Place, Iterable[Place]], start: Place) -> set[Place]:
    seen, waiting = {start}, [start]
    while waiting:
        for other in graph[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _core(graph: _Graph, start: Place) -> tuple[set[Place], set[Place]]:
    """Return the places reached from `start`, and those from which `start` is reached."""
    onward = {place: tuple(ways.values()) for place, ways in graph.items()}
    back: dict[Place, list[Place]] = {place: [] for place in graph}
    for place, ways in graph.items():
        for other in ways.values():
            back[other].append(place)
    return _reached(onward, start), _reached(back, start)


def _connect(graph: _Graph, votes: _Votes) -> None:
    """Turn as few ways as possible so that every place is reached from every other."""
    start = max(graph, key=lambda place: (len(set(graph[place].values())), place))
    while True:
        reached, reaching = _core(graph, start)
        whole = len(reached) + len(reaching)
        if whole == 2 * len(graph):
            return
        best: tuple[float, Place, str, Place] | None = None
        for (place, direction), found in votes.items():
            old = graph[place].get(direction)
            for other, weight in found.items():
                joins = (place in reached and other not in reached) or (
                    place not in reaching and other in reaching
                )
                if other == old or not joins:
                    continue
                loss = found.get(old, 0.0) - weight if old is not None else -1.0
                if best is not None and loss >= best[0]:
                    continue
                graph[place][direction] = other
                gained = sum(map(len, _core(graph, start))) > whole
                if old is None:
                    del graph[place][direction]
                else:
                    graph[place][direction] = old
                if gained:
                    best = (loss, place, direction, other)
        if best is None:
            _join_anyhow(graph, start, reached, reaching)
            continue
        graph[best[1]][best[2]] = best[3]


def _join_anyhow(graph: _Graph, start: Place, reached: set[Place], reaching: set[Place]) -> None:
    """Where no straight line helps (very small grids), use any way that leads nowhere yet."""
    for place in sorted(graph):
        for direction in DIRECTIONS:
            if direction in graph[place]:
                continue
            for other in sorted(graph):
                if (place in reached and other not in reached) or (
                    place not in reaching and other in reaching
                ):
                    graph[place][direction] = other
                    return
    # Four ways are taken everywhere: give up the last way of the first place that can spare it.
    missing = next(place for place in sorted(graph) if place not in reached or place not in reaching)
    if missing not in reached:
        graph[start]["down"] = missing
    else:
        graph[missing]["up"] = start
