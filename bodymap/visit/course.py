"""What comes next in a visit.

The order is fixed where safety asks for it and left to the engine where it is not: the questions that the pack wants
asked first, where it hurts, the other safety questions as lists, then whatever still narrows the ranking most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bodymap.engine import Assessment, Engine
    from bodymap.engine.findings import Findings
    from bodymap.knowledge.pack import Pack, Question
    from bodymap.visit.state import State

ON_A_LIST = 4
"""Safety questions that share one screen, each with room for a finger."""


class Options(NamedTuple):
    """What the clinic decides: its name and phone, whether causes show, how many questions the engine may choose."""

    clinic: str = ""
    phone: str = ""
    show_causes: bool = True
    most_questions: int = 12


class Course:
    """The order of one pack's questions, for one clinic."""

    def __init__(self, pack: Pack, engine: Engine, options: Options) -> None:
        self._engine, self._options = engine, options
        self._questions = tuple(pack.questions.values())
        self._safety = frozenset(question.id for question in self._questions if question.group == "safety")

    def asked(self, state: State) -> int:
        """Return how many questions of the engine's choice have been put."""
        return sum(id not in self._safety for id in state.asked)

    def urgent(self, findings: Findings, assessment: Assessment) -> frozenset[str]:
        """Return the emergencies: alarms that are true, and those whose questions the marks call for."""
        raised = {alarmed.alarm.id for alarmed in assessment.alarms if alarmed.alarm.tier == "emergency"}
        opened = {alarm.id for alarm in self._engine.opened(findings) if alarm.tier == "emergency"}
        return frozenset(raised | opened)

    def next(self, state: State) -> State:
        """Return the state with the step that follows once the one in hand is answered."""
        question = self._opened(state) or self._first(state)
        if question is not None:
            return _put(state, question)
        if not state.findings.map_complete:
            return replace(state, kind="where", question="", place=None)
        listed = self._listed(state)
        if listed:
            return replace(state, kind="several", question="", listed=listed, chosen=frozenset())
        telling = self._telling(state)
        if telling is not None:
            return _put(state, telling)
        return replace(state, kind="results" if self._options.show_causes else "consent", question="")

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
        left = [
            question.id
            for question in self._questions
            if question.group == "safety" and question.kind == "yes-no" and question.id not in state.asked
        ]
        return tuple(left[:ON_A_LIST])

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


def _put(state: State, question: Question) -> State:
    return replace(
        state,
        kind="number" if question.kind == "number" else "question",
        question=question.id,
        asked=(*state.asked, question.id),
    )
