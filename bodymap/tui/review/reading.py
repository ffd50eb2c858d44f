"""Pages of the desk: help, a file as it is written, a file that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.commands.table import commands_for
from bodymap.tui.review.commands import REVIEW, TITLES
from bodymap.tui.safe import lines, shown
from bodymap.tui.screens.page import Page
from bodymap.tui.screens.reading import HelpPage

if TYPE_CHECKING:
    from textual.content import Content

    from bodymap.desk.rows import Row

_SIGNS = (
    ("!", "an emergency that nobody has reviewed; it stays above all others until somebody has."),
    ("✓ ·", "reviewed; not finished by the person."),
    ("? ✗", "doubtful, as where the checksum fails; a file that cannot be read, with its reason."),
    ("A B", "picked to be compared."),
)
_FILTER = (
    (
        "code: text:",
        "a code, or its beginning; words that were said or noted. A bare word is looked for in both.",
    ),
    ("region: side:", "where it hurts: region:buttock side:left."),
    ("cause: band:", "the leading cause and how well it fits: cause:disc band:strong."),
    ("alarm: tier:", "alarms: alarm:cauda, tier:emergency, tier:none."),
    ("since: until:", "7d, 24h, 2w, today, yesterday, 2026-11-01."),
    ("state:", "finished or unfinished; unreviewed, reviewed and bad stand by themselves."),
    ("-", "before a word leaves out what it would find: -cause:disc."),
)


class DeskHelp(HelpPage):
    """Every key where it works, the signs of the list, and the words of the filter."""

    def __init__(self) -> None:
        super().__init__(None)

    def heading(self) -> Content:
        """Return the title."""
        return shown("How to use the desk")

    def body(self) -> Content:
        """Return the keys by place, then signs and filter."""
        rows: list[Content] = []
        for where, title in TITLES.items():
            rows.append(shown((title, "bold $mine")))
            rows += [self._row(command.written, command.help) for command in commands_for(where, REVIEW)]
            rows.append(shown(""))
        for title, told in (("Signs in the list", _SIGNS), ("Words of a filter, joined by “and”", _FILTER)):
            rows.append(shown((title, "bold $mine")))
            rows += [self._row(f"{sign} ", words) for sign, words in told]
            rows.append(shown(""))
        return lines(*rows)


class RawPage(Page):
    """A session's file as it is written, cleaned; nothing is left out."""

    def __init__(self, row: Row, text: str) -> None:
        super().__init__()
        self._row = row
        self._text = text

    def heading(self) -> Content:
        """Return where the file lies."""
        return shown((str(self._row.path), "bold"))

    def body(self) -> Content:
        """Return the text."""
        from bodymap.common.text import clean
        from bodymap.common.toml import SESSION_BYTES

        return shown(clean(self._text, lines=True, limit=2 * SESSION_BYTES))


class BadFilePage(Page):
    """A file that cannot be read: what is wrong, where it lies, what to do."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._row = row

    def heading(self) -> Content:
        """Return what this is."""
        return shown(("This file is not readable as a session", "bold $alarm"))

    def body(self) -> Content:
        """Return reason, place, remedy."""
        return lines(
            shown((self._row.trouble, "bold")),
            shown(""),
            shown(("It lies at ", "$quiet"), str(self._row.path)),
            shown(
                "It is left where it is, and as it is. “bodymap sessions verify” says more about the whole folder."
            ),
        )
