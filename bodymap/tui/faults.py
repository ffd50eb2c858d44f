"""Faults of our own must not cost a person what they are doing: the step fails, the program goes on.

Textual ends the whole program over one exception in one handler, and the widget it came from is dead before. Here it is
caught where messages are handled, one level further in: the message is lost, its widget lives, the person is told once.
Faults that follow one another without end (a screen that cannot be drawn) still end the program.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump
from textual.worker import WorkerFailed

if TYPE_CHECKING:
    from textual.message import Message

WITHIN_SECONDS = 10.0
MANY_STEPS = 500
"""Steps that may fail within `WITHIN_SECONDS`: more than a key that is held down can take."""
MANY_FRAMES = 20
"""Faults outside of a step, as where a screen is drawn: nobody sees what they do any more."""
KEPT = 20


class Faults:
    """What went wrong so far: enough for a report, nothing of what the person entered."""

    def __init__(self) -> None:
        self._steps: deque[float] = deque(maxlen=MANY_STEPS)
        self._frames: deque[float] = deque(maxlen=MANY_FRAMES)
        self.count = 0
        self.names: list[str] = []
        self.traces: list[str] = []

    def add(self, error: BaseException, *, step: bool) -> bool:
        """Note a fault, of a `step` or of a frame, and return whether the program may go on after so many of them."""
        moments = self._steps if step else self._frames
        if isinstance(error, WorkerFailed):
            error = error.error
        now = time.monotonic()
        moments.append(now)
        self.count += 1
        name = type(error).__name__
        if name not in self.names and len(self.names) < KEPT:
            self.names.append(name)
        if len(self.traces) < KEPT:
            self.traces.append("".join(traceback.format_exception(error)))
        return len(moments) < (moments.maxlen or 0) or now - moments[0] > WITHIN_SECONDS


class GoesOn:
    """Mixed into an application that goes on after faults."""

    def forgives(self, error: Exception, *, step: bool) -> bool:
        """Take note of a fault, of a `step` or of a frame; return whether the program goes on."""
        raise NotImplementedError


_dispatch = MessagePump._dispatch_message


async def _dispatch_and_go_on(self: MessagePump, message: Message) -> None:
    try:
        await _dispatch(self, message)
    except Exception as error:
        app = self.app
        if not (isinstance(app, GoesOn) and app.forgives(error, step=True)):
            raise


MessagePump._dispatch_message = _dispatch_and_go_on  # type: ignore[method-assign]
