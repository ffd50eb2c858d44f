"""A small folder of sessions and its index, for the tests of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_folder import made, put

from bodymap.desk.index import SessionIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, made(1), made(2))
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Iterator[SessionIndex]:
    index = SessionIndex(folder)
    yield index
    index.close()
