"""What comes in on the line, made into events: any byte may come, in any order, from anybody.

Textual's parser is kept, with what it does not survive taken from it. A fault in one sequence costs that sequence. A
paste that never ends gives the keyboard back. Sizes told among the keys are not believed: the terminal itself
is asked for its size, so whoever types or pastes cannot pretend to be a window.
"""

from __future__ import annotations

import codecs
import time
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import XTermParser
from textual.messages import InBandWindowResize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

LONGEST_PASTE = 10_000
"""Characters of a paste that are kept; what comes beyond them is dropped up to its end."""
QUIET_SECONDS = 1.0
PASTE_SECONDS = 10.0
"""A paste is over when nothing came for `QUIET_SECONDS`, or after `PASTE_SECONDS`, whatever it says itself."""
_BEGIN, _FINISH = "\x1b[200~", "\x1b[201~"


class Keyboard:
    """Turns bytes into messages for the application; knows no terminal and no thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parser = XTermParser()
        self._tail = ""
        self._pasted: int | None = None
        """Characters of the paste under way."""
        self._begun = self._heard = self._seen = clock()

    def take(self, data: bytes) -> list[Message]:
        """Return the messages that `data` completes."""
        self._heard = self._seen = self._clock()
        found = self._late()
        for character in self._decoder.decode(data):
            self._tail = (self._tail + character)[-len(_BEGIN) :]
            if self._pasted is None:
                found += self._feed(character)
                if self._tail == _BEGIN:
                    self._pasted, self._begun = 0, self._heard
            elif self._tail == _FINISH:
                # Told whole: of what stands beyond the longest paste the parser has seen nothing.
                found += self._finish() if self._pasted > LONGEST_PASTE else self._feed(character)
                self._pasted = None
            else:
                self._pasted += 1
                if self._pasted <= LONGEST_PASTE:
                    found += self._feed(character)
        return found

    def idle(self) -> list[Message]:
        """Return the messages that only time completes; called again and again while nothing comes."""
        self._seen = self._clock()
        found = self._late()
        if self._pasted is not None and self._seen - self._heard > QUIET_SECONDS:
            found += self._over()
        return found + self._tick()

    def unheard(self) -> list[Message]:
        """Do as `idle` while nobody listens: that time is not the time of who pastes."""
        now = self._clock()
        self._begun += now - self._seen
        self._heard += now - self._seen
        self._seen = now
        return self._tick()

    def _tick(self) -> list[Message]:
        try:
            return list(self._wanted(self._parser.tick()))
        except Exception:
            self._parser = XTermParser()
            return []

    def _late(self) -> list[Message]:
        if self._pasted is None or self._clock() - self._begun <= PASTE_SECONDS:
            return []
        return self._over()

    def _over(self) -> list[Message]:
        found = self._finish()
        self._pasted = None
        return found

    def _finish(self) -> list[Message]:
        found: list[Message] = []
        for character in _FINISH:
            found += self._feed(character)
        return found

    def _feed(self, character: str) -> list[Message]:
        try:
            found = list(self._wanted(self._parser.feed(character)))
        except Exception:
            # Numbers too large for a character, for example. The sequence is lost, what follows is not.
            self._parser = XTermParser()
            return []
        self._parser.mouse_pixels = False  # turned on by a size among the keys
        return found

    def _wanted(self, messages: Iterable[Message]) -> Iterable[Message]:
        for message in messages:
            if isinstance(message, (events.Resize, InBandWindowResize, events.CursorPosition)):
                continue
            if isinstance(message, events.Paste):
                yield message
            elif self._pasted is not None:
                continue  # text that is pasted presses no keys
            elif not isinstance(message, events.Key) or _can_be_typed(message):
                yield message


def _can_be_typed(key: events.Key) -> bool:
    """Return whether a key stands for something; lone surrogates stand for nothing and cannot be written anywhere."""
    return key.character is None or not any("\ud800" <= letter <= "\udfff" for letter in key.character)
