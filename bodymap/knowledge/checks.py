"""What `bodymap pack check` reports: all that keeps a pack from loading, and all that makes it poor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bodymap.common.trouble import Trouble
from bodymap.knowledge.cases import read_cases
from bodymap.knowledge.check_names import check_names
from bodymap.knowledge.check_rules import check_causes, check_conditions
from bodymap.knowledge.check_texts import Graded, check_texts, grades
from bodymap.knowledge.faults import Fault, in_order
from bodymap.knowledge.folder import TOP_FILES, pack_folder, read_folder, stray_files
from bodymap.knowledge.pack import Pack
from bodymap.knowledge.source import read_sources


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found.

    `pack` is None where it cannot be loaded; then only the faults that keep it from loading are listed.
    `undecided` names what the search for impossible lines and causes gave up on.
    """

    folder: Path
    pack: Pack | None
    faults: tuple[Fault, ...]
    grades: tuple[Graded, ...] = ()
    highest_grade: float = 0.0
    cases: int = 0
    undecided: tuple[str, ...] = ()


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
        *check_texts(pack, reading),
    ]
    faults += [sources.fault(*misfit) for misfit in found]
    measured = grades(pack, reading)
    limit = float(reading.highest_grade)
    return CheckReport(folder, pack, in_order(faults), measured, limit, len(cases), tuple(undecided))
