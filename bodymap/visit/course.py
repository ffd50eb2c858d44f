"""What comes next in a visit.

The order is fixed where safety asks for it and left to the engine where it is not: the questions that the pack wants
asked first, where it hurts (with what a place calls for asked right there), the other safety questions as lists, then
whatever still narrows the ranking most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.pack import QUALITIES
from bodymap.visit.results import pages

if TYPE_CHECKING:
    from bodymap.engine import Assessment, Engine
    from bodymap.knowledge.pack import Pack, Question
    from bodymap.visit.state import State

ON_A_LIST = 4
"""Safety questions that share one screen, each with room for a finger."""

MARKED = "mark:"
"""Before the id of an emergency in `State.seen`: a mark called for it, nothing that was said has raised it."""


class Options(NamedTuple):
    """What the clinic decides: its name and phone, whether causes show, how many questions the engine may choose.

    `languages` are offered in this order, all that can be spoken where it is empty. `keeps_unfinished` says that a
    visit that somebody walks away from is kept, which they are then told.
    """

    clinic: str = ""
    phone: str = ""
    show_causes: bool = True
    most_questions: int = 12
    languages: tuple[str, ...] = ()
    keeps_unfinished: bool = False


class Course:
    """The order of one pack's questions, for one clinic."""

    def __init__(self, pack: Pack, engine: Engine, options: Options) -> None:
        self._engine, self._options = engine, options
        self._questions = tuple(pack.questions.values())
        self._safety = tuple(question for question in self._questions if question.group == "safety")
        self._ours = frozenset(q.id for q in self._questions if q.group == "safety" or q.ask_first)
        self._calling: dict[tuple[str, str], frozenset[str]] = {}

    # ----- how far it is

    def asked(self, state: State) -> int:
        """Return how many questions of the engine's choice have been put."""
        return sum(id not in self._ours for id in state.asked)

    def done_first(self, state: State) -> float:
        """Return how much of what is asked first has been put, from 0 to 1."""
        return _share([q.id for q in self._questions if q.ask_first], state)

    def done_safety(self, state: State) -> float:
        """Return how much of the safety questions has been put, from 0 to 1."""
        return _share([question.id for question in self._safety], state)

    # ----- what must not wait

    def news(self, state: State, assessment: Assessment) -> frozenset[str]:
        """Return what staff must hear of now and have not: ids of emergencies, with `MARKED` before those that nothing
        has raised yet but a mark calls for.

        A mark calls from the moment its place is confirmed. Once staff know of an emergency, nothing calls for it
        again; where they know only of the mark, they hear of it once more should it come true.
        """
        raised = {alarmed.alarm.id for alarmed in assessment.alarms if alarmed.alarm.tier == "emergency"}
        places = {mark.place for mark in state.findings.marks if mark.strength}
        if state.place is not None and "strength" in (state.kind, state.then):
            places.add((state.place.region, state.place.side))
        called = {id for place in places for id in self._called(place)} - state.seen
        return frozenset(raised | {MARKED + id for id in called}) - state.seen

    def _called(self, place: tuple[str, str]) -> frozenset[str]:
        """Return the emergencies for which a mark here goes to the staff: the pack asks their questions for such a mark
        alone, and what is felt there can by itself be one.

        So a numb saddle is told to staff before anybody asks whether it is numb, and a sore belly or leg is not.
        """
        if place not in self._calling:
            bare, full = (Findings(marks=(Mark(*place, 1, felt),)) for felt in ((), QUALITIES))
            opened = {alarm.id for alarm in self._engine.opened(bare) if alarm.tier == "emergency"}
            raised = {alarmed.alarm.id for alarmed in self._engine.assess(full, questions=False).alarms}
            self._calling[place] = frozenset(opened & raised)
        return self._calling[place]

    # ----- what comes next

    def next(self, state: State) -> State:
        """Return the state with the step that follows once the one in hand is answered."""
        question = self._opened(state) or self._first(state)
        if question is not None:
            return _put(state, question)
        if not state.findings.map_complete:
            return replace(state, kind="where" if state.place is None else "another", question="")
        listed = self._listed(state)
        if listed:
            return replace(state, kind="several", question="", listed=listed, chosen=frozenset())
        question = self._unlisted(state) or self._telling(state)
        if question is not None:
            return _put(state, question)
        shown = pages(self._engine.assess(state.findings, questions=False), self._options.show_causes)
        return replace(state, kind="results" if shown else "consent", question="", page=0)

    def _opened(self, state: State) -> Question | None:
        """Return a question that what was said calls for at once."""
        called = [id for alarm in self._engine.opened(state.findings) for id in alarm.opens]
        answered = state.findings.answers
        return next(
            (q for q in self._questions if q.id in called and q.id not in {*state.asked, *answered}), None
        )

    def _first(self, state: State) -> Question | None:
        return next((q for q in self._questions if q.ask_first and q.id not in state.asked), None)

    def _listed(self, state: State) -> tuple[str, ...]:
        """Return the safety questions for the next list."""
        left = [q.id for q in self._safety if q.kind == "yes-no" and q.id not in state.asked]
        return tuple(left[:ON_A_LIST])

    def _unlisted(self, state: State) -> Question | None:
        """Return a safety question that fits on no list, since it takes more than yes or no."""
        return next((question for question in self._safety if question.id not in state.asked), None)

    def _telling(self, state: State) -> Question | None:
        """Return the question that still narrows the ranking most, while there is one and patience lasts."""
        if self.asked(state) >= self._options.most_questions:
            return None
        assessment = self._engine.assess(state.findings)
        if assessment.settled:
            return None
        return next(
            (
                following.question
                for following in assessment.next_questions
                if following.gain > 0 and following.question.id not in state.asked
            ),
            None,
        )


def _share(ids: list[str], state: State) -> float:
    return len(set(ids) & set(state.asked)) / max(1, len(ids))


def _put(state: State, question: Question) -> State:
    return replace(
        state,
        kind="number" if question.kind == "number" else "question",
        question=question.id,
        asked=(*state.asked, question.id),
    )
