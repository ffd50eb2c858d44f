"""What can go wrong, said once: exit statuses and the one exception that people get to read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit status of every command, as the contract fixes it."""

    DONE = 0
    FAULTS_FOUND = 1
    WRONG_USAGE = 2
    BAD_INPUT = 3
    FILE_FAILED = 4
    NOT_A_TERMINAL = 5


class Trouble(Exception):  # noqa: N818 - the word that people see
    """A fault a person can act on: what is wrong, where, and what to do about it.

    `what` and `remedy` are full sentences, `where` names file and place (`x.toml, line 4, marks[2].side`).
    Caught at the top of every command and shown without a traceback; `exit` becomes the exit status.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", exit: Exit = Exit.BAD_INPUT) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy
        self.exit = exit

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.remedy}".rstrip()


def nearest(name: str, valid: Iterable[str], otherwise: str = "") -> str:
    """Return "Did you mean “x”?" for the closest valid name, or a short list of what is valid; `otherwise`, or a plain
    sentence, where neither helps.
    """
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"Did you mean “{close[0]}”?"
    if 0 < len(names) <= 12:
        return f"Valid names: {', '.join(names)}."
    return otherwise or ("Check the spelling." if names else "Remove it: nothing can stand here.")
