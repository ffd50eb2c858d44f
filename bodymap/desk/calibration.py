"""How often this clinic's working diagnoses were among the causes that had been shown first.

It counts agreement between clinicians here and the program in those sessions that somebody gave a diagnosis. It is
no measure of how right the program is: a working diagnosis is not the truth, and whoever wrote it may have seen the
ranking.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bodymap.common.trouble import Trouble
from bodymap.desk.rows import SAMPLE
from bodymap.sessions import folders
from bodymap.sessions.reader import read_session
from bodymap.sessions.record import Session
from bodymap.sessions.review_file import NO_CAUSE, OTHER, read_review
from bodymap.sessions.store import REVIEW_NAME
from bodymap.sessions.troubles import folder_trouble

_Z = 1.959963984540054  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A session and the working diagnosis that counts for it; or `trouble`, where one of them cannot be read."""

    path: Path
    session: Session | None = None
    diagnosis: str = ""
    trouble: Trouble | None = None


class Agreement(NamedTuple):
    """In `agreed` of `of` sessions the working diagnosis was where it was looked for."""

    agreed: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson 95 % interval of the share, from 0 to 1; the whole range where there is no session."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.agreed / self.of, _Z * _Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
        low = 0.0 if self.agreed == 0 else max(0.0, middle - half)
        high = 1.0 if self.agreed == self.of else min(1.0, middle + half)
        return low, high


@dataclass(slots=True)
class Tally:
    """Sessions with a diagnosis among the causes that were ranked: how many, and how many had it first or among the
    first three.

    A cause that shares its place counts as standing behind those that it shares it with: of two at the top neither
    was shown first. Where none fitted, none was.
    """

    sessions: int = 0
    first: int = 0
    among_three: int = 0

    @property
    def top1(self) -> Agreement:
        """How often the diagnosis was shown first."""
        return Agreement(self.first, self.sessions)

    @property
    def top3(self) -> Agreement:
        """How often it was among the first three."""
        return Agreement(self.among_three, self.sessions)

    def add(self, place: int) -> None:
        """Count a session whose diagnosis stood at `place`, 0 where it was not put forward."""
        self.sessions += 1
        self.first += place == 1
        self.among_three += 1 <= place <= 3


@dataclass(slots=True)
class Calibration:
    """All counts. `ranked` are diagnoses among the causes that were ranked then, `every` those and `outside`: other
    diagnoses, and causes that were not in the ranking, none of which could have been shown.

    `none`: working diagnoses “none”, and in how many of them none fitted. `by_pack`, `by_cause` divide `ranked`.
    `left_out`: why other sessions with a diagnosis were not counted, and how many there were.
    """

    ranked: Tally = field(default_factory=Tally)
    every: Tally = field(default_factory=Tally)
    outside: int = 0
    none: int = 0
    none_shown: int = 0
    by_pack: dict[tuple[str, str], Tally] = field(default_factory=dict)
    by_cause: dict[str, Tally] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def diagnosed(folder: Path) -> Iterator[Diagnosed]:
    """Yield every session of the folder with a working diagnosis, newest first. Raises `Trouble` where the folder
    cannot be read.

    Looks for reviews and opens only the sessions that have one.
    """
    try:
        with folders.opened_root(folder) as root:
            for day, error in folders.days(root):
                if error is None:
                    with folders.opened(root, day) as directory:
                        for name in folders.names(directory):
                            if REVIEW_NAME.fullmatch(name):
                                yield from _read(folder / day / name, directory)
    except FileNotFoundError:
        return
    except OSError as error:
        raise folder_trouble(error, folder) from None


def _read(path: Path, directory: int) -> Iterator[Diagnosed]:
    try:
        review = read_review(Path(path.name), directory=directory, where=str(path))
        if review.diagnosis is None:
            return
        session = path.with_name(f"{review.session}.toml")
        read = read_session(Path(session.name), directory=directory, where=str(session))
        yield Diagnosed(path, read, review.diagnosis.working_diagnosis)
    except Trouble as trouble:
        yield Diagnosed(path, trouble=trouble)


def calibrate(found: Iterable[Diagnosed]) -> Calibration:
    """Count. Made-up sessions, unfinished ones and those whose checksum does not match are left out."""
    counts = Calibration()
    for each in found:
        reason = _reason(each)
        if reason:
            counts.left_out[reason] += 1
        elif each.session is not None:
            _count(counts, each.session, each.diagnosis)
    return counts


def _reason(each: Diagnosed) -> str:
    session = each.session
    if session is None:
        return "the session or its review cannot be read"
    if session.app.name == SAMPLE:
        return "made up"
    if session.state != "finished" or session.shown is None:
        return "not finished"
    return "" if session.integrity == "ok" else "the checksum does not match or is missing"


def _count(counts: Calibration, session: Session, diagnosis: str) -> None:
    shown = session.shown
    assert shown is not None
    if diagnosis == NO_CAUSE:
        counts.none += 1
        counts.none_shown += shown.none_fits
        return
    ranks = {cause.id: cause.rank for cause in shown.ranking}
    if diagnosis == OTHER or diagnosis not in ranks:
        counts.outside += 1
        counts.every.add(0)
        return
    behind = sum(1 for rank in ranks.values() if rank <= ranks[diagnosis])
    place = 0 if shown.none_fits else behind
    pack = (session.pack.id, session.pack.version)
    for tally in (
        counts.ranked,
        counts.every,
        counts.by_pack.setdefault(pack, Tally()),
        counts.by_cause.setdefault(diagnosis, Tally()),
    ):
        tally.add(place)
