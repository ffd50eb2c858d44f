"""Shows a board: everything on the screen of a visit but the body is painted here, so nothing has to be mounted."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from bodymap.tui.kiosk.board import Board
from bodymap.tui.kiosk.paint import (
    ANSWER,
    CAUSE,
    CHOSEN,
    DRAWN,
    FOCUS,
    FRAME,
    FULL,
    GROUND,
    HEADING,
    KEY,
    LABEL,
    OPEN,
    QUIET,
    STRONG,
    TEXT,
    Painted,
    paint,
)

_COLOURS: dict[int, tuple[str, bool]] = {
    GROUND: ("foreground", False),
    TEXT: ("foreground", False),
    HEADING: ("foreground", True),
    QUIET: ("quiet", False),
    LABEL: ("foreground", True),
    FRAME: ("outline", False),
    ANSWER: ("foreground", True),
    KEY: ("quiet", False),
    CHOSEN: ("mine", True),
    FULL: ("mine", False),
    OPEN: ("faint", False),
    STRONG: ("foreground", True),
    CAUSE: ("cause", True),
}
"""For each role the colour of the theme and whether it is bold."""


class BoardView(Widget, can_focus=False):
    """The board and which of its targets has the keyboard. Set both with `show`."""

    DEFAULT_CSS = """
    BoardView { width: 100%; height: 100%; layer: board; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.board = Board(0, 0)
        self.focus_at: int | None = None
        self._painted = Painted([], [])
        self._styles_now: dict[int, Style] = {}

    def show(self, board: Board, focus: int | None) -> None:
        """Show a board, the target `focus` as what has the keyboard."""
        if board.grave != self.board.grave:
            self._styles_now = {}
        self.board, self.focus_at = board, focus
        self._painted = paint(board, focus)
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        self._styles_now = {}
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return one row of the board."""
        if y >= len(self._painted.rows):
            return Strip.blank(self.size.width, self._style(GROUND))
        row, roles = self._painted.rows[y], self._painted.roles[y]
        segments, start = [], 0
        for column in range(1, len(row) + 1):
            if column == len(row) or roles[column] != roles[start]:
                segments.append(Segment("".join(row[start:column]), self._style(roles[start])))
                start = column
        return Strip(segments, len(row))

    def _style(self, role: int) -> Style:
        style = self._styles_now.get(role)
        if style is None:
            style = self._styles_now[role] = self._make(role)
        return style

    def _make(self, role: int) -> Style:
        colours = self.app.theme_variables
        grave = self.board.grave
        ground = colours["alarm-ground" if grave else "background"]
        if role == FOCUS:
            over = colours["alarm-text"] if grave else colours["cursor"]
            # Not bold: terminals of sixteen colours make bold black a grey.
            return Style(color=_rich(ground), bgcolor=_rich(over))
        name, bold = _COLOURS[role & ~DRAWN]
        bold = bold and not role & DRAWN
        return Style(color=_rich(colours["alarm-text" if grave else name]), bgcolor=_rich(ground), bold=bold)


def _rich(colour: str) -> str:
    return Color.parse(colour).hex6.lower()
