"""The few variables that a kiosk goes by. All others are forgotten, whoever set them and whatever they mean to whom."""

from __future__ import annotations

from collections.abc import Mapping

KEPT = frozenset(
    {
        "HOME",
        "USER",
        "LOGNAME",
        "PATH",
        "TZ",
        "LANG",
        "LANGUAGE",
        "TERM",
        "COLORTERM",
        "NO_COLOR",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_RUNTIME_DIR",
    }
)
"""A list of what may stay cannot miss a variable that some library learns to read next year."""


def purged(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what stays of `environment`: no variable of Textual, Python, the loader, a browser, or of ours."""
    return {name: value for name, value in environment.items() if name in KEPT or name.startswith("LC_")}
