"""What is said when files and folders of sessions cannot be written or read."""

from __future__ import annotations

import errno
from pathlib import Path

from bodymap.common.trouble import Exit, Trouble


def finished_already(path: Path) -> Trouble:
    """Return what to say when a file stands there that is never rewritten."""
    return Trouble(
        "There is a file of this session that is finished, or cannot be read; it is not rewritten.",
        where=str(path),
        remedy="Another window may have finished it. Save what you have as a new session.",
        exit=Exit.FILE_FAILED,
    )


def not_a_name(path: Path) -> Trouble:
    """Return what to say of a file whose name is not a session's."""
    return Trouble(
        "This is not the name of a session file.", where=str(path), remedy="Move it somewhere else."
    )


_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Free some space"),
    errno.EDQUOT: ("Your share of the disk is used up.", "Free some space"),
    errno.EROFS: ("The disk can only be read.", "Make it writable"),
    errno.EIO: ("The disk reported an error.", "Check the disk"),
    errno.EACCES: ("You are not allowed to write there.", "Ask the folder's owner for access"),
    errno.EPERM: ("You are not allowed to write there.", "Ask the folder's owner for access"),
    errno.ENOTDIR: ("Something on the way is not a folder.", "Move it out of the way"),
    errno.ELOOP: (
        "A folder on the way is a symbolic link; links are not followed.",
        "Replace it by a folder",
    ),
    errno.ENAMETOOLONG: ("The name of the folder is too long.", "Use a shorter one"),
    errno.EMFILE: ("Too many files are open.", "Close other programs"),
}
_NO_FOLDER = {
    errno.ENOENT: ("The folder cannot be made: the system makes none in this place.", "Make it yourself"),
    errno.ENOTDIR: (
        "The folder cannot be made: there or on the way stands something that is not a folder.",
        "Move it out of the way",
    ),
}


def write_trouble(error: OSError, path: Path, making: Path | None = None, *, trying: bool = False) -> Trouble:
    """Return what to say when writing `path` failed; nothing is lost yet, and the remedy says so, unless it was
    only `trying` whether it can be written.

    `making` is the folder that was to be made when it failed: where there is none, it is named, not the file.
    """
    number = error.errno or 0
    what, first = _REASONS.get(number, (f"Writing failed: {error.strerror or error}.", "Check the disk"))
    if making is not None and number in _NO_FOLDER:
        path = making
        what, first = _NO_FOLDER[number]
    other = "or use another folder (--sessions)."
    return Trouble(
        what,
        where=str(path),
        remedy=f"{first}, {other}"
        if trying
        else f"{first} and save again, {other} What was entered is still here.",
        exit=Exit.FILE_FAILED,
    )


def change_trouble(error: OSError, path: Path, then: str) -> Trouble:
    """Return what to say when a file beside the sessions could not be changed; `then` says what trying again does."""
    what, first = _REASONS.get(
        error.errno or 0, (f"Writing failed: {error.strerror or error}.", "Check the disk")
    )
    return Trouble(what, where=str(path), remedy=f"{first} and try again. {then}", exit=Exit.FILE_FAILED)


def folder_trouble(error: OSError, folder: Path) -> Trouble:
    """Return what to say when a folder cannot be read."""
    what = {
        errno.ENOENT: "There is no such folder.",
        errno.ENOTDIR: "This is not a folder, or a link to one; links are not followed.",
        errno.ELOOP: "This is a symbolic link; links are not followed.",
        errno.EACCES: "You are not allowed to read this folder.",
    }.get(error.errno or 0, f"The folder cannot be read: {error.strerror or error}.")
    return Trouble(what, where=str(folder), remedy="Check the folder and its owner.", exit=Exit.FILE_FAILED)
