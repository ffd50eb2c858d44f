"""News that travels up from a widget to its screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from bodymap.knowledge.anatomy import Place
    from bodymap.tui.visit import Knowledge


@dataclass
class PlacePointed(Message):
    """The mouse pressed on a place of the map."""

    place: Place


@dataclass
class PlaceTurned(Message):
    """The wheel turned over a place of the map; `step` is +1 or −1."""

    place: Place
    step: int


@dataclass
class QuestionChosen(Message):
    """A row of the questions came under the cursor; `id` is "" for the row that follows the engine."""

    id: str


@dataclass
class CauseLit(Message):
    """A cause came under the cursor."""

    id: str


@dataclass
class CauseOpened(Message):
    """A cause was chosen to be read."""

    id: str


@dataclass
class SaveDone(Message):
    """A save or autosave ended; exactly one of `code` and `fault` is set. Posted by a worker."""

    finished: bool
    code: str = ""
    path: str = ""
    fault: str = ""


@dataclass
class KnowledgeLoaded(Message):
    """The pack is there, or cannot be used. Posted by a worker."""

    knowledge: Knowledge | None
    trouble: Exception | None = None


@dataclass
class KeysHandled(Message):
    """Sent the way of a key behind those that came before: from what has the keyboard up to the application."""

    status: int
