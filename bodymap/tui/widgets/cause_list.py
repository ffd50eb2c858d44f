"""The causes in their order, with one bar each on one scale, and what moved since the last answer."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from bodymap.common.text import clean
from bodymap.common.wording import BAND_WORDS, GRADE_WORDS
from bodymap.tui.commands.table import CAUSES, bindings_for
from bodymap.tui.messages import CauseLit, CauseOpened
from bodymap.tui.safe import lines, shown
from bodymap.tui.widgets.plain_list import PlainList

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.widgets import OptionList

    from bodymap.engine import AssessedCause, Assessment
    from bodymap.knowledge.pack import Pack

BAR = 10


class CauseList(PlainList):
    """The ranking. The row under the cursor keeps its cause when the order changes."""

    DEFAULT_CSS = "CauseList { max-height: 100%; }"
    BINDINGS = bindings_for(CAUSES)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quietly = False
        self._shown: tuple[Assessment, Assessment | None, Pack] | None = None
        self.width = 0
        """Columns the rows are laid out for; what the pane has until the list itself is laid out."""

    def show(self, assessment: Assessment, previous: Assessment | None, pack: Pack) -> None:
        """Show the ranking of `assessment`; arrows mark what moved against `previous`."""
        self._shown = (assessment, previous, pack)
        kept = self.current
        before = {entry.cause.id: entry for entry in previous.causes} if previous else {}
        scale = max(1, pack.bands["strong"] * 2)
        names = max(len(entry.cause.name) for entry in assessment.causes)
        rows = [
            Option(_row(entry, before.get(entry.cause.id), scale, self.width, names), id=entry.cause.id)
            for entry in assessment.causes
        ]
        # A height of its own, because one that follows the rows would lay out the whole screen at every answer.
        self.styles.height = sum(str(row.prompt).count("\n") + 1 for row in rows)
        self._quietly = True
        self.set_options(rows)
        if kept and any(entry.cause.id == kept for entry in assessment.causes):
            self.highlighted = self.get_option_index(kept)
        self._quietly = False

    def on_resize(self) -> None:
        """Lay the rows out anew: one line each where that fits, two where not."""
        before, self.width = self.width, self.size.width
        if self._shown is not None and before != self.width:
            self.show(*self._shown)

    def on_focus(self) -> None:
        """The first visit lights the first cause."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell the screen which cause is in hand."""
        event.stop()
        if event.option_id and not self._quietly:
            self.post_message(CauseLit(event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell the screen which cause to open."""
        event.stop()

    async def _on_click(self, event: events.Click) -> None:
        """One press lights a cause, a second opens it."""
        event.prevent_default()
        clicked = event.style.meta.get("option")
        if not isinstance(clicked, int):
            return
        if clicked == self.highlighted:
            self.post_message(CauseOpened(self.current))
        else:
            self.highlighted = clicked


_FIXED = 2 + 1 + 3 + 9 + len("very low")
"""Columns of a row beside name and bar: rank, edges of the bar, fit and evidence."""
_BESIDE = _FIXED + BAR + 2
"""Columns of a row beside the name: the above, the bar, and the arrow of what moved."""


def bar_width(width: int) -> int:
    """Return the length of every bar in a list of `width` columns."""
    return max(4, min(BAR, width - _FIXED))


def headings(width: int, names: int) -> str:
    """Return the words above the columns of the list."""
    start = names + 3 if width >= names + _BESIDE else 2
    return f"{'':<{start}}{'points':<{bar_width(width) + 3}}{'fit':<9}evidence"


def bar(entry: AssessedCause, scale: int, width: int = BAR) -> tuple[str, str, str]:
    """Return the bar in three parts: solid for what speaks for it now, shaded for what is open, blank."""
    solid = min(width, max(0, entry.score) * width // scale)
    reach = min(width, -(-max(0, entry.high) * width // scale))
    shaded = max(0, reach - solid)
    return "█" * solid, "▒" * shaded, " " * (width - solid - shaded)


def moved(entry: AssessedCause, before: AssessedCause | None) -> Content:
    """Return what moved and why, or nothing: "▲ sitting makes it worse"."""
    if before is None or (entry.score == before.score and entry.rank == before.rank):
        return shown("")
    old = {line.line.id for line in (*before.for_lines, *before.against_lines, *before.needs_missing)}
    fresh = [
        line
        for line in (*entry.for_lines, *entry.against_lines, *entry.needs_missing)
        if line.line.id not in old
    ]
    up = entry.score > before.score or (entry.score == before.score and entry.rank < before.rank)
    sign = ("▲", "$success") if up else ("▼", "$warning")
    if not fresh:
        return shown(sign)
    reason = max(fresh, key=lambda line: abs(line.points))
    return shown(sign, (f" {reason.line.says}", "$quiet"))


def _row(entry: AssessedCause, before: AssessedCause | None, scale: int, width: int, names: int) -> Content:
    solid, shaded, blank = bar(entry, scale, bar_width(width))
    quiet = entry.band == "unlikely"
    style = "$quiet" if quiet else "bold"
    rank = shown((f"{entry.rank}{'=' if entry.tied_with else ' '}", "$quiet"))
    change = moved(entry, before)[:1]
    measures = shown(
        "▕",
        (solid, "$cause"),
        (shaded, "$faint"),
        f"{blank}▏ ",
        (f"{BAND_WORDS[entry.band]:<9}", style),
        (GRADE_WORDS[entry.cause.evidence], "$quiet"),
    )
    name = clean(entry.cause.name)
    if width >= names + _BESIDE:
        return shown(rank, (f"{name:<{names + 1}}", style), measures, " ", change)
    folded = "\n  ".join(textwrap.wrap(name, max(12, width - 5)))
    return lines(shown(rank, (folded, style), " ", change), shown("  ", measures))
