"""The causes in their order, with one bar each on one scale, and what moved since the last answer."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from bodymap.engine import AssessedCause, Assessment
from bodymap.knowledge.pack import Pack
from bodymap.tui.commands.table import CAUSES, bindings_for
from bodymap.tui.explain import BAND_WORDS
from bodymap.tui.messages import CauseLit, CauseOpened
from bodymap.tui.safe import lines, shown

BAR = 14


class CauseList(OptionList):
    """The ranking. The row under the cursor keeps its cause when the order changes."""

    DEFAULT_CSS = """
    CauseList { border: none; padding: 0; height: auto; max-height: 100%; background: $background; }
    CauseList:focus { border: none; background-tint: $foreground 0%; }
    CauseList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """
    BINDINGS = bindings_for(CAUSES)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._quietly = False

    def show(self, assessment: Assessment, previous: Assessment | None, pack: Pack) -> None:
        """Show the ranking of `assessment`; arrows mark what moved against `previous`."""
        kept = self.current
        before = {entry.cause.id: entry for entry in previous.causes} if previous else {}
        scale = max(1, pack.bands["strong"] * 5 // 4)
        prompts = [
            Option(_row(entry, before.get(entry.cause.id), scale), id=entry.cause.id) for entry in assessment.causes
        ]
        self._quietly = True
        self.set_options(prompts)
        if kept and any(entry.cause.id == kept for entry in assessment.causes):
            self.highlighted = self.get_option_index(kept)
        self._quietly = False

    @property
    def current(self) -> str:
        """The id of the cause under the cursor, or ""."""
        option = self.highlighted_option
        return option.id if option is not None and option.id else ""

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


def _row(entry: AssessedCause, before: AssessedCause | None, scale: int) -> Content:
    solid, shaded, blank = bar(entry, scale)
    rank = f"{entry.rank}{'=' if entry.tied_with else ' '}"
    quiet = entry.band == "unlikely"
    head = shown((f"{rank}", "$quiet"), (entry.cause.name, "$quiet" if quiet else "bold"))
    tail = shown("  ▕", (solid, "$cause"), (shaded, "$faint"), f"{blank}▏ ", (BAND_WORDS[entry.band], "$quiet" if quiet else "bold"), "  ")
    change = moved(entry, before)
    return lines(head, tail + change[:1] if change.plain else tail)
