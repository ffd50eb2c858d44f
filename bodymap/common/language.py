"""The interface in the language of the person: gettext, English where a catalogue has nothing."""

from __future__ import annotations

from gettext import NullTranslations

LANGUAGES = (("en", "English"), ("es", "Español"))
"""Every language of the interface by its code, with its own name for itself."""


class Translator(NullTranslations):
    """The interface in one language."""

    language = "en"


def translator(language: str) -> Translator:
    """Return the interface in `language`."""
    spoken = Translator()
    spoken.language = language
    return spoken
