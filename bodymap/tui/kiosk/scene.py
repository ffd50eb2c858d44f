"""What one screen of the kiosk holds, before anybody knows how large it will be: words, and what can be pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Act(NamedTuple):
    """What pressing something does: a verb of the screen's, and what it is done with."""

    verb: str
    value: str = ""


class Said(NamedTuple):
    """A paragraph; `role` says how it looks, `label` is a word or two in bold before it."""

    role: str
    text: str
    label: str = ""


class Wanted(NamedTuple):
    """Something to press. `key` is the digit that presses it too; `chosen` is None where nothing is switched by it."""

    act: Act
    label: str
    key: str = ""
    chosen: bool | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen: one idea.

    `shape` says how what is `wanted` is arranged: "answers" side by side or under one another, "list" under one
    another, "scale" in a row, "pad" as the keys of a telephone, "map" not at all (the body has the room). `back`, `go`
    and `aside` stand in the bottom row, `end` at the top. `first` has the keyboard when the screen appears. With
    `figure` a small body stands beside the words. `large` is a word or number for the largest letters there are.
    """

    said: tuple[Said, ...]
    wanted: tuple[Wanted, ...] = ()
    shape: str = "answers"
    back: Wanted | None = None
    go: Wanted | None = None
    aside: Wanted | None = None
    end: Wanted | None = None
    more: str = ""
    """The words on what turns the page, where a screen has more than one."""
    progress: str = ""
    share: int = 0
    first: Act | None = None
    figure: bool = False
    large: str = ""
    grave: bool = False
    """Whether the whole screen is red."""
