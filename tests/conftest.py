"""What holds for every test: it never touches the folders of the person who runs it, and no law has a deadline."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Speed is measured in benchmarks/, never asserted: a slow machine must not turn a law into a failure.
settings.register_profile("bodymap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("proof", settings.get_profile("bodymap"), max_examples=500)
settings.load_profile("bodymap")

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
_own = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Give this process, and all it starts, folders of its own instead of the person's.

    Where the slow tests are asked for (`make prove`), laws are tried with many more examples: see `laws.py`.
    """
    if config.option.markexpr == "slow":
        settings.load_profile("proof")
    folder = tempfile.mkdtemp(prefix="bodymap-tests-")
    config.stash[_own] = folder
    for name in _FOLDERS:
        os.environ[name] = str(Path(folder) / name.lower())
    for name in [name for name in os.environ if name.startswith(("BODYMAP_", "TEXTUAL"))]:
        del os.environ[name]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove them."""
    shutil.rmtree(config.stash.get(_own, ""), ignore_errors=True)
