"""`bodymap sessions export`: many sessions into one file, one at a time through the memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bodymap.common.trouble import Exit, Trouble

if TYPE_CHECKING:
    from bodymap.common.settings import Settings
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Entry, Session, SessionStore

FORMS = ("text", "json", "html", "csv", "fhir", "parquet")

OUTPUT = click.option("--output", "-o", metavar="FILE", help="Write into FILE, whole or not at all.")
REPLACE = click.option("--replace", is_flag=True, help="Let FILE take the place of one that is there.")
VALIDATE = click.option(
    "--validate", is_flag=True, help="Check FHIR with the library fhir.resources before it is written."
)


@click.command("export")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="json", show_default=True, help="What to write."
)
@click.option(
    "--filter",
    "wanted",
    metavar="TEXT",
    help="Only those that the filter of the desk lets through: since:7d.",
)
@OUTPUT
@REPLACE
@VALIDATE
@click.pass_context
def export(
    context: click.Context, form: str, wanted: str | None, output: str | None, replace: bool, validate: bool
) -> int:
    """Write saved sessions, newest first, to standard output or into FILE: all of them, or those of a filter.

    A session that cannot be read is named on standard error and left out; the status is then 1.
    """
    from bodymap.cli.access import exported
    from bodymap.cli.group import settings
    from bodymap.sessions import SessionStore

    check_options(form, output, replace, validate)
    chosen = settings(context)
    reader = _Reader(_entries(SessionStore(chosen.sessions), wanted))
    with opened_output(output, replace) as file:
        sessions = exported(chosen.sessions, reader.sessions(), "sessions export")
        write(form, sessions, its_pack(chosen), file, validate=validate)
    if output is not None or reader.bad:
        reader.say_count()
    return Exit.FAULTS_FOUND if reader.bad else Exit.DONE


def _entries(store: SessionStore, wanted: str | None) -> Iterator[Entry]:
    if wanted is None:
        return store.iterate()
    from bodymap.desk.chosen import chosen, query_of

    return chosen(store, query_of(wanted))


class _Reader:
    """Goes through files, counts, and says what cannot be read."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self._count = 0
        self.bad = 0

    def sessions(self) -> Iterator[Session]:
        """Yield what can be read."""
        for entry in self._entries:
            if entry.session is not None:
                self._count += 1
                yield entry.session
            elif entry.trouble is not None:
                self.bad += 1
                _say(str(entry.trouble))

    def say_count(self) -> None:
        """Say on standard error how many there were."""
        noun = "session" if self._count == 1 else "sessions"
        bad = f"; {self.bad:,} could not be read" if self.bad else ""
        _say(f"{self._count:,} {noun} exported{bad}.")


def check_options(form: str, output: str | None, replace: bool, validate: bool) -> None:
    """Raise `Trouble` (exit 2) where the options do not go together or a library is missing."""

    def wrong(what: str, remedy: str) -> Trouble:
        return Trouble(what, remedy=remedy, exit=Exit.WRONG_USAGE)

    if validate and form != "fhir":
        raise wrong("--validate checks FHIR alone.", "Add --format fhir, or leave it out.")
    if replace and output is None:
        raise wrong("--replace says what may become of FILE, and there is none.", "Add --output FILE.")
    if form == "parquet":
        from bodymap.report.parquet import check_parquet

        check_parquet()
        if output is None:
            raise wrong("Parquet is not text, and needs a file.", "Add --output FILE.")


def its_pack(chosen: Settings) -> Callable[[Session], Pack | None]:
    """Return a function that gives the pack a session was assessed with, None where it is not the one at hand."""
    from bodymap.cli.show import pack_at_hand
    from bodymap.sessions import same_pack

    pack = pack_at_hand(chosen)
    return lambda session: pack if pack is not None and same_pack(session, pack) else None


def write(
    form: str,
    sessions: Iterator[Session],
    pack_of: Callable[[Session], Pack | None],
    file: BinaryIO,
    *,
    validate: bool = False,
) -> None:
    """Write sessions in one form to an open file, each as soon as it is read."""
    if form == "parquet":
        from bodymap.report.parquet import write_parquet

        write_parquet(sessions, file)
        return
    for part in _parts(form, sessions, pack_of, validate):
        # Half a letter (a lone surrogate) is cleaned away before; should one come through, it ends nothing.
        file.write(part.encode("utf-8", "replace"))


def _parts(
    form: str, sessions: Iterator[Session], pack_of: Callable[[Session], Pack | None], validate: bool
) -> Iterator[str]:
    if form == "csv":
        from bodymap.report.csv_table import sessions_csv

        yield from sessions_csv(sessions)
    elif form == "html":
        from bodymap.report.html import sessions_html

        yield from sessions_html(sessions, pack_of)
    elif form == "fhir":
        from bodymap.report.fhir import sessions_fhir

        yield from (
            _checked(sessions_fhir(sessions, pack_of)) if validate else sessions_fhir(sessions, pack_of)
        )
    else:
        from bodymap.report.session import sessions_json, sessions_text

        yield from sessions_json(sessions) if form == "json" else sessions_text(sessions, pack_of)


def _checked(bundles: Iterator[str]) -> Iterator[str]:
    from bodymap.report.fhir_check import bundle_check

    check = bundle_check()
    for bundle in bundles:
        check(bundle)
        yield bundle


@contextmanager
def opened_output(output: str | None, replace: bool) -> Iterator[BinaryIO]:
    """Open FILE, which appears only when it is whole, or standard output where none is named."""
    if output is None or output == "-":
        if getattr(sys.stdout, "buffer", None) is None:
            sys.stdout.write("")  # where it is closed this says so
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    from bodymap.common.whole_file import whole_file

    with whole_file(Path(output), replace=replace) as file:
        yield file


def _say(text: str) -> None:
    from bodymap.cli import say_plainly
    from bodymap.common.text import clean

    if sys.stderr is not None:
        sys.stderr.write(say_plainly(f"{clean(text, limit=1000)}\n", sys.stderr))
