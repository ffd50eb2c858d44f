"""The option `--format` of the commands that print for people or for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def text_or_json(help: str) -> Callable[[Any], Any]:
    """Return the option, which hands the command `form`: "text" or "json"."""
    return click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=help
    )
