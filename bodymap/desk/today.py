"""What the pack at hand says of a session now, beside what was shown for it then, and what differs.

Nothing is guessed: what the pack of today has no place for is left out and named, and counts as not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bodymap.common.trouble import Trouble
from bodymap.engine import compile_pack, findings_table, read_findings
from bodymap.engine.assessment import AssessedAlarm, AssessedCause, Assessment
from bodymap.engine.engine import Engine
from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Anatomy
from bodymap.knowledge.pack import Pack
from bodymap.sessions.compose import same_pack
from bodymap.sessions.record import PackReference, Session, Shown, ShownAlarm, ShownCause

Relation = Literal["same", "other-version", "other-pack"]
Kind = Literal["for", "against", "need", "evidence", "points", "bands", "new", "gone"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A finding of the session that the pack or the map of today cannot take: `place` says which (`answers.age`,
    `marks[2]`), the others why and what it could be now.
    """

    place: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a cause stands elsewhere now.

    `for`, `against`, `need` (known to be absent): the lines with the ids `lines` count so now and did not then, or,
    where `now` is False, did then and do not now.
    `evidence`: its grade is another. `points`: the same lines count, with other points or from another start.
    `bands`: the same score is called by another band. `new`, `gone`: the pack then, or now, does not know the cause.
    """

    kind: Kind
    lines: tuple[str, ...] = ()
    now: bool = True


@dataclass(frozen=True, slots=True)
class CauseThenAndNow:
    """A cause as it was shown and as it is assessed now; None where the pack then, or now, did not have it."""

    id: str
    name: str
    then: ShownCause | None
    now: AssessedCause | None

    @property
    def differs(self) -> bool:
        """Whether the person would see it in another band or at another rank."""
        if self.then is None or self.now is None:
            return True
        return (self.then.band, self.then.rank) != (self.now.band, self.now.rank)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why its score or band differ; () where they do not (its rank may, because others moved)."""
        if self.then is None:
            return (Reason("new"),)
        if self.now is None:
            return (Reason("gone", now=False),)
        return tuple(_reasons(self.then, self.now))


@dataclass(frozen=True, slots=True)
class AlarmThenAndNow:
    """An alarm as it was shown and as it is raised now; None where it was not, or is not."""

    id: str
    then: ShownAlarm | None
    now: AssessedAlarm | None

    @property
    def differs(self) -> bool:
        """Whether it came, went or changed its tier."""
        if self.then is None or self.now is None:
            return True
        return self.then.tier != self.now.alarm.tier


@dataclass(frozen=True, slots=True)
class Today:
    """A session as assessed today.

    `relation` is that of `pack`, the one of today, to the session's. `assessment` is None where none was made, and
    `reason` then says why. `left_out` are findings that were treated as not known. `causes` (as ranked today, then
    those that are gone) and `alarms` (as raised today, then those that are gone) stand beside what was shown; they
    are () where nothing was assessed today, or nothing had been shown (`shown` False).
    """

    pack: PackReference
    relation: Relation
    shown: bool
    assessment: Assessment | None = None
    reason: str = ""
    left_out: tuple[LeftOut, ...] = ()
    causes: tuple[CauseThenAndNow, ...] = ()
    alarms: tuple[AlarmThenAndNow, ...] = ()
    none_fitted: bool = False

    @property
    def changed_causes(self) -> tuple[CauseThenAndNow, ...]:
        """The causes in another band or at another rank."""
        return tuple(cause for cause in self.causes if cause.differs)

    @property
    def changed_alarms(self) -> tuple[AlarmThenAndNow, ...]:
        """The alarms that came, went or changed their tier."""
        return tuple(alarm for alarm in self.alarms if alarm.differs)

    @property
    def leader_then(self) -> str:
        """The id of the cause that led, "" where none fitted."""
        first = [cause.id for cause in self.causes if cause.then is not None and cause.then.rank == 1]
        return "" if self.none_fitted or not first else first[0]

    @property
    def leader_now(self) -> str:
        """The id of the cause that leads now, "" where none fits."""
        found = self.assessment
        return "" if found is None or found.none_fits or not found.causes else found.causes[0].cause.id

    @property
    def leads_now(self) -> bool:
        """Whether another cause leads now; of several that lead together none is another."""
        if not self.causes or self.assessment is None:
            return False
        if self.none_fitted or self.assessment.none_fits:
            return self.none_fitted != self.assessment.none_fits
        then = {cause.id for cause in self.causes if cause.then is not None and cause.then.rank == 1}
        now = {cause.id for cause in self.causes if cause.now is not None and cause.now.rank == 1}
        return then != now

    @property
    def differs(self) -> bool:
        """Whether anything the person saw would be shown otherwise now."""
        return bool(self.changed_causes or self.changed_alarms or self.leads_now)


