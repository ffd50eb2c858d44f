"""What was entered where no pack could be used, kept as a findings file that `bodymap assess` reads."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

import tomli_w

from bodymap.engine.findings import Findings
from bodymap.engine.reading import findings_table
from bodymap.sessions import folders
from bodymap.sessions.troubles import write_trouble


def write_findings(folder: Path, findings: Findings) -> Path:
    """Write `findings` durably into a new file of the sessions folder, or where that cannot be written, of the
    folder for temporary files; returns its path. Only its owner can read it. Raises `Trouble` (exit 4).

    It stands beside the folders of the days and is no session: without a pack there is none to belong to.
    """
    content = tomli_w.dumps(findings_table(findings)).encode()
    try:
        folders.make_root(folder)
        return _write(folder, content)
    except OSError as error:
        try:
            return _write(Path(tempfile.gettempdir()), content)
        except OSError:
            raise write_trouble(error, folder) from None


def _write(folder: Path, content: bytes) -> Path:
    # Made by mkstemp: a new file, 0600, under a name that nobody could have put there before.
    moment = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    descriptor, name = tempfile.mkstemp(prefix=f"findings-{moment}-", suffix=".toml", dir=folder)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except OSError:
        Path(name).unlink()
        raise
    finally:
        os.close(descriptor)
    with folders.opened_root(folder) as directory:
        os.fsync(directory)
    return Path(name)
