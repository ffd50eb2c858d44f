"""`bodymap sessions purge`: removing what is older than a clinic keeps it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import click

_MOST_DAYS = 36_500


class _Age(click.ParamType):  # type: ignore[type-arg]
    """Days, weeks or years: `365d`, `52w`, `10y`."""

    name = "age"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the age as a length of time."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([0-9]{1,5})([dwy])", value)
        days = int(found[1]) * {"d": 1, "w": 7, "y": 366}[found[2]] if found else 0
        if not 1 <= days <= _MOST_DAYS:
            self.fail("Give days, weeks or years, as in 365d, 52w or 10y; at least a day.", param, ctx)
        return timedelta(days=days)


@click.command()
@click.option(
    "--older-than", "age", type=_Age(), required=True, metavar="365d", help="How old is old enough."
)
@click.option("--yes", is_flag=True, help="Remove them; without it they are only counted.")
@click.option(
    "--by", metavar="NAME", default="", help="Who removes them (BODYMAP_BY, else the account's name)."
)
@click.pass_context
def purge(context: click.Context, age: timedelta, yes: bool, by: str) -> None:
    """Remove old sessions with their reviews; first only say which.

    A session is as old as the latest of its dates. What is removed is gone for good, and its id is in the access log.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.progress import progress
    from bodymap.common.person import person_here
    from bodymap.report.purging import purge_text
    from bodymap.sessions import now
    from bodymap.sessions.purge import older_than, remove

    folder = settings(context).sessions
    before = (now() - age).date()
    found = list(older_than(folder, before))
    if not yes:
        click.echo(purge_text(folder, found, before, None), nl=False)
        return
    going = [old for old in found if not old.kept]
    with progress(going, len(going), "Removing") as passing:
        removed = remove(folder, passing, by=by.strip() or person_here())
    if removed:
        _forget(folder)
    click.echo(purge_text(folder, found, before, removed), nl=False)


def _forget(folder: Path) -> None:
    """Make the index anew where there is one: it holds words of the sessions that are gone. Raises `Trouble`."""
    from bodymap.desk.database import cached_place, place_of
    from bodymap.desk.index import SessionIndex

    places = (place_of(folder), cached_place(folder))
    if not any(place is not None and place.exists() for place in places):
        return
    index = SessionIndex(folder)
    try:
        trouble = index.rebuild().trouble
        if trouble is not None:
            raise trouble
    finally:
        index.close()
