"""How often a law is tried: a little in every run, thoroughly among the slow proofs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import settings

Law = TypeVar("Law", bound=Callable[..., None])
PROVING = settings.default is settings.get_profile("proof")
"""Whether `pytest -m slow` is running: then the laws are among the slow tests."""


def law(examples: int = 60) -> Callable[[Law], Law]:
    """Try a law with `examples` examples, or as a slow test with as many as the profile “proof” says."""

    def tried(test: Law) -> Law:
        return pytest.mark.slow(test) if PROVING else settings(max_examples=examples)(test)

    return tried
