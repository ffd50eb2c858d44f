"""The one way for text to reach the screen: cleaned, and never parsed as markup.

Textual parses a plain `str` given to most widgets as markup, in which `[@click=app.quit]` is an action that runs and
`[/nope]` an error that ends the program. Everything here therefore becomes `Content`; a test over the source
forbids the other ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bodymap.common.text import clean

if TYPE_CHECKING:
    from textual import events

Part = str | tuple[str, str] | Content


def shown(*parts: Part) -> Content:
    """Return the parts joined as one `Content`; a part is text, (text, style) or finished `Content`.

    The style is a literal of ours such as `"bold $mine"`; the text may come from anywhere.
    """
    pieces: list[Content | tuple[str, str] | str] = []
    for part in parts:
        if isinstance(part, Content):
            pieces.append(part)
        elif isinstance(part, str):
            pieces.append(Content(clean(part, lines=True)))
        else:
            pieces.append((clean(part[0], lines=True), part[1]))
    return Content.assemble(*pieces)


def lines(*rows: Content) -> Content:
    """Return rows of content under one another."""
    return Content("\n").join(rows)


def pressable(label: str, action: str, style: str = "") -> Content:
    """Return `label` as something the mouse can press inside a `Pressable`; `action` is a literal of ours.

    Not Textual's `@click`: nothing that text could spell may become an action, and links would bring their own colours.
    """
    content = Content(clean(label))
    if style:
        content = content.stylize(style)
    return content.stylize(Style.from_meta({PRESSED: action}))


PRESSED = "bodymap-press"
"""Key under which the style of a cell carries the action behind it."""


class Pressable(Static):
    """Text in which `pressable` parts work."""

    def __init__(
        self, content: Content | str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)

    async def on_click(self, event: events.Click) -> None:
        """Run the action under the mouse."""
        action = event.style.meta.get(PRESSED)
        if isinstance(action, str):
            event.stop()
            await self.app.run_action(action)
