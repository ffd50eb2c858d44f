"""The command palette, filled from the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from bodymap.tui.commands.table import COMMANDS, PLACES, Command

if TYPE_CHECKING:
    from collections.abc import Mapping


class Palette(CommandPalette):
    """Textual's palette, which two quick presses beside it close only once."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close the palette, unless it is closing already: what lies below stays."""
        if self.is_current:
            return super().dismiss(result)  # type: ignore[arg-type]
        done: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
        return done


class TableProvider(Provider):
    """Offers every command of the table that is a single action."""

    @property
    def _table(self) -> tuple[Command, ...]:
        """The commands of the screen below: its own table where it has one."""
        table: tuple[Command, ...] = getattr(self.screen, "TABLE", COMMANDS)
        return table

    @property
    def _places(self) -> Mapping[str, str]:
        places: Mapping[str, str] = getattr(self.screen, "PLACES", PLACES)
        return places

    def _offers(self) -> list[tuple[str, Command]]:
        return [
            (f"{command.help.rstrip('.')}", command)
            for command in self._table
            if command.single
            and command.where in self._places
            and command.action not in ("up", "down", "app.command_palette")
        ]

    async def discover(self) -> Hits:
        """List everything before a letter is typed."""
        for text, command in self._offers():
            yield DiscoveryHit(Content(text), partial(self._run, command), text, self._hint(command))

    async def search(self, query: str) -> Hits:
        """List what matches the typed letters."""
        matcher = self.matcher(query)
        for text, command in self._offers():
            score = matcher.match(text)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(text),
                    partial(self._run, command),
                    text,
                    self._hint(command),
                )

    def _hint(self, command: Command) -> str:
        return f"{command.written} · {self._places[command.where].lower()}"

    async def _run(self, command: Command) -> None:
        action = command.action if "." in command.action else f"screen.{command.action}"
        await self.app.run_action(action)
