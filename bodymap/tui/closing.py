"""What is said when the screen has been left: what was kept, what went wrong."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from bodymap.common.text import clean
from bodymap.common.trouble import Trouble
from bodymap.tui.filters import in_ascii

if TYPE_CHECKING:
    from bodymap.common.settings import Settings
    from bodymap.tui.app import BodymapApp
    from bodymap.tui.visit import Visit


def close(app: BodymapApp, visit: Visit, settings: Settings) -> int:
    """Say what there is to say now that the terminal is free again; returns the exit status."""
    leave_line(app)
    said: list[str] = []
    try:
        rescued = visit.rescue()
    except Trouble as fault:
        rescued = None
        said.append(f"What you entered could not be written: {fault.where}: {fault.what}")
    if rescued is not None:
        said.append(f"What you entered is in {rescued}; “bodymap assess” reads it.")
    if isinstance(visit.trouble, Trouble):
        trouble = visit.trouble
        remedy = " ".join([*said, trouble.remedy]).strip()
        raise Trouble(trouble.what, where=trouble.where, remedy=remedy, exit=trouble.exit)
    if visit.kept:
        said.append("Not saved yet, but kept: “bodymap --resume” picks it up.")
    return finish(app, said, settings, visit.trouble)


def finish(app: BodymapApp, said: list[str], settings: Settings, trouble: Exception | None = None) -> int:
    """Say the sentences `said` and what failed inside the program; returns the exit status.

    Raises `trouble`, or else the fault that ended the program.
    """
    _say([*said, *_faults(app)], settings)
    if trouble is not None:
        raise trouble
    if app.fault is not None:
        raise app.fault
    return app.return_code or app.return_value or 0


def _faults(app: BodymapApp) -> list[str]:
    """Return what to say of steps that failed while the program went on."""
    if not app.faults.count or app.fault is not None:
        return []
    debug = os.environ.get("BODYMAP_DEBUG") == "1"
    times = "A step" if app.faults.count == 1 else f"{app.faults.count} steps"
    return [
        f"{times} failed inside the program ({', '.join(app.faults.names)}); it went on, and this is not your fault.",
        *(app.faults.traces if debug else ["Run it with BODYMAP_DEBUG=1 to see where, and report it."]),
    ]


def _say(said: list[str], settings: Settings) -> None:
    """Write sentences to standard error, for a terminal that may know nothing but ASCII."""
    text = "".join(f"{clean(sentence, lines=True, limit=20_000)}\n" for sentence in said)
    sys.stderr.write(in_ascii(text) if settings.ascii_only else text)
    sys.stderr.flush()


def leave_line(app: BodymapApp) -> None:
    """Let go of a terminal that is gone: whatever is still written must not fail, not even when Python ends."""
    if not app.line_is_gone:
        return
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
