"""Where a visit stands. A plain value: going back is taking an older one."""

from __future__ import annotations

from dataclasses import dataclass, field

from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import Place


@dataclass(frozen=True, slots=True)
class State:
    """One moment of a visit.

    `kind` is the step (see `step.KINDS`); `place` the place in hand, from pointing at it to the next one; `asked` are
    the questions that were put, whatever came of it; `listed` those that stand on the list in hand; `chosen` what is
    switched on in it; `seen` what staff have been told of (see `Course.news`); `then` the kind of step that follows a
    hand-off; `page` the page of the results, from 0; `saved` is None until the person decided about keeping; `fault` is
    why that failed.
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
    page: int = 0
    saved: bool | None = None
    fault: str = ""
    code: str = ""
