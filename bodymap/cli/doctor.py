"""`bodymap doctor`: whether this place is fit to run in, with a remedy for everything that is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from bodymap.common.settings import Settings
from bodymap.common.trouble import Exit, Trouble

_SMALLEST = (60, 20)


class Finding(NamedTuple):
    """One thing looked at: `state` is `ok`, `note` (worth knowing) or `fault` (something will not work)."""

    state: str
    what: str
    remedy: str = ""


@click.command()
@click.pass_context
def doctor(context: click.Context) -> int:
    """Check terminal, folders and pack.

    Ends with status 1 where something will not work.
    """
    from bodymap.cli import say_plainly

    faults = 0
    for finding in _examine(context):
        faults += finding.state == "fault"
        click.echo(say_plainly(f"{finding.state:<5}  {finding.what}", sys.stdout))
        if finding.remedy:
            click.echo(say_plainly(f"       {finding.remedy}", sys.stdout))
    click.echo("")
    click.echo("Nothing is wrong." if not faults else f"{faults} fault{'s' if faults > 1 else ''}.")
    return Exit.FAULTS_FOUND if faults else Exit.DONE


def _examine(context: click.Context) -> Iterator[Finding]:
    from bodymap.cli.group import settings
    from bodymap.common.places import default_sessions_folder

    yield from _programs()
    yield from _terminal()
    try:
        chosen = settings(context)
    except Trouble as trouble:
        yield Finding("fault", f"Settings: {trouble.where}: {trouble.what}", trouble.remedy)
        chosen = Settings(default_sessions_folder())
    yield _sessions_folder(chosen.sessions)
    yield _pack(chosen)
    yield _cache()


def _programs() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    from bodymap import __version__

    yield Finding("ok", f"bodymap {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}")
    for name in ("textual", "pydantic", "tomli-w", "click"):
        try:
            yield Finding("ok", f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("fault", f"{name} is not installed.", "Install bodymap again.")


def _terminal() -> Iterator[Finding]:
    from bodymap.cli.terminal import TERM_REMEDY, is_terminal, knows_screen, speaks_utf8

    if is_terminal():
        size = os.get_terminal_size(1)
        small = size.columns < _SMALLEST[0] or size.lines < _SMALLEST[1]
        yield Finding(
            "fault" if small else "ok",
            f"Terminal of {size.columns}×{size.lines}",
            f"The explorer needs at least {_SMALLEST[0]}×{_SMALLEST[1]}; enlarge the window."
            if small
            else "",
        )
    else:
        yield Finding(
            "note",
            "Not in a terminal: the explorer cannot open here.",
            "Commands such as “bodymap assess” can run.",
        )
    term = os.environ.get("TERM", "")
    if knows_screen():
        yield Finding("ok", f"TERM is {term}; colours: {_colours(term)}")
    else:
        yield Finding(
            "fault" if is_terminal() else "note", f"TERM is “{term}”: it cannot draw a screen.", TERM_REMEDY
        )
    if speaks_utf8():
        yield Finding("ok", "The locale is UTF-8.")
    else:
        yield Finding(
            "note",
            "The locale is not UTF-8: the body is drawn in plain ASCII.",
            "Set LC_ALL=C.UTF-8 where the terminal can show it.",
        )


def _colours(term: str) -> str:
    if os.environ.get("NO_COLOR"):
        return "none, because NO_COLOR is set"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in term else "16"


def _sessions_folder(folder: Path) -> Finding:
    from bodymap.sessions.store import SessionStore

    try:
        tried = SessionStore(folder).try_writing()
    except Trouble as trouble:
        return Finding("fault", f"Sessions: {trouble.where}: {trouble.what}", trouble.remedy)
    if tried != folder:
        return Finding("ok", f"Sessions: {folder} will be made at the first save; {tried} can be written.")
    try:
        shared = folder.stat().st_mode & 0o077
    except OSError:
        shared = 0
    if shared:
        return Finding(
            "note",
            f"Sessions: {folder} can be written, and others on this computer may look into it.",
            "chmod 700 closes it; the sessions inside are closed already.",
        )
    return Finding("ok", f"Sessions: {folder} can be written.")


def _pack(chosen: Settings) -> Finding:
    from bodymap.knowledge.checks import check_pack

    try:
        report = check_pack(chosen.pack)
    except Trouble as trouble:
        return Finding("fault", f"Pack: {trouble.where}: {trouble.what}", trouble.remedy)
    pack = report.pack
    if pack is None or report.faults:
        count = len(report.faults)
        return Finding(
            "fault",
            f"Pack: {report.folder} has {count} fault{'' if count == 1 else 's'}.",
            "“bodymap pack check” names them.",
        )
    return Finding(
        "ok", f"Pack: {pack.id} {pack.version}, {len(pack.causes)} causes, {pack.sha256[:12]}, checked."
    )


def _cache() -> Finding:
    from bodymap.common.places import cache_folder

    folder = cache_folder()
    step = folder
    while not step.exists() and step != step.parent:
        step = step.parent
    if step.is_dir() and os.access(step, os.W_OK | os.X_OK):
        return Finding("ok", f"Cache: {folder} can be written.")
    return Finding(
        "note",
        f"Cache: {folder} cannot be written; starting takes longer.",
        "Set XDG_CACHE_HOME to another folder.",
    )
