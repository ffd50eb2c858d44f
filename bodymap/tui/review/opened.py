"""One session with everything that stands beside it, read in one go away from the screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bodymap.common.trouble import Trouble
from bodymap.sessions.compose import same_pack
from bodymap.sessions.reader import read_session
from bodymap.sessions.review_file import Review, read_review, review_path

if TYPE_CHECKING:
    from bodymap.desk.rows import Row
    from bodymap.desk.today import Today
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session
    from bodymap.tui.review.desk import Desk


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as it was opened.

    `read` is False while the file is still to be read; `trouble` is why it cannot be. `pack` is the one it was assessed
    with, None where that is not at hand; `today` is None where there is no pack to assess it with.
    """

    row: Row
    read: bool = False
    session: Session | None = None
    trouble: str = ""
    review: Review = field(default_factory=lambda: Review(""))
    review_trouble: str = ""
    pack: Pack | None = None
    today: Today | None = None

    def with_review(self, review: Review) -> Opened:
        """Return the same session with another review."""
        return replace(self, review=review, review_trouble="")


def open_session(desk: Desk, row: Row) -> Opened:
    """Read the session of `row`, its review, and what would be said of it today. Raises nothing but faults of ours."""
    from bodymap.desk.today import as_today

    try:
        session = read_session(row.path)
    except Trouble as trouble:
        return Opened(row, True, trouble=str(trouble))
    desk.log("opened", session.id)
    review, review_trouble = reviewed(row)
    today = pack = None
    try:
        knowledge = desk.furnish()
    except Trouble:
        knowledge = None
    if knowledge is not None:
        pack = knowledge.pack if same_pack(session, knowledge.pack) else None
        today = as_today(session, knowledge.pack, knowledge.anatomy, engine=knowledge.engine)
    return Opened(row, True, session, "", review, review_trouble, pack, today)


def reviewed(row: Row) -> tuple[Review, str]:
    """Return what clinicians added to a session, and why that cannot be read where it cannot."""
    try:
        return read_review(review_path(row.path)), ""
    except Trouble as trouble:
        return Review(row.id), str(trouble)
