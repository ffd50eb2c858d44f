"""The file `kiosk.toml`: where it is looked for, what may stand in it, and what is said where something else does."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bodymap.common import toml
from bodymap.common.places import config_file, default_sessions_folder, written_path
from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.kiosk.config import KioskConfig
from bodymap.kiosk.pin import valid_hash
from bodymap.knowledge.limits import MOST_LANGUAGES
from bodymap.knowledge.locate import Lines
from bodymap.knowledge.spoken import Language
from bodymap.knowledge.validate import validate
from bodymap.knowledge.words import Table

VARIABLE = "BODYMAP_KIOSK"
MOST_BYTES = 16 * 1024

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


def example() -> str:
    """Return a `kiosk.toml` that explains itself."""
    return (Path(__file__).parent / "example.toml").read_text(encoding="utf-8")


def find(given: str | None) -> Path | None:
    """Return the file to read: the one `given`, the one of BODYMAP_KIOSK, the person's own, or None for no file.

    Only the last may be missing. Raises `Trouble` for a `~name` that is nobody.
    """
    named = given or os.environ.get(VARIABLE)
    if named:
        return written_path(named)
    own = own_file()
    return own if own.exists() else None


def own_file() -> Path:
    """Return where the person's own `kiosk.toml` belongs (it need not exist)."""
    return config_file().with_name("kiosk.toml")


def load(path: Path | None, sessions: Path | None = None, pack: Path | None = None) -> KioskConfig:
    """Return what the file says, or the defaults for None. Raises `Trouble`.

    `sessions` and `pack` are used where the file says nothing. Paths in it may start with `~`; others are relative to
    its folder. A bare word as the pack is the id of a shipped one, or a folder beside the file.
    """
    written, folder = (KioskFile(), Path()) if path is None else _read(Path(os.path.realpath(path)))
    found = written.model_dump(exclude_none=True)
    return KioskConfig(
        **found
        | {
            "sessions": (_path(folder, written.sessions) or sessions or default_sessions_folder()).absolute(),
            "pack": _pack(folder, written.pack) or pack,
            "languages": tuple(written.languages),
        }
    )


def _read(path: Path) -> tuple[KioskFile, Path]:
    content = toml.read_bytes(path, MOST_BYTES)
    where = clean(str(path), limit=300)
    if path.stat().st_mode & stat.S_IWOTH:
        raise Trouble(
            "Everybody on this computer may write this file, and so change the lock.",
            where=where,
            remedy=f"Close it: chmod o-w {where}",
        )
    table = toml.parse(content, where, limit=MOST_BYTES)
    found, faults = validate(KioskFile, where, content, table)
    if found is None:
        more = f" ({len(faults) - 1} more after this one.)" if len(faults) > 1 else ""
        raise Trouble(faults[0].what, where=faults[0].where, remedy=faults[0].remedy + more)
    _check(found, where, Lines(content))
    return found, path.parent


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


def _path(folder: Path, text: str | None) -> Path | None:
    return folder / written_path(text) if text else None


def _pack(folder: Path, text: str | None) -> Path | None:
    if text and "/" not in text and not text.startswith(("~", ".")) and not (folder / text).is_dir():
        return Path(text)
    return _path(folder, text)
