"""What a person is shown at one moment of the visit: one idea, in words, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.knowledge.anatomy import Place

KINDS = (
    "welcome",
    "question",
    "number",
    "several",
    "where",
    "confirm",
    "strength",
    "feel",
    "another",
    "results",
    "consent",
    "saving",
    "goodbye",
    "hand-off",
)

ROW_KINDS = (
    "mark",
    "alarm",
    "do",
    "cause",
    "plain",
    "for",
    "against",
    "helps",
    "note",
    "code",
    "spelled",
    "call",
    "fault",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its id, its words, and whether it is chosen now (lists in which several can be)."""

    id: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a step tells beside what it asks; `kind` is one of `ROW_KINDS`.

    `alarm` is something that must not wait and `do`, right after it, what to do about it; both must be impossible to
    miss. `cause` is the name of a cause, and the rows after it belong to it: `plain` says what that is, `for` and
    `against` give the strongest reason each, `helps` what helps, `note` is a remark. `mark` is a place shown so far,
    its label the strength there. `code` is the code to say aloud, for large letters, and `spelled` the same sign by
    sign, for the ear. `call` is the phone of the clinic. `fault` tells staff, in English, why saving failed.
    """

    kind: str
    text: str
    label: str = ""
    """A word or two that stand before the text: "For it", "7 of 10"; empty where the text says it all."""

    @property
    def line(self) -> str:
        """Label and text as one line."""
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the visit.

    `kind` is one of `KINDS` and says how to choose: one of `choices` (most kinds), any of them and then `DONE`
    (`several`, `feel`), a whole number between `lowest` and `highest` (`number`, `strength`; their `choices` are ways
    not to give one), or a place of the body (`where`; its choice says that there is none). At a `hand-off` only staff
    go on, at `saving` only the disk, and `goodbye` is the end. `heading` is what is asked or said, `text` explains it,
    `hint` tells how to answer where that is not plain, `rows` hold the rest of what there is to tell. Results come one
    idea a screen: `page` of `pages`, counted from 1. `part` of `parts` is how far the visit is (part 0: it has not
    begun); `back` and `skip` say whether going back and passing over are possible.
    """

    kind: str
    heading: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    hint: str = ""
    part: int = 0
    parts: int = 0
    share: int = 0
    """How much of the whole visit is done, in percent; never less than at a step before."""
    page: int = 0
    pages: int = 0
    back: bool = False
    skip: bool = False
    question: str = ""
    """Id of the question that is asked."""
    place: Place | None = None
    """The place that is spoken of, to be lit on the map."""
    lowest: int = 0
    highest: int = 0
    value: int | None = None
    """The number given before, where one was."""
    unit: str = ""
    done: str = ""
    """The words on the choice that ends a list in which several can be chosen, or on what staff press to go on."""


DONE = "done"
"""Id of the choice that ends a list in which several can be chosen."""
