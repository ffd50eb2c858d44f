"""What all screens of the desk share: the folder and its index, the figure and the pack once they are there."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from bodymap.desk.index import SessionIndex
from bodymap.desk.query import Query
from bodymap.desk.rows import Order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bodymap.common.settings import Settings
    from bodymap.desk.rows import Row
    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy
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
        self.name = ""
        """The clinician's, once it was asked for."""

    @property
    def folder(self) -> Path:
        """Where the sessions lie."""
        return self.settings.sessions

    def figure(self) -> tuple[Anatomy, Body]:
        """Return places and figure, loaded when first asked for."""
        from bodymap.figure import load_body
        from bodymap.knowledge.anatomy import load_anatomy

        with self._loading:
            if self._body is None or self.anatomy is None:
                self.anatomy = load_anatomy()
                self._body = load_body(self.anatomy)
            return self.anatomy, self._body

    def furnish(self) -> Knowledge:
        """Return the pack, compiled, loaded when first asked for. Raises `Trouble` where it cannot be used."""
        from bodymap.tui.visit import load_knowledge

        anatomy, _ = self.figure()
        with self._furnishing:
            if self.knowledge is None:
                self.knowledge = load_knowledge(self.settings, anatomy)
            return self.knowledge

    def log(self, what: str, id: str) -> None:
        """Note in the access log that a session was opened or exported; made-up ones are nobody's."""

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


def login_name() -> str:
    """Return the name of the person who is logged in, "" where the system does not know one."""
    import pwd

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return os.environ.get("USER", "")
    return entry.pw_gecos.partition(",")[0].strip() or entry.pw_name
