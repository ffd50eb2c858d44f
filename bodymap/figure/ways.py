"""Which place lies left, right, above and below a place: the ways the arrow keys go.

The ways come from the body, not from the size of the picture: a person finds the same way at every size. From
each place, straight lines go out in the direction pressed; the place that most of them meet first is the
neighbour. Where that leaves a place that no way leads to or away from, the best free or least needed way is
turned towards it, so that every place can be reached from every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from bodymap.knowledge.anatomy import Place

if TYPE_CHECKING:
    from bodymap.figure.grid import Grid

DIRECTIONS: dict[str, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_OTHER = {"left": "right", "right": "left"}
_FAR = 30  # cells a line may cross beside the body
_STRAIGHT = 0.2  # squared cosine from which on a place counts as lying in a direction (63°)
_ASKEW = 1e-4  # what a line counts for towards a place further off: used only where nothing else leads there
_WORTH = 0.005  # the least that makes a neighbour
_MIDLINE = 4.0  # the spine and what lies on it is narrow: lines across the body rather stop there than pass
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


def _mirrored(place: Place) -> Place:
    return Place(place.region, _OTHER.get(place.side, place.side))


def _graph(grid: Grid, places: tuple[Place, ...]) -> _Graph:
    votes = _votes(grid, frozenset(places))
    graph: _Graph = {place: {} for place in places}
    for (place, direction), found in votes.items():
        best = max(found, key=lambda other: (found[other], other.side == place.side, other), default=None)
        if best is not None and found[best] >= _WORTH:
            graph[place][direction] = best
    if len(places) > 1:
        _connect(graph, votes)
    return graph


def _votes(grid: Grid, places: frozenset[Place]) -> _Votes:
    """For each place and direction, how many straight lines from the place meet which other place first.

    A line counts less the wider the gap it crosses and the further the other place lies off the direction; it
    passes through places that lie too far off. Both halves of the body count for both, so the ways are the
    same on either side.
    """
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
                    weight, straight = _weight(centres[place], centres[other], dx, dy, gap)
                    if weight:
                        if dx and other.side == "midline":
                            weight *= _MIDLINE
                        for key, one in (((place, direction), other), _mirror_vote(place, direction, other)):
                            if key in votes and one in places:
                                votes[key][one] = votes[key].get(one, 0.0) + weight
                    if straight:
                        break
                c, r, gap = c + dx, r + dy, gap + 1
    return votes


def _weight(
    here: tuple[float, float], there: tuple[float, float], dx: int, dy: int, gap: int
) -> tuple[float, bool]:
    """Return what a line across `gap` cells counts for, and whether the place met lies in its direction."""
    across, along = there[0] - here[0], 2 * (there[1] - here[1])  # a cell is twice as tall as wide
    ahead = across * dx + along * dy
    if ahead <= 0:
        return 0.0, False
    cosine = ahead * ahead / (across * across + along * along)
    straight = cosine >= _STRAIGHT
    return cosine / (1 + gap) * (1.0 if straight else _ASKEW), straight


def _mirror_vote(place: Place, direction: str, other: Place) -> tuple[tuple[Place, str], Place]:
    return (_mirrored(place), _OTHER.get(direction, direction)), _mirrored(other)


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
        _, place, direction, other = best
        graph[place][direction] = other
        (twin, way), one = _mirror_vote(place, direction, other)
        if place.side != "midline" and twin in graph and one in graph:
            graph[twin][way] = one


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
