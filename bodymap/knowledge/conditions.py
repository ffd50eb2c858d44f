"""Conditions as written in a pack file: `when.answer`, `.number`, `.marked`, `.all`, `.any`, `.not`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from bodymap.knowledge.pack import QUALITIES
from bodymap.knowledge.words import Amount, Id, SomeIds, Table

FORMS = ("answer", "number", "marked", "all", "any", "not")
TAG = "-form"  # marks the parts that pydantic adds to a place, so that they can be taken out again


def _form(value: Any) -> str | None:
    """Return the tag of the one form that a condition is written in; None for none or several."""
    if not isinstance(value, dict):
        return None
    found = [form for form in FORMS if form in value]
    return found[0] + TAG if len(found) == 1 else None


class AnswerForm(Table):
    """True when the question was answered so."""

    answer: Id = Field(description="id of a question answered with yes, no or a choice")
    is_: Id = Field(default="yes", alias="is", description="the answer that makes it true")


class NumberForm(Table):
    """True when the number given lies within the bounds, both inclusive."""

    number: Id = Field(description="id of a question answered with a number")
    at_least: Amount | None = None
    at_most: Amount | None = None


class MarkedForm(Table):
    """True when one of the regions is marked."""

    marked: SomeIds = Field(description="ids of regions or of areas")
    sides: Literal["any", "left", "right", "both", "one"] = "any"
    intensity_at_least: int = Field(default=1, ge=1, le=10)
    qualities: list[Literal[QUALITIES]] = Field(default=[], max_length=len(QUALITIES))  # type: ignore[valid-type]
    worse_with: Id | None = Field(default=None, description="a yes-no question true at this place")


class AllForm(Table):
    """True when every part is."""

    all: list[When] = Field(min_length=1, max_length=32)


class AnyForm(Table):
    """True when at least one part is."""

    any: list[When] = Field(min_length=1, max_length=32)


class NotForm(Table):
    """True when the part is false; unknown stays unknown."""

    not_: When = Field(alias="not")


When = Annotated[
    Annotated[AnswerForm, Tag("answer" + TAG)]
    | Annotated[NumberForm, Tag("number" + TAG)]
    | Annotated[MarkedForm, Tag("marked" + TAG)]
    | Annotated[AllForm, Tag("all" + TAG)]
    | Annotated[AnyForm, Tag("any" + TAG)]
    | Annotated[NotForm, Tag("not" + TAG)],
    Discriminator(_form),
]

for _model in (AllForm, AnyForm, NotForm):
    _model.model_rebuild()

__all__ = ["TAG", "AllForm", "AnswerForm", "AnyForm", "MarkedForm", "NotForm", "NumberForm", "When"]
