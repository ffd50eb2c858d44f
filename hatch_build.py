"""Compiles the catalogues of the interface from the `.po` files that people edit to the `.mo` files the program reads.

A part of every build: in a wheel they are put in place, for an editable installation they land in the checkout, and a
source distribution holds only their sources. `python hatch_build.py` compiles those of the checkout again; `make` does
so when one has changed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "bodymap/locale/*/LC_MESSAGES/bodymap.po"
LINE = re.compile(r'#.*|((msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"([^"\\]|\\.)*"|')
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def read(source: Path) -> Catalog:
    """Return the catalogue in a `.po` file. Raises `SystemExit`, naming file and line, where it cannot be read."""
    try:
        text = source.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            # Babel takes what stands between the first and the last sign, whatever they are.
            if not LINE.fullmatch(line.strip()):
                raise SystemExit(f'{source}, line {number}: this is no comment, keyword or text in "quotes".')
        return read_po(StringIO(text), locale=source.parents[1].name, domain=source.stem, abort_invalid=True)
    except PoFileError as error:
        raise SystemExit(
            f"{source}, line {error.lineno + 1}: {error.args[0].rpartition(' on ')[0]}."
        ) from None
    except ValueError as error:
        raise SystemExit(f"{source}: {error}.") from None


def compile_catalogue(source: Path, target: Path) -> None:
    """Write what is translated in `source`; the same source gives the same bytes, whenever it is compiled.

    What is marked as fuzzy is left out: nobody has looked at it yet.
    """
    catalogue = read(source)
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    target.parent.mkdir(parents=True, exist_ok=True)
    # Put in place in one step: a program that starts now reads the old catalogue or the new one.
    beside = target.with_name(target.name + ".new")
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(target)


def compile_all(root: Path, into: Path) -> list[Path]:
    """Compile every catalogue of the checkout `root` to the same place under `into`; return those places."""
    places = [source.relative_to(root).with_suffix(".mo") for source in sorted(root.glob(SOURCES))]
    for place in places:
        compile_catalogue((root / place).with_suffix(".po"), into / place)
    return places


class CatalogueHook(BuildHookInterface):
    """Puts the compiled catalogues into what is being built."""

    _folder: str | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before a wheel is put together; `version` is `editable` or `standard`."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        if version == "editable":
            compile_all(root, root)
            return
        # Beside the checkout and not into it: building changes nothing that somebody may be running.
        self._folder = tempfile.mkdtemp()
        for place in compile_all(root, Path(self._folder)):
            build_data["force_include"][str(Path(self._folder, place))] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled for this build alone."""
        if self._folder is not None:
            shutil.rmtree(self._folder)


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    compile_all(here, here)
