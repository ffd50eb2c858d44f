"""The screen of a visit: keys, mouse and touch on one side, the clocks on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on

from bodymap.kiosk.heartbeat import BEAT_SECONDS, beat
from bodymap.tui.kiosk.messages import Kept, PinTried, Saved
from bodymap.tui.kiosk.questions import BACK
from bodymap.tui.kiosk.scene import Act
from bodymap.tui.kiosk.visit_acts import VisitActs
from bodymap.tui.widgets.map_steps import step_on

if TYPE_CHECKING:
    from textual.app import ComposeResult

LOOK_SECONDS = 0.5
TWICE_SECONDS = 1.0
"""Two presses of Esc within this time ask whether everything is to be cleared."""
HELD_SECONDS = 0.35
"""A press that comes again so soon, after it changed the screen, is a trembling hand or a key held down."""


class VisitScreen(VisitActs, inherit_bindings=False):
    """One visit, from the first touch to the last."""

    _escaped = _acted_at = float("-inf")
    """When Esc was pressed last, and when a press last changed the screen."""
    _escaped_back = False
    """Whether that Esc led back a step."""
    _by: object = None
    """The press that is being answered."""
    _acted_by: object = None

    def compose(self) -> ComposeResult:
        """Yield the board and the body above it."""
        yield self.board_view
        yield self.map

    def on_mount(self) -> None:
        """Show the first step, and begin to look at the clock."""
        self.arrive()
        beat()
        self.set_interval(LOOK_SECONDS, self.look_at_clock)
        self.set_interval(BEAT_SECONDS, self.beat)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange everything for the size; the keyboard stays where it was."""
        self.show()

    def beat(self) -> None:
        """Tell the supervisor that this visit is alive; without one nobody would clear the screen after it."""
        if not beat():
            self.leave(1)

    # ----- time

    def look_at_clock(self) -> None:
        """Warn somebody who has gone, and end the visit when nobody comes back."""
        if self.box == "blank":
            return
        found = self.idle.look(self.clock())
        if found.state == "active":
            return
        if found.state == "over":
            self.abandon()
            return
        self.left = found.left
        if self.box != "idle":
            self.before_warning, self.box = (self.box, self.held), "idle"
            self.show(afresh=True)
        else:
            self.show()

    def abandon(self) -> None:
        """End a visit that nobody is there for: blank first, then what is kept of it."""
        session = self.sitting.unfinished() if self.sitting.worth_keeping else None
        if session is None:
            self.leave(0)
            return
        self.open_box("blank")
        self.kiosk.blank()
        self.keep_unfinished(session)

    # ----- keys

    def on_key(self, event: events.Key) -> None:
        """Everything the keyboard can do here."""
        event.stop()
        event.prevent_default()
        if not self._wakes(event.key):
            return
        key = event.key
        if key == "escape":
            self._escape()
        elif key in ("tab", "shift+tab"):
            self._cycle(-1 if key == "shift+tab" else 1)
        elif key in ("left", "right", "up", "down"):
            self._move(key)
        elif key in ("enter", "space"):
            self._enter()
        elif key in ("backspace", "delete"):
            if self._types:
                self.do_erase()
        elif key in ("pagedown", "pageup"):
            self._turn(1 if key == "pagedown" else -1)
        elif key == "ctrl+l":
            self.kiosk.action_draw_again()
        elif len(key) == 1 and key in "0123456789":
            self._digit(key)

    def on_paste(self, event: events.Paste) -> None:
        """Take nothing that is pasted."""
        event.stop()
        event.prevent_default()

    def _wakes(self, by: object) -> bool:
        """Return whether a press counts: not on a blank screen, not as an answer to the warning, not as a tremble."""
        now = self.clock()
        if self.box == "blank":
            return False
        self.idle.touch(now)
        if self.box == "idle":
            self.do_stay()
            self._acted_by, self._acted_at = by, now
            return False
        if by == self._acted_by and 0 <= now - self._acted_at < HELD_SECONDS:
            self._acted_at = now
            return False
        self._by = by
        return not self.tiny  # what cannot be seen cannot be chosen

    def _act(self, act: Act) -> None:
        """Do something, and remember what pressed it where the screen is another one then."""
        before = self._shown()
        self.perform(act)
        if before != self._shown():
            self._acted_by, self._acted_at = self._by, self.clock()

    def _shown(self) -> tuple[object, ...]:
        """Return what makes this screen another one than the last; lists share a heading, so their choices count."""
        ids = tuple(choice.id for choice in self.step.choices)
        return self.box, self.step.kind, self.step.heading, ids, self.page

    def _escape(self) -> None:
        now = self.clock()
        if self.box == "ending":
            self.do_stay()
        elif 0 <= now - self._escaped <= TWICE_SECONDS:
            self._escaped = float("-inf")
            if self._escaped_back:
                # Whoever stays after all is asked where they were.
                self.visit.forth()
                self.step = self.visit.step
            self.do_ask_end()
        else:
            self._escaped = now
            self._escaped_back = not self.box and not self.board.page and self.board.of(BACK) is not None
            if self.box:
                self.do_stay()
            elif self.board.page:
                self.do_page_back()
            elif self._escaped_back:
                self.perform(BACK)

    @property
    def _types(self) -> bool:
        """Whether digits are typed here."""
        return self.box == "pin" or (not self.box and self.step.kind == "number")

    def _digit(self, digit: str) -> None:
        if self._types:
            self.do_type(digit)
        elif not self.box and self.step.kind == "strength":
            self._strength(digit)
        else:
            place = self.board.of_key(digit)
            if place is not None:
                self.focus_on(place)
                self._act(self.board.targets[place].act)

    def _strength(self, digit: str) -> None:
        """Go to a number of the scale: a 0 after a 1 is the 10."""
        longer = self.typed + digit
        self.typed = longer if self.typing and int(longer) <= self.step.highest else digit
        self.typing = True
        place = self.board.of(Act("number", str(int(self.typed))))
        if place is not None:
            self.focus_on(place)

    def _enter(self) -> None:
        if self.focus_at is not None:
            self._act(self.board.targets[self.focus_at].act)
        elif self.on_map:
            self.point(self.place)
            self._acted_by, self._acted_at = self._by, self.clock()
        elif self.board.targets:
            self.focus_on(0)

    def _cycle(self, step: int) -> None:
        count = len(self.board.targets)
        places: list[int | None] = list(range(count))
        if not self.box and self.step.kind == "where":
            places.insert(0, None)
        if not places:
            return
        here = places.index(self.focus_at) if self.focus_at in places else -1 if step > 0 else len(places)
        self.focus_on(places[(here + step) % len(places)])

    def _move(self, direction: str) -> None:
        if self.on_map:
            self._move_on_map(direction)
        elif self.focus_at is None:
            self.focus_on(0 if self.board.targets else None)
        else:
            place = self.board.next_to(self.focus_at, direction)
            figure = self.board.figure
            if (
                self.step.kind == "where"
                and not self.box
                and figure is not None
                and direction in ("up", "down")
            ):
                here = self.board.targets[self.focus_at].box
                below = here.y >= figure.y
                if below == (direction == "up"):
                    self.focus_on(None)
                    return
            if place is not None:
                self.focus_on(place)

    def _move_on_map(self, direction: str) -> None:
        sheet = self.map.sheet
        if sheet is None:
            return
        target = step_on(sheet, self.view, self.place, direction)
        if target != self.place:
            self._go_to(target)
        elif direction in ("up", "down"):
            self._leave_map(direction)

    def _leave_map(self, direction: str) -> None:
        """Go to what can be pressed below the body, or above it."""
        figure = self.board.figure
        for place, target in enumerate(self.board.targets):
            if figure is not None and (target.box.y > figure.y) == (direction == "down"):
                self.focus_on(place)
                return

    # ----- mouse and touch

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press what lies under the mouse or the finger."""
        event.stop()
        if event.button != 1:
            return
        x, y = event.screen_offset
        place = self.board.at(x, y)
        act = None if place is None or self.box == "blank" else self.board.targets[place].act
        # A finger that comes down twice presses the same cells, whatever stands there by then.
        if not self._wakes(("mouse", x // 8, y // 4)):
            return
        if act is not None and place is not None:
            self.focus_on(place)
            self._act(act)
        elif not self.box and self.step.kind == "where":
            touched = self.map.pointed(x, y)
            if touched:
                self.point(touched[0], touched[1:])
                self._acted_by, self._acted_at = self._by, self.clock()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Turn the page."""
        event.stop()
        if self._wakes("wheel"):
            self._turn(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Turn the page back."""
        event.stop()
        if self._wakes("wheel"):
            self._turn(-1)

    def _turn(self, step: int) -> None:
        if 0 <= self.board.page + step < self.board.pages:
            self.page = self.board.page + step
            self.show(afresh=True)

    # ----- news

    @on(Saved)
    def take_saved(self, message: Saved) -> None:
        """Say what came of saving."""
        if message.code:
            self.visit.saved_as(message.code)
        else:
            self.visit.saving_failed(message.fault)
        if self.box not in ("", "blank"):
            self.step = self.visit.step
            self.show()
        elif not self.box:
            self.arrive()

    @on(Kept)
    def take_kept(self) -> None:
        """End: nothing is left to do."""
        self.app.exit(0)

    @on(PinTried)
    def take_tried(self, message: PinTried) -> None:
        """Let staff through, or say why not."""
        self.take_pin(message.found, message.wait)
