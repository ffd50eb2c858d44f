"""The files of the engine build on one another in one direction."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import bodymap.engine

ROOM = "bodymap.engine"


def imported(path: Path) -> set[str]:
    """Return the files of the room that a file names in any import, also in one for types or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ROOM + "."):
            found.add(node.module.removeprefix(ROOM + "."))
    return found


def test_no_file_of_the_engine_imports_in_a_circle() -> None:
    folder = Path(bodymap.engine.__file__).parent
    files = {path.stem: imported(path) for path in sorted(folder.glob("*.py")) if path.stem != "__init__"}
    assert files["engine"] > {"contrast", "questions"}
    order = list(TopologicalSorter(files).static_order())
    assert order.index("contrast") < order.index("engine")
