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
    "goodbye",
    "hand-off",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its id, its words, and whether it is chosen now (lists in which several can be)."""

    id: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the visit.

    `kind` is one of `KINDS` and says how to choose: one of `choices` (most kinds), any of them and then `DONE`
    (`several`, `feel`), a whole number between `lowest` and `highest` (`number`, `strength`), or a place of the body
    (`where`). `heading` is what is asked or said, `text` explains it, `rows` are lines of a result or of a hand-off.
    `part` of `parts` is how far the visit is; `back` and `skip` say whether going back and passing over are possible.
    """

    kind: str
    heading: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
    rows: tuple[str, ...] = ()
    part: int = 0
    parts: int = 0
    share: int = 0
    """How much of the whole visit is done, in percent."""
    back: bool = False
    skip: bool = False
    question: str = ""
    place: Place | None = None
    lowest: int = 0
    highest: int = 0
    value: int | None = None
    unit: str = ""
    done: str = ""
    """The words on the choice that ends a list in which several can be chosen."""


DONE = "done"
"""Id of the choice that ends a list in which several can be chosen."""
