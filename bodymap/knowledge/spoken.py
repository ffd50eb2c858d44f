"""The `text.<language>` tables of a pack's files: their models, what is missing in them, what is too many.

The rule is the same everywhere: a table that has texts for patients may have `text.es` inside it, with the same
keys in Spanish. A language that `pack.toml` declares must be whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeVar, cast

from pydantic import BaseModel, Field

from bodymap.common.trouble import nearest
from bodymap.knowledge.limits import LANGUAGE_PATTERN, MOST_LANGUAGES
from bodymap.knowledge.references import Misfit, Path
from bodymap.knowledge.words import Id, Label, ShortText, Table, Text

Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN, description="a language code: es")]
Model = TypeVar("Model", bound=BaseModel)
Texts = TypeVar("Texts", bound=Table)
InLanguages = Annotated[
    dict[Language, Texts],
    Field(
        max_length=MOST_LANGUAGES,
        description="the texts of this table in other languages, by language code",
        json_schema_extra={"additionalProperties": False},
    ),
]

_CONDITIONS = frozenset({"when", "opened_by"})
"""Parts of a file that hold no text and many tables."""


class GroupText(Table):
    """A heading in another language."""

    title: Label = ""


class ChoiceText(Table):
    """An answer to choose, in another language."""

    says: Label = ""


class QuestionText(Table):
    """A question in another language."""

    asks: Text = ""
    short: Label = ""
    why: Text = ""
    yes: Text = ""
    no: Text = ""
    unit: ShortText = ""


class AlarmText(Table):
    """An alarm in another language."""

    title: Label = ""
    says: Text = ""
    do: Text = ""


class CauseText(Table):
    """The name of a cause and what is said of its evidence, in another language."""

    name: Label = ""
    plain: Label = ""
    evidence_says: Text = ""
    prior_says: Text = ""


class ArticleText(Table):
    """The facts of the article in another language; the section is a citation and stays."""

    says: Text = ""
    helps: Text = ""


class ClinicText(Table):
    """What the clinic does next, in another language."""

    next: Text = ""


class SaysText(Table):
    """One sentence, or a few, in another language."""

    says: Text = ""


class PackText(Table):
    """The title of a pack and its short texts, in another language."""

    title: Label = ""
    facts: dict[Id, Text] = Field(default={})


class ReadingText(Table):
    """Known words of another language."""

    known_words: list[Label] = Field(default=[], max_length=200)


def in_language(model: Model, language: str) -> Model:
    """Return a file's model with its texts in `language`, as far as they are there."""
    changes: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in _CONDITIONS or name == "text":
            continue
        if isinstance(value, BaseModel):
            changes[name] = in_language(value, language)
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            changes[name] = [in_language(part, language) for part in value]
    said = _said(model, language)
    if said is not None:
        for key in said.model_fields_set:
            text = getattr(said, key)
            changes[key] = {**getattr(model, key), **text} if isinstance(text, dict) else text
    return model.model_copy(update=changes)


def incomplete(file: str, model: BaseModel, languages: tuple[str, ...]) -> Iterator[Misfit]:
    """Yield each text of a file that is not there in one of `languages`, and each translation of nothing."""
    for path, table in _with_texts(model):
        for language in languages:
            yield from _incomplete(file, path, table, language)


def undeclared(file: str, model: BaseModel, own: str, languages: tuple[str, ...]) -> Iterator[Misfit]:
    """Yield the languages of a file that the pack does not declare, each once, where it first stands."""
    met: dict[str, tuple[Path, int]] = {}
    for path, table in _with_texts(model):
        for language in _texts(table):
            if language == own or language not in languages:
                first, count = met.get(language, ((*path, "text", language), 0))
                met[language] = first, count + 1
    for language, (path, count) in met.items():
        tables, hold = ("a table", "holds") if count == 1 else (f"{count} tables", "hold")
        if language == own:
            what = f"“{language}” is the pack's own language, yet {tables} of this file {hold} it again."
            remedy = "Write those texts into the tables themselves, and remove these."
        else:
            what = f"The pack does not declare the language “{language}”, which {tables} of this file {hold}."
            remedy = (
                f"Add it to `languages` in pack.toml (now: {', '.join(languages)}), or remove these texts."
            )
        yield Misfit(file, path, what, remedy)


def _with_texts(model: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Yield every table that may hold texts of other languages, with its place."""
    if "text" in type(model).model_fields:
        yield path, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in _CONDITIONS or name == "text":
            continue
        if isinstance(value, BaseModel):
            yield from _with_texts(value, (*path, name))
        elif isinstance(value, list):
            for number, part in enumerate(value):
                if isinstance(part, BaseModel):
                    yield from _with_texts(part, (*path, name, number))


def _texts(table: BaseModel) -> dict[str, Table]:
    return cast("dict[str, Table]", getattr(table, "text", {}))


def _said(table: BaseModel, language: str) -> Table | None:
    return _texts(table).get(language)


def _incomplete(file: str, path: Path, table: BaseModel, language: str) -> Iterator[Misfit]:
    said = _said(table, language)
    at: Path = (*path, "text", language)
    missing = []
    for key in _keys(table):
        own = getattr(table, key)
        there = getattr(said, key, "")
        if isinstance(own, dict):
            there = there or {}
            missing += [f"{key}.{id}" for id in own if id not in there]
            for id in there:
                if id not in own:
                    what = f"There is no “{id}” in {key} that this could be the “{language}” of."
                    yield Misfit(file, (*at, key, id), what, nearest(id, own, "Remove it."))
        elif isinstance(own, str):
            if own and not there:
                missing.append(key)
            if there and not own:
                what = f"“{key}” has no text here that this could be the “{language}” of."
                yield Misfit(file, (*at, key), what, "Remove it, or write the text itself too.")
    if missing and said is None:
        what = f"The texts in “{language}” are missing, a language that pack.toml declares."
        yield Misfit(file, path, what, f"Add text.{language} with {_listed(missing)}.")
        return
    for key in missing:
        what = f"The text “{key}” is missing in “{language}”, a language that pack.toml declares."
        yield Misfit(file, at, what, f"Add {key} to text.{language}.")


def _keys(table: BaseModel) -> tuple[str, ...]:
    """Return the keys that a table's texts may have."""
    from typing import get_args

    annotation = type(table).model_fields["text"].annotation
    return tuple(get_args(annotation)[1].model_fields)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
