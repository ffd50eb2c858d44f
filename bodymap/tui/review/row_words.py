"""The session under the cursor in words, in two lines under the list: what the columns had to cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from bodymap.tui.review import list_layout as layout
from bodymap.tui.safe import lines, shown

if TYPE_CHECKING:
    from textual.content import Content

    from bodymap.desk.rows import Row
    from bodymap.tui.review.desk import Desk


class RowWords(Static):
    """Two lines: where it hurts; alarm, cause and who has read it."""

    DEFAULT_CSS = "RowWords { height: 2; padding: 0 1; background: $panel; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__(markup=False)
        self._desk = desk

    def show(self, row: Row | None, otherwise: str = "") -> None:
        """Show a row, or the sentence `otherwise` where there is none."""
        self.update(self._words(row) if row is not None else shown((otherwise, "bold")), layout=False)

    def _words(self, row: Row) -> Content:
        if row.trouble:
            return lines(
                shown(("Not readable: ", "bold $alarm"), row.trouble), shown((str(row.path), "$quiet"))
            )
        tail = [row.leader_name or row.leader or ("none fits" if row.none_fits else "")]
        tail += [row.band, f"read by {row.reviewed_by}" if row.reviewed_by else "not read yet"]
        tail += ["made up" if row.sample else "", row.state if row.state != "finished" else "", row.warning]
        # Before it is laid out it is as wide as the window.
        room = (self.size.width or self.app.size.width) - 2
        places = layout.fit(self._places(row), max(10, room - len(row.code) - 3)).rstrip()
        first = shown((row.code, "bold"), " · ", (places, "bold"))
        alarm = layout.TIERS.get(row.tier, "")
        named = f"{alarm}: {', '.join(self._alarm(id) for id in row.alarms)} · " if alarm else ""
        rest = layout.fit(" · ".join(filter(None, tail)), max(10, room - len(named))).rstrip()
        return lines(first, shown((named, "bold $alarm"), (rest, "")))

    def _alarm(self, id: str) -> str:
        knowledge = self._desk.knowledge
        titles = {alarm.id: alarm.title for alarm in knowledge.pack.alarms} if knowledge else {}
        return titles.get(id, id.replace("-", " "))

    def _places(self, row: Row) -> str:
        if not any(strength for _, _, strength in row.marks):
            return layout.places(row)
        anatomy = self._desk.places()
        from bodymap.knowledge.anatomy import Place

        words = []
        for region, side, intensity in sorted(row.marks, key=lambda mark: -mark[2]):
            known = anatomy.regions.get(region)
            named = (
                anatomy.named(Place(region, side))
                if known is not None and side in known.sides
                else f"{side.upper()} {region}"
            )
            words.append(f"{named} {intensity}")
        return ", ".join(words)
