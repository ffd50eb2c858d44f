"""One person's way through the visit: what comes next, and what an answer does.

What follows on what is the work of `course`, how it is said that of `wording`. An emergency, or a mark that calls for
emergency questions, goes to the staff before anything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.anatomy import Place
from bodymap.knowledge.pack import QUALITIES
from bodymap.visit.course import Course, Options
from bodymap.visit.state import State
from bodymap.visit.step import DONE
from bodymap.visit.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bodymap.engine import Assessment, Engine
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session
    from bodymap.visit.step import Step


class GuidedVisit:
    """A visit from the welcome to the code. Knows no screen and touches no disk; `session` is what there is to keep."""

    def __init__(
        self,
        pack: Pack,
        engine: Engine,
        anatomy: Anatomy,
        options: Options | None = None,
        language: str = "en",
    ) -> None:
        """`pack` and `anatomy` in any language they speak; raises `Trouble` for a `language` they do not."""
        self._pack, self._anatomy, self._engine = pack, anatomy, engine
        self._options = options or Options()
        self._course = Course(pack, engine, self._options)
        self._before: list[State] = []
        self._assessed: tuple[Findings, Assessment] | None = None
        self.state = State()
        self.speak(language)

    # ----- what there is

    @property
    def findings(self) -> Findings:
        """What has been said."""
        return self.state.findings

    @property
    def assessment(self) -> Assessment:
        """What the engine says of it, in the words of the engine's own language."""
        if self._assessed is None or self._assessed[0] is not self.findings:
            self._assessed = (self.findings, self._engine.assess(self.findings))
        return self._assessed[1]

    @property
    def step(self) -> Step:
        """What to show now."""
        return self._wording.step(
            self.state, self.assessment, bool(self._before), self._course.asked(self.state)
        )

    @property
    def language(self) -> str:
        """The language that the person chose."""
        return self.pack.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be chosen."""
        return self._pack.languages or (self._pack.language,)

    @property
    def over(self) -> bool:
        """Whether the person is done."""
        return self.state.kind == "goodbye"

    @property
    def wants_saving(self) -> bool:
        """Whether the person asked for it to be kept and it has no code yet."""
        return self.state.saved is True and not self.state.code

    def session(self, id: str, started: datetime, finished: datetime | None) -> Session:
        """Return the session to keep: unfinished where `finished` is None."""
        from bodymap.sessions import compose

        return compose(
            self.pack,
            self.anatomy,
            self.findings,
            self.assessment,
            id=id,
            started=started,
            finished=finished,
            language=self.language,
        )

    # ----- what a person does

    def speak(self, language: str) -> None:
        """Go on in another language. Raises `Trouble` where pack, places or interface do not speak it."""
        self.pack, self.anatomy = self._pack.spoken(language), self._anatomy.spoken(language)
        self._wording = Wording(self.pack, self.anatomy, self._options, language)

    def choose(self, id: str) -> None:
        """Choose one of the step's choices, `"skip"` or `DONE`. What the step does not offer changes nothing."""
        step = self.step
        offered = {choice.id for choice in step.choices} | ({"skip"} if step.skip else set())
        if step.done:
            offered.add(DONE)
        if id in offered:
            _CHOOSING[step.kind](self, id)

    def number(self, value: int) -> None:
        """Answer a step that takes a number; one outside its bounds changes nothing."""
        step = self.step
        if step.kind not in ("number", "strength") or not step.lowest <= value <= step.highest:
            return
        if step.kind == "strength":
            self._mark(intensity=value)
            self._go(replace(self.state, kind="feel" if value else "another", chosen=self._felt()))
        else:
            self._answer(value)

    def point(self, place: Place) -> None:
        """Point at a place of the body, where the step asks for one."""
        if self.state.kind == "where" and place.side in self.anatomy.regions[place.region].sides:
            self._go(replace(self.state, kind="confirm", place=place))

    def back(self) -> None:
        """Go back to the step before; at the beginning nothing changes."""
        if self._before and self.step.back:
            # What staff were told of they know, however far somebody goes back.
            self.state = replace(self._before.pop(), seen=self.state.seen)

    def staff_goes_on(self) -> None:
        """Go on after a hand-off: a member of staff has seen it."""
        if self.state.kind == "hand-off":
            seen = self.state.seen | self._course.urgent(self.findings, self.assessment)
            # What led here is behind us: going back must not show the hand-off again.
            self.state = replace(self.state, kind=self.state.then, then="", seen=seen)
            self._arrive()

    def saved_as(self, code: str) -> None:
        """Take note that the session is on the disk."""
        self.state = replace(self.state, code=code, kind="goodbye")

    # ----- how it goes on

    def _go(self, state: State) -> None:
        self._before.append(self.state)
        self.state = state
        self._arrive()

    def _arrive(self) -> None:
        """Put the staff before whatever was about to come."""
        if (
            self.state.kind != "hand-off"
            and self._course.urgent(self.findings, self.assessment) - self.state.seen
        ):
            self.state = replace(self.state, kind="hand-off", then=self.state.kind)

    # ----- what choosing does, step by step

    def _begin(self, id: str) -> None:
        if id in self.languages:
            self.speak(id)
        elif id == "begin":
            before = self.state
            self.state = self._course.next(before)
            self._after(before)

    def _after(self, before: State) -> None:
        """Remember `before` as the step to go back to, and see to what is urgent."""
        self._before.append(before)
        self._arrive()

    def _answer(self, value: str | int) -> None:
        before = self.state
        findings = before.findings
        if value != "skip":
            findings = findings.with_answer(before.question, value)
        self.state = self._course.next(replace(before, findings=findings))
        self._after(before)

    def _several(self, id: str) -> None:
        before = self.state
        if id != DONE:
            self.state = replace(before, chosen=before.chosen ^ {id})
            return
        findings = before.findings
        for question in before.listed:
            findings = findings.with_answer(question, "yes" if question in before.chosen else "no")
        asked = (*before.asked, *before.listed)
        self.state = self._course.next(
            replace(before, findings=findings, asked=asked, listed=(), chosen=frozenset())
        )
        self._after(before)

    def _pass_list(self, id: str) -> None:
        if id != "skip":
            self._several(id)
            return
        before = self.state
        asked = (*before.asked, *before.listed)
        self.state = self._course.next(replace(before, asked=asked, listed=(), chosen=frozenset()))
        self._after(before)

    def _where(self, id: str) -> None:
        if id == "nothing":
            self._complete()

    def _complete(self) -> None:
        before = self.state
        findings = before.findings.with_map_complete(True)
        self.state = self._course.next(replace(before, findings=findings, place=None))
        self._after(before)

    def _confirm(self, id: str) -> None:
        if id == "no":
            self.back()
        elif id == "other-side" and self.state.place is not None:
            side = "right" if self.state.place.side == "left" else "left"
            self.state = replace(self.state, place=Place(self.state.place.region, side))
        elif id == "yes":
            self._go(replace(self.state, kind="strength"))

    def _feel(self, id: str) -> None:
        if id in (DONE, "skip"):
            if id == DONE:
                self._mark(qualities=tuple(quality for quality in QUALITIES if quality in self.state.chosen))
            self._go(replace(self.state, kind="another", chosen=frozenset()))
            return
        self.state = replace(self.state, chosen=self.state.chosen ^ {id})

    def _another(self, id: str) -> None:
        if id == "more":
            self._go(replace(self.state, kind="where", place=None))
        else:
            self._complete()

    def _results(self, id: str) -> None:
        self._go(replace(self.state, kind="consent"))

    def _consent(self, id: str) -> None:
        if id == "save":
            self.state = replace(
                self.state, saved=True
            )  # goodbye comes with the code, once it is on the disk
        else:
            self.state = replace(self.state, saved=False, kind="goodbye")

    def _nothing(self, id: str) -> None:
        """Goodbye and hand-off have ends of their own."""

    def _mark(self, intensity: int | None = None, qualities: tuple[str, ...] | None = None) -> None:
        place = self.state.place
        if place is None:
            return
        old = self.findings.mark_at(*place) or Mark(place.region, place.side, 0)
        mark = replace(
            old,
            intensity=old.intensity if intensity is None else intensity,
            qualities=old.qualities if qualities is None else qualities,
        )
        self.state = replace(self.state, findings=self.findings.with_mark(mark))

    def _felt(self) -> frozenset[str]:
        mark = self.findings.mark_at(*self.state.place) if self.state.place else None
        return frozenset(mark.qualities if mark else ())


_CHOOSING: Mapping[str, Callable[[GuidedVisit, str], None]] = {
    "welcome": GuidedVisit._begin,
    "question": GuidedVisit._answer,
    "number": GuidedVisit._answer,
    "several": GuidedVisit._pass_list,
    "where": GuidedVisit._where,
    "confirm": GuidedVisit._confirm,
    "strength": GuidedVisit._nothing,
    "feel": GuidedVisit._feel,
    "another": GuidedVisit._another,
    "results": GuidedVisit._results,
    "consent": GuidedVisit._consent,
    "goodbye": GuidedVisit._nothing,
    "hand-off": GuidedVisit._nothing,
}
