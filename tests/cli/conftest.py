"""A home for each test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder)
