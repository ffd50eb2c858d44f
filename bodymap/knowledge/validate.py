"""From one TOML file to its model, with every fault in it said in words a pack's author can act on."""

from __future__ import annotations

import re
import types
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from bodymap.common import toml
from bodymap.common.trouble import Trouble, nearest
from bodymap.knowledge.conditions import FORMS, TAG
from bodymap.knowledge.faults import Fault
from bodymap.knowledge.locate import Lines, place
from bodymap.knowledge.references import Path

Model = TypeVar("Model", bound=BaseModel)
_LINE = re.compile(r"line (\d+)")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def parse_file(name: str, content: bytes) -> tuple[dict[str, Any] | None, list[Fault]]:
    """Return the tables of a TOML file, or None and the fault that kept it from being read."""
    try:
        return toml.parse(content, name, limit=toml.PACK_BYTES), []
    except Trouble as trouble:
        _, _, at = trouble.where.partition(", ")
        said = _LINE.match(at)
        if said:
            return None, [Fault(name, "", int(said[1]), trouble.what, trouble.remedy)]
        # A value was refused, in text that is TOML: its place is known, its line can be found.
        path = tuple(int(index) - 1 if index else key for key, index in _STEP.findall(at))
        return None, [Fault(name, at, Lines(content).of(path), trouble.what, trouble.remedy)]


def validate(
    model: type[Model], name: str, content: bytes, table: dict[str, Any]
) -> tuple[Model | None, list[Fault]]:
    """Return the file as its model, or None and all its faults, each with its line."""
    schema = table.get("schema", 1)
    if schema != 1:
        what = f"The file says schema = {str(schema)[:20]}; this program reads schema 1."
        return None, [
            Fault(
                name, "schema", Lines(content).of(("schema",)), what, "Use a program of the pack's own time."
            )
        ]
    try:
        return model.model_validate(table), []
    except ValidationError as error:
        lines = Lines(content)
        faults = []
        for detail in error.errors(include_url=False, include_context=True):
            path = tuple(part for part in detail["loc"] if not (isinstance(part, str) and part.endswith(TAG)))
            path = path[:-1] if path[-1:] == ("[key]",) else path  # the fault is that of the key itself
            what, remedy = _in_words(model, detail, path)
            faults.append(Fault(name, place(path), lines.of(path), what, remedy))
        return None, faults


def _in_words(model: type[BaseModel], detail: Any, path: Path) -> tuple[str, str]:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail.get("input")
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return f"Unknown key “{key[:60]}”.", nearest(key, _names(model, detail["loc"]), "Remove it.")
    if kind == "missing":
        return f"The key “{key}” is missing.", "Add it."
    if kind == "union_tag_not_found":
        return _no_form(given)
    if kind == "literal_error":
        valid = [part.strip("'\" ") for part in context["expected"].replace(" or ", ", ").split(",")]
        remedy = nearest(str(given), valid, f"Valid: {', '.join(valid)}.")
        return f"“{str(given)[:60]}” is not one of the values allowed here.", remedy
    if kind == "string_pattern_mismatch":
        sort = _sort(path)
        return f"“{str(given)[:60]}” is not a valid {sort}.", _WRITTEN[sort]
    if kind == "string_too_long":
        return (
            f"The text is {len(str(given))} characters long; at most {context['max_length']} are allowed.",
            "Shorten it.",
        )
    if kind == "string_too_short":
        return "The text is empty.", "Write something, or remove the key where it may be left out."
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        bound = context["min_length"] if few else context["max_length"]
        return (
            f"{'Too few' if few else 'Too many'} entries: at {'least' if few else 'most'} {bound}.",
            "Change the list.",
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        bound, word = (context["ge"], "least") if kind == "greater_than_equal" else (context["le"], "most")
        return f"{given} is out of range: at {word} {bound}.", "Change the number."
    expected = _EXPECTED.get(kind)
    if expected:
        return f"This must be {expected}.", "Write it so."
    return detail["msg"], _REMEDIES.get(kind, "Mend it.")


def _sort(path: Path) -> str:
    """Return what kind of name stands at `path`."""
    if path[-1] == "version":
        return "version"
    return "language" if path[-1] == "language" or path[-2:-1] in (("languages",), ("text",)) else "name"


_WRITTEN = {
    "version": "Write three numbers with points between: 1.0.0.",
    "language": "Write a language code: en.",
    "name": "Use small letters, digits and single hyphens.",
}
_EXPECTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
_REMEDIES = {
    "repeated": "Name each once.",
    "kind": "Change the kind, or the keys that go with it.",
}


def _no_form(given: object) -> tuple[str, str]:
    forms = ", ".join(FORMS)
    if not isinstance(given, dict):
        return "A condition must be a table.", f'Write one of {forms}, as in when.answer = "some-question".'
    found = [form for form in FORMS if form in given]
    if len(found) > 1:
        return f"A condition has one form, this has {' and '.join(found)}.", "Put both into `all` or `any`."
    guess = next(
        (nearest(str(key), FORMS) for key in given if nearest(str(key), FORMS).startswith("Did")), ""
    )
    return "This condition has none of the known forms.", guess or f"Write one of {forms}."


def _names(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys allowed in the table that `location` (ending in an unknown key) lies in."""
    annotation: Any = model
    for part in location[:-1]:
        annotation = _step(annotation, part)
        if annotation is None:
            return []
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [field.alias or name for name, field in annotation.model_fields.items()]
    return []


def _bare(annotation: Any) -> Any:
    """Return an annotation without `Annotated` and without `| None`."""
    while True:
        if get_origin(annotation) is not None and hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
            continue
        if get_origin(annotation) in (Union, types.UnionType):
            rest = [part for part in get_args(annotation) if part is not type(None)]
            if len(rest) == 1:
                annotation = rest[0]
                continue
        return annotation


def _step(annotation: Any, part: str | int) -> Any:
    annotation = _bare(annotation)
    if isinstance(part, str) and part.endswith(TAG):
        for member in get_args(annotation):
            if any(getattr(mark, "tag", None) == part for mark in getattr(member, "__metadata__", ())):
                return member
        return None
    origin = get_origin(annotation)
    if origin in (list, dict):
        return get_args(annotation)[-1]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part == (field.alias or name):
                return field.annotation
    return None
