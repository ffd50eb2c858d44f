"""News from work that is done away from the screen of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Saved(Message):
    """The session was written, or not: exactly one of `code` and `fault` is set."""

    code: str = ""
    fault: str = ""


@dataclass
class Kept(Message):
    """What there was to keep of an abandoned visit is kept, or cannot be."""


@dataclass
class PinTried(Message):
    """A PIN was tried: "right", "wrong" or, too early, "wait"; `wait` is the seconds until the next try."""

    found: str
    wait: int
