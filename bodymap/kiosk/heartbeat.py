"""How a visit tells its supervisor that it is alive, and how it learns that the supervisor is not."""

from __future__ import annotations

import os

BEAT_SECONDS = 1.0
"""How often a living visit says so, from its event loop: what stands still there is silent here."""

BEAT = b"beat\n"

_pipe = -1


def connect(descriptor: int) -> None:
    """Let `beat` write to this pipe, which never makes the visit wait."""
    global _pipe
    os.set_blocking(descriptor, False)
    _pipe = descriptor


def beat() -> bool:
    """Say that the visit is alive. Returns False where nobody is left to hear it; True without a supervisor."""
    return tell(BEAT)


def tell(line: bytes) -> bool:
    """Send one line to the supervisor, as `beat` does."""
    if _pipe < 0:
        return True
    try:
        os.write(_pipe, line)
    except BlockingIOError:
        return True  # a pipe full of beats says the same as one more
    except OSError:
        return False
    return True
