"""Every question under its heading, with what was answered; the first row follows the engine."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from bodymap.tui.commands.table import QUESTIONS, bindings_for
from bodymap.tui.messages import QuestionChosen
from bodymap.tui.safe import shown
from bodymap.tui.widgets.plain_list import PlainList

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.widgets import OptionList

    from bodymap.engine.findings import AnswerValue, Findings
    from bodymap.knowledge.pack import Pack, Question

FOLLOW = "follow"
"""Option id of the row that always shows the question the engine would ask next."""


class QuestionList(PlainList):
    """The list; the highlighted row is the question in hand. Rows change in place, nothing moves."""

    DEFAULT_CSS = "QuestionList { height: 1fr; scrollbar-gutter: stable; }"
    BINDINGS = bindings_for(QUESTIONS)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: dict[str, Content] = {}
        self._pack: Pack | None = None
        self._shown: tuple[Findings, frozenset[str], Question | None] | None = None
        self._width = 0

    def fill(
        self,
        pack: Pack,
        findings: Findings,
        matters: frozenset[str],
        next_question: Question | None,
        width: int,
    ) -> None:
        """Set up the rows of a pack, for a pane of `width` columns until it is laid out."""
        self._width = width
        self._pack = pack
        self._shown = (findings, matters, next_question)
        self._rows = self._contents(findings, matters, next_question)
        options: list[Option | None] = [Option(self._rows[FOLLOW], id=FOLLOW)]
        for group in pack.groups:
            questions = [question for question in pack.questions.values() if question.group == group.id]
            if questions:
                options.append(Option(shown(group.title), disabled=True))
                options += [Option(self._rows[question.id], id=question.id) for question in questions]
        self.set_options(options)
        self.highlighted = 0

    def update_rows(
        self, findings: Findings, matters: frozenset[str], next_question: Question | None
    ) -> None:
        """Change the rows whose text changed."""
        self._shown = (findings, matters, next_question)
        if self._pack is None:
            return
        for id, content in self._contents(findings, matters, next_question).items():
            if self._rows[id] != content:
                self._rows[id] = content
                self.replace_option_prompt(id, content)

    def on_resize(self) -> None:
        """Fold the rows anew, where they have to be folded."""
        before, self._width = self._width, self.size.width
        if self._shown is not None and before != self._width:
            self.update_rows(*self._shown)

    def _contents(
        self, findings: Findings, matters: frozenset[str], next_question: Question | None
    ) -> dict[str, Content]:
        assert self._pack is not None
        rows = {FOLLOW: _follow_row(next_question)}
        room = self._width - self.styles.scrollbar_size_vertical - len(_INDENT)
        for question in self._pack.questions.values():
            rows[question.id] = question_row(
                question, findings.answers.get(question.id), question.id in matters, room
            )
        return rows

    @property
    def current(self) -> str:
        """The id of the question under the cursor; `FOLLOW` for the first row."""
        option = self.highlighted_option
        return option.id if option is not None and option.id else FOLLOW

    def go_to_group(self, step: int) -> None:
        """Take in hand the first question of the group `step` further on; the engine's row is a group of its own."""
        starts = [0, *(index + 1 for index, option in enumerate(self.options) if option.disabled)]
        row = self.highlighted or 0
        here = max(number for number, start in enumerate(starts) if start <= row)
        self.highlighted = starts[(here + step) % len(starts)]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell the screen which question is in hand."""
        event.stop()
        self.post_message(QuestionChosen("" if event.option_id in (None, FOLLOW) else event.option_id))

    async def _on_click(self, event: events.Click) -> None:
        """A press on a row takes it in hand but never answers: reading a question must not record anything."""
        event.prevent_default()
        clicked = event.style.meta.get("option")
        if isinstance(clicked, int) and not self.get_option_at_index(clicked).disabled:
            self.highlighted = clicked


def _follow_row(question: Question | None) -> Content:
    if question is None:
        return shown(("▸ Now: nothing more to ask", "bold $mine"))
    return shown(("▸ Now: ", "bold $mine"), question.short)


_INDENT = " " * 6


def question_row(question: Question, answer: AnswerValue | None, matters: bool, room: int = 0) -> Content:
    """Return one row: a sign, the answer in a word, the question in short, folded to `room` columns."""
    if answer is None:
        sign, word, style = "·", "–", "$foreground" if matters else "$faint"
    elif answer == "yes":
        sign, word, style = "●", "yes", "bold $mine"
    elif answer == "no":
        sign, word, style = "○", "no", "$foreground"
    elif answer == "unsure":
        sign, word, style = "?", "?", "$quiet"
    elif isinstance(answer, int):
        sign, word, style = "●", str(answer), "bold $mine"
    else:
        sign, word, style = "●", "", "bold $mine"
    label = question.short
    if isinstance(answer, str) and question.kind == "choice" and answer != "unsure":
        label = f"{label}: {dict(question.choices).get(answer, answer).lower()}"
    if answer is None and not matters:
        label = f"({label})"  # not a sign in the column of answers: that could be read as one
    if 12 < room < len(label):
        label = f"\n{_INDENT}".join(textwrap.wrap(label, room))
    label_style = "$foreground" if matters or answer is not None else "$faint"
    return shown((f"{sign} {word:<4}", style), (label, label_style))
