"""What stands in the second pane: the question in hand over all the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from bodymap.tui.widgets.question_card import QuestionCard
from bodymap.tui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from textual.app import ComposeResult


class QuestionArea(Vertical):
    """The card over the list."""

    def __init__(self) -> None:
        super().__init__()
        self.card = QuestionCard()
        self.list = QuestionList(id="questions")

    def compose(self) -> ComposeResult:
        """The card over the list."""
        yield self.card
        yield self.list
