"""`bodymap calibration`: how far this clinic's working diagnoses agree with what was shown."""

from __future__ import annotations

import click

from bodymap.cli.forms import text_or_json


@click.command()
@text_or_json("A page to read, or JSON for programs.")
@click.pass_context
def calibration(context: click.Context, form: str) -> None:
    """Count how often working diagnoses were shown first.

    Counts this clinic's own sessions alone, with intervals, and says where there are too few.
    """
    from bodymap.cli.group import settings
    from bodymap.cli.show import pack_at_hand
    from bodymap.desk.calibration import calibrate, diagnosed
    from bodymap.desk.figures import desk_figures
    from bodymap.report.calibration import calibration_json, calibration_text

    chosen = settings(context)
    counts = calibrate(diagnosed(chosen.sessions))
    if form == "json":
        text = calibration_json(counts, desk_figures())
    else:
        text = calibration_text(counts, desk_figures(), pack_at_hand(chosen))
    click.echo(text, nl=False)
