"""The three panes of the explorer, side by side on a wide screen and one at a time on a narrow one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from bodymap.engine.findings import Findings
from bodymap.tui.safe import lines, shown
from bodymap.tui.widgets.map_canvas import MapCanvas

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from bodymap.figure import Body
    from bodymap.knowledge.anatomy import Anatomy

FRAME_CSS = """
    Pane { border: round $faint; padding: 0; border-title-color: $quiet; }
    Pane:focus-within { border: heavy $mine; border-title-color: $foreground; border-title-style: bold; }
    #question-pane, #cause-pane { width: 39; }
    .-narrow #question-pane, .-narrow #cause-pane { width: 1fr; }
    .-narrow Pane { border: none; }
"""


class Pane(Vertical):
    """One of the three; its frame shows which has the keyboard.

    Questions and causes come in when the pack is there; until then their panes are frames.
    """

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = FRAME_CSS

    def __init__(self, title: str, id: str) -> None:
        """`title` is a literal of ours: Textual parses it as markup."""
        super().__init__(id=id)
        self.border_title = title


class MarkList(Static):
    """The marks in words, strongest first, and what the pattern on the map means."""

    SCOPED_CSS = False  # the size classes stand on the screen, above this widget
    DEFAULT_CSS = """
    MarkList { height: auto; max-height: 8; padding: 0 1; color: $foreground; }
    .-narrow MarkList { max-height: 1; }
    .-small MarkList { display: none; }
    """
    findings: reactive[Findings] = reactive(Findings(), layout=True)
    lit_name: reactive[str] = reactive("", layout=True)

    def __init__(self, anatomy: Anatomy) -> None:
        super().__init__()
        self._anatomy = anatomy

    def render(self) -> Content:
        """Return one row a mark, as many as fit, then the legend."""
        marks = sorted(self.findings.marks, key=lambda mark: -mark.intensity)
        narrow = self.screen.has_class("-narrow")
        room = 1 if narrow else 7
        rows: list[Content] = []
        if narrow:
            if self.lit_name:
                return shown(
                    (self.lit_name, "$cause"),
                    (": felt here ", "$quiet"),
                    ("::: often ... at times", "$cause"),
                )
            if marks:
                names = ", ".join(
                    f"{mark.intensity} {self._short(mark.region, mark.side)}" for mark in marks[:3]
                )
                more = f" and {len(marks) - 3} more" if len(marks) > 3 else ""
                return shown((names + more, "$mine"))
            return shown(
                ("Move with the arrows to where it hurts, then press Enter; or use the mouse.", "$mine")
            )
        if not marks:
            rows.append(shown(("Move with the arrows to where it hurts and press Enter,", "$mine")))
            rows.append(shown(("or press the place with the mouse.", "$mine")))
        for mark in marks[: room - (1 if self.lit_name else 0)]:
            felt = f" · {', '.join(mark.qualities)}" if mark.qualities else ""
            none = " · nothing hurts here" if mark.intensity == 0 else ""
            rows.append(
                shown(
                    (f"{mark.intensity:>2} ", "bold $mine"),
                    self._short(mark.region, mark.side),
                    (felt + none, "$quiet"),
                )
            )
        if marks and self.findings.map_complete:
            rows.append(shown(("   Everything that hurts is marked (e).", "$quiet")))
        if self.lit_name:
            rows.append(
                shown(
                    (self.lit_name, "$cause"),
                    (": felt here ", "$quiet"),
                    ("::: often ... at times", "$cause"),
                )
            )
        return lines(*rows)

    def _short(self, region: str, side: str) -> str:
        name = self._anatomy.regions[region].name
        return name if side == "midline" else f"{side.upper()} {name}"


class MapPane(Pane):
    """The body, and under it the marks in words."""

    DEFAULT_CSS = "MapPane { width: 1fr; }"

    def __init__(self, body: Body, anatomy: Anatomy) -> None:
        super().__init__("1 Where", id="map-pane")
        self.canvas = MapCanvas(body, id="map")
        self.marks = MarkList(anatomy)

    def compose(self) -> ComposeResult:
        """The canvas over the list."""
        yield self.canvas
        yield self.marks
