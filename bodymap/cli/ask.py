"""`bodymap ask`: the guided visit on plain standard input and output, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from bodymap.cli import abandon_output
from bodymap.common.language import LANGUAGES
from bodymap.common.trouble import Exit, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType

    from bodymap.common.settings import Settings
    from bodymap.visit import GuidedVisit

_LONGEST = 4096
"""Bytes of a line that are looked at; nobody types more, and a pipe may hold anything."""
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Signalled(BaseException):
    """The person, or the system, wants the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@click.command()
@click.option(
    "--language",
    type=click.Choice([code for code, _ in LANGUAGES]),
    default=None,
    help="The language to begin in; otherwise that of the locale.",
)
@click.pass_context
def ask(context: click.Context, language: str | None) -> int:
    """Go through a visit line by line, without drawing a screen.

    Where it hurts, what changes it, what fits: plain lines on standard input and output, nothing coloured or moved. For
    a screen reader, a terminal that can do nothing else, or a pipe with an answer on each line. Nothing is saved before
    you say so. What comes out is not a diagnosis.
    """
    from bodymap.cli.group import settings

    chosen = settings(context)
    return _Talk(_visit(chosen, language), chosen).hold()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    for each in _ENDING:
        # One is enough; not SIG_IGN, of which Python complains where a second has already come in.
        signal.signal(each, _once)
    raise _Signalled(number)


def _once(number: int, frame: FrameType | None) -> None:
    """Let a signal pass that comes after the one that ends the program."""


def _visit(chosen: Settings, language: str | None) -> GuidedVisit:
    """Return a visit with the chosen pack. Raises `Trouble`, also where it does not speak `language`."""
    from bodymap.engine import compile_pack
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.loader import load_pack
    from bodymap.visit import GuidedVisit

    pack, anatomy = load_pack(chosen.pack), load_anatomy()
    if language is None:
        said = next(
            (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
        )
        language = said[:2] if said[:2] in pack.languages and said[:2] in dict(LANGUAGES) else pack.language
    return GuidedVisit(pack, compile_pack(pack, anatomy), anatomy, language=language)


class _Talk:
    """One visit over standard input and output, and where it is saved."""

    def __init__(self, visit: GuidedVisit, chosen: Settings) -> None:
        from bodymap.sessions import SessionStore, new_id, now
        from bodymap.visit.lines import Conversation

        self._visit, self._ascii = visit, chosen.ascii_only
        self._conversation = Conversation(visit)
        # One store and one id for the visit: so that trying to save again makes exactly one file.
        self._store, self._id, self._started = SessionStore(chosen.sessions), new_id(), now()
        self._own_lines = sys.stdin is not None and sys.stdin.isatty()

    def hold(self) -> int:
        """Talk until the visit is over and return the exit status."""
        before = [signal.getsignal(each) for each in _ENDING]
        try:
            for each in _ENDING:
                signal.signal(each, _end)
            self._store.sweep()
            while True:
                self._write(self._conversation.say())
                if self._conversation.over:
                    return int(Exit.DONE)
                line = self._read()
                if line is None:
                    self._write(self._conversation.cut_off())
                    return int(Exit.FILE_FAILED if self._visit.state.fault else Exit.BAD_INPUT)
                self._write(self._conversation.hear(line))
                if self._visit.wants_saving:
                    self._save()
        except _Signalled as ended:
            try:
                self._write(["", *self._conversation.cut_off()])
            except OSError:  # the terminal is what has gone
                abandon_output()
            return 128 + ended.number
        finally:
            for each, handler in zip(_ENDING, before, strict=True):
                signal.signal(each, handler)

    def _save(self) -> None:
        """Write the session and tell the visit what came of it. A signal waits until that is known."""
        from bodymap.sessions import now

        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            receipt = self._store.save(self._visit.session(self._id, self._started, now()))
            self._visit.saved_as(receipt.code)
        except Trouble as trouble:
            self._visit.saving_failed(str(trouble))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _write(self, lines: Iterable[str]) -> None:
        from bodymap.common.text import in_ascii

        for line in lines:
            print(in_ascii(line) if self._ascii else line)  # noqa: T201 - this is what the command is for
        sys.stdout.flush()

    def _read(self) -> str | None:
        """Return one line without its end, None where there are no more. Raises `Trouble` where it cannot be read."""
        if sys.stdin is None:
            return None
        print("> ", end="", flush=True)  # noqa: T201
        try:
            raw = sys.stdin.buffer.readline(_LONGEST)
            rest = raw
            while len(rest) == _LONGEST and not rest.endswith(b"\n"):
                rest = sys.stdin.buffer.readline(_LONGEST)
        except OSError as error:
            raise Trouble(
                f"It cannot be read: {error.strerror or error}.",
                where="standard input",
                remedy="Type the answers, or send them through a pipe. Nothing was kept.",
            ) from None
        if not self._own_lines or not raw.endswith(b"\n"):
            print(flush=True)  # noqa: T201 - a terminal has ended the line by itself, a pipe has not
        return raw.decode(sys.stdin.encoding or "utf-8", "replace").strip("\ufeff\r\n") if raw else None
