"""The table of verbs, and the click group that loads a verb's module only when that verb is used."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NamedTuple

import click

from bodymap import __version__
from bodymap.cli import COMPLETION, say_plainly
from bodymap.common.settings import Settings
from bodymap.common.trouble import Exit, Trouble, nearest


class Verb(NamedTuple):
    """A verb without its code: where that lies, its line in the help, the global options that mean
    something to it.
    """

    module: str
    help: str
    options: tuple[str, ...] = ()


VERBS = {
    "figure": Verb(
        "bodymap.cli.figure", "Print the body map, with marks and the area of a cause.", ("pack",)
    ),
    "assess": Verb("bodymap.cli.assess", "Say which causes fit the findings in FILE.", ("pack",)),
    "contrast": Verb("bodymap.cli.assess", "Say what tells two causes apart.", ("pack",)),
    "show": Verb("bodymap.cli.show", "Print a saved session.", ("sessions", "pack")),
    "sessions": Verb(
        "bodymap.cli.sessions", "List saved sessions, check them, carry them away.", ("sessions", "pack")
    ),
    "calibration": Verb(
        "bodymap.cli.calibration",
        "Count how often working diagnoses were shown first.",
        ("sessions", "pack"),
    ),
    "pack": Verb("bodymap.cli.pack", "Look into a knowledge pack, check and test it.", ("pack",)),
    "review": Verb(
        "bodymap.cli.review", "Read the recorded sessions at a clinician's desk.", ("sessions", "pack")
    ),
    "ask": Verb(
        "bodymap.cli.ask", "Go through a visit line by line, without drawing a screen.", ("sessions", "pack")
    ),
    "kiosk": Verb(
        "bodymap.cli.kiosk", "Take one person after another through the visit, locked.", ("sessions", "pack")
    ),
    "doctor": Verb("bodymap.cli.doctor", "Check terminal, folders and pack.", ("sessions", "pack")),
}

_HELP = {
    "sessions": ("FOLDER", "Where sessions are kept (BODYMAP_SESSIONS)."),
    "pack": ("PATH", "The knowledge pack to use (BODYMAP_PACK)."),
}


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Keep a global option for `settings`; one after the verb is read later than one before it and
    replaces it.
    """
    if value is None:
        return
    if not value:
        raise click.BadParameter("a path is needed", ctx=context, param=parameter)
    context.find_root().ensure_object(dict)[parameter.name] = value


def global_option(name: str) -> click.Option:
    """Return the option `--sessions` or `--pack`, the same wherever it stands."""
    metavar, text = _HELP[name]
    return click.Option([f"--{name}"], metavar=metavar, help=text, expose_value=False, callback=_remember)


def settings(context: click.Context) -> Settings:
    """Return the settings of this run with the options given so far. Raises `Trouble`."""
    from bodymap.cli.settings import resolve

    given: dict[str, Any] = context.find_root().ensure_object(dict)
    return resolve(sessions=given.get("sessions"), pack=given.get("pack"))


# Older versions of click have no such fault: they print the help themselves.
_NO_ARGUMENTS: type[click.UsageError] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())


class LazyGroup(click.Group):
    """A group whose verbs are names in `VERBS` until one of them is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one verb, with the global options it takes."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        command: click.Command = getattr(importlib.import_module(verb.module), cmd_name)
        _add_options(command, verb.options)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one was probably meant."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            ctx.fail(f"There is no command “{args[0]}”. {nearest(args[0], VERBS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, verb.help) for name, verb in VERBS.items()])


def _add_options(command: click.Command, names: tuple[str, ...]) -> None:
    """Let the global options `names` stand after the verb too, and after the verbs below it."""
    for name in names:
        if all(parameter.name != name for parameter in command.params):
            command.params.append(global_option(name))
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _add_options(inner, names)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command the explorer opens: mark where it hurts, say what changes it, see which causes "
    "fit. This is not a diagnosis.",
)
@click.option(
    "--resume",
    metavar="[SESSION]",
    is_flag=False,
    flag_value="",
    default=None,
    help="Open the explorer on the newest unfinished session, or on the one with this code or id.",
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.pass_context
def root(context: click.Context, resume: str | None) -> int | None:
    """Point at where it hurts, say what changes it, and see which causes fit and why."""
    if context.invoked_subcommand is not None:
        if resume is not None:
            raise click.UsageError(
                f"--resume opens the explorer; it does not go with “{context.invoked_subcommand}”."
            )
        return None
    if resume in VERBS:
        raise click.UsageError(f"“{resume}” is a command; --resume takes a code or an id, or nothing.")
    from bodymap.cli.explore import explore

    return explore(settings(context), False if resume is None else resume or True)


for _name in ("pack", "sessions"):
    root.params.insert(0, global_option(_name))


def invoke(arguments: list[str]) -> int:
    """Run one command line and return its exit status; wrong usage is said here, `Trouble` passes through.

    A verb ends with its status by returning an int, or with `context.exit(status)`.
    """
    if COMPLETION in os.environ:
        root.main(arguments, prog_name="bodymap", complete_var=COMPLETION)
    try:
        with root.make_context("bodymap", list(arguments)) as context:
            status = root.invoke(context)
            return status if isinstance(status, int) else int(Exit.DONE)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except _NO_ARGUMENTS as error:
        # Its message is the whole help; as the text of a fault it would be run together into one line.
        _say_help(error)
        return int(Exit.WRONG_USAGE)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx is not None else "bodymap"
        raise Trouble(
            error.format_message(), where="", remedy=f"See “{path} --help”.", exit=Exit.WRONG_USAGE
        ) from None
    except click.ClickException as error:
        raise Trouble(error.format_message(), exit=Exit.BAD_INPUT) from None


def _say_help(error: click.UsageError) -> None:
    text = error.ctx.get_help() if error.ctx is not None else error.format_message()
    if sys.stderr is not None:
        click.echo(say_plainly(text, sys.stderr), err=True)
