"""What is under the cursor of the open pane, in words, for the bottom line."""

from __future__ import annotations

from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.tui.screens.question_actions import QuestionActions
from bodymap.tui.widgets.lines import PlaceLine
from bodymap.tui.widgets.panes import no_pain


class Naming(QuestionActions):
    """The bottom line of the explorer."""

    def name_here(self) -> None:
        """Write what is under the cursor of the open pane into the bottom line."""
        words = {"map": self._place_words, "questions": self._question_words, "causes": self._cause_words}
        self.query_one(PlaceLine).words = words[self.pane]()

    def _place_words(self) -> str:
        words = self.anatomy.words(self.place)
        mark = self.findings.mark_at(*self.place)
        if mark is None:
            return words
        strength = f"{mark.intensity} of 10" if mark.intensity else no_pain(mark)
        return " · ".join([strength, words, *mark.qualities])

    def _question_words(self) -> str:
        question = self.question_in_hand
        return f"Question: {question.short}" if question else "There is nothing more to ask."

    def _cause_words(self) -> str:
        if self.knowledge is None or self.assessment is None or not self.lit:
            return "Choose a cause to see where it is felt."
        entry = self.assessment.cause(self.lit)
        words = f"{entry.cause.name}: {BAND_WORDS[entry.band]}"
        evidence = f", evidence {GRADE_WORDS[entry.cause.evidence]}"
        return words + evidence if len(words + evidence) < self.size.width else words
