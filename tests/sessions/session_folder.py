"""What tests look at in a folder of sessions: where `SESSION` belongs, and every file that is there."""

from __future__ import annotations

from pathlib import Path

from session_given import ID

FILE = Path("2026/11/23") / f"{ID}.toml"


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())
