"""What the screen asks on its own account, between the steps: whether to end, who is there, what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.tui.kiosk.scene import Act, Said, Scene, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bodymap.knowledge.anatomy import Place
    from bodymap.visit import Step

ERASE, ENTER = Act("erase"), Act("enter")
ASK_END, END, STAY = Act("ask-end"), Act("end"), Act("stay")
BACK = Act("back")
STAFF, STAFF_SURE = Act("staff"), Act("staff-sure")


class Questions:
    """The screen's own scenes in one language. `staff` says whether there is a PIN to leave by."""

    def __init__(self, language: str, *, staff: bool) -> None:
        self._words = translator(language)
        self._staff = staff

    def ending(self, *, saved: bool = False) -> Scene:
        """Return the question whether everything is to be cleared; what is `saved` by then stays so."""
        _ = self._words.gettext
        forgotten = _("Everything that you said here is forgotten at once. Nothing is kept.")
        kept = _("The screen is cleared at once. What you let us save stays saved.")
        return Scene(
            (
                Said("heading", _("End and clear?")),
                Said("text", kept if saved else forgotten),
            ),
            (Wanted(END, _("Yes, clear it now"), "1"), Wanted(STAY, _("No, go on"), "2")),
            first=STAY,
        )

    def idle(self, left: int) -> Scene:
        """Return the warning that the visit ends in `left` seconds."""
        _ = self._words.gettext
        return Scene(
            (
                Said("heading", _("Are you still there?")),
                Said("text", _("Touch the screen or press any key, and you can go on.")),
                Said("code", str(left)),
                Said(
                    "text",
                    self._words.ngettext(
                        "In {count} second the screen is cleared, for your privacy.",
                        "In {count} seconds the screen is cleared, for your privacy.",
                        left,
                    ).format(count=left),
                ),
            ),
            (Wanted(STAY, _("I am still here")),),
            first=STAY,
        )

    def pin(self, typed: int, note: str) -> Scene:
        """Return the box for the PIN of the staff, of which `typed` digits are there."""
        _ = self._words.gettext
        said = [Said("heading", _("Staff: please enter the PIN")), Said("value", "● " * typed or "____")]
        said.append(Said("note", note) if note else Said("text", _("This is not for patients.")))
        return Scene(
            tuple(said),
            tuple(self._pad()),
            "pad",
            back=Wanted(STAY, _("← Back")),
            go=Wanted(ENTER, _("Go on")),
            end=self._end(),
            first=ENTER,
        )

    def near(self, places: Iterable[tuple[Place, str]]) -> Scene:
        """Return the question which place was meant; `places` are those around, each with its name.

        A place on the body may be smaller than a finger; here each is as large as any other target.
        """
        _ = self._words.gettext
        wanted = [Wanted(Act("near", "/".join(place)), name) for place, name in places]
        wanted.append(Wanted(STAY, _("None of these")))
        return Scene(
            (
                Said("heading", _("Which place do you mean?")),
                Said("text", _("These lie around where you touched.")),
            ),
            tuple(one._replace(key=str(number)) for number, one in enumerate(wanted, 1)),
            "list",
            end=self._end(),
            more=_("More ↓"),
            first=wanted[0].act,
        )

    def out_of_bounds(self, step: Step, typed: str) -> str:
        """Return what is wrong with a number that was typed, or with none."""
        _ = self._words.gettext
        return (
            _("{number} does not fit. {bounds}").format(number=typed, bounds=step.hint)
            if typed
            else step.hint
        )

    def wrong_pin(self, found: str, wait: int) -> str:
        """Return why a PIN lets nobody through: `found` is "wrong" or "wait"."""
        _, _n = self._words.gettext, self._words.ngettext
        if found == "wait" or wait > 1:
            return _n(
                "Please try again in {count} second.", "Please try again in {count} seconds.", wait
            ).format(count=wait)
        return _("That was not the right PIN.")

    def sure(self) -> Scene:
        """Return the question to staff that stands where there is no PIN."""
        _ = self._words.gettext
        return Scene(
            (
                Said("heading", _("Only for staff")),
                Said("text", _("Has a member of staff spoken with this person about what they said?")),
            ),
            (
                Wanted(STAY, _("No: back to the notice"), "1"),
                Wanted(STAFF_SURE, _("Yes: go on with the questions"), "2"),
            ),
            end=self._end(),
            first=STAY,
            grave=True,
        )

    def small(self, columns: int, rows: int) -> Scene:
        """Return what stands in a window too small for anything else."""
        _ = self._words.gettext
        text = _("This window has {columns} columns and {rows} rows: too few. Please tell a member of staff.")
        return Scene((Said("text", text.format(columns=columns, rows=rows)),))

    # ----- what they have in common with the steps

    def _pad(self) -> list[Wanted]:
        _ = self._words.gettext
        digits = [Wanted(Act("type", digit), digit) for digit in "1234567890"]
        # Translators: a key that takes back the last digit; six letters at most
        return [*digits, Wanted(ERASE, _("Erase"))]

    def _end(self) -> Wanted:
        _ = self._words.gettext
        # Translators: "Esc" is the name on the key
        return Wanted(ASK_END, _("End and clear (Esc Esc)"))
