"""What a clinic decided about its kiosk, as a plain value that every visit is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, NamedTuple


class KioskConfig(NamedTuple):
    """The settings of one kiosk, checked; `config_file` reads them from `kiosk.toml`.

    `sessions` is the folder that consented visits go to; `pack` a pack folder, or None for the shipped one.
    `languages` are offered in this order and `language` begins; both are filled in by `checks.ready`. `unfinished`
    says what becomes of a visit that is abandoned. With an empty `pin_hash` there is no way out by PIN. `theme`, `ink`
    and `letters` are None where nothing was said, `ascii_only` is true where the terminal cannot be trusted with more.
    """

    sessions: Path
    pack: Path | None = None
    languages: tuple[str, ...] = ()
    language: str = ""
    clinic: str = ""
    phone: str = ""
    show_causes: bool = True
    most_questions: int = 12
    unfinished: Literal["discard", "save"] = "discard"
    idle_seconds: int = 120
    warning_seconds: int = 30
    pin_hash: str = ""
    bell: bool = False
    large_type: bool = False
    theme: str | None = None
    ink: str | None = None
    letters: str | None = None
    ascii_only: bool = False


def encode(config: KioskConfig) -> bytes:
    """Return `config` as one line, for `decode` in another process."""
    pack = None if config.pack is None else str(config.pack)
    table = config._replace(sessions=Path())._asdict() | {"sessions": str(config.sessions), "pack": pack}
    return json.dumps(table).encode("ascii") + b"\n"


def decode(line: bytes) -> KioskConfig:
    """Return what `encode` was given; it is not checked again, since it comes from our own parent."""
    table: dict[str, Any] = json.loads(line)
    table["sessions"] = Path(table["sessions"])
    table["pack"] = None if table["pack"] is None else Path(table["pack"])
    table["languages"] = tuple(table["languages"])
    return KioskConfig(**table)
