"""`bodymap sessions compare`: two sessions beside each other."""

from __future__ import annotations

import click


@click.command()
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@click.pass_context
def compare(context: click.Context, first: str, second: str) -> None:
    """Set two sessions beside each other: places, answers, alarms and causes as shown.

    FIRST and SECOND are files, ids or spoken codes; usually the older one comes first.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.show import pack_at_hand, read_named
    from bodymap.desk.comparing import compare as compare_sessions
    from bodymap.knowledge.anatomy import load_anatomy
    from bodymap.report.comparing import comparison_text

    chosen = settings(context)
    one, two = (read_named(name, chosen, "opened", "sessions compare") for name in (first, second))
    text = comparison_text(compare_sessions(one, two), load_anatomy(), pack_at_hand(chosen))
    click.echo(text, nl=False)
