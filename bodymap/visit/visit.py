"""One person's way through the visit: what comes next, and what an answer does.

What follows on what is the work of `course`, how it is said that of `wording`. An emergency, or a mark that calls for
emergency questions, goes to the staff before anything else.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from bodymap.common.language import LANGUAGES
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

MOST_BACK = 1_000
"""Steps that can be taken back, ten times as many as any visit has: somebody who goes in circles fills no memory."""


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
        self._before: deque[State] = deque(maxlen=MOST_BACK)
        self._assessed: dict[bool, tuple[Findings, Assessment]] = {}
        ours = tuple(code for code, _ in LANGUAGES)
        self.languages = tuple(
            code
            for code in self._options.languages or ours
            if code in ours and code in (pack.languages or (pack.language,)) and code in anatomy.languages
        )
        """The languages that can be chosen: those that pack, places and interface all speak, and the clinic offers."""
        self.state = State()
        self._left: tuple[State, State] = (self.state, self.state)
        """Where the last `back` led, and from where."""
        self.speak(language)

    # ----- what there is

    @property
    def findings(self) -> Findings:
        """What has been said."""
        return self.state.findings

    @property
    def assessment(self) -> Assessment:
        """What the engine says of it, in the words of the engine's own language."""
        return self._assess(self.findings, questions=True)

    @property
    def step(self) -> Step:
        """What to show now."""
        return self._wording.step(self.state, self._assess(self.findings), bool(self._before))

    @property
    def language(self) -> str:
        """The language that is spoken now."""
        return self._language

    @property
    def over(self) -> bool:
        """Whether the person is done."""
        return self.state.kind == "goodbye"

    @property
    def wants_saving(self) -> bool:
        """Whether the person asked for it to be kept and nobody has said yet what came of it."""
        return self.state.kind == "saving"

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
        pack, anatomy = self._pack.spoken(language), self._anatomy.spoken(language)
        self._wording = Wording(pack, anatomy, self._course, self._options, self.languages, language)
        self.pack, self.anatomy, self._language = pack, anatomy, language

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
        if step.kind == "number":
            self._answer(value)
        elif self.state.place is not None:
            # What is felt is asked after a 0 as well: numb without pain must not be read as nothing at all.
            mark = self._mark(self.state.place)
            findings = self.findings.with_mark(replace(mark, intensity=value))
            self._go(replace(self.state, kind="feel", findings=findings, chosen=frozenset(mark.qualities)))

    def point(self, place: Place) -> None:
        """Point at a place of the body, where the step asks for one; a place that there is not changes nothing."""
        region = self.anatomy.regions.get(place.region)
        if self.state.kind == "where" and region is not None and place.side in region.sides:
            self._go(replace(self.state, kind="confirm", place=place))

    def back(self) -> None:
        """Go back to the step before, to what was said by then; where `step.back` is false nothing changes."""
        if self.step.back:
            left = self.state
            # What staff were told of they know, however far somebody goes back.
            self.state = replace(self._before.pop(), seen=left.seen)
            self._left = (self.state, left)

    def forth(self) -> None:
        """Return to the step that `back` was called at, with all that was said by then; right after it, else nothing
        changes.
        """
        before, left = self._left
        if self.state is before is not left:
            self._before.append(before)
            self.state, self._left = left, (left, left)

    def staff_goes_on(self) -> None:
        """Go on after a hand-off: a member of staff has seen it."""
        if self.state.kind == "hand-off":
            seen = self.state.seen | self._course.news(self.state, self._assess(self.findings))
            # What led here is behind us: going back must not show the hand-off again.
            self.state = replace(self.state, kind=self.state.then, then="", seen=seen)

    def saved_as(self, code: str) -> None:
        """Take note that the session is on the disk, while `wants_saving`."""
        if self.wants_saving:
            self.state = replace(self.state, code=code, kind="goodbye")

    def saving_failed(self, why: str) -> None:
        """Take note, while `wants_saving`, that the session could not be written, and why (for staff).

        Nothing that was said is lost: the person can try again or have it forgotten.
        """
        if self.wants_saving:
            self.state = replace(self.state, kind="consent", saved=None, fault=why)

    # ----- how it goes on

    def _go(self, state: State) -> None:
        """Go to a step and remember the one before; staff come before whatever was about to come."""
        self._before.append(self.state)
        if self._course.news(state, self._assess(state.findings)):
            state = replace(state, kind="hand-off", then=state.kind)
        self.state = state

    def _assess(self, findings: Findings, questions: bool = False) -> Assessment:
        """Return the assessment, as it was for the same findings; working out next questions takes most of the time."""
        known = self._assessed.get(questions)
        if known is None or known[0] is not findings:
            known = self._assessed[questions] = (findings, self._engine.assess(findings, questions))
        return known[1]

    # ----- what choosing does, step by step

    def _begin(self, id: str) -> None:
        if id == "begin":
            self._go(self._course.next(self.state))
        else:
            self.speak(id)

    def _answer(self, value: str | int) -> None:
        findings = self.findings
        if value != "skip":
            findings = findings.with_answer(self.state.question, value)
        self._go(self._course.next(replace(self.state, findings=findings)))

    def _several(self, id: str) -> None:
        state = self.state
        if id not in (DONE, "skip"):
            self.state = replace(state, chosen=state.chosen ^ {id})
            return
        findings = self.findings
        if id == DONE:
            for question in state.listed:
                findings = findings.with_answer(question, "yes" if question in state.chosen else "no")
        asked = (*state.asked, *state.listed)
        self._go(
            self._course.next(replace(state, findings=findings, asked=asked, listed=(), chosen=frozenset()))
        )

    def _complete(self, id: str) -> None:
        """Take the map for complete: nothing hurts, or nothing else."""
        findings = self.findings.with_map_complete(True)
        self._go(self._course.next(replace(self.state, findings=findings, place=None)))

    def _confirm(self, id: str) -> None:
        place = self.state.place
        if id == "no":
            self.back()
        elif id == "other-side" and place is not None:
            side = "right" if place.side == "left" else "left"
            self.state = replace(self.state, place=Place(place.region, side))
        elif id == "yes":
            self._go(replace(self.state, kind="strength"))

    def _feel(self, id: str) -> None:
        state = self.state
        if id != DONE:
            self.state = replace(state, chosen=state.chosen ^ {id})
        elif state.place is not None:
            felt = tuple(quality for quality in QUALITIES if quality in state.chosen)
            findings = self.findings.with_mark(replace(self._mark(state.place), qualities=felt))
            self._go(self._course.next(replace(state, findings=findings, chosen=frozenset())))

    def _another(self, id: str) -> None:
        if id == "more":
            self._go(replace(self.state, kind="where", place=None))
        else:
            self._complete(id)

    def _results(self, id: str) -> None:
        page = self.state.page + 1
        if page < self.step.pages:
            self._go(replace(self.state, page=page))
        else:
            self._go(replace(self.state, kind="consent"))

    def _consent(self, id: str) -> None:
        if id == "save":
            self.state = replace(self.state, kind="saving", saved=True, fault="")
        else:
            self.state = replace(self.state, kind="goodbye", saved=False, fault="")

    def _nothing(self, id: str) -> None:
        """Some steps end otherwise: by a number, by staff, by the disk, or not at all."""

    def _mark(self, place: Place) -> Mark:
        return self.findings.mark_at(*place) or Mark(place.region, place.side, 0)


_CHOOSING: Mapping[str, Callable[[GuidedVisit, str], None]] = {
    "welcome": GuidedVisit._begin,
    "question": GuidedVisit._answer,
    "number": GuidedVisit._answer,
    "several": GuidedVisit._several,
    "where": GuidedVisit._complete,
    "confirm": GuidedVisit._confirm,
    "strength": GuidedVisit._nothing,
    "feel": GuidedVisit._feel,
    "another": GuidedVisit._another,
    "results": GuidedVisit._results,
    "consent": GuidedVisit._consent,
    "saving": GuidedVisit._nothing,
    "goodbye": GuidedVisit._nothing,
    "hand-off": GuidedVisit._nothing,
}
