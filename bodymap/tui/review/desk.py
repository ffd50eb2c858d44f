"""What all screens of the desk share: the folder and its index, the figure and the pack once they are there."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from bodymap.common.person import person_here
from bodymap.common.trouble import Trouble
from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order
from bodymap.sessions.access_log import log_access

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bodymap.common.settings import Settings
    from bodymap.desk.rows import Row
    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.sessions.access_log import Act
    from bodymap.tui.visit import Knowledge

ORDERS: Mapping[Order, str] = {
    Order.URGENT: "unread emergencies first",
    Order.NEWEST: "newest first",
    Order.OLDEST: "oldest first",
    Order.READ: "unread first",
    Order.ALARM: "by alarm",
    Order.BAND: "by band",
    Order.CAUSE: "by cause",
    Order.CODE: "by code",
}


class Desk:
    """One clinician at one folder of sessions. Knows no widgets; figure and pack may be asked for in any thread."""

    def __init__(self, settings: Settings, *, demo: bool = False) -> None:
        self.settings = settings
        self.demo = demo
        self.index = SessionIndex(settings.sessions)
        self.query = Query()
        self.written = ""
        """The filter as it was typed."""
        self.order = Order.URGENT
        self.names: Mapping[str, set[str]] | None = None
        self.picks: list[Row] = []
        self.knowledge: Knowledge | None = None
        self.anatomy: Anatomy | None = None
        self._body: Body | None = None
        self._loading, self._furnishing = Lock(), Lock()
        self.name = os.environ.get("BODYMAP_BY", "") and person_here()
        """The clinician's: given by whoever starts the desk, else once it was asked for."""
        self.log_trouble = ""
        self.log_told = False

    @property
    def folder(self) -> Path:
        """Where the sessions lie."""
        return self.settings.sessions

    def places(self) -> Anatomy:
        """Return the places of the body, loaded when first asked for: a millisecond, for the words under the list."""
        from bodymap.knowledge.anatomy import load_anatomy

        if self.anatomy is None:
            self.anatomy = load_anatomy()
        return self.anatomy

    def figure(self) -> tuple[Anatomy, Body]:
        """Return places and figure, loaded when first asked for."""
        from bodymap.figure import load_body

        with self._loading:
            if self._body is None:
                self._body = load_body(self.places())
            return self.places(), self._body

    def furnish(self) -> Knowledge:
        """Return the pack, compiled, loaded when first asked for. Raises `Trouble` where it cannot be used."""
        from bodymap.tui.visit import load_knowledge

        anatomy, _ = self.figure()
        with self._furnishing:
            if self.knowledge is None:
                self.knowledge = load_knowledge(self.settings, anatomy)
            return self.knowledge

    def tidy(self) -> None:
        """Remove what was left by those who were ended while they wrote: half a review, half a page. In a worker."""
        from pathlib import Path

        from bodymap.sessions import SessionStore
        from bodymap.tui.review.handing_out import sweep_pages

        if self.demo:
            return
        SessionStore(self.folder).sweep()
        with suppress(OSError):
            sweep_pages(Path.cwd())

    def log(self, act: Act, id: str) -> None:
        """Note in the access log what was done with a session, durably; nothing for made-up sessions.

        Called from workers. Where the log cannot be written `log_trouble` says why: reading goes on, because a
        folder that can only be read is no reason to leave a patient without a reader.
        """
        if self.demo:
            return
        try:
            log_access(self.folder, act, [id], by=self.name or person_here(), through="review")
        except Trouble as trouble:
            self.log_trouble = str(trouble)

    def filter(self, written: str) -> None:
        """Take on the filter as it is typed."""
        self.written = written
        self.query = Query.parse(written, self.names)

    def turn_order(self) -> None:
        """Take the next order."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    def pick(self, row: Row) -> None:
        """Pick a session to compare, or let go of it; of three the oldest pick goes."""
        kept = [other for other in self.picks if other.path != row.path]
        self.picks = kept if len(kept) < len(self.picks) else [*kept, row][-2:]

    @property
    def pick_letters(self) -> dict[Path, str]:
        """The letters of what is picked, by file."""
        return {row.path: letter for row, letter in zip(self.picks, "AB", strict=False)}
