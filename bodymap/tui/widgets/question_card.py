"""The question in hand, whole: what it asks, why, and the answers as things to press."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.tui.safe import Pressable, lines, pressable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.content import Content

    from bodymap.engine.findings import AnswerValue
    from bodymap.knowledge.pack import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """What the card shows: the question, the heading above it, its answer so far, digits typed, and a remark."""

    heading: str
    question: Question | None
    answer: AnswerValue | None = None
    typed: str = ""
    remark: str = ""


_ROOMY = 33
"""Columns from which the answers have air inside their brackets."""
_ROOMY_NUMBER = 35
"""Columns from which the steps of a number say how large they are."""


class QuestionCard(Vertical):
    """Shows `asked`; presses become `screen.answer(…)` and `screen.count(…)`.

    Its height is that of the longest question, so that the answers stay where they are from one to the next.
    """

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    QuestionCard { height: 11; max-height: 100%; padding: 0 1; border-bottom: solid $faint; }
    QuestionCard > .asks { height: 1fr; }
    QuestionCard > .answers { height: 1; }
    .-small QuestionCard { border-bottom: none; }
    """
    asked: reactive[Asked] = reactive(Asked("", None), repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._questions: tuple[Question, ...] = ()
        self._width = 0

    def compose(self) -> ComposeResult:
        """The question, then its answers."""
        yield Static(classes="asks", markup=False)
        yield Pressable(classes="answers")

    def fill(self, questions: Iterable[Question], width: int) -> None:
        """Take the height that the longest of `questions` needs, in a pane of `width` columns until it is laid out."""
        self._questions = tuple(questions)
        self._fit(width - 2)

    def on_resize(self) -> None:
        """Fit the height to the width."""
        self._fit(self.content_size.width)

    def _fit(self, width: int) -> None:
        if not self._questions or width < 20:
            return
        longest = max(
            len(textwrap.wrap(question.asks, width)) + len(textwrap.wrap(question.why, width))
            for question in self._questions
        )
        # Heading, answers and the line below, and room for a remark.
        self.styles.height = longest + (4 if width > 60 else 6)
        if width != self._width:
            self._width = width
            self.watch_asked(self.asked)

    def watch_asked(self, asked: Asked) -> None:
        """Show another question, or the same one answered."""
        if not self.is_mounted:
            return
        self.query_one(".asks", Static).update(_text(asked), layout=False)
        self.query_one(".answers", Static).update(
            _answers(asked, self._width) if asked.question else shown(""), layout=False
        )


def _text(asked: Asked) -> Content:
    heading = shown((asked.heading, "bold $mine"))
    if asked.question is None:
        return lines(heading, shown((asked.remark, "$quiet")))
    rows = [heading, shown((asked.question.asks, "bold")), shown((asked.question.why, "$quiet"))]
    if asked.remark:
        rows.append(shown((asked.remark, "$quiet italic")))
    return lines(*rows)


def _answers(asked: Asked, width: int) -> Content:
    question = asked.question
    assert question is not None
    if question.kind == "number":
        return _number(asked, question, width)
    offered = [("yes", "Yes", "y"), ("no", "No", "n")] if question.kind == "yes-no" else []
    offered += [(id, says, str(number)) for number, (id, says) in enumerate(question.choices, start=1)]
    offered.append(("unsure", "Not sure", "u"))
    parts: list[Content] = []
    for id, says, key in offered:
        chosen = asked.answer == id
        room = " " if question.kind == "yes-no" and width >= _ROOMY else ""  # else words need the column
        label = f"[{'●' if chosen else ' '}{says} {key}{room}]"
        parts += [
            pressable(label, f"screen.answer('{id}')", "bold $background on $mine" if chosen else "bold"),
            shown(" "),
        ]
    return shown(*parts)


def _number(asked: Asked, question: Question, width: int) -> Content:
    value = asked.typed or ("" if asked.answer in (None, "unsure") else str(asked.answer))
    unsure = "●" if asked.answer == "unsure" and not asked.typed else " "
    steps = ("−10", "−1", "+1", "+10") if width >= _ROOMY_NUMBER else ("−−", "−", "+", "++")
    less, one_less, one_more, more = (
        pressable(f"[{step}]", f"screen.count({count})", "bold")
        for step, count in zip(steps, (-10, -1, 1, 10), strict=True)
    )
    return shown(
        *(less, one_less),
        (f" {value or '__'} ", "bold $background on $mine" if value else "bold"),
        *(one_more, more, " " if width > _ROOMY_NUMBER else ""),
        pressable(f"[{unsure}Not sure u]", "screen.answer('unsure')", "bold"),
    )
