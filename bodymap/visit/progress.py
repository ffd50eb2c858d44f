"""How far a visit is: six parts, each a share of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.knowledge.pack import Pack
    from bodymap.visit.course import Course, Options
    from bodymap.visit.state import State

PARTS = 6
_FIRST, _MAP, _SAFETY, _BEHAVIOUR, _RESULTS, _END = range(1, PARTS + 1)
_PART = {"welcome": 0, "several": _SAFETY, "results": _RESULTS}
_PART |= dict.fromkeys(("where", "confirm", "strength", "feel", "another"), _MAP)
_PART |= dict.fromkeys(("consent", "saving", "goodbye"), _END)


def part_of(state: State, pack: Pack, course: Course) -> int:
    """Return the part that a step belongs to, a hand-off that of the step it stands before."""
    kind = state.then or state.kind
    if kind not in ("question", "number"):
        return _PART[kind]
    if not state.findings.map_complete:
        return _FIRST if state.place is None else _MAP
    if pack.questions[state.question].group == "safety" and not course.asked(state):
        return _SAFETY
    return _BEHAVIOUR


def share_of(state: State, part: int, course: Course, options: Options, pages: int) -> int:
    """Return how much of the visit is done, in percent; within a part by what was done of what may be."""
    if part == 0:
        return 0
    marks = len(state.findings.marks)
    within = {
        _FIRST: course.done_first(state),
        _MAP: marks / (marks + 1),
        _SAFETY: course.done_safety(state),
        _BEHAVIOUR: course.asked(state) / max(1, options.most_questions),
        _RESULTS: state.page / max(1, pages),
        _END: float(state.kind == "goodbye"),
    }[part]
    return round(100 * (part - 1 + min(1.0, within)) / PARTS)
