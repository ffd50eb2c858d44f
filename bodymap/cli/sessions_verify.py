"""`bodymap sessions verify`: every file of the folder, what is wrong with it, and what all came to."""

from __future__ import annotations

import click

from bodymap.cli.forms import text_or_json
from bodymap.common.trouble import Exit


@click.command()
@text_or_json("Lines to read, or JSON for programs.")
@click.pass_context
def verify(context: click.Context, form: str) -> int:
    """Check every saved session; ends with status 1 where something is wrong.

    Reads every file and every review, compares checksum, name, place and who may read it, and looks for what
    cannot be so. Changes nothing.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.progress import both_seen, progress
    from bodymap.cli.show import pack_at_hand
    from bodymap.report.sessions import verify_json, verify_lines, verify_summary
    from bodymap.sessions import SessionStore
    from bodymap.sessions.verify import Summary
    from bodymap.sessions.verify import verify as verify_store

    chosen = settings(context)
    store = SessionStore(chosen.sessions)
    summary, faulty = Summary(), []
    at_the_end = form == "json" or both_seen()
    with progress(verify_store(store, pack_at_hand(chosen)), store.count(), "Checking") as files:
        for checked in files:
            summary.add(checked)
            if checked.faults and at_the_end:
                faulty.append(checked)
            elif checked.faults:
                click.echo(verify_lines(store.folder, checked), nl=False)
    if form == "json":
        click.echo(verify_json(store.folder, summary, faulty), nl=False)
    else:
        click.echo("".join(verify_lines(store.folder, each) for each in faulty), nl=False)
        click.echo(verify_summary(store.folder, summary), nl=False)
    return Exit.DONE if summary.all_good else Exit.FAULTS_FOUND