def as_today(
    session: Session,
    pack: Pack,
    anatomy: Anatomy,
    *,
    engine: Engine | None = None,
    other_packs: bool = False,
) -> Today:
    """Return what `pack` says of a session now, and how that differs from what was shown.

    A session of another pack (another id) is assessed only where `other_packs` says so: equal ids may mean other
    things there. `engine` is that of `pack`, where it has been compiled already. Raises nothing.
    """
    reference = PackReference(pack.id, pack.version, pack.sha256)
    shown = session.shown is not None
    relation: Relation = "same" if same_pack(session, pack) else "other-version"
    if session.pack.id != pack.id:
        relation = "other-pack"
        if not other_packs:
            reason = f"It was assessed with the pack “{session.pack.id}”; the one at hand is “{pack.id}”."
            return Today(reference, relation, shown, reason=reason)
    findings, left_out = fitting(session.findings, pack, anatomy)
    assessment = (engine or compile_pack(pack, anatomy)).assess(findings, questions=False)
    if session.shown is None:
        return Today(reference, relation, shown, assessment, left_out=left_out)
    return Today(
        reference,
        relation,
        shown,
        assessment,
        left_out=left_out,
        causes=_causes(session.shown, assessment),
        alarms=_alarms(session.shown, assessment),
        none_fitted=session.shown.none_fits,
    )


def fitting(findings: Findings, pack: Pack, anatomy: Anatomy) -> tuple[Findings, tuple[LeftOut, ...]]:
    """Return the findings that `pack` and `anatomy` can take, and those that they cannot. Raises nothing."""
    table = findings_table(findings)
    try:
        return read_findings(table, pack, anatomy, ""), ()
    except Trouble:
        pass
    left_out: list[LeftOut] = []

    def fits(part: Mapping[str, Any], place: str) -> bool:
        try:
            read_findings(part, pack, anatomy, "")
        except Trouble as trouble:
            left_out.append(LeftOut(place, trouble.what, trouble.remedy))
            return False
        return True

    marks: list[dict[str, Any]] = []
    for number, mark in enumerate(table["marks"], start=1):
        bare = {key: value for key, value in mark.items() if key != "worse_with"}
        if not fits({"marks": [bare]}, f"marks[{number}]"):
            continue
        worse = [
            id
            for id in mark.get("worse_with", [])
            if fits({"marks": [bare | {"worse_with": [id]}]}, f"marks[{number}].worse_with, {id}")
        ]
        marks.append(bare | ({"worse_with": worse} if worse else {}))
    answers = {
        id: value for id, value in table["answers"].items() if fits({"answers": {id: value}}, f"answers.{id}")
    }
    # A mark that had to be left out would read as “does not hurt” on a map that is declared complete.
    complete = findings.map_complete and len(marks) == len(table["marks"])
    if findings.map_complete and not complete:
        left_out.append(
            LeftOut(
                "map_complete",
                "A mark could not be taken, so the map is not complete any more.",
                "Places without a mark count as not known.",
            )
        )
    rest = {"map_complete": complete, "marks": marks, "answers": answers}
    try:
        return read_findings(rest, pack, anatomy, ""), tuple(left_out)
    except Trouble as trouble:  # too many of them, the only thing that no single one shows
        return Findings(), (*left_out, LeftOut("all findings", trouble.what, trouble.remedy))


def _causes(shown: Shown, assessment: Assessment) -> tuple[CauseThenAndNow, ...]:
    then = {cause.id: cause for cause in shown.ranking}
    now = {found.cause.id: found for found in assessment.causes}
    return tuple(
        [CauseThenAndNow(id, found.cause.name, then.get(id), found) for id, found in now.items()]
        + [CauseThenAndNow(id, cause.name, cause, None) for id, cause in then.items() if id not in now]
    )


def _alarms(shown: Shown, assessment: Assessment) -> tuple[AlarmThenAndNow, ...]:
    then = {alarm.id: alarm for alarm in shown.alarms}
    now = {raised.alarm.id: raised for raised in assessment.alarms}
    return tuple(
        [AlarmThenAndNow(id, then.get(id), raised) for id, raised in now.items()]
        + [AlarmThenAndNow(id, alarm, None) for id, alarm in then.items() if id not in now]
    )


def _reasons(then: ShownCause, now: AssessedCause) -> Iterable[Reason]:
    if (then.score, then.band, then.evidence) == (now.score, now.band, now.cause.evidence):
        return
    counted: tuple[tuple[Kind, tuple[str, ...], list[str]], ...] = (
        ("need", then.needs_missing, [line.line.id for line in now.needs_missing]),
        ("for", then.for_lines, [line.line.id for line in now.for_lines]),
        ("against", then.against, [line.line.id for line in now.against_lines]),
    )
    told: set[str] = set()
    for kind, before, after in counted:
        for lines, is_now in ((_without(after, before), True), (_without(before, after), False)):
            if lines:
                told |= set(lines)
                yield Reason(kind, lines, is_now)
    if now.cause.evidence != then.evidence:
        yield Reason("evidence")
    if now.score != then.score and not told:
        yield Reason("points")
    if now.score == then.score and now.band != then.band and now.cause.evidence == then.evidence:
        yield Reason("bands")


def _without(lines: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line not in set(others))
