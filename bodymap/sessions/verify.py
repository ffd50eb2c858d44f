"""Going through a whole folder of sessions and naming everything that is not as it should be. Changes
nothing.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.pack import Pack
from bodymap.sessions import folders
from bodymap.sessions.record import Session
from bodymap.sessions.review_file import read_review
from bodymap.sessions.store import REVIEW_NAME, Entry, SessionStore
from bodymap.sessions.troubles import folder_trouble
from bodymap.sessions.truth import impossible


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what is wrong with it, as (what, remedy) pairs; `session` is None where it cannot be
    read, and for a review (`review` True).
    """

    path: Path
    session: Session | None
    faults: tuple[tuple[str, str], ...]
    review: bool = False


@dataclass(slots=True)
class Summary:
    """What going through a folder came to, file by file: how many there are of each kind. Reviews count apart."""

    files: int = 0
    faulty: int = 0
    unfinished: int = 0
    unreadable: int = 0
    changed: int = 0
    unsigned: int = 0
    reviews: int = 0
    faulty_reviews: int = 0
    packs: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_day: date | None = None
    last_day: date | None = None

    @property
    def all_good(self) -> bool:
        """Whether no fault was found."""
        return not self.faulty and not self.faulty_reviews

    def add(self, checked: Checked) -> None:
        """Count one file."""
        if checked.review:
            self.reviews += 1
            self.faulty_reviews += bool(checked.faults)
            return
        self.files += 1
        self.faulty += bool(checked.faults)
        session = checked.session
        if session is None:
            self.unreadable += 1
            return
        self.unfinished += session.state == "unfinished"
        self.changed += session.integrity == "failed"
        self.unsigned += session.integrity == "missing"
        self.packs[session.pack.id, session.pack.version] += 1
        day = session.started.date()
        self.first_day = min(self.first_day or day, day)
        self.last_day = max(self.last_day or day, day)


def verify(store: SessionStore, pack: Pack | None = None) -> Iterator[Checked]:
    """Yield every session of the folder, newest first, then every review, with its faults; none where there is no
    folder yet.

    Answers are held against `pack` in the sessions that were assessed with it. Raises `Trouble` where the
    folder or the anatomy cannot be read.
    """
    anatomy = load_anatomy()
    for entry in store.iterate():
        yield Checked(entry.path, entry.session, tuple(_faults(store, entry, anatomy, pack)))
    yield from _reviews(store)


def _reviews(store: SessionStore) -> Iterator[Checked]:
    try:
        with folders.opened_root(store.folder) as root:
            for day, error in folders.days(root):
                if error is not None:
                    continue  # told with the sessions
                with folders.opened(root, day) as directory:
                    names = folders.names(directory)
                    there = set(names)
                    for name in names:
                        if REVIEW_NAME.fullmatch(name):
                            path = store.folder / day / name
                            faults = tuple(_review_faults(path, directory, there))
                            yield Checked(path, None, faults, review=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise folder_trouble(error, store.folder) from None


def _review_faults(path: Path, directory: int, there: set[str]) -> Iterator[tuple[str, str]]:
    try:
        read_review(Path(path.name), directory=directory, where=str(path))
    except Trouble as trouble:
        place = trouble.where.removeprefix(str(path)).removeprefix(", ")
        yield f"{place}: {trouble.what}" if place else trouble.what, trouble.remedy
        return
    if f"{path.name.removesuffix('.review.toml')}.toml" not in there:
        yield "The session that it belongs to is not here.", "Put it beside its session, or remove it."
    yield from _open_to_others(path)


def _faults(
    store: SessionStore, entry: Entry, anatomy: Anatomy, pack: Pack | None
) -> Iterator[tuple[str, str]]:
    if entry.trouble is not None:
        # The path stands beside it already; what is left of `where` is the place in the file.
        place = entry.trouble.where.removeprefix(str(entry.path)).removeprefix(", ")
        yield f"{place}: {entry.trouble.what}" if place else entry.trouble.what, entry.trouble.remedy
        return
    session = entry.session
    assert session is not None
    if session.integrity == "failed":
        yield "The checksum does not match: it was changed after it was saved.", "Compare it with a copy."
    if session.integrity == "missing":
        yield "The checksum is missing.", "Whether it was changed cannot be told; compare it with a copy."
    if store.path_of(session) != entry.path:
        yield "It lies in the folder of another day.", f"It belongs to {store.path_of(session).parent}."
    if session.finished is not None and session.finished < session.started:
        yield "It ends before it starts.", "The clock was set back, or it was changed."
    yield from impossible(session, anatomy, pack)
    yield from _open_to_others(entry.path)


def _open_to_others(path: Path) -> Iterator[tuple[str, str]]:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield "Others on this computer may read or change it.", "Allow only its owner: chmod 600."
