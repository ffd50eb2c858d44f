"""A session as a page in a file of its own, for the printer or to hand out. No widgets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bodymap.common.trouble import Exit, Trouble

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

    Nothing is overwritten. Raises `Trouble` (exit 4).
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
        try:
            descriptor = os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
            )
        except FileExistsError:
            continue
        except OSError as error:
            raise _trouble(error, path) from None
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise _trouble(error, path) from None
        return path
    raise Trouble("There are too many pages of it already.", where=str(folder), remedy="Remove some.")


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
