"""Where files live: the shipped data, and a person's own folders after the XDG rules."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder that holds `anatomy/` and `packs/`: inside an installed package, or beside it in
    a checkout.
    """
    inside = _HERE / "data"
    return inside if inside.is_dir() else _HERE.parent / "data"


def _xdg(variable: str, fallback: str) -> Path:
    value = os.environ.get(variable, "")
    base = Path(value) if value.startswith("/") else Path.home() / fallback
    return base / "bodymap"


def config_file() -> Path:
    """Return the path of the person's configuration file (which need not exist)."""
    return _xdg("XDG_CONFIG_HOME", ".config") / "config.toml"


def default_sessions_folder() -> Path:
    """Return the folder sessions go to when nothing else is said (which need not exist)."""
    return _xdg("XDG_DATA_HOME", ".local/share") / "sessions"


def cache_folder() -> Path:
    """Return the folder for things that can be made again (which need not exist)."""
    return _xdg("XDG_CACHE_HOME", ".cache")
