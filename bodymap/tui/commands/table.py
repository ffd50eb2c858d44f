"""The one table of commands of the explorer; the desk has one of its own, made of the same parts."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType

EVERYWHERE, MAP, QUESTIONS, CAUSES = "everywhere", "map", "questions", "causes"
PLACES = {
    MAP: "On the map",
    QUESTIONS: "In the questions",
    CAUSES: "In the causes",
    EVERYWHERE: "Everywhere",
}


class Command(NamedTuple):
    """One thing a person can do.

    `keys` maps a Textual key name to an action of the screen; `written` is how the key is shown; `label` stands in
    the key line (empty: not there); `help` is the sentence in help and palette; `where` is the pane it works in.
    """

    keys: tuple[tuple[str, str], ...]
    written: str
    label: str
    help: str
    where: str

    @property
    def action(self) -> str:
        """The action of the first key, for palette and mouse."""
        return self.keys[0][1]

    @property
    def single(self) -> bool:
        """Whether the command is one action, so that the palette can offer it and the mouse press it."""
        return len({action for _, action in self.keys}) == 1


def one(keys: str, action: str, written: str, label: str, help: str, where: str) -> Command:
    """Return a command that is one action, whichever of `keys` (parted by blanks) is pressed."""
    return Command(tuple((key, action) for key in keys.split()), written, label, help, where)


_ARROWS = tuple((key, f"move('{key}')") for key in ("up", "down", "left", "right"))
_DIGITS = (*((str(digit), f"strength({digit})") for digit in range(10)), ("plus", "strength(10)"))
_TYPED = (*((str(digit), f"type_digit('{digit}')") for digit in range(10)), ("backspace", "type_digit('')"))

COMMANDS: tuple[Command, ...] = (
    Command(_ARROWS, "arrows", "move", "Move to the next place on the body.", MAP),
    one(
        "enter space",
        "mark",
        "Enter",
        "mark",
        "Mark this place as painful, or take a mark of yours as the one to change.",
        MAP,
    ),
    Command(
        _DIGITS,
        "0-9 +",
        "strength",
        "How strong it is: 0 nothing hurts here, 9 very strong, + the worst (10).",
        MAP,
    ),
    one("q", "feel", "q", "feel", "What it feels like here, and what makes this place worse.", MAP),
    one("x delete", "unmark", "x", "remove", "Take the mark away.", MAP),
    one("t", "other_side", "t", "other side", "Go to the same place on the other side of the body.", MAP),
    one("f", "turn", "f", "front/back", "Go to the other view of the body.", MAP),
    one(
        "z",
        "zoom",
        "z",
        "close-up",
        "Between the whole body and a close-up of the low back, hips and thighs.",
        MAP,
    ),
    one(
        "e",
        "map_complete",
        "e",
        "that is all",
        "Say that everything that hurts is marked, so that the rest counts as free of pain.",
        MAP,
    ),
    Command((("up", "up"), ("down", "down")), "↑ ↓", "choose", "Move through the questions.", QUESTIONS),
    Command(
        (("right", "next_group(1)"), ("left", "next_group(-1)")),
        "← →",
        "group",
        "Go to the next group of questions, or the one before.",
        QUESTIONS,
    ),
    one("y", "answer('yes')", "y", "yes", "Answer yes.", QUESTIONS),
    one("n", "answer('no')", "n", "no", "Answer no.", QUESTIONS),
    one("u", "answer('unsure')", "u", "not sure", "Answer not sure; it will not be asked again.", QUESTIONS),
    one("x delete", "clear_answer", "x", "clear", "Take the answer away.", QUESTIONS),
    Command(
        _TYPED,
        "0-9",
        "number",
        "Type a number where one is asked for; Backspace takes a digit away.",
        QUESTIONS,
    ),
    one("enter space", "next_answer", "Enter", "", "Step through the answers to this question.", QUESTIONS),
    one(
        "home",
        "most_telling",
        "Home",
        "most telling",
        "Go to the question that tells the most now.",
        QUESTIONS,
    ),
    Command(
        (("up", "up"), ("down", "down")),
        "↑ ↓",
        "choose",
        "Move through the causes; the map lights up where each is felt.",
        CAUSES,
    ),
    one(
        "enter space",
        "open_cause",
        "Enter",
        "read",
        "Read about this cause: the article, why, why not, what is open.",
        CAUSES,
    ),
    one("c", "contrast", "c", "compare", "Compare this cause with another.", CAUSES),
    one("tab", "next_pane", "Tab", "next pane", "Go to the next pane.", EVERYWHERE),
    one("shift+tab", "previous_pane", "Shift+Tab", "", "Go to the pane before.", EVERYWHERE),
    one("ctrl+s", "save", "^s", "save", "Save what was said as a file and get its code.", EVERYWHERE),
    one("ctrl+z", "undo", "^z", "undo", "Take back the last change.", EVERYWHERE),
    one("ctrl+y", "redo", "^y", "", "Bring back what was taken back.", EVERYWHERE),
    one("a", "alarms", "a", "", "Show what needs attention, and what was said.", EVERYWHERE),
    one(
        "A",
        "fold_alarms",
        "A",
        "",
        "Make the alarm one line, or whole again; it never goes away.",
        EVERYWHERE,
    ),
    one("question_mark f1", "help", "?", "help", "Show every key.", EVERYWHERE),
    one("ctrl+p", "app.command_palette", "^p", "commands", "Search for a command by name.", EVERYWHERE),
    one("ctrl+t", "next_theme", "^t", "", "Change the colours: dark, light, high contrast.", EVERYWHERE),
    one(
        "ctrl+l",
        "app.draw_again",
        "^l",
        "",
        "Draw the screen again, where something else wrote on it.",
        EVERYWHERE,
    ),
    one("ctrl+n", "start_over", "^n", "", "Start over with an empty map.", EVERYWHERE),
    one(
        "ctrl+q",
        "leave",
        "^q",
        "quit",
        "Leave. What was not saved is kept and can be picked up with --resume.",
        EVERYWHERE,
    ),
)
_UNBOUND = {
    "up",
    "down",
}  # the lists bring these keys themselves; they stand in the table for help and key line


def commands_for(where: str, table: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands of one place, in the order of the table."""
    return tuple(command for command in table if command.where == where)


def bindings_for(where: str, table: tuple[Command, ...] = COMMANDS) -> list[BindingType]:
    """Return the key bindings of one place; the actions are those of the screen unless they name another owner."""
    return [
        Binding(
            key,
            action if "." in action else f"screen.{action}",
            command.help,
            show=False,
            priority=key == "ctrl+q",
        )
        for command in commands_for(where, table)
        for key, action in command.keys
        if action not in _UNBOUND
    ]
