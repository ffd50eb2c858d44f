"""What would be said of a session today, beside what was shown, and the difference in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.report.today import alarm_words, leader_words, reason_words, relation_words
from bodymap.tui.review.shown_causes import TodayPlace
from bodymap.tui.safe import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from bodymap.desk.today import Today
    from bodymap.knowledge.pack import Pack


def today_places(today: Today | None) -> Mapping[str, TodayPlace] | None:
    """Return where each cause stands today, None where that is as it was shown or is not known."""
    if today is None or today.assessment is None or (today.relation == "same" and not today.differs):
        return None
    return {entry.cause.id: TodayPlace(entry.rank, entry.band) for entry in today.assessment.causes}


def today_rows(today: Today | None, pack: Pack | None) -> list[Content]:
    """Return the rows under the ranking: whether today says the same, and if not what differs."""
    if today is None or pack is None:
        return [shown(("No pack is at hand to assess it with today.", "$quiet"))]
    head = ("TODAY  ", "bold $cause")
    if today.assessment is None:
        return [shown(head, relation_words(today))]
    if not today.differs and not today.left_out:
        same = "nothing would be shown otherwise." if today.shown else "nothing had been assessed then."
        return [shown(head, (f"{relation_words(today)} Assessed now, {same}", "$quiet"))]
    rows = [shown(head, relation_words(today), (f"  {today.pack.version}", "$quiet"))]
    rows += [shown((alarm_words(alarm, pack), "bold $alarm")) for alarm in today.changed_alarms]
    if today.leads_now:
        rows.append(shown((leader_words(today), "bold")))
    rows += [
        shown((f"Left out, so not known today: {left.place}. {left.what}", "$warning"))
        for left in today.left_out
    ]
    count = len(today.changed_causes)
    if count:
        rows.append(
            shown(
                (
                    f"{count} cause{'s' if count > 1 else ''} would stand elsewhere; the reasons below say why.",
                    "$quiet",
                )
            )
        )
    return rows


def why_today(today: Today | None, id: str, pack: Pack | None) -> list[Content]:
    """Return why a cause stands elsewhere today, as rows; none where it does not."""
    cause = next((cause for cause in today.causes if cause.id == id), None) if today is not None else None
    if cause is None or pack is None or not cause.differs:
        return []
    reasons = [reason_words(reason, cause, pack) for reason in cause.reasons] or [
        "Others moved; its own points did not."
    ]
    return [shown(("TODAY", "bold $cause")), *(shown(("≠ ", "bold $cause"), reason) for reason in reasons)]
