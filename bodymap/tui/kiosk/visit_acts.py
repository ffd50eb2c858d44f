"""What can be done on the screen of a visit, each act by its name. Keys, mouse and touch all end here."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work

from bodymap.common.trouble import Trouble
from bodymap.kiosk.child import STAFF_EXIT
from bodymap.tui.kiosk.messages import Kept, PinTried, Saved
from bodymap.tui.kiosk.visit_state import VisitState
from bodymap.tui.widgets.map_steps import behind_on

if TYPE_CHECKING:
    from bodymap.knowledge.anatomy import Place
    from bodymap.sessions import Session
    from bodymap.tui.kiosk.scene import Act
    from bodymap.visit import Step

MOST_DIGITS = 12


def _asks_same(one: Step, other: Step) -> bool:
    """Return whether two steps ask the same things, whatever is switched on in them."""
    return one.kind == other.kind and [choice.id for choice in one.choices] == [
        choice.id for choice in other.choices
    ]


class VisitActs(VisitState, inherit_bindings=False):
    """Acts on the visit and on the screen."""

    def perform(self, act: Act) -> None:
        """Do what pressing a target does."""
        getattr(self, f"do_{act.verb.replace('-', '_')}")(act.value)

    # ----- the visit

    def do_choose(self, id: str) -> None:
        """Choose something of the step."""
        language, kind = self.visit.language, self.step.kind
        missed = kind == "confirm" and id == "no" and bool(self.touched)
        self.visit.choose(id)
        if self.visit.language != language:
            self.words = self._speak()
            self.map.speak(self.visit.language)
        self.went(kind)
        if missed:
            self.open_box("near")

    def do_number(self, value: str) -> None:
        """Answer with a number."""
        self.visit.number(int(value))
        self.went()

    def do_near(self, value: str) -> None:
        """Point at a place that is offered by its name, "region/side", instead of the one that was touched."""
        place = next(place for place in self.touched if "/".join(place) == value)
        self.box = ""
        self.point(place, tuple(other for other in self.touched if other != place))

    def point(self, place: Place, touched: tuple[Place, ...] = ()) -> None:
        """Point at a place of the body; a finger `touched` those beside it as well, the nearest first."""
        self.touched = touched
        self.place, self.view = place, self.visit.anatomy.regions[place.region].view
        self.visit.point(place)
        self.went()

    def do_back(self, _: str = "") -> None:
        """Go back a step."""
        self.visit.back()
        self.went()

    def went(self, kind: str = "") -> None:
        """Show what the visit has come to; a list in which something was switched stays as it is."""
        step = self.visit.step
        if kind in ("several", "feel") and _asks_same(step, self.step):
            self.step = step
            self.show()
            return
        alarmed = step.kind == "hand-off" != self.step.kind
        self.arrive()
        if alarmed and self.config.bell:
            self.app.bell()
        if self.visit.wants_saving:
            self.save(self.sitting.session())

    # ----- numbers

    def do_type(self, digit: str) -> None:
        """Add a digit to the number under way; the first one replaces what was given before, or what was wrong."""
        most = MOST_DIGITS if self.box == "pin" else len(str(self.step.highest))
        typed = (self.typed if self.typing else "") + digit
        if self.box != "pin":
            typed = typed.lstrip("0") or "0"
        if len(typed) <= most:
            self.typed = typed
        self.typing, self.note = True, ""
        self.show()

    def do_erase(self, _: str = "") -> None:
        """Take back the last digit."""
        self.typed, self.note, self.typing = self.typed[:-1], "", True
        self.show()

    def do_enter(self, _: str = "") -> None:
        """Take the number under way, or say what is wrong with it; in the box of the PIN try that."""
        if self.box == "pin":
            self._try_pin()
        elif self.typed and self.step.lowest <= int(self.typed) <= self.step.highest:
            self.do_number(self.typed)
        else:
            self.note, self.typing = self.words.out_of_bounds(self.step, self.typed), False
            self.show()

    # ----- the screen

    def do_more(self, _: str = "") -> None:
        """Turn the page."""
        self.page = self.board.page + 1
        self.show(afresh=True)

    def do_page_back(self, _: str = "") -> None:
        """Turn the page back."""
        self.page = self.board.page - 1
        self.show(afresh=True)

    def do_larger(self, _: str = "") -> None:
        """Between large and ordinary type."""
        self.large = not self.large
        self.show()

    def do_turn(self, _: str = "") -> None:
        """Show the other side of the body."""
        if self.map.sheet is not None:
            self._go_to(behind_on(self.body, self.map.sheet, self.view, self.place))

    def do_zoom(self, _: str = "") -> None:
        """Between the whole body and the close-up."""
        if self.map.sheet is not None:
            self.close_up = not self.map.sheet.close_up
            self.show()

    def _go_to(self, place: Place) -> None:
        self.place, self.view = place, self.visit.anatomy.regions[place.region].view
        self.show()

    # ----- ending

    def do_ask_end(self, _: str = "") -> None:
        """Ask whether everything is to be cleared."""
        self.open_box("ending")

    def do_stay(self, _: str = "") -> None:
        """Take the question away again."""
        if self.box == "idle":
            self.box, self.held = self.before_warning
            self.show()
        else:
            self.open_box("")

    def do_end(self, _: str = "") -> None:
        """Clear everything and end the visit."""
        self.leave(0)

    def leave(self, status: int) -> None:
        """Show nothing any more, and end."""
        self.open_box("blank")
        self.app.exit(status, return_code=status)

    # ----- staff

    def do_staff(self, _: str = "") -> None:
        """Ask for the PIN, or twice where there is none."""
        self.open_box("pin" if self.config.pin_hash else "sure")

    def do_staff_sure(self, _: str = "") -> None:
        """Go on after a hand-off."""
        self.box = ""
        self.visit.staff_goes_on()
        self.went()

    def _try_pin(self) -> None:
        typed, self.typed = self.typed, ""
        if typed:
            self.try_pin(typed)
        self.show()

    @work(thread=True, exclusive=True, group="pin")
    def try_pin(self, pin: str) -> None:
        """Try a PIN away from the screen: it is slow on purpose."""
        found = self.pin_check.try_pin(pin, self.clock())
        self.post_message(PinTried(found, self.pin_check.wait_seconds(self.clock())))

    def take_pin(self, found: str, wait: int) -> None:
        """Let staff through, or say why not."""
        if self.box != "pin":
            return
        if found != "right":
            self.note = self.words.wrong_pin(found, wait)
            self.show()
        elif self.step.kind == "hand-off":
            self.do_staff_sure()
        else:
            self.leave(STAFF_EXIT)

    # ----- the disk

    @work(thread=True, exclusive=True, group="disk")
    def save(self, session: Session) -> None:
        """Write the finished session."""
        try:
            self.post_message(Saved(code=self.sitting.save(session)))
        except Trouble as trouble:
            self.post_message(Saved(fault=str(trouble)))
        except Exception as error:
            # Whatever it is: the answers are still here, and somebody agreed to have them kept.
            self.post_message(Saved(fault=f"The program failed while it saved ({type(error).__name__})."))

    @work(thread=True, exclusive=True, group="disk")
    def keep_unfinished(self, session: Session) -> None:
        """Write what somebody walked away from."""
        with suppress(Exception):  # nobody is there to be told, and the screen is blank
            self.sitting.keep_unfinished(session)
        self.post_message(Kept())
