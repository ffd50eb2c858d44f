"""Saved sessions: the record, its file, the folder they lie in.

`compose` makes a session of findings and assessment, `SessionStore` keeps it, `read_session` reads one back.
"""

from bodymap.sessions.compose import answer_words, compose, findings_of, now, same_pack
from bodymap.sessions.ids import code_of, new_id
from bodymap.sessions.reader import read_session
from bodymap.sessions.record import Session
from bodymap.sessions.store import Entry, Receipt, SessionStore

__all__ = [
    "Entry",
    "Receipt",
    "Session",
    "SessionStore",
    "answer_words",
    "code_of",
    "compose",
    "findings_of",
    "new_id",
    "now",
    "read_session",
    "same_pack",
]
