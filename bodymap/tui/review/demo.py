"""Made-up sessions for `--demo`, in a folder that goes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.desk.sample import sample_sessions
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import SessionStore

if TYPE_CHECKING:
    from bodymap.common.settings import Settings

COUNT, SEED = 120, 4
"""A few days of a busy clinic: enough to scroll, quick to make."""


def fill(settings: Settings) -> None:
    """Write made-up sessions into the folder of `settings`. Raises `Trouble` where pack or folder cannot be used."""
    store = SessionStore(settings.sessions)
    for session in sample_sessions(COUNT, SEED, load_pack(settings.pack), load_anatomy()):
        (store.save if session.state == "finished" else store.autosave)(session)
