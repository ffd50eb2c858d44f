"""What the kiosk tells the people who look after the machine: that visits ended and how, never what was in them."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

_PLAIN = re.compile(r"[^ -~]")
_PROGRAM = Path(__file__).resolve().parent.parent
_LONGEST = 200


class Log:
    """Lines go to standard error where a service collects it, else to the system's log: never to the terminal."""

    def __init__(self) -> None:
        self._standard_error = sys.stderr is not None and not os.isatty(2)

    def say(self, line: str) -> None:
        """Write one line. Failing is silent: nobody in front of the kiosk could do anything about it."""
        line = _PLAIN.sub("?", line)[:_LONGEST]
        if self._standard_error:
            with contextlib.suppress(OSError):
                os.write(2, f"bodymap kiosk: {line}\n".encode())
            return
        import syslog

        with contextlib.suppress(OSError):
            syslog.openlog("bodymap-kiosk", syslog.LOG_PID, syslog.LOG_DAEMON)
            syslog.syslog(syslog.LOG_NOTICE, line)


def place_of(error: BaseException) -> str:
    """Return the kind of `error` and the place in our code where it came up, without a word of what it says.

    The message of an exception may hold what a person entered; its type and our line numbers cannot.
    """
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(_PROGRAM):
            place = f" at {file.relative_to(_PROGRAM)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
