"""The process of one visit, seen from below: it waits for its go-ahead, tells that it lives, and dies without a word.

It has two pipes beside the terminal. On the first the supervisor sends the settings, once the terminal belongs to this
process, and closes it only by dying; on the second the visit beats, and says where it crashed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from bodymap.kiosk.config import KioskConfig, decode
from bodymap.kiosk.environment import purged
from bodymap.kiosk.heartbeat import connect, tell
from bodymap.kiosk.log import place_of

if TYPE_CHECKING:
    from collections.abc import Callable

STAFF_EXIT = 10
"""Status of a visit in which the right PIN was given: the kiosk ends."""
CRASHED = 70
"""EX_SOFTWARE of sysexits.h: the fault is ours."""
CRASH = b"crash "

KEYBOARD = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
"""What a terminal sends by itself to those who use it: none of it ends or stops a visit."""

ORPHAN_SECONDS = 5.0
"""How long a visit whose supervisor is gone may take to end in order."""


def run_child(arguments: list[str], load: Callable[[], Callable[[KioskConfig], int]]) -> NoReturn:
    """Run one visit and end the process with its status; no exception gets past here, and no traceback is written.

    `arguments` are the descriptors of the two pipes; `load` imports what runs a visit, which takes longest and so is
    done before the go-ahead comes.
    """
    status = CRASHED
    try:
        down, up = (int(text) for text in arguments)
        _silence()
        connect(up)
        visit = load()
        line = _line(down)
        # Nothing comes where the supervisor found a fault, or ended: then nothing was to be done either.
        status = visit(_begin(line, down)) if line else 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else CRASHED
    except BaseException as error:
        tell(CRASH + place_of(error).encode("ascii", "replace")[:200] + b"\n")
    finally:
        # No exit handlers, no waiting for threads: what was to be kept is on the disk.
        os._exit(status & 0xFF)


def _begin(line: bytes, down: int) -> KioskConfig:
    config = decode(line)
    threading.Thread(target=_mourn, args=(down,), daemon=True).start()
    threading.Thread(target=_sweep, args=(config,), daemon=True).start()
    return config


def _silence() -> None:
    """Forget the variables once more, hear no signal of the keyboard, keep all messages of Python from the terminal."""
    kept = purged(os.environ)
    for name in [name for name in os.environ if name not in kept]:
        del os.environ[name]
    # Blocked and not ignored: whoever takes the terminal sets up anew what these do, and for a moment they would do it.
    signal.pthread_sigmask(signal.SIG_BLOCK, KEYBOARD)
    sys.unraisablehook = _nothing
    threading.excepthook = _nothing
    import logging

    logging.getLogger().addHandler(logging.NullHandler())


def _nothing(*_: object) -> None:
    """Say nothing."""


def _line(descriptor: int) -> bytes:
    parts = b""
    while not parts.endswith(b"\n"):
        part = os.read(descriptor, 65536)
        if not part:
            return b""
        parts += part
    return parts


def _mourn(descriptor: int) -> None:
    """Wait for the end of the supervisor and end the visit then: nobody would clear the terminal after it."""
    while os.read(descriptor, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(ORPHAN_SECONDS)
    os._exit(128 + signal.SIGTERM)


def _sweep(config: KioskConfig) -> None:
    """Remove what a visit that was killed while saving left half-written."""
    from bodymap.sessions import SessionStore

    SessionStore(config.sessions).sweep()
