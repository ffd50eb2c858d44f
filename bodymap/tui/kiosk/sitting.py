"""One person in front of the kiosk: the course of their visit, and the one file that may come of it. Knows no screen.

`save` and `keep_unfinished` touch the disk and are called from a worker; nothing else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.sessions import SessionStore, new_id
from bodymap.sessions.compose import now
from bodymap.visit import GuidedVisit, Options

if TYPE_CHECKING:
    from bodymap.engine import Engine
    from bodymap.kiosk.config import KioskConfig
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session


class Sitting:
    """A visit with its session: one id from the beginning, so that trying again makes exactly one file."""

    def __init__(self, config: KioskConfig, pack: Pack, engine: Engine, anatomy: Anatomy) -> None:
        options = Options(
            clinic=config.clinic,
            phone=config.phone,
            show_causes=config.show_causes,
            most_questions=config.most_questions,
            languages=config.languages,
            keeps_unfinished=config.unfinished == "save",
        )
        self.visit = GuidedVisit(pack, engine, anatomy, options, config.language)
        self._keeps_unfinished = config.unfinished == "save"
        self._store = SessionStore(config.sessions)
        self._id, self._started = new_id(), now()

    @property
    def worth_keeping(self) -> bool:
        """Whether a visit that is abandoned now is kept: the clinic wants it, something was said, nothing decided."""
        visit = self.visit
        said = bool(visit.findings.marks or visit.findings.answers)
        return self._keeps_unfinished and said and not visit.over and visit.state.saved is not False

    def session(self) -> Session:
        """Return the finished session as it stands."""
        return self.visit.session(self._id, self._started, now())

    def save(self, session: Session) -> str:
        """Write a finished session; return its code once it is durable. Raises `Trouble`."""
        return self._store.save(session).code

    def unfinished(self) -> Session:
        """Return the session of a visit that somebody walked away from."""
        return self.visit.session(self._id, self._started, None)

    def keep_unfinished(self, session: Session) -> None:
        """Write an unfinished session. Raises `Trouble`."""
        self._store.autosave(session)
