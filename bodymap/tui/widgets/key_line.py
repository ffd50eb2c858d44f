"""The bottom line: the keys that work where you are, each of which the mouse can press."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.reactive import reactive

from bodymap.tui.commands.table import COMMANDS, EVERYWHERE, Command, commands_for
from bodymap.tui.safe import Pressable, pressable, shown

if TYPE_CHECKING:
    from textual.content import Content


class KeyLine(Pressable):
    """Shows the commands of `pane`, then those that work everywhere, as many as fit."""

    DEFAULT_CSS = """
    KeyLine { height: 1; color: $quiet; background: $panel; padding: 0 1; }
    """
    TABLE: ClassVar[tuple[Command, ...]] = COMMANDS
    pane: reactive[str] = reactive("map")

    def commands_here(self) -> tuple[Command, ...]:
        """Return the commands of the open pane, the first ones first to be shown."""
        return commands_for(self.pane, self.TABLE)

    def render(self) -> Content:
        """Return as many keys as fit."""
        room = self.size.width
        # Help must always be in reach, so its room is kept first.
        everywhere = sorted(
            commands_for(EVERYWHERE, self.TABLE), key=lambda command: command.action != "help"
        )
        chosen: list[Command] = []
        helping = [command for command in everywhere if command.action == "help"]
        used = sum(_width(command) for command in helping)
        for command in (*self.commands_here(), *(c for c in everywhere if c not in helping)):
            if not command.label:
                continue
            if used + _width(command) > room:
                continue
            used += _width(command)
            chosen.append(command)
        parts = []
        for command in (*chosen, *helping):
            key = shown((f"{command.written} ", "bold $foreground"), command.label)
            if command.single:
                action = command.action if "." in command.action else f"screen.{command.action}"
                key = pressable(f"{command.written} {command.label}", action).stylize(
                    "bold $foreground", 0, len(command.written)
                )
            parts += [key, shown("  ")]
        return shown(*parts)


def _width(command: Command) -> int:
    return len(command.written) + 1 + len(command.label) + 2
