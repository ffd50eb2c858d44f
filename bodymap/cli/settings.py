"""Where settings come from: an option beats the environment, which beats the configuration file."""

from __future__ import annotations

import os
from pathlib import Path

from bodymap.cli.terminal import speaks_utf8
from bodymap.common.places import config_file, default_sessions_folder, written_path
from bodymap.common.settings import INKS, THEMES, Settings
from bodymap.common.trouble import Trouble, nearest

KEYS = ("sessions", "pack", "theme", "ink")
_NAMES = {"theme": THEMES, "ink": INKS}


def resolve(*, sessions: str | None = None, pack: str | None = None) -> Settings:
    """Return the settings of this run; `sessions` and `pack` are the options as given. Raises `Trouble`."""
    written = read_config(config_file())
    folder = sessions or os.environ.get("BODYMAP_SESSIONS")
    pack = pack or os.environ.get("BODYMAP_PACK")
    return Settings(
        sessions=_path(folder or written.get("sessions")) or default_sessions_folder(),
        pack=_path(pack or written.get("pack")),
        theme=written.get("theme"),
        ink=written.get("ink"),
        ascii_only=not speaks_utf8(),
    )


def read_config(path: Path) -> dict[str, str]:
    """Return what the configuration file says, {} where there is none. Raises `Trouble`.

    Paths in it may start with `~`; others are relative to the file's own folder and come back with it. A
    bare word as the pack is an id and comes back as it is: it means what it means to `--pack`.
    """
    # Configuration files are often links into a folder of dotfiles: the person's own, and followed.
    path = Path(os.path.realpath(path))
    if not path.exists():
        return {}
    from bodymap.common import toml

    table = toml.read(path)
    found: dict[str, str] = {}
    for key, value in table.items():
        where = f"{path}, {key}"
        if key not in KEYS:
            raise Trouble(f"Unknown setting “{key}”.", where=str(path), remedy=nearest(key, KEYS))
        if not isinstance(value, str) or not value:
            raise Trouble("A setting must be text in quotes.", where=where, remedy=f'Write {key} = "…".')
        if key in _NAMES and value not in _NAMES[key]:
            raise Trouble(f"There is no {key} “{value}”.", where=where, remedy=nearest(value, _NAMES[key]))
        is_path = key == "sessions" or (key == "pack" and not _is_id(value))
        found[key] = str(path.parent / written_path(value)) if is_path else value
    return found


def _is_id(text: str) -> bool:
    return "/" not in text and not text.startswith(("~", "."))


def _path(text: str | None) -> Path | None:
    return written_path(text) if text else None
