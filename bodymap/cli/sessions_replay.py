"""`bodymap sessions replay`: what another pack would have shown."""

from __future__ import annotations

import click

from bodymap.common.trouble import Exit


@click.command()
@click.option("--summary", "only", is_flag=True, help="Only say what it came to, not who changes.")
@click.pass_context
def replay(context: click.Context, only: bool) -> int:
    """Assess all saved sessions under another pack (--pack), and say who changes and why.

    Without --pack they are assessed under the one at hand. Changes nothing. Ends with status 1 where a file cannot be
    read.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.progress import both_seen, progress
    from bodymap.desk.replay import Outcome
    from bodymap.desk.replay import replay as replay_store
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.knowledge.loader import load_pack
    from bodymap.report.replay import outcome_text, replayed_text
    from bodymap.sessions import SessionStore

    chosen = settings(context)
    store, pack = SessionStore(chosen.sessions), load_pack(chosen.pack)
    outcome, kept = Outcome(), []
    at_the_end = both_seen()
    with progress(replay_store(store, pack, load_anatomy()), store.count(), "Assessing") as files:
        for replayed in files:
            outcome.add(replayed)
            text = "" if only else replayed_text(store.folder, replayed, pack)
            if text and at_the_end:
                kept.append(text)
            elif text:
                click.echo(text)
    for text in kept:
        click.echo(text)
    click.echo(outcome_text(store.folder, outcome, pack), nl=False)
    return Exit.FAULTS_FOUND if outcome.unreadable else Exit.DONE
