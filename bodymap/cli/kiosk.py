"""`bodymap kiosk`: the way into the waiting room's lock, checked before the terminal is taken."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from bodymap.common.trouble import Exit, Trouble

if TYPE_CHECKING:
    from bodymap.kiosk.config import KioskConfig


@click.command()
@click.option("--config", "path", metavar="PATH", help="The settings of the kiosk (BODYMAP_KIOSK).")
@click.option("--print-config", is_flag=True, help="Print a kiosk.toml that explains every setting.")
@click.option("--hash-pin", is_flag=True, help="Ask for the staff's PIN and print its line for kiosk.toml.")
@click.pass_context
def kiosk(context: click.Context, path: str | None, print_config: bool, hash_pin: bool) -> int:
    """Take one person after another through the visit, locked.

    Settings come from PATH, else BODYMAP_KIOSK, else kiosk.toml in your configuration folder. Only the PIN set
    there, or stopping the process, ends the kiosk. docs/kiosk-install.md shows how to set one up.
    """
    if print_config and hash_pin:
        raise click.UsageError("--print-config and --hash-pin do not go together.")
    if print_config:
        from bodymap.kiosk.config_file import example

        click.echo(example(), nl=False)
        return Exit.DONE
    if hash_pin:
        return _hash_pin()
    _check_terminal()
    from bodymap.kiosk.supervisor import Supervisor

    supervisor = Supervisor()
    supervisor.prepare()
    try:
        config = _config(context, path)
    except BaseException:
        supervisor.dismiss()
        raise
    _purge()
    status = supervisor.run(config)
    # Nothing of the interpreter's own way out gets a turn: PYTHONINSPECT, for one, would end in a prompt.
    os._exit(status)


def _config(context: click.Context, path: str | None) -> KioskConfig:
    """Return the checked settings: an option beats the environment, which beats `kiosk.toml`, which beats the rest."""
    from bodymap.cli.group import settings
    from bodymap.cli.terminal import speaks_utf8
    from bodymap.kiosk.checks import ready
    from bodymap.kiosk.config_file import find, load

    rest = settings(context)
    config = load(find(path), rest.sessions, rest.pack)
    given = context.find_root().ensure_object(dict)
    if given.get("sessions") or os.environ.get("BODYMAP_SESSIONS"):
        config = config._replace(sessions=rest.sessions.absolute())
    if given.get("pack") or os.environ.get("BODYMAP_PACK"):
        config = config._replace(pack=rest.pack)
    config = config._replace(
        theme=config.theme or rest.theme, ink=config.ink or rest.ink, ascii_only=not speaks_utf8()
    )
    return ready(config)


def _purge() -> None:
    from bodymap.kiosk.environment import purged

    kept = purged(os.environ)
    for name in [name for name in os.environ if name not in kept]:
        del os.environ[name]


def _check_terminal() -> None:
    """Raise `Trouble` (exit 5) where a visit cannot be drawn. Standard error may go to a service's log."""
    from bodymap.cli.terminal import TERM_REMEDY, knows_screen

    try:
        there = all(os.isatty(descriptor) for descriptor in (0, 1))
    except OSError:
        there = False
    if not there:
        raise Trouble(
            "The kiosk needs a terminal for its input and its output.",
            remedy="Start it on one; over SSH ask for one with “ssh -t”. See docs/kiosk-install.md.",
            exit=Exit.NOT_A_TERMINAL,
        )
    if not knows_screen():
        raise Trouble(
            "This terminal cannot draw a screen (TERM is “dumb” or not set).",
            where="TERM",
            remedy=TERM_REMEDY,
            exit=Exit.NOT_A_TERMINAL,
        )


def _hash_pin() -> int:
    from bodymap.kiosk.pin import LONGEST, SHORTEST, hash_pin, valid_pin

    if not (sys.stdin is not None and sys.stdin.isatty()):
        raise Trouble(
            "A PIN is read from a terminal only, so that it stands in no script and no history.",
            remedy="Run “bodymap kiosk --hash-pin” in a terminal.",
            exit=Exit.NOT_A_TERMINAL,
        )
    import getpass

    try:
        pin = getpass.getpass(f"PIN, {SHORTEST} to {LONGEST} digits (not shown): ", sys.stderr)
        again = getpass.getpass("The same once more: ", sys.stderr)
    except EOFError:
        raise Trouble("No PIN was entered.", remedy="Run it again.") from None
    if pin != again:
        raise Trouble("The two are not the same.", remedy="Run it again.")
    if not valid_pin(pin):
        raise Trouble(f"A PIN has {SHORTEST} to {LONGEST} digits and nothing else.", remedy="Run it again.")
    click.echo(f'pin_hash = "{hash_pin(pin)}"')
    return Exit.DONE
