"""Where a visit stands. A plain value: going back is taking an older one."""

from __future__ import annotations

from dataclasses import dataclass, field

from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Place


@dataclass(frozen=True, slots=True)
class State:
    """One moment of a visit.

    `kind` is the step (see `step.KINDS`); `asked` are the questions that were put, whatever came of it; `listed` those
    that stand on the list in hand; `chosen` what is switched on in it; `seen` the alarms that staff have been told of;
    `then` the kind of step that follows a hand-off; `saved` is None until the person decided about keeping.
    """

    kind: str = "welcome"
    findings: Findings = field(default_factory=Findings)
    place: Place | None = None
    question: str = ""
    asked: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    then: str = ""
    saved: bool | None = None
    code: str = ""
