"""`bodymap sessions index`: bringing the index of the desk up to date, checking it, making it anew."""

from __future__ import annotations

import click

from bodymap.common.trouble import Exit


@click.command()
@click.option(
    "--check", "how", flag_value="check", help="Look at every file, not only where folders have changed."
)
@click.option("--rebuild", "how", flag_value="rebuild", help="Forget the index and read every file anew.")
@click.pass_context
def index(context: click.Context, how: str | None) -> int:
    """Bring the index of the sessions up to date, as the desk does by itself.

    The index only makes finding fast. It can be removed at any time, and holds nothing that is not in the files.
    """
    from bodymap.cli.group import settings
    from bodymap.common.text import clean
    from bodymap.desk.index import SessionIndex

    book = SessionIndex(settings(context).sessions)
    try:
        run = {"check": book.check, "rebuild": book.rebuild}.get(how or "", book.refresh)
        done = run()
        if done.trouble is not None:
            raise done.trouble
        place = clean(str(book.place)) if book.place else "memory only"
        click.echo(f"{book.count():,} files, {done.bad:,} of them cannot be read.")
        click.echo(
            f"{done.added:,} new, {done.changed:,} changed, {done.gone:,} gone in {done.seconds:.2f} s."
        )
        click.echo(f"Index: {place}")
    finally:
        book.close()
    return Exit.DONE
