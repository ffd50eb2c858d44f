"""The question in hand, whole: what it asks, why, and the answers as things to press."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.engine.findings import AnswerValue
from bodymap.knowledge.pack import Question
from bodymap.tui.safe import clickable, lines, shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What the card shows: the question, the heading above it, its answer so far, digits typed, and a remark."""

    heading: str
    question: Question | None
    answer: AnswerValue | None = None
    typed: str = ""
    remark: str = ""


class QuestionCard(Static):
    """Shows `asked`; presses become `screen.answer(…)` and `screen.count(…)`."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    QuestionCard { height: 9; padding: 0 1; border-bottom: solid $faint; }
    .-narrow QuestionCard { height: 7; }
    .-small QuestionCard { height: 6; border-bottom: none; }
    """
    asked: reactive[Asked] = reactive(Asked("", None))

    def render(self) -> Content:
        """Return heading, question, reason and answers."""
        asked = self.asked
        question = asked.question
        if question is None:
            return lines(shown((asked.heading, "bold $mine")), shown((asked.remark, "$quiet")))
        return lines(
            shown((asked.heading, "bold $mine"), ("  " + asked.remark if asked.remark else "", "$quiet")),
            shown((question.asks, "bold")),
            _answers(asked),
            shown((question.why, "$quiet")),
        )


def _answers(asked: Asked) -> Content:
    question = asked.question
    assert question is not None
    if question.kind == "number":
        return _number(asked, question)
    offered = [("yes", "Yes", "y"), ("no", "No", "n")] if question.kind == "yes-no" else []
    offered += [(id, says, str(number)) for number, (id, says) in enumerate(question.choices, start=1)]
    offered.append(("unsure", "Not sure", "u"))
    parts: list[Content] = []
    for id, says, key in offered:
        chosen = asked.answer == id
        label = f"[{'●' if chosen else ' '} {says} {key} ]"
        parts += [clickable(label, f"screen.answer('{id}')", "bold $background on $mine" if chosen else "bold"), shown(" ")]
    return shown(*parts)


def _number(asked: Asked, question: Question) -> Content:
    value = asked.typed or ("" if asked.answer in (None, "unsure") else str(asked.answer))
    unsure = asked.answer == "unsure" and not asked.typed
    return shown(
        clickable("[−10]", "screen.count(-10)", "bold"),
        clickable("[−1]", "screen.count(-1)", "bold"),
        (f" {value or '__'} ", "bold $background on $mine" if value else "bold"),
        f" {question.unit} " if question.unit else " ",
        clickable("[+1]", "screen.count(1)", "bold"),
        clickable("[+10]", "screen.count(10)", "bold"),
        " ",
        clickable("[● Not sure u ]" if unsure else "[  Not sure u ]", "screen.answer('unsure')", "bold"),
        (f"  {question.lowest}–{question.highest}" if not asked.typed else "  Enter to keep", "$quiet"),
    )
