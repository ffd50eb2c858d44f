"""The clinician's desk on a screen: the list of sessions, one of them, two compared, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.common.settings import Settings


def run_review(settings: Settings, *, demo: bool = False) -> int:
    """Open the desk on the sessions of `settings` and return the exit status; with `demo` on made-up ones instead."""
    from bodymap.tui.review.start import start_review

    return start_review(settings, demo=demo)
