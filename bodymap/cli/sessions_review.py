"""`bodymap sessions review`: what clinicians added to a session, and adding to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bodymap.common.trouble import Exit, Trouble, nearest

if TYPE_CHECKING:
    from bodymap.common.settings import Settings
    from bodymap.sessions import Session


@click.command()
@click.argument("session", metavar="SESSION")
@click.option("--reviewed/--not-reviewed", default=None, help="Say that it was looked at, or take that back.")
@click.option("--note", metavar="TEXT", default="", help="Add a note.")
@click.option(
    "--working-diagnosis",
    "diagnosis",
    metavar="CAUSE",
    default="",
    help="Add a working diagnosis: the id of a cause, “other” (say which with --words), or “none”.",
)
@click.option("--words", metavar="TEXT", default="", help="The diagnosis in words, with “other” or “none”.")
@click.option("--by", metavar="NAME", default="", help="Who adds it (BODYMAP_BY, else the account's name).")
@click.pass_context
def review(
    context: click.Context,
    session: str,
    reviewed: bool | None,
    note: str,
    diagnosis: str,
    words: str,
    by: str,
) -> None:
    """Show what clinicians added to a session, or add to it.

    SESSION is the id or spoken code of a session in the sessions folder. What is added goes into a file beside the
    session, with name and time; the session itself and what others added stay as they are.
    """
    from bodymap.cli.group import settings
    from bodymap.common.person import person_here
    from bodymap.report.review import review_text
    from bodymap.sessions import SessionStore, now
    from bodymap.sessions.access_log import log_access
    from bodymap.sessions.review_file import ReviewEntry, append_review, read_review, review_path

    chosen = settings(context)
    store = SessionStore(chosen.sessions)
    path = store.find(session)
    if reviewed is None and not note.strip() and not diagnosis:
        if words or by:
            raise click.UsageError("Nothing is to be added: give --reviewed, --note or --working-diagnosis.")
        click.echo(review_text(read_review(review_path(path))), nl=False)
        return
    try:
        read: Session | None = store.read(path)
    except Trouble:
        read = None  # that a file cannot be read may be the very thing to note
    if diagnosis:
        _check(diagnosis, read, chosen)
    by = by.strip() or person_here()
    entry = ReviewEntry(now(), by, reviewed, note, diagnosis, words)
    added = append_review(store.folder, path.stem, entry, path=path)
    log_access(store.folder, "reviewed", [path.stem], by=by, through="sessions review")
    click.echo(review_text(added), nl=False)


def _check(diagnosis: str, session: Session | None, chosen: Settings) -> None:
    """Refuse a working diagnosis that neither the session nor the pack at hand knows. Raises `Trouble`."""
    from bodymap.cli.show import pack_at_hand
    from bodymap.sessions.review_file import NO_CAUSE, OTHER

    pack = pack_at_hand(chosen)
    known = {OTHER, NO_CAUSE, *([cause.id for cause in pack.causes] if pack else [])}
    if session is not None and session.shown is not None:
        known |= {cause.id for cause in session.shown.ranking}
    if diagnosis not in known:
        raise Trouble(
            f"There is no cause “{diagnosis}”.",
            remedy=nearest(diagnosis, known, "“bodymap pack show” lists the causes; “other” takes words."),
            exit=Exit.WRONG_USAGE,
        )
