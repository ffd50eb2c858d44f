"""Checks of what rules can do: lines that never count, causes that never lead, alarms that never fire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import BANDS, Cause, Condition, Line, Not, Pack
from bodymap.knowledge.references import Misfit, Path, cause_file
from bodymap.knowledge.situations import Situations, Term, UndecidedError


class Placed(NamedTuple):
    """A condition with where it stands and what it belongs to: "line", "need", "alarm" or "opening"."""

    file: str
    path: Path
    owner: str
    id: str
    when: Condition


def conditions_of(pack: Pack) -> Iterator[Placed]:
    """Yield every condition of the pack, with its place."""
    for cause in pack.causes:
        for path, line in placed_lines(cause):
            owner = "need" if line.kind == "need" else "line"
            yield Placed(cause_file(cause), (*path, "when"), owner, line.id, line.when)
    for number, alarm in enumerate(pack.alarms):
        yield Placed("alarms.toml", ("alarms", number, "when"), "alarm", alarm.id, alarm.when)
        if alarm.opened_by is not None:
            path = ("alarms", number, "opened_by")
            yield Placed("alarms.toml", path, "opening", alarm.id, alarm.opened_by)


def placed_lines(cause: Cause) -> Iterator[tuple[Path, Line]]:
    """Yield a cause's needs and lines with their places in its file."""
    counts = {"needs": 0, "lines": 0}
    for line in cause.lines:
        kind = "needs" if line.kind == "need" else "lines"
        yield (kind, counts[kind]), line
        counts[kind] += 1


_PATIENCE = 10
_NEVER = {
    "line": (
        "The line “{}” can never be true.",
        "No answers and marks together meet this condition; mend or remove it.",
    ),
    "need": (
        "The need “{}” can never be met, so the cause is always unlikely.",
        "No answers and marks together meet this condition; mend or remove it.",
    ),
    "alarm": (
        "The alarm “{}” can never fire.",
        "No answers and marks together meet this condition; mend it.",
    ),
    "opening": ("The questions of the alarm “{}” are never opened.", "Nothing meets `opened_by`; mend it."),
}
_ALWAYS = {
    "line": (
        "The line “{}” is true for everybody, so it tells nothing.",
        "Narrow the condition, or use the prior.",
    ),
    "need": (
        "The need “{}” is met by everybody, so it costs nothing.",
        "Narrow the condition, or remove the need.",
    ),
    "alarm": ("The alarm “{}” fires for everybody.", "Narrow the condition."),
    "opening": (
        "The questions of the alarm “{}” are opened for everybody.",
        "Mark them `ask_first` instead.",
    ),
}


def check_conditions(pack: Pack, anatomy: Anatomy, undecided: list[str]) -> Iterator[Misfit]:
    """Yield conditions that no situation meets, or that every situation meets.

    What cannot be decided within the limits of a search is named in `undecided`; after a few of those the rest
    is left out, so that no pack can hold up the check for long.
    """
    for placed in conditions_of(pack):
        if len(undecided) >= _PATIENCE:
            undecided.append("every condition after these")
            return
        for words, when in ((_NEVER, placed.when), (_ALWAYS, Not(placed.when))):
            try:
                met = Situations([Term(when, 1)], pack, anatomy).reaches(1)
            except UndecidedError:
                undecided.append(placed.id)
                break
            if not met:
                what, remedy = words[placed.owner]
                yield Misfit(placed.file, placed.path, what.format(placed.id), remedy)


def score_terms(cause: Cause, sign: int = 1) -> list[Term]:
    """Return the score of a cause, less its prior, as terms: a need counts where it is known to be absent."""
    return [
        Term(Not(line.when) if line.kind == "need" else line.when, sign * line.points) for line in cause.lines
    ]


def difference_terms(cause: Cause, other: Cause) -> list[Term]:
    """Return the score of `cause` less that of `other`, without their priors, each condition once.

    What counts alike for both falls out, so that the search does not have to try it: two copies leave nothing.
    """
    points: dict[Condition, int] = {}
    for when, more in (*score_terms(cause), *score_terms(other, -1)):
        points[when] = points.get(when, 0) + more
    return [Term(when, total) for when, total in points.items() if total]


def check_causes(pack: Pack, anatomy: Anatomy, undecided: list[str]) -> Iterator[Misfit]:
    """Yield causes that can never lead and pairs that can never be told apart.

    `undecided` is as in `check_conditions`, and shared with it.
    """
    pairs = [
        (cause, other) for number, cause in enumerate(pack.causes) for other in pack.causes[number + 1 :]
    ]
    for cause in pack.causes:
        if len(undecided) < _PATIENCE:
            try:
                yield from tuple(_too_low(pack, anatomy, cause))
            except UndecidedError:
                undecided.append(cause.id)
    for cause, other in pairs:
        if len(undecided) >= _PATIENCE:
            undecided.append("every pair of causes after these")
            return
        try:
            yield from tuple(_compared(pack, anatomy, cause, other))
        except UndecidedError:
            undecided.append(f"{cause.id} and {other.id}")


def _too_low(pack: Pack, anatomy: Anatomy, cause: Cause) -> Iterator[Misfit]:
    file, possible = cause_file(cause), pack.bands["possible"]
    cap = pack.caps[cause.evidence]
    if BANDS.index(cap) > BANDS.index("possible"):
        what = f"The cause can never lead: {cause.evidence} evidence is capped at “{cap}”, below “possible”."
        yield Misfit(file, ("evidence",), what, "Raise the cap in pack.toml, or drop the cause.")
    situations = Situations(score_terms(cause), pack, anatomy)
    if not situations.reaches(possible - cause.prior):
        best = situations.most() + cause.prior
        what = f"The cause can never lead: its best score is {best}, “possible” begins at {possible}."
        yield Misfit(file, ("lines",), what, "Strengthen its lines, raise its prior, or lower the band.")


def _compared(pack: Pack, anatomy: Anatomy, cause: Cause, other: Cause) -> Iterator[Misfit]:
    apart = False
    for one, two in ((cause, other), (other, cause)):
        situations = Situations(difference_terms(one, two), pack, anatomy)
        start = one.prior - two.prior
        ahead = situations.reaches(pack.margin + 1 - start)
        apart = apart or ahead
        if not ahead and not situations.reaches(-start):
            what = f"The cause can never lead: “{two.id}” always scores higher."
            remedy = "Give it a line that the other does not have, or a higher prior."
            yield Misfit(cause_file(one), ("lines",), what, remedy)
            apart = True
    if not apart:
        what = (
            f"“{cause.id}” and “{other.id}” can never be told apart: "
            f"their scores always lie within {pack.margin} points."
        )
        remedy = "Give one of them a line that counts differently for the other, or make them one cause."
        yield Misfit(cause_file(other), ("lines",), what, remedy)
