"""What would be said of a session today, beside what was shown, and the difference in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.review.shown_causes import TodayPlace
from bodymap.tui.safe import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from bodymap.tui.review.opened import Opened


def today_places(opened: Opened) -> Mapping[str, TodayPlace] | None:
    """Return where each cause stands today, None where that is as it was shown or is not known."""
    today = opened.today
    if today is None or today.assessment is None or today.same_pack:
        return None
    return {entry.cause.id: TodayPlace(entry.rank, entry.band) for entry in today.assessment.causes}


def today_rows(opened: Opened) -> list[Content]:
    """Return the rows under the ranking: whether today says the same, and if not what differs."""
    return [shown(("Assessed today: STUB", "$quiet"))]
