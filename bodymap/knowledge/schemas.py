"""The JSON Schemas of a pack's files (draft 2020-12), for editors that complete and check TOML by them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from bodymap.knowledge.cases import CasesFile
from bodymap.knowledge.models import AlarmsFile, CauseFile, PackFile, QuestionsFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {
    "pack": PackFile,
    "questions": QuestionsFile,
    "alarms": AlarmsFile,
    "causes": CauseFile,
    "cases": CasesFile,
}


def file_schema(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of file: pack, questions, alarms, causes or cases. Raises `KeyError`."""
    schema = _MODELS[kind].model_json_schema(by_alias=True)
    _plain(schema)
    return {"$schema": DIALECT, **schema}


def _plain(part: Any) -> None:
    """Take out what TOML has no word for: null, and the titles made from Python names."""
    if isinstance(part, list):
        for inner in part:
            _plain(inner)
    elif isinstance(part, dict):
        choices = part.get("anyOf")
        if isinstance(choices, list) and {"type": "null"} in choices:
            kept = [choice for choice in choices if choice != {"type": "null"}]
            del part["anyOf"]
            part.update(kept[0] if len(kept) == 1 else {"anyOf": kept})
        if part.get("default", "") is None:
            del part["default"]
        if isinstance(part.get("title"), str):
            del part["title"]
        for inner in part.values():
            _plain(inner)
