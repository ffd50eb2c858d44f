"""What answers mean in the records of a clinic, from `data/exchange.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bodymap.common.cached import read_table
from bodymap.common.places import data_folder
from bodymap.common.trouble import Trouble, nearest

_SCHEMA = 1
_TABLES = ("symptoms", "exacerbating", "alleviating")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Question ids with the text that is sent for them; `rating` is the question for the worst pain, 0 to 10."""

    rating: str
    symptoms: Mapping[str, str]
    exacerbating: Mapping[str, str]
    alleviating: Mapping[str, str]


def load_exchange(path: Path | None = None) -> Exchange:
    """Read the file (the shipped one when None). Raises `Trouble`."""
    path = path or data_folder() / "exchange.toml"
    table = dict(read_table(path))
    if table.pop("schema", None) != _SCHEMA:
        raise Trouble("The schema is not 1.", where=str(path), remedy=f"Write schema = {_SCHEMA}.")
    for key in table:
        if key not in ("rating", *_TABLES):
            raise Trouble(f"Unknown key “{key}”.", where=str(path), remedy=nearest(key, ("rating", *_TABLES)))
    rating = table.get("rating")
    if not isinstance(rating, str):
        raise Trouble(
            "This must be the id of a question.", where=f"{path}, rating", remedy="Write it in quotes."
        )
    return Exchange(rating, **{key: _texts(table.get(key), f"{path}, {key}") for key in _TABLES})


def _texts(given: Any, where: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(text, str) and text for text in given.values()):
        raise Trouble("This must be a table of texts.", where=where, remedy='Write question-id = "text".')
    return given
