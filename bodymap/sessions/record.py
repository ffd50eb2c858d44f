"""A session as a value: what was said, what was shown for it, and by which program and pack. No files
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from bodymap.engine.findings import Findings

State = Literal["finished", "unfinished"]
Integrity = Literal["ok", "failed", "missing"]


@dataclass(frozen=True, slots=True)
class App:
    """The program that wrote a session."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class PackReference:
    """The pack a session was assessed with; `sha256` is over the pack's files."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownAlarm:
    """An alarm as it was shown: `says` is what the person read, `do` what they were told to do."""

    id: str
    tier: str
    says: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class ShownCause:
    """A cause as it was shown. `for_lines`, `against`, `unknown` and `needs_missing` are line ids of the
    pack.
    """

    id: str
    name: str
    rank: int
    band: str
    evidence: str
    score: int
    score_range: tuple[int, int]
    rank_range: tuple[int, int]
    for_lines: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    needs_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An assessment as it was shown: alarms worst first, causes best first."""

    alarms: tuple[ShownAlarm, ...] = ()
    ranking: tuple[ShownCause, ...] = ()
    none_fits: bool = False
    indistinguishable: tuple[tuple[str, ...], ...] = ()


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of one person.

    `started` and `finished` carry their offset; the date of `started`, as written, names the session's
    folder. `places` are the words for each mark, in the order of `findings.marks`, or () where they were
    not kept; `words` maps an answered question to question and answer as they were read back. `shown` is
    None where nothing was assessed yet. `integrity` says whether the content matched its checksum when it
    was read; it is no part of the session and does not count when two are compared.
    """

    id: str
    code: str
    started: datetime
    finished: datetime | None
    state: State
    language: str
    app: App
    pack: PackReference
    findings: Findings
    places: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=_nothing)
    shown: Shown | None = None
    integrity: Integrity = field(default="ok", compare=False)
