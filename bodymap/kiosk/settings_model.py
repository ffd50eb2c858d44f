"""What may stand in `kiosk.toml`, and what is said where something else does."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from bodymap.common import toml
from bodymap.common.trouble import Trouble
from bodymap.kiosk.pin import valid_hash
from bodymap.knowledge.limits import MOST_LANGUAGES
from bodymap.knowledge.locate import Lines
from bodymap.knowledge.spoken import Language
from bodymap.knowledge.validate import validate
from bodymap.knowledge.words import Table

_Path = Annotated[str, Field(min_length=1, max_length=1000)]
_Line = Annotated[str, Field(max_length=80)]


class KioskFile(Table):
    """`kiosk.toml`, key by key; `bodymap kiosk --print-config` explains each."""

    sessions: _Path | None = None
    pack: _Path | None = None
    languages: list[Language] = Field(default=[], max_length=MOST_LANGUAGES)
    language: Language | None = None
    clinic: _Line = ""
    phone: _Line = ""
    show_causes: bool = True
    most_questions: int = Field(default=12, ge=0, le=60)
    unfinished: Literal["discard", "save"] = "discard"
    idle_seconds: int = Field(default=120, ge=30, le=3600)
    warning_seconds: int = Field(default=30, ge=20, le=600)
    pin_hash: str = ""
    bell: bool = False
    large_type: bool = False
    theme: Literal["dark", "light", "high-contrast"] | None = None
    ink: Literal["ascii", "blocks", "braille"] | None = None
    letters: Literal["plain", "wide", "tall"] | None = None


def checked(content: bytes, where: str) -> dict[str, Any]:
    """Return the settings that stand in `content`, key by key; `where` names the file. Raises `Trouble`."""
    table = toml.parse(content, where)
    found, faults = validate(KioskFile, where, content, table)
    if found is None:
        more = f" ({len(faults) - 1} more after this one.)" if len(faults) > 1 else ""
        raise Trouble(faults[0].what, where=faults[0].where, remedy=faults[0].remedy + more)
    _check(found, where, Lines(content))
    return found.model_dump(exclude_unset=True)


def _check(written: KioskFile, where: str, lines: Lines) -> None:
    """Refuse what is wrong only between keys, or in a way that no bound can say. Raises `Trouble`."""

    def trouble(key: str, what: str, remedy: str) -> Trouble:
        return Trouble(what, where=f"{where}, line {lines.of((key,))}, {key}", remedy=remedy)

    if written.warning_seconds >= written.idle_seconds:
        key = "idle_seconds" if "idle_seconds" in written.model_fields_set else "warning_seconds"
        raise trouble(
            key,
            f"The warning of {written.warning_seconds} seconds does not fit into {written.idle_seconds} idle seconds.",
            "The warning is the last part of the idle time: make idle_seconds longer than warning_seconds.",
        )
    if written.pin_hash and not valid_hash(written.pin_hash):
        raise trouble(
            "pin_hash",
            "This is not the hash of a PIN.",
            "“bodymap kiosk --hash-pin” prints the line; never write the PIN itself.",
        )
    if len(set(written.languages)) < len(written.languages):
        raise trouble("languages", "A language stands here twice.", "Name each once.")
    if written.languages and written.language and written.language not in written.languages:
        raise trouble(
            "language",
            f"“{written.language}” is not among the languages offered.",
            f"Use one of {', '.join(written.languages)}, or add it to languages.",
        )
