"""Checks of languages: texts of one that the pack does not declare, and one that places have no words in."""

from __future__ import annotations

from collections.abc import Iterator

from bodymap.knowledge.pack import Pack
from bodymap.knowledge.references import Misfit
from bodymap.knowledge.source import Sources
from bodymap.knowledge.spoken import undeclared


def check_languages(sources: Sources, pack: Pack) -> Iterator[Misfit]:
    """Yield languages that nobody will ever be shown, or not as a whole.

    That a declared language is whole in the pack itself was asked on loading already.
    """
    named = sources.anatomy.languages
    for number, language in enumerate(sources.pack_file.languages):
        if language not in named:
            what = f"The places of the body have no names in the language “{language}”."
            remedy = f"They have them in: {', '.join(named)}."
            yield Misfit("pack.toml", ("languages", number), what, remedy)
    for name, model in sources.models.items():
        yield from undeclared(name, model, pack.language, pack.languages)
