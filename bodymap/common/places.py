"""Where files live: the shipped data, and a person's own folders after the XDG rules."""

from __future__ import annotations

import os
from pathlib import Path

from bodymap.common.trouble import Trouble

_HERE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder that holds `anatomy/` and `packs/`: inside an installed package, or beside it in
    a checkout.
    """
    inside = _HERE / "data"
    return inside if inside.is_dir() else _HERE.parent / "data"


def home_folder() -> Path:
    """Return the person's home folder, after HOME, else after the list of users, else `/`.

    A process may have neither (a service, a container under a number without a name): then nothing can be
    kept by default, but everything that needs no folder still works.
    """
    said = os.environ.get("HOME", "")
    if said.startswith("/"):
        return Path(said)
    import pwd

    try:
        return Path("/", pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path("/")


def written_path(text: str) -> Path:
    """Return the path that a person wrote, in which `~` is their home and `~name` that of another user.

    Raises `Trouble` where there is no such user.
    """
    if text == "~" or text.startswith("~/"):
        return home_folder() / text[2:]
    try:
        return Path(text).expanduser()
    except RuntimeError:
        name = text[1:].partition("/")[0]
        raise Trouble(
            f"There is no user “{name}” here whose home this could be in.",
            where=text,
            remedy="Write the whole path, or ./ before a name that starts with ~.",
        ) from None


def _xdg(variable: str, fallback: str) -> Path:
    value = os.environ.get(variable, "")
    base = Path(value) if value.startswith("/") else home_folder() / fallback
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
