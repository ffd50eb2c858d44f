"""Small questions that open over the explorer: what it feels like, are you sure, here is your receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from bodymap.engine.findings import Mark
from bodymap.tui.safe import Pressable, lines, pressable, shown
from bodymap.tui.screens.page import Sheet, close
from bodymap.tui.widgets.plain_list import PlainList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

_BOX = """
    {name} {{ align: center middle; background: $background 60%; }}
    {name} > Vertical {{ width: 64; max-width: 100%; height: auto; max-height: 100%; background: $background;
        border: round $quiet; padding: 0 1; }}
    {name} .keys {{ height: auto; margin-top: 1; color: $quiet; }}
"""
_LETTERS = {
    "ache": "a",
    "sharp": "s",
    "burning": "b",
    "shooting": "o",
    "tingling": "t",
    "numb": "n",
    "tight": "i",
    "weak": "w",
}


class FeelBox(Sheet[Mark | None]):
    """What it feels like at one place, and which things make this very place worse. Dismisses with the changed mark."""

    DEFAULT_CSS = _BOX.format(name="FeelBox") + ("FeelBox PlainList { height: auto; max-height: 15; }")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "Done", show=False),
        *(
            Binding(letter, f"switch('{quality}')", quality, show=False)
            for quality, letter in _LETTERS.items()
        ),
    ]

    def __init__(self, mark: Mark, place: str, worse: list[tuple[str, str]]) -> None:
        """`worse` lists (answer id, words) that can be true at a place."""
        super().__init__()
        self._mark = mark
        self._place = place
        self._worse = worse
        self._chosen = {*mark.qualities, *mark.worse_with}

    def compose(self) -> ComposeResult:
        """The place, the choices, the keys."""
        with Vertical():
            yield Static(shown(("How does it feel here?", "bold $mine"), f"\n{self._place}"), markup=False)
            choices = PlainList()
            choices.add_options(self._options())
            yield choices
            yield Pressable(
                shown(
                    ("Enter", "bold"),
                    " or a letter: on, off   ",
                    pressable("Esc done", "screen.keep", "bold"),
                ),
                classes="keys",
            )

    def _options(self) -> list[Option]:
        options = [Option(self._row(id), id=id) for id in _LETTERS]
        if self._worse:
            options.append(Option(shown(("Worse at this very place", "bold $mine")), disabled=True))
            options += [Option(self._row(id), id=id) for id, _ in self._worse]
        return options

    def _row(self, id: str) -> Content:
        on = id in self._chosen
        letter = _LETTERS.get(id, " ")
        words = id if id in _LETTERS else dict(self._worse)[id]
        return shown(
            ("[x] " if on else "[ ] ", "bold $mine" if on else "$quiet"), (f"{letter} ", "$quiet"), words
        )

    def action_switch(self, id: str) -> None:
        """Switch one choice on or off."""
        self._chosen ^= {id}
        for choices in self.query(PlainList):  # none, where a press arrives when the box has gone
            choices.replace_option_prompt(id, self._row(id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or the mouse switches the row."""
        if event.option_id:
            self.action_switch(event.option_id)

    def action_keep(self) -> None:
        """Close and hand over the mark as it is now."""
        mark = self._mark
        qualities = tuple(id for id in _LETTERS if id in self._chosen)
        worse = tuple(id for id, _ in self._worse if id in self._chosen)
        close(self, Mark(mark.region, mark.side, mark.intensity, qualities, worse))


class Box(Sheet[bool]):
    """A few lines and one or two answers."""

    DEFAULT_CSS = _BOX.format(name="Box")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No", show=False),
        Binding("y", "answer(True)", "Yes", show=False),
    ]

    def __init__(self, heading: str, rows: list[Content], *, yes: str, no: str = "") -> None:
        """`yes` and `no` are the words on the answers; without `no` any key closes the box."""
        super().__init__()
        self._heading = heading
        self._rows = rows
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """Heading, lines, answers."""
        parts = [pressable(f"[ {self._yes} ]", "screen.answer(True)", "bold"), shown("  ")]
        if self._no:
            parts.append(pressable(f"[ {self._no} ]", "screen.answer(False)", "bold"))
        with Vertical():
            yield Static(lines(shown((self._heading, "bold $mine")), *self._rows), markup=False)
            yield Pressable(shown(*parts), classes="keys")

    def on_key(self, event: events.Key) -> None:
        """A box that only tells is closed by Enter too."""
        if event.key in ("enter", "space") and not self._no:
            event.stop()
            close(self, True)

    def action_answer(self, answer: bool) -> None:
        """Close with an answer."""
        close(self, answer)
