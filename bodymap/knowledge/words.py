"""The kinds of text, name and number that pack files are made of, as pydantic types with their limits."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bodymap.knowledge.limits import ID_PATTERN, MOST_LABEL, MOST_TEXT


class Table(BaseModel):
    """A table of a pack file: unknown keys are refused, nothing is converted from one type to another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


def _normal(value: Any) -> Any:
    """Collapse the line breaks and runs of blanks that wrapping a long text leaves behind."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def whole(values: list[str]) -> list[str]:
    """Refuse a list in which something stands twice."""
    for value in values:
        if values.count(value) > 1:
            raise PydanticCustomError("repeated", "“{value}” stands twice in this list.", {"value": value})
    return values


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=64)]
Ids = Annotated[list[Id], Field(max_length=120), AfterValidator(whole)]
SomeIds = Annotated[list[Id], Field(min_length=1, max_length=120), AfterValidator(whole)]
Text = Annotated[str, Field(min_length=1, max_length=MOST_TEXT), BeforeValidator(_normal)]
Label = Annotated[str, Field(min_length=1, max_length=MOST_LABEL), BeforeValidator(_normal)]
MaybeText = Annotated[str, Field(max_length=MOST_TEXT), BeforeValidator(_normal)]
ShortText = Annotated[str, Field(max_length=MOST_LABEL * 2), BeforeValidator(_normal)]
Points = Annotated[int, Field(ge=-1000, le=1000)]
Cost = Annotated[int, Field(ge=1, le=1000)]
Amount = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
