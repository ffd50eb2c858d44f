"""A progress bar on standard error, for what goes through a whole folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

Item = TypeVar("Item")


@contextmanager
def progress(items: Iterable[Item], length: int, label: str) -> Iterator[Iterable[Item]]:
    """Pass `items`, about `length` of them, on, with a bar on standard error where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield bar


def both_seen() -> bool:
    """Return whether output and bar meet on one terminal: then the output has to wait for the bar to end."""
    return sys.stderr is not None and sys.stderr.isatty() and sys.stdout.isatty()
