"""What can be done in the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.screens.explorer_state import ExplorerState

if TYPE_CHECKING:
    from bodymap.engine import NextQuestion
    from bodymap.knowledge.pack import Question


class QuestionActions(ExplorerState):
    """Answering, typing numbers, following the engine."""

    @property
    def question_in_hand(self) -> Question | None:
        """The question on the card."""
        if self.asked_id and self.knowledge is not None:
            return self.knowledge.pack.questions[self.asked_id]
        return self.next_question

    def show_card(self) -> None:
        """Bring the card up to date."""
        if self.knowledge is None:
            return

        from bodymap.tui.widgets.question_card import Asked

        question = self.question_in_hand
        if question is None:
            remark = "Every question that could change the result is answered."
            self.question_area.card.asked = Asked("NOTHING MORE TO ASK", None, remark=remark)
            return
        answer = self.findings.answers.get(question.id)
        group = next(group.title for group in self.knowledge.pack.groups if group.id == question.group)
        remark = ""
        if not self.asked_id and self.assessment is not None:
            group = "MOST TELLING NOW"
            remark = _why_now(self.assessment.next_questions[0])
        elif answer is None and question.id not in self.matters:
            remark = "no longer changes the result"
        self.question_area.card.asked = Asked(group, question, answer, self.typed, remark)

    def action_answer(self, value: str) -> None:
        """Answer the question in hand."""
        question = self.question_in_hand
        if question is None:
            return
        allowed = (
            {"yes", "no", "unsure"} if question.kind == "yes-no" else {"unsure", *dict(question.choices)}
        )
        if value not in allowed:
            self.app.bell()
            return
        self.typed = ""
        self.findings = self.findings.with_answer(question.id, value)
        self.show_card()

    def action_next_answer(self) -> None:
        """Enter: keep a typed number, or step to the next answer."""
        question = self.question_in_hand
        if question is None:
            return
        if question.kind == "number":
            self.commit_number(loud=True)
            return
        steps = ["yes", "no"] if question.kind == "yes-no" else [id for id, _ in question.choices]
        steps = [*steps, "unsure"]
        if not self.asked_id:
            # Here every answer brings the next question, so stepping would scatter answers.
            self.notify("Press y, n or u to answer.", timeout=3, markup=False)
            return
        answer = self.findings.answers.get(question.id)
        following = steps[0] if answer is None else ([*steps, None][steps.index(str(answer)) + 1])
        self.findings = self.findings.with_answer(question.id, following)

    def action_clear_answer(self) -> None:
        """Take the answer away."""
        question = self.question_in_hand
        self.typed = ""
        if question is not None:
            self.findings = self.findings.with_answer(question.id, None)
        self.show_card()

    def action_type_digit(self, digit: str) -> None:
        """Type a digit of a number; with "" take one away. For a choice the digit is the number of the answer."""
        question = self.question_in_hand
        if question is None:
            return
        if question.kind == "choice" and digit and 0 < int(digit) <= len(question.choices):
            self.action_answer(question.choices[int(digit) - 1][0])
            return
        if question.kind != "number":
            return
        typed = self.typed + digit if digit else self.typed[:-1]
        if len(typed) <= len(str(question.highest)):
            self.typed = typed
        self.show_card()

    def action_count(self, step: int) -> None:
        """Change a number by the mouse."""
        question = self.question_in_hand
        if question is None or question.kind != "number":
            return
        old = self.findings.answers.get(question.id)
        start = old if isinstance(old, int) else question.lowest
        value = min(question.highest, max(question.lowest, start + step))
        self.asked_id = question.id  # stay on it: the next press changes the same number
        self.findings = self.findings.with_answer(question.id, value)

    def commit_number(self, *, loud: bool = False) -> None:
        """Keep the typed number if it is one this question takes; say why not."""
        question, typed, self.typed = self.question_in_hand, self.typed, ""
        if question is None or question.kind != "number":
            return
        if typed and question.lowest <= int(typed) <= question.highest:
            self.findings = self.findings.with_answer(question.id, int(typed))
        elif typed or loud:
            self.notify(
                f"Type a whole number from {question.lowest} to {question.highest}.", timeout=5, markup=False
            )
        self.show_card()

    def action_next_group(self, step: int) -> None:
        """Go to the first question of the next group, or of the one before."""
        self.question_area.list.go_to_group(step)

    def action_most_telling(self) -> None:
        """Go to the row that follows the engine."""
        self.question_area.list.highlighted = 0


def _why_now(next_question: NextQuestion) -> str:
    """Return in one sentence why this question comes first; the reason of the question itself stands above it."""
    if next_question.question.group == "safety":
        return "Asked first, to be safe."
    added = next_question.why.removeprefix(next_question.question.why).strip()
    return added.split(". ")[-1]
