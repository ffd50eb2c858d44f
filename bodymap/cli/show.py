"""`bodymap show`: a saved session, as a page, for other programs, or for a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bodymap.cli.sessions_export import OUTPUT, REPLACE, VALIDATE, check_options, its_pack, opened_output
from bodymap.common.settings import Settings
from bodymap.common.trouble import Trouble

if TYPE_CHECKING:
    from bodymap.knowledge.pack import Pack
    from bodymap.sessions import Session
    from bodymap.sessions.access_log import Act


@click.command()
@click.argument("session", metavar="SESSION")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "csv", "fhir"]),
    default="text",
    show_default=True,
    help="A page to read, everything in the file as JSON, a page to print, a table, or a FHIR bundle.",
)
@click.option(
    "--today", is_flag=True, help="Add to the page what the pack at hand says now, and what differs."
)
@OUTPUT
@REPLACE
@VALIDATE
@click.pass_context
def show(
    context: click.Context,
    session: str,
    form: str,
    today: bool,
    output: str | None,
    replace: bool,
    validate: bool,
) -> None:
    """Print a saved session.

    SESSION is a file, or the id or spoken code of a session in the sessions folder. The page shows what
    was said and what was shown for it at the time; what the present pack would say stands there with --today alone.
    """
    from bodymap.cli.group import settings

    check_options(form, output, replace, validate)
    if today and form != "text":
        raise click.UsageError("--today goes with the page alone (--format text).")
    chosen = settings(context)
    found = read_named(session, chosen, "opened" if form == "text" and output is None else "exported", "show")
    text = _written(form, found, its_pack(chosen)(found), validate)
    if today:
        text += f"\n{_today(found, chosen)}"
    if output is None:
        click.echo(text, nl=False)
        return
    with opened_output(output, replace) as file:
        file.write(text.encode("utf-8", "replace"))


def _today(session: Session, chosen: Settings) -> str:
    from bodymap.desk.today import as_today
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.loader import load_pack
    from bodymap.report.today import today_text

    pack = load_pack(chosen.pack)
    return today_text(as_today(session, pack, load_anatomy()), session, pack)


def _written(form: str, session: Session, pack: Pack | None, validate: bool) -> str:
    if form == "html":
        from bodymap.report.html import session_html

        return session_html(session, pack)
    if form == "csv":
        from bodymap.report.csv_table import sessions_csv

        return "".join(sessions_csv([session]))
    if form == "fhir":
        from bodymap.report.fhir import session_fhir

        bundle = session_fhir(session, pack)
        if validate:
            from bodymap.report.fhir_check import bundle_check

            bundle_check()(bundle)
        return bundle
    from bodymap.report.session import session_json, session_text

    return session_json(session) if form == "json" else session_text(session, pack)


def read_named(name: str, chosen: Settings, act: Act, through: str) -> Session:
    """Return the session in the file `name`, or the one with this id or code, which is then in the access log of its
    folder. Raises `Trouble`.
    """
    import os
    from pathlib import Path

    from bodymap.cli.access import note_access
    from bodymap.sessions import SessionStore, read_session

    path = Path(name)
    if "/" in name or name.endswith(".toml"):
        session = read_session(path)
        # Unlike `Path.resolve` this bears links that lead round.
        if Path(os.path.realpath(chosen.sessions)) in Path(os.path.realpath(path)).parents:
            note_access(chosen.sessions, act, [session.id], through)
        return session
    store = SessionStore(chosen.sessions)
    session = store.read(store.find(name))
    note_access(store.folder, act, [session.id], through)
    return session


def pack_at_hand(chosen: Settings) -> Pack | None:
    """Return the chosen pack, None where it cannot be used: sessions can be looked at all the same, and
    `bodymap doctor` says what is wrong with it.
    """
    from bodymap.knowledge.loader import load_pack

    try:
        return load_pack(chosen.pack)
    except Trouble:
        return None
