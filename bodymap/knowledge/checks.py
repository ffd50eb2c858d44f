"""What `bodymap pack check` reports: all that keeps a pack from loading, and all that makes it poor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.knowledge.cases import read_cases
from bodymap.knowledge.check_languages import check_languages
from bodymap.knowledge.check_names import check_names
from bodymap.knowledge.check_rules import check_causes, check_conditions
from bodymap.knowledge.check_texts import Graded, Readings, check_texts, readings
from bodymap.knowledge.faults import Fault, in_order
from bodymap.knowledge.folder import TOP_FILES, pack_folder, read_folder, stray_files
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.source import read_sources


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found.

    `pack` is None where it cannot be loaded; then only the faults that keep it from loading are listed.
    `readings` has one entry a language, the pack's own first; `undecided` names what the search for impossible
    lines and causes gave up on.
    """

    folder: Path
    pack: Pack | None
    faults: tuple[Fault, ...]
    readings: tuple[Readings, ...] = ()
    cases: int = 0
    undecided: tuple[str, ...] = ()

    @property
    def grades(self) -> tuple[Graded, ...]:
        """The reading grades in the pack's own language."""
        return self.readings[0].groups if self.readings else ()


def check_pack(path: Path | None = None) -> CheckReport:
    """Check the pack in a folder, the shipped pack of that id, or the shipped one for None, past the cache.

    Raises `Trouble` only where the folder or one of its files cannot be read at all.
    """
    folder = pack_folder(path)
    for name in TOP_FILES:
        if not (folder / name).exists():
            raise Trouble(
                f"The pack lacks {name}.",
                where=str(folder),
                remedy="docs/writing-a-pack.md shows a whole pack.",
            )
    sources = read_sources(read_folder(folder))
    pack = sources.pack
    cases, wrong_cases = read_cases(folder, pack, sources.anatomy)
    faults = [*sources.faults, *wrong_cases]
    faults += [
        Fault(name, "", 0, "Nothing reads this; is its name misspelt?", remedy)
        for name, remedy in stray_files(folder)
    ]
    if pack is None:
        return CheckReport(folder, None, in_order(faults), cases=len(cases))
    reading = sources.pack_file.reading
    undecided: list[str] = []
    found = [
        *check_names(sources, pack, cases),
        *check_conditions(pack, sources.anatomy, undecided),
        *check_causes(pack, sources.anatomy, undecided),
        *check_languages(sources, pack),
    ]
    spoken = [pack, *(pack.spoken(language) for language in pack.translations)]
    for each in spoken:
        found += check_texts(each, reading, pack.language)
    faults += [sources.fault(*misfit) for misfit in found]
    measured = tuple(readings(each, reading, pack.language) for each in spoken)
    return CheckReport(folder, pack, in_order(faults), measured, len(cases), tuple(undecided))
