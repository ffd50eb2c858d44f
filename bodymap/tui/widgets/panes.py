"""The three panes of the explorer, side by side on a wide screen and one at a time on a narrow one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.engine.findings import Findings, Mark
from bodymap.tui.safe import lines, shown
from bodymap.tui.widgets.map_canvas import MapCanvas

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy

FRAME_CSS = """
    Pane { border-top: solid $faint; padding: 0; border-title-color: $quiet; }
    Pane.-active { border-top: heavy $mine; border-title-color: $foreground; border-title-style: bold; }
    #question-pane, #cause-pane { border-left: solid $faint; }
    #question-pane.-active, #cause-pane.-active { border-left: heavy $mine; }
    #question-pane { width: 34; }
    #cause-pane { width: 33; }
    .-spacious #question-pane { width: 38; }
    .-spacious #cause-pane { width: 38; }
    .-ample #question-pane { width: 48; }
    .-ample #cause-pane { width: 50; }
    .-narrow #map-pane, .-narrow #question-pane, .-narrow #cause-pane { width: 1fr; border: none; }
    .-narrow #question-pane.-active, .-narrow #cause-pane.-active { border: none; }
"""


class Pane(Vertical):
    """One of the three; its frame shows which has the keyboard.

    Questions and causes come in when the pack is there; until then their panes are frames.
    """

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = FRAME_CSS


def no_pain(mark: Mark) -> str:
    """Return what an intensity of 0 says: a place can be numb without hurting."""
    return "no pain" if mark.strength else "nothing hurts here"


class MarkList(Static):
    """The marks in words, strongest first, and what the pattern on the map means."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    MarkList { height: 5; padding: 0 1; color: $foreground; }
    .-narrow MarkList { height: 1; }
    .-small MarkList { display: none; }
    """
    findings: reactive[Findings] = reactive(Findings())
    lit_name: reactive[str] = reactive("")

    def __init__(self, anatomy: Anatomy) -> None:
        super().__init__()
        self._anatomy = anatomy

    def render(self) -> Content:
        """Return one row a mark, as many as fit, then the legend."""
        marks = sorted(self.findings.marks, key=lambda mark: -mark.intensity)
        if self.size.height == 1:
            return self._one_line(marks)
        if not marks and not self.lit_name:
            hint = (
                "Move with the arrows to where it hurts and press Enter, or press the place with the mouse."
            )
            return shown((hint, "$mine"))
        rows = [self._row(mark) for mark in marks]
        if marks and self.findings.map_complete:
            rows.append(shown(("   Everything that hurts is marked (e).", "$quiet")))
        room = self.size.height - (2 if self.lit_name else 0)
        if len(rows) > room:
            rows = [*rows[: room - 1], shown((f"   and {len(rows) - room + 1} more", "$quiet"))]
        return lines(*rows, *([self._legend()] if self.lit_name else []))

    def _row(self, mark: Mark) -> Content:
        felt = f" · {', '.join(mark.qualities)}" if mark.qualities else ""
        none = "" if mark.intensity else f" · {no_pain(mark)}"
        strength = (f"{mark.intensity:>2} ", "bold $mine")
        return shown(strength, self._short(mark.region, mark.side), (felt + none, "$quiet"))

    def _one_line(self, marks: list[Mark]) -> Content:
        if self.lit_name:
            return self._legend()
        if not marks:
            return shown(
                ("Move with the arrows to where it hurts, then press Enter; or use the mouse.", "$mine")
            )
        names = ", ".join(f"{mark.intensity} {self._short(mark.region, mark.side)}" for mark in marks[:3])
        more = f" and {len(marks) - 3} more" if len(marks) > 3 else ""
        return shown((names + more, "$mine"))

    def _legend(self) -> Content:
        return shown(
            (self.lit_name, "$cause"), (": felt here ", "$quiet"), ("::: often ... at times", "$cause")
        )

    def _short(self, region: str, side: str) -> str:
        name = self._anatomy.regions[region].name
        return name if side == "midline" else f"{side.upper()} {name}"


class MapPane(Pane):
    """The body, and under it the marks in words."""

    DEFAULT_CSS = "MapPane { width: 1fr; }"

    def __init__(self, body: Body, anatomy: Anatomy) -> None:
        super().__init__(id="map-pane")
        self.border_title = " 1 Where "
        self.canvas = MapCanvas(body, id="map")
        self.marks = MarkList(anatomy)

    def compose(self) -> ComposeResult:
        """The canvas over the list."""
        yield self.canvas
        yield self.marks
