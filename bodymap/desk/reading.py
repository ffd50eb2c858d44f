"""Files of one day into what an index keeps of them; whatever is wrong with one costs that one alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.desk.rows import Found, found_session, found_trouble, with_review
from bodymap.desk.tree import File
from bodymap.sessions import folders
from bodymap.sessions.reader import Reads, read_session
from bodymap.sessions.review_file import read_review, review_path
from bodymap.sessions.store import SESSION_NAME
from bodymap.sessions.troubles import folder_trouble, not_a_name


def read_day(
    folder: Path, day: str, files: Sequence[File], reads: Reads | None = None
) -> list[tuple[File, Found]]:
    """Return what was found in each of `files` of a day; those that are gone by now are left out. Raises nothing.

    `reads` is what reads their content where there are many, the reader of one file where it is None.
    """
    inside = folder / day
    try:
        with folders.opened_below(folder, Path(day)) as directory:
            read = [(file, _read(inside, day, directory, file, reads)) for file in files]
            return [(file, found) for file, found in read if found is not None]
    except FileNotFoundError:
        return []
    except OSError as error:
        trouble = folder_trouble(error, inside)
        return [(file, _bad(inside, day, file, trouble)) for file in files]


def _read(folder: Path, day: str, directory: int, file: File, reads: Reads | None) -> Found | None:
    found = _session(folder, day, directory, file, reads)
    if found is None or not file.review:
        return found
    name = review_path(Path(os.fsdecode(file.name))).name
    try:
        review = read_review(Path(name), directory=directory, where=str(folder / name))
    except Trouble as trouble:
        return with_review(found, trouble)
    except Exception as error:
        return with_review(found, _fault(error))
    return with_review(found, review)


def _session(folder: Path, day: str, directory: int, file: File, reads: Reads | None) -> Found | None:
    name = os.fsdecode(file.name)
    try:
        if not SESSION_NAME.fullmatch(name):
            raise not_a_name(folder / name)
        session = read_session(Path(name), directory=directory, where=f"{folder}/{name}", reads=reads)
        return found_session(session, day)
    except Trouble as trouble:
        try:
            os.stat(name, dir_fd=directory, follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError:
            pass
        return _bad(folder, day, file, trouble)
    except Exception as error:
        return _bad(folder, day, file, _fault(error))


def _fault(error: Exception) -> Trouble:
    """Return what is said of a file that our own code stumbles over: one must never cost the list."""
    return Trouble(f"Reading it failed ({type(error).__name__}).")


def _bad(folder: Path, day: str, file: File, trouble: Trouble) -> Found:
    return found_trouble(folder / os.fsdecode(file.name), day, trouble, file.modified)
