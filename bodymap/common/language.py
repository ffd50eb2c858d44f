"""The program's own words in the language of the person: English as it stands in the code, others from catalogues.

A function that has something to say binds the translator's methods to the two names that `make messages` looks for:

    _, _n = words.gettext, words.ngettext
    _("Where does it hurt?"), _n("one place", "{count} places", count).format(count=count)

What packs and places say is translated in `data/`; see docs/translating.md for both.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bodymap.common.text import clean
from bodymap.common.trouble import Trouble

if TYPE_CHECKING:
    from gettext import NullTranslations


class Language(NamedTuple):
    """A language of the interface: its code (`es`), and its own name for itself (`Español`)."""

    code: str
    name: str


LANGUAGES = (Language("en", "English"), Language("es", "Español"))
"""Every language of the interface. The first is that of the code and needs no catalogue."""

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
"""The folder of the compiled catalogues, `<code>/LC_MESSAGES/bodymap.mo`, made when the program is installed."""

_LONGEST = 4000


class Translator:
    """The interface in one language; `language` is its code."""

    def __init__(self, language: str, catalogue: NullTranslations | None = None) -> None:
        """`catalogue` is what has been translated; without one everything is said in English."""
        self.language = language
        self._catalogue = catalogue

    def gettext(self, message: str) -> str:
        """Return `message` in this language, or as it is where there is no translation; always clean text.

        Placeholders such as `{place}` are left for the caller to fill in.
        """
        # An empty message stands for the head of a catalogue, which is nothing to say to anyone.
        if self._catalogue is not None and message:
            message = self._catalogue.gettext(message)
        return clean(message, lines=True, limit=_LONGEST)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form of the message that goes with `n`, as `gettext` does; without a translation `one` for 1."""
        if self._catalogue is not None and one:
            message = self._catalogue.ngettext(one, many, n)
        else:
            message = one if n == 1 else many
        return clean(message, lines=True, limit=_LONGEST)


def marked(message: str) -> str:
    """Return `message`: marks one for translation that stands where no language is known yet, as in a table."""
    return message


def translator(language: str, catalogues: Path = CATALOGUES) -> Translator:
    """Return the interface in `language`, one of the codes of `LANGUAGES`. Raises `Trouble` for any other.

    Where the catalogue is missing or damaged the interface speaks English: a person who has to read another
    language can still be helped, one in front of a program that has ended cannot.
    """
    codes = [code for code, _ in LANGUAGES]
    if language not in codes:
        raise Trouble(
            f"The interface does not speak “{clean(language, limit=20)}”.",
            remedy=f"It speaks: {', '.join(f'{code} ({name})' for code, name in LANGUAGES)}.",
        )
    if language == codes[0]:
        return Translator(language)
    return Translator(language, _catalogue(catalogues / language / "LC_MESSAGES" / "bodymap.mo"))


def _catalogue(file: Path) -> NullTranslations | None:
    """Return what is in a compiled catalogue, or None where it cannot be read."""
    # Here, since English does without it.
    from gettext import GNUTranslations

    try:
        with file.open("rb") as opened:
            return GNUTranslations(opened)
    except Exception:  # a damaged file fails in many ways: lengths, encodings, plural forms
        return None
