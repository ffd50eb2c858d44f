"""The folder of sessions: saving so that what was acknowledged stays, finding and listing again."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from bodymap.common import toml
from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import folders, writer
from bodymap.sessions.document import content_of
from bodymap.sessions.ids import ALPHABET, CODE, CODE_LENGTH, ID
from bodymap.sessions.reader import read_session, session_of
from bodymap.sessions.record import Session
from bodymap.sessions.troubles import finished_already, folder_trouble, not_a_name, write_trouble


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a session is on the disk: where, and the code to say aloud."""

    path: Path
    code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the folder: a session, or the reason why it is not one."""

    path: Path
    session: Session | None
    trouble: Trouble | None


class SessionStore:
    """Session files under one folder, `YYYY/MM/DD/<id>.toml`. Made without touching the disk; safe to share.

    Any number of processes may use one folder: nothing is overwritten, nothing half-written is ever visible.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unacknowledged: dict[str, bytes] = {}

    def path_of(self, session: Session) -> Path:
        """Return where a session's file belongs."""
        return self.folder / folders.day_of(session.started.date()) / f"{session.id}.toml"

    def save(self, session: Session) -> Receipt:
        """Write a finished session and return when it is durable, replacing its own unfinished file if
        there is one.

        Raises `Trouble` (exit 4) otherwise; the session is unharmed, and saving the same one again makes
        exactly one file. A finished file is never rewritten.
        """
        if session.state != "finished":
            raise ValueError("save() takes a finished session; autosave() the others")
        return self._put(session)

    def autosave(self, session: Session) -> Receipt:
        """Write an unfinished session, replacing what was written of it before. Raises `Trouble` (exit 4)."""
        if session.state != "unfinished":
            raise ValueError("autosave() takes an unfinished session; save() a finished one")
        return self._put(session)

    def discard(self, session: Session) -> None:
        """Remove the file of an unfinished session, if there is one; a finished one stays. Raises
        `Trouble` (exit 4).
        """
        path = self.path_of(session)
        try:
            with self._opened(path) as directory:
                present = toml.read_bytes(Path(path.name), toml.SESSION_BYTES, directory=directory)
                if not _is_unfinished(present, session.id):
                    raise writer.Taken
                os.unlink(path.name, dir_fd=directory)
                os.fsync(directory)
        except FileNotFoundError:
            return
        except writer.Taken:
            raise finished_already(path) from None
        except OSError as error:
            raise write_trouble(error, path) from None

    def iterate(self) -> Iterator[Entry]:
        """Yield every file, newest first, each read when it is asked for. Raises `Trouble` where the
        folder fails.
        """
        for directory, path, trouble in self._files():
            session = None
            if trouble is None:
                try:
                    session = read_session(Path(path.name), directory=directory, where=str(path))
                except Trouble as found:
                    trouble = found
            yield Entry(path, session, trouble)

    def paths(self) -> Iterator[Path]:
        """Yield the path of every file that is named like a session, newest first, unopened. Raises `Trouble`."""
        for _, path, trouble in self._files():
            if trouble is None:
                yield path

    def count(self) -> int:
        """Return how many files `iterate` has to go through, opening none. Raises `Trouble` as it does."""
        return sum(1 for _ in self._files())

    def unfinished(self, within: int = 1000) -> Session | None:
        """Return the newest unfinished session that can be read, looking at the newest `within` files."""
        for path, head in itertools.islice(self._heads(), within):
            if _UNFINISHED.search(head):
                with suppress(Trouble):
                    session = self.read(path)
                    if session.state == "unfinished":
                        return session
        return None

    def find(self, name: str) -> Path:
        """Return the file of the session with this id or spoken code (in either case). Raises `Trouble`."""
        if ID.fullmatch(name.lower()):
            found = [path for _, path, _ in self._files() if path.name == f"{name.lower()}.toml"]
        elif CODE.fullmatch(name.upper()):
            line = re.compile(rb'^code\s*=\s*"%s"' % name.upper().encode("ascii"), re.MULTILINE)
            found = [path for path, head in self._heads() if line.search(head)]
        else:
            raise Trouble(
                "This is neither a file, nor a session's id, nor its code.",
                where=name,
                remedy=f"A code has {CODE_LENGTH} of {ALPHABET}; see “bodymap sessions list”.",
            )
        if not found:
            raise Trouble(
                "There is no such session.",
                where=f"{name} in {self.folder}",
                remedy="“bodymap sessions list” shows those there are; --sessions names another folder.",
            )
        if len(found) > 1:
            ids = ", ".join(path.stem for path in found[:5])
            raise Trouble(
                f"{len(found)} sessions have this code.", where=name, remedy=f"Name one by its id: {ids}."
            )
        return found[0]

    def read(self, path: Path) -> Session:
        """Read one file of this folder, following no link below it. Raises `Trouble`."""
        try:
            with self._opened(path) as directory:
                return read_session(Path(path.name), directory=directory, where=str(path))
        except OSError as error:
            raise folder_trouble(error, path.parent) from None

    def try_writing(self) -> Path:
        """Write and remove a file as saving would, and return the folder that was tried: the sessions
        folder, or where that does not exist yet, the one it would be made in. Raises `Trouble` (exit 4).
        """
        step = self.folder
        try:
            while not step.exists() and step != step.parent:
                step = step.parent
            with folders.opened_root(step) as directory:
                writer.probe(directory)
        except OSError as error:
            raise write_trouble(error, step, self.folder, trying=True) from None
        return step

    def sweep(self) -> int:
        """Remove temporary files of writers that are gone, and return how many; what cannot be opened is
        passed over.
        """
        swept = 0
        with suppress(OSError), folders.opened_root(self.folder) as root:
            for day, error in folders.days(root):
                if error is None:
                    with suppress(OSError), folders.opened(root, day) as directory:
                        swept += writer.sweep(directory)
        return swept

    def _put(self, session: Session) -> Receipt:
        path = self.path_of(session)
        content = content_of(session)
        day = path.parent.relative_to(self.folder)
        making: Path | None = self.folder
        try:
            folders.make_root(self.folder)
            with folders.opened_root(self.folder) as root:
                making = path.parent
                with folders.opened(root, day, make=True) as directory:
                    making = None
                    writer.put(
                        directory, path.name, content, lambda present: self._may_replace(present, session)
                    )
        except writer.Taken:
            raise finished_already(path) from None
        except OSError as error:
            # It may be there nonetheless (the error may have come after the link), but nobody was told so:
            # saving again may put the session in its place as it is by then.
            self._unacknowledged[session.id] = content
            raise write_trouble(error, path, making) from None
        except Trouble as trouble:
            remedy = f"{trouble.remedy} What was entered is still here."
            raise Trouble(trouble.what, where=str(path), remedy=remedy, exit=Exit.FILE_FAILED) from None
        self._unacknowledged.pop(session.id, None)
        return Receipt(path, session.code)

    def _may_replace(self, present: bytes, session: Session) -> bool:
        return present == self._unacknowledged.get(session.id) or _is_unfinished(present, session.id)

    def _opened(self, path: Path) -> AbstractContextManager[int]:
        return folders.opened_below(self.folder, path.parent.relative_to(self.folder))

    def _files(self) -> Iterator[tuple[int, Path, Trouble | None]]:
        """Yield an open folder, a file in it and what is wrong with its name, newest first."""
        try:
            with folders.opened_root(self.folder) as root:
                for day, error in folders.days(root):
                    if error is not None:
                        yield root, self.folder / day, folder_trouble(error, self.folder / day)
                        continue
                    with folders.opened(root, day) as directory:
                        for name in folders.names(directory):
                            path = self.folder / day / name
                            if SESSION_NAME.fullmatch(name):
                                yield directory, path, None
                            elif (
                                name.endswith(".toml")
                                and not name.startswith(".")
                                and not REVIEW_NAME.fullmatch(name)
                            ):
                                yield directory, path, not_a_name(path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise folder_trouble(error, self.folder) from None

    def _heads(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the first bytes of every file that can be opened, newest first: enough for id, code and
        state.
        """
        for directory, path, trouble in self._files():
            if trouble is None:
                with suppress(Trouble):
                    yield path, toml.read_head(Path(path.name), _HEAD, directory=directory)


SESSION_NAME = re.compile(ID.pattern + r"\.toml")
REVIEW_NAME = re.compile(ID.pattern + r"\.review\.toml")
_UNFINISHED = re.compile(rb'^state\s*=\s*"unfinished"', re.MULTILINE)
_HEAD = 1024


def _is_unfinished(content: bytes, id: str) -> bool:
    try:
        session = session_of(content, id)
    except Trouble:
        return False
    return session.id == id and session.state == "unfinished" and session.integrity == "ok"
