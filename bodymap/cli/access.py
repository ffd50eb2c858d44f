"""Noting in the access log what a command shows or writes of sessions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bodymap.common.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from bodymap.sessions import Session
    from bodymap.sessions.access_log import Act

_BATCH = 200
"""Sessions logged at once: each time costs a trip to the disk."""


def note_access(folder: Path, act: Act, ids: list[str], through: str) -> bool:
    """Add lines to the access log of the sessions folder; return whether that could be done.

    Where it could not, standard error says so and the command goes on: a folder that can only be read is no reason
    to leave a patient without a reader.
    """
    from bodymap.common.person import person_here
    from bodymap.sessions.access_log import log_access

    try:
        log_access(folder, act, ids, by=person_here(), through=through)
    except Trouble as trouble:
        from bodymap.cli import say_plainly
        from bodymap.common.text import clean

        if sys.stderr is not None:
            text = f"bodymap: not in the access log: {clean(str(trouble), limit=1000)}\n"
            sys.stderr.write(say_plainly(text, sys.stderr))
        return False
    return True


def exported(folder: Path, sessions: Iterable[Session], through: str) -> Iterator[Session]:
    """Pass sessions on, each after it is in the access log."""
    going_well = True
    batch: list[Session] = []
    for session in sessions:
        batch.append(session)
        if len(batch) == _BATCH:
            going_well = going_well and note_access(folder, "exported", [each.id for each in batch], through)
            yield from batch
            batch = []
    if going_well:
        note_access(folder, "exported", [each.id for each in batch], through)
    yield from batch
