"""News of the desk that travels up from a widget or a worker to its screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from bodymap.desk.comparing import Comparison
    from bodymap.desk.refreshing import Refreshed
    from bodymap.desk.rows import Row
    from bodymap.sessions.review_file import Review
    from bodymap.tui.review.many_texts import Many
    from bodymap.tui.review.opened import Opened
    from bodymap.tui.visit import Knowledge


@dataclass
class RowChosen(Message):
    """The row under the cursor was pressed once more."""


@dataclass
class TypedAhead(Message):
    """A letter of the filter came to the list: keys can be faster than the filter opens."""

    letter: str


@dataclass
class FilterLeft(Message):
    """The filter was left, to be kept or to be as it was before."""

    keep: bool


@dataclass
class FolderRefreshed(Message):
    """The index was brought up to the folder, or could not be. Posted by a worker."""

    found: Refreshed | None
    trouble: Exception | None = None


@dataclass
class Furnished(Message):
    """Figure and pack are there, or cannot be used. Posted by a worker."""

    knowledge: Knowledge | None
    trouble: Exception | None = None


@dataclass
class SessionOpened(Message):
    """A session was read, with everything that stands beside it. Posted by a worker."""

    opened: Opened


@dataclass
class CauseChosen(Message):
    """A cause came under the cursor, or was pressed once more (`read`)."""

    id: str
    read: bool = False


@dataclass
class ReviewWritten(Message):
    """Something was added to the review of `row`, or `fault` says why not. Posted by a worker."""

    row: Row
    review: Review | None
    fault: str = ""


@dataclass
class HandedOut(Message):
    """A page was written to `path`, or `fault` says why not. Posted by a worker."""

    path: str
    fault: str = ""


@dataclass
class Compared(Message):
    """Two sessions were compared, or `fault` says why not. Posted by a worker."""

    comparison: Comparison | None
    fault: str = ""


@dataclass
class Counted(Message):
    """What many sessions say together, or `fault` says why that is not known. Posted by a worker."""

    many: Many | None
    fault: str = ""
