"""A session as a page in a file of its own, for the printer or to hand out. No widgets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bodymap.common.trouble import Exit, Trouble
from bodymap.sessions import writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session

FORMS: Mapping[str, str] = {
    "html": "A page to print, with the figure (HTML, one sheet)",
    "text": "Plain text",
}
_ENDINGS = {"html": "html", "text": "txt"}
_MOST_TRIES = 1000


def write_page(session: Session, pack: Pack | None, form: str, folder: Path | None = None) -> Path:
    """Write the page into `folder` (the present one when None), only for its owner to read; return the new file.

    It has its name only when all of it is on the disk: a line may drop while it is written. Nothing is overwritten.
    Raises `Trouble` (exit 4).
    """
    text = _page(session, pack, form).encode()
    if folder is None:
        try:
            folder = Path.cwd()
        except OSError as error:
            raise _trouble(error, Path()) from None
    for number in range(1, _MOST_TRIES):
        again = f"-{number}" if number > 1 else ""
        path = folder / f"bodymap-{session.code}-{session.started:%Y-%m-%d}{again}.{_ENDINGS[form]}"
        if not os.path.lexists(path):
            try:
                _put(path, text)
            except writer.Taken:
                continue
            except OSError as error:
                raise _trouble(error, path) from None
            return path
    raise Trouble("There are too many pages of it already.", where=str(folder), remedy="Remove some.")


def sweep_pages(folder: Path) -> None:
    """Remove from `folder` what a desk left that was ended while it wrote a page. Raises `OSError`."""
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        writer.sweep(directory)
    finally:
        os.close(directory)


def _put(path: Path, content: bytes) -> None:
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        writer.put(directory, path.name, content, lambda present: False)
    finally:
        os.close(directory)


def _page(session: Session, pack: Pack | None, form: str) -> str:
    if form == "html":
        from bodymap.report.html import session_html

        return session_html(session, pack)
    from bodymap.report.session import session_text

    return session_text(session, pack)


def _trouble(error: OSError, path: Path) -> Trouble:
    return Trouble(
        f"The page cannot be written: {error.strerror or error}.",
        where=str(path),
        remedy="Start bodymap review in a folder where you may write.",
        exit=Exit.FILE_FAILED,
    )
