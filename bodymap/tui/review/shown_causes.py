"""The ranking as it was shown, and in a column of its own what would be said today."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.widgets.option_list import Option

from bodymap.common.wording import BAND_WORDS
from bodymap.tui.commands.table import bindings_for
from bodymap.tui.review.commands import FITS, REVIEW
from bodymap.tui.review.list_layout import fit
from bodymap.tui.review.messages import CauseChosen
from bodymap.tui.safe import shown
from bodymap.tui.widgets.plain_list import PlainList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.content import Content
    from textual.widgets import OptionList

    from bodymap.sessions.record import ShownCause

BAR = 8
_FIXED = 3 + 10 + 9 + 3
"""Columns beside name and bar: rank, band, today's rank and band, and the arrow."""


class TodayPlace(NamedTuple):
    """Where a cause stands today."""

    rank: int
    band: str


class ShownCauses(PlainList):
    """The causes in the order in which they were shown."""

    DEFAULT_CSS = "ShownCauses { height: auto; max-height: 50%; }"
    BINDINGS: ClassVar = bindings_for(FITS, REVIEW)

    def __init__(self) -> None:
        super().__init__(id="causes")
        self._ranking: Sequence[ShownCause] = ()
        self._today: Mapping[str, TodayPlace] | None = None
        self._scale = 1
        self.width = 0

    def show(self, ranking: Sequence[ShownCause], today: Mapping[str, TodayPlace] | None, scale: int) -> None:
        """Show a ranking; `today` says where each stands now, None where that is the same or not known."""
        self._ranking, self._today, self._scale = ranking, today, max(1, scale)
        self._fill()

    def _fill(self) -> None:
        kept = self.highlighted
        self.set_options(Option(self._row(cause), id=cause.id) for cause in self._ranking)
        if self._ranking:
            self.highlighted = min(kept or 0, len(self._ranking) - 1)

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        if self.width != self.size.width:
            self.width = self.size.width
            self._fill()

    def headings(self, shown_on: str) -> Content:
        """Return the words above the columns."""
        words = f"   {fit(f'as shown {shown_on}', self._names + BAR + 3)}{'band':<9}"
        return shown((words, "$quiet"), ("today" if self._today is not None else "", "bold $cause"))

    @property
    def _names(self) -> int:
        today = 14 if self._today is not None else 0
        return max(10, self.width - 3 - BAR - 3 - 9 - today - 1)

    def _row(self, cause: ShownCause) -> Content:
        quiet = cause.band == "unlikely"
        tied = sum(1 for other in self._ranking if other.rank == cause.rank) > 1
        solid = min(BAR, max(0, cause.score) * BAR // self._scale)
        reach = min(BAR, -(-max(0, cause.score_range[1]) * BAR // self._scale))
        row = shown(
            (f"{cause.rank}{'=' if tied else ' '} " if cause.rank < 10 else f"{cause.rank} ", "$quiet"),
            (fit(cause.name, self._names), "$quiet" if quiet else "bold"),
            "▕",
            ("█" * solid, "$cause"),
            ("▒" * max(0, reach - solid), "$faint"),
            f"{' ' * (BAR - max(solid, reach))}▏ ",
            (f"{BAND_WORDS[cause.band]:<9}", "$quiet" if quiet else "bold"),
        )
        return row + self._today_words(cause) if self._today is not None else row

    def _today_words(self, cause: ShownCause) -> Content:
        now = self._today.get(cause.id) if self._today is not None else None
        if now is None:
            return shown(("not in it", "$alarm"))
        sign = "▲" if now.rank < cause.rank else "▼" if now.rank > cause.rank else " "
        changed = now.band != cause.band or now.rank != cause.rank
        style = "bold $mine" if changed else "$quiet"
        return shown((f"{now.rank:>2} {BAND_WORDS[now.band]:<9}{sign}", style))

    def choose(self, id: str) -> None:
        """Put the cursor on a cause, where it is in the list."""
        if any(cause.id == id for cause in self._ranking):
            self.highlighted = self.get_option_index(id)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell which cause is in hand."""
        event.stop()
        if event.option_id:
            self.post_message(CauseChosen(event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Leave Enter to the table."""
        event.stop()

    async def _on_click(self, event: events.Click) -> None:
        """One press chooses a cause, a second reads it."""
        event.prevent_default()
        clicked = event.style.meta.get("option")
        if not isinstance(clicked, int):
            return
        if clicked == self.highlighted:
            self.post_message(CauseChosen(self.current, read=True))
        else:
            self.highlighted = clicked
