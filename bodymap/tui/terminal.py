"""Textual's terminal driver, made to survive what terminals and lines really do.

Measured with textual 8.2.8: a window of 65535 × 65535 cells (an SSH client chooses it) takes 6 GB, one byte of invalid
UTF-8 on input ends the program with status 0, and a terminal that is gone leaves it spinning. This file touches names
that Textual keeps to itself; the tests hold them in place and the version is pinned.
"""

from __future__ import annotations

import codecs
import select
from functools import partial
from typing import TYPE_CHECKING

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = (500, 200)
"""Columns and rows beyond which a window is treated as if it ended there."""


def _forgiving_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


linux_driver.getincrementaldecoder = _forgiving_decoder  # type: ignore[attr-defined, assignment]


class TerminalDriver(LinuxDriver):
    """The driver of every screen of ours."""

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, LARGEST[0]), min(height, LARGEST[1])

    @property
    def gone(self) -> bool:
        """Whether the terminal behind standard input has hung up."""
        poller = select.poll()
        poller.register(self.fileno, select.POLLIN)
        try:
            return any(
                event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poller.poll(0)
            )
        except OSError:
            return True
