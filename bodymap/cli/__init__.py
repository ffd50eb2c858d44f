"""The command line. Verbs are loaded when they are used, faults are said once, exit statuses are the
contract's.

This module is all that stands between the shell and the explorer's first frame, so it imports nothing it
can do without: a bare `bodymap` does not even load click.
"""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn, TextIO

from bodymap.common.trouble import Exit, Trouble

INTERRUPTED = 130
"""128 + SIGINT, as shells count it."""
PIPE_CLOSED = 141
"""128 + SIGPIPE: whoever read our output has left."""
INTERNAL = 70
"""EX_SOFTWARE of sysexits.h: the fault is ours."""

COMPLETION = "_BODYMAP_COMPLETE"


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program with `arguments` (those of the process when None) and leave with its exit status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; every fault becomes one message on standard error."""
    _prepare_output()
    try:
        status = _dispatch(arguments)
        # Here and not at interpreter exit: a full disk behind `>` must still become a message and a status.
        sys.stdout.flush()
        return status
    except Trouble as trouble:
        _say(trouble.where, trouble.what, trouble.remedy)
        return int(trouble.exit)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon_output()
        return PIPE_CLOSED
    except OSError as error:
        abandon_output()
        _say(*_file_fault(error))
        return int(Exit.FILE_FAILED)
    except Exception as error:
        return _own_fault(error)


def _dispatch(arguments: list[str]) -> int:
    if not arguments and COMPLETION not in os.environ:
        from bodymap.cli.explore import explore
        from bodymap.cli.settings import resolve

        return explore(resolve())
    from bodymap.cli.group import invoke

    return invoke(arguments)


def _prepare_output() -> None:
    """Make standard output UTF-8 where it is data, and never let a character the terminal lacks end the
    program.
    """
    if sys.stdout is None:
        sys.stdout = _ClosedOutput()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if stream is None or reconfigure is None:
            continue
        if stream is sys.stdout and not stream.isatty():
            reconfigure(encoding="utf-8", errors="replace")
        else:
            reconfigure(errors="replace")


class _ClosedOutput(io.StringIO):
    """Stands in where the shell closed standard output (`>&-`): the first word written is a fault, and what
    writes nothing goes on as ever.
    """

    encoding = "utf-8"

    def write(self, text: str, /) -> int:
        """Raise `Trouble`."""
        raise Trouble(
            "It is closed; nothing can be written to it.",
            where="standard output",
            remedy="Send it to a file, or to /dev/null where it is not wanted.",
            exit=Exit.FILE_FAILED,
        )


def _file_fault(error: OSError) -> tuple[str, str, str]:
    """Return where, what and remedy of a failure that no command has put into words."""
    import errno

    where = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        # Sessions have words of their own for this and opening names its file, so without a name it was output.
        return where or "standard output", "The disk is full.", "Free some space and run it again."
    what = f"A file operation failed: {error.strerror or error}."
    return where, what, "Check the disk and the folder's owner."


def abandon_output(descriptor: int = 1) -> None:
    """Point a standard stream at nothing, so that the interpreter's own flush at exit cannot fail again."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)
    except OSError:
        pass


def _say(where: str, what: str, remedy: str) -> None:
    """Write one fault to standard error, cleaned: names of files and keys come from strangers."""
    from bodymap.common.text import clean

    if sys.stderr is None:
        return
    head = ": ".join(part for part in ("bodymap", clean(where, limit=600), clean(what, limit=600)) if part)
    text = f"{head}\n  {clean(remedy, limit=600)}\n" if remedy else f"{head}\n"
    try:
        sys.stderr.write(say_plainly(text, sys.stderr))
        sys.stderr.flush()
    except OSError:
        abandon_output(2)


def say_plainly(text: str, stream: TextIO) -> str:
    """Return `text` with its typographic characters in ASCII where `stream` cannot show them."""
    from bodymap.common.text import PLAIN

    return text if "utf" in (stream.encoding or "").lower() else text.translate(PLAIN)


def _own_fault(error: Exception) -> int:
    """Say in one sentence that the program itself failed; a traceback only where BODYMAP_DEBUG=1 asks for
    it.
    """
    if os.environ.get("BODYMAP_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    _say(
        "",
        f"The program itself failed ({type(error).__name__}); this is not your fault.",
        "Run the same command with BODYMAP_DEBUG=1 to see where, and report it.",
    )
    return INTERNAL
