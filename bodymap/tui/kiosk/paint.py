"""A board as rows of cells: what stands in each, and which part it plays. No widget, no colours yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from bodymap.tui.kiosk.board import Board, Box, Target

ROLES = (
    "ground",
    "text",
    "heading",
    "quiet",
    "label",
    "frame",
    "answer",
    "key",
    "chosen",
    "focus",
    "done",
    "todo",
    "strong",
    "cause",
)
DRAWN = 64
"""Added to the role of a drawn letter: block characters of bold fonts leave gaps, so these are never bold."""
GROUND, TEXT, HEADING, QUIET, LABEL, FRAME, ANSWER, KEY, CHOSEN, FOCUS, FULL, OPEN, STRONG, CAUSE = range(
    len(ROLES)
)
_OF_WORDS = {
    "heading": HEADING,
    "cause": CAUSE,
    "code": HEADING,
    "kicker": QUIET,
    "quiet": QUIET,
    "hint": QUIET,
    "why": QUIET,
    "bounds": QUIET,
    "fault": QUIET,
    "place": STRONG,
    "do": STRONG,
    "value": HEADING,
    "note": STRONG,
}
_THIN, _THICK = tuple("┌┐└┘─│"), tuple("┏┓┗┛━┃")


class Painted(NamedTuple):
    """Rows of cells, a cell the text of one column ("" right of a wide letter), and of the roles of each."""

    rows: list[list[str]]
    roles: list[bytearray]

    def write(self, x: int, y: int, text: str, role: int) -> None:
        """Write `text` from a cell on; what lies outside is left out."""
        if not 0 <= y < len(self.rows):
            return
        row, roles = self.rows[y], self.roles[y]
        for letter in text:
            width = cell_len(letter)
            if not width:
                continue
            if x >= 0 and x + width <= len(row):
                row[x], roles[x] = letter, role
                for right in range(x + 1, x + width):
                    row[right], roles[right] = "", role
            x += width


def paint(board: Board, focus: int | None) -> Painted:
    """Return a board as cells, the target `focus` looking as what has the keyboard."""
    painted = Painted(
        [[" "] * board.columns for _ in range(board.rows)],
        [bytearray(board.columns) for _ in range(board.rows)],
    )
    if board.share is not None:
        _bar(painted, *board.share)
    for words in board.words:
        role = _OF_WORDS.get(words.role, TEXT) | DRAWN * words.drawn
        for number, line in enumerate(words.lines):
            painted.write(words.x, words.y + number, line, role)
        if words.lead:
            label = words.lines[0][: words.lead]
            painted.write(words.x, words.y, label, LABEL)
    for place, target in enumerate(board.targets):
        _frame(painted, target, place == focus)
    return painted


def _bar(painted: Painted, box: Box, share: int) -> None:
    full = min(box.width, round(box.width * share / 100))
    painted.write(box.x, box.y, "█" * full, FULL)
    painted.write(box.x + full, box.y, "░" * (box.width - full), OPEN)


def _frame(painted: Painted, target: Target, focused: bool) -> None:
    x, y, width, height = target.box
    left_top, right_top, left_foot, right_foot, level, upright = _THICK if focused or target.leads else _THIN
    role = FOCUS if focused else CHOSEN if target.chosen else ANSWER if target.leads else FRAME
    painted.write(x, y, left_top + level * (width - 2) + right_top, role)
    for row in range(y + 1, y + height - 1):
        painted.write(x, row, upright + " " * (width - 2) + upright, role)
    painted.write(x, y + height - 1, left_foot + level * (width - 2) + right_foot, role)
    _label(painted, target, focused)


def _label(painted: Painted, target: Target, focused: bool) -> None:
    x, y, width, height = target.box
    role = FOCUS if focused else (CHOSEN if target.chosen else ANSWER) | DRAWN * target.drawn
    sign, key = "", ""
    if not target.drawn:
        sign = "" if target.chosen is None else "[x] " if target.chosen else "[ ] "
        key = f"{target.key}  " if target.key else ""
    before = key + sign
    wide = cell_len(before) + max(map(cell_len, target.lines))
    start = x + 2 if target.chosen is not None else x + max(1, (width - wide) // 2)
    top = y + (height - len(target.lines)) // 2
    painted.write(start, top, key, FOCUS if focused else KEY)
    painted.write(start + len(key), top, sign, role)
    for number, line in enumerate(target.lines):
        painted.write(start + len(before), top + number, line, role)
    if focused and width > wide + 3:
        middle = y + height // 2
        painted.write(x + 1, middle, "▸", role)
        painted.write(x + width - 2, middle, "◂", role)
