"""The one table of commands of the desk: key lines, keys, help and palette are made from it."""

from __future__ import annotations

from string import ascii_letters, digits

from bodymap.tui.commands.table import EVERYWHERE, Command, one

LIST, SESSION, PLACE, FITS, COMPARE, MANY = "list", "session", "place", "fits", "compare", "many"
TITLES = {
    LIST: "In the list",
    SESSION: "In a session",
    PLACE: "On a map",
    FITS: "In the causes of a session",
    COMPARE: "Comparing two sessions",
    MANY: "Over many sessions",
    EVERYWHERE: "Everywhere",
}

_ARROWS = tuple((key, f"move('{key}')") for key in ("up", "down", "left", "right"))
_LETTERS = tuple((letter, f"type_code('{letter.upper()}')") for letter in digits + ascii_letters)
_ROWS = (("up", "up"), ("down", "down"))


def _numbers(last: int) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), f"pane({number})") for number in range(1, last + 1))


REVIEW: tuple[Command, ...] = (
    Command(_LETTERS, "a code", "jump", "Jump to a session: type the code that the person says.", LIST),
    Command(
        _ROWS, "↑ ↓", "", "Move through the sessions; Page Up and Down, Home and End move further.", LIST
    ),
    one("enter", "open", "Enter", "open", "Open the session under the cursor.", LIST),
    one("slash", "filter", "/", "filter", "Write a filter, as in: since:7d region:buttock unreviewed.", LIST),
    one("escape", "take_back", "Esc", "", "Take back the code being typed, else the filter.", LIST),
    one(
        "ctrl+u", "unreviewed", "^u", "unreviewed", "Only those that nobody has reviewed, or all again.", LIST
    ),
    one("ctrl+o", "sort", "^o", "sort", "Sort in the next way; the top line says which.", LIST),
    one("space", "pick", "Space", "pick", "Pick this session to compare it, or let go of it.", LIST),
    one(
        "equals_sign",
        "compare",
        "=",
        "compare",
        "Compare the two that are picked, or one with the cursor's.",
        LIST,
    ),
    one("ctrl+g", "many", "^g", "many", "Map and numbers over all the sessions of the filter.", LIST),
    one("ctrl+r", "check", "^r", "", "Look at every file of the folder again.", LIST),
    one("tab", "next_pane", "Tab", "next pane", "Go to the next pane; 1 to 4 go to each.", SESSION),
    one("escape", "back", "Esc", "back", "Go back to the list.", SESSION),
    one("shift+tab", "previous_pane", "Shift+Tab", "", "Go to the pane before.", SESSION),
    Command(
        _numbers(4),
        "1-4",
        "",
        "Go to a pane by its number.",
        SESSION,
    ),
    one("r", "reviewed", "r", "reviewed", "Mark the session as reviewed by you.", SESSION),
    one("n", "note", "n", "note", "Write a note beside the session.", SESSION),
    one("d", "diagnosis", "d", "diagnosis", "Say what your working diagnosis is.", SESSION),
    one("w", "raw", "w", "file", "Read the file as it is written.", SESSION),
    one("p", "print", "p", "print", "Write the session as a page to print or to hand out.", SESSION),
    one(
        "equals_sign",
        "compare",
        "=",
        "compare",
        "Pick this session, and choose another to compare it with.",
        SESSION,
    ),
    one("plus", "neighbour(1)", "+", "", "Go to the next session of the list.", SESSION),
    one("minus", "neighbour(-1)", "-", "", "Go to the session before it in the list.", SESSION),
    Command(_ROWS, "↑ ↓", "choose", "Choose a cause; the map lights up where it is felt.", FITS),
    one("enter", "read", "Enter", "read", "Read about this cause as it stands today.", FITS),
    one("c", "contrast", "c", "contrast", "Contrast this cause with the others, as they stand today.", FITS),
    Command(
        (("pagedown", "reasons('page_down')"), ("pageup", "reasons('page_up')")),
        "PgUp PgDn",
        "",
        "Turn the pages of the reasons below.",
        FITS,
    ),
    Command(_ARROWS, "arrows", "move", "Move to the next place on the body.", PLACE),
    one("f", "turn", "f", "front/back", "Go to the other view of the body.", PLACE),
    one("z", "zoom", "z", "close-up", "Between the whole body and a close-up.", PLACE),
    one("tab", "next_pane", "Tab", "next pane", "Go to the next pane.", COMPARE),
    one("escape", "back", "Esc", "back", "Go back.", COMPARE),
    one("shift+tab", "previous_pane", "Shift+Tab", "", "Go to the pane before.", COMPARE),
    Command(_numbers(3), "1-3", "", "Go to a pane by its number.", COMPARE),
    one("s", "swap", "s", "swap", "Change the two sessions' places.", COMPARE),
    one("tab", "next_pane", "Tab", "next pane", "Go to the next pane.", MANY),
    one("escape", "back", "Esc", "back", "Go back to the list.", MANY),
    one("shift+tab", "previous_pane", "Shift+Tab", "", "Go to the pane before.", MANY),
    Command(_numbers(2), "1-2", "", "Go to a pane by its number.", MANY),
    one("b", "span", "b", "days/weeks", "Count by day, by week or by month.", MANY),
    one("question_mark f1", "help", "?", "help", "Show every key.", EVERYWHERE),
    one("ctrl+p", "app.command_palette", "^p", "commands", "Search for a command by name.", EVERYWHERE),
    one("ctrl+t", "next_theme", "^t", "", "Change the colours: dark, light, high contrast.", EVERYWHERE),
    one("ctrl+l", "app.draw_again", "^l", "", "Draw the screen again.", EVERYWHERE),
    one("ctrl+q", "leave", "^q", "quit", "Leave.", EVERYWHERE),
)
