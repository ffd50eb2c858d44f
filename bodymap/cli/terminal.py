"""What can be said about the terminal before anything is drawn on it."""

from __future__ import annotations

import os
import sys

from bodymap.common.trouble import Exit, Trouble

TERM_REMEDY = (
    "Use another terminal, or set TERM to what it is, for example TERM=xterm-256color; "
    "“bodymap ask” works without a screen."
)


def is_terminal() -> bool:
    """Return whether keys can be read and a screen can be drawn: all three standard streams are terminals."""
    try:
        return all(os.isatty(descriptor) for descriptor in (0, 1, 2))
    except OSError:
        return False


def speaks_utf8() -> bool:
    """Return whether the locale promises UTF-8.

    Where no locale is set at all the answer is yes: that is a bare container or login, and terminals in use
    today speak UTF-8. A locale that names another encoding, or `C`, is believed. Where the locale is `C` or not
    installed Python sets `LC_CTYPE=C.UTF-8` for itself, so that value counts only where `LANG` is not set.
    """
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
        if encoding != "utf8":
            return False
    said = {name: os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")}
    if said["LC_CTYPE"] == "C.UTF-8" and said["LANG"]:
        said["LC_CTYPE"] = ""
    locale = said["LC_ALL"] or said["LC_CTYPE"] or said["LANG"]
    return not locale or "utf8" in locale.lower().replace("-", "")


def knows_screen() -> bool:
    """Return whether TERM names a terminal on which the cursor can be moved."""
    return os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def check_terminal(
    what: str = "The explorer", in_pipes: str = "“bodymap ask” and “bodymap assess FILE” work in pipes"
) -> None:
    """Raise `Trouble` (exit 5) where `what` cannot draw; `in_pipes` says what needs no terminal."""
    if not is_terminal():
        raise Trouble(
            f"{what} needs a terminal for its input and its output.",
            remedy=f"Start it in a terminal window; {in_pipes}, “bodymap --help” shows the rest.",
            exit=Exit.NOT_A_TERMINAL,
        )
    if not knows_screen():
        raise Trouble(
            "This terminal cannot draw a screen (TERM is “dumb” or not set).",
            where="TERM",
            remedy=TERM_REMEDY,
            exit=Exit.NOT_A_TERMINAL,
        )
