"""What the screen shows around a step of the visit: its words and targets, the ways out, and questions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.tui.kiosk.scene import Act, Said, Scene, Wanted
from bodymap.visit.step import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bodymap.visit import Step

ERASE, ENTER = Act("erase"), Act("enter")
ASK_END, END, STAY = Act("ask-end"), Act("end"), Act("stay")
BACK, SKIP = Act("back"), Act("choose", "skip")
STAFF, STAFF_SURE, LARGER = Act("staff"), Act("staff-sure"), Act("larger")
TURN, ZOOM = Act("turn"), Act("zoom")
_LISTS = ("several", "feel")


class Scenes:
    """The scenes of one visit in one language. `staff` says whether there is a PIN to leave by."""

    def __init__(self, language: str, *, staff: bool) -> None:
        self._words = translator(language)
        self._staff = staff

    # ----- steps of the visit

    def step(self, step: Step, *, typed: str = "", note: str = "", large: bool = False) -> Scene:
        """Return the scene of a step; `typed` is the number under way, `note` what was wrong with the last one."""
        made: dict[str, Callable[[], Scene]] = {
            "welcome": lambda: self._welcome(step, large),
            "number": lambda: self._number(step, typed, note),
            "strength": lambda: self._strength(step, typed),
            "results": lambda: self._results(step),
            "goodbye": lambda: self._goodbye(step),
            "hand-off": lambda: self._hand_off(step),
            "saving": lambda: self._scene(step, _said(step)),
        }
        return made.get(step.kind, lambda: self._choices(step))()

    def map(self, step: Step, place: str, *, view: str, close_up: bool, both: bool) -> Scene:
        """Return the scene of the map; `place` names what is under the cursor, `both` views may be shown at once."""
        _ = self._words.gettext
        turn = _("Front") if view == "back" else _("Back view")
        zoom = _("Whole body") if close_up else _("Closer")
        nothing = step.choices[0]
        foot = [] if both else [Wanted(TURN, turn)]
        foot += [Wanted(ZOOM, zoom), Wanted(Act("choose", nothing.id), nothing.label)]
        numbered = [one._replace(key=str(number)) for number, one in enumerate(foot, 1)]
        return Scene(
            (
                Said("heading", step.heading),
                Said("text", step.text),
                Said("place", _("Enter: {place}").format(place=place)),
            ),
            tuple(numbered),
            "map",
            back=self._back(step),
            end=self._end(),
            progress=self._progress(step),
            share=step.share,
        )

    def _choices(self, step: Step) -> Scene:
        wanted = [
            Wanted(
                Act("choose", choice.id),
                choice.label,
                str(number) if number < 10 else "",
                choice.chosen if step.kind in _LISTS else None,
            )
            for number, choice in enumerate(step.choices, 1)
        ]
        go = None
        if step.done:
            go = Wanted(Act("choose", DONE), step.done, str(len(wanted) + 1) if len(wanted) < 9 else "")
        # Nothing that somebody says or agrees to may look chosen before they chose it.
        first = wanted[0].act if wanted and step.kind in ("confirm", *_LISTS) else None
        return self._scene(
            step,
            _said(step),
            wanted,
            shape="list" if step.kind in _LISTS else "answers",
            go=go,
            first=first,
            figure=step.kind == "confirm",
        )

    def _welcome(self, step: Step, large: bool) -> Scene:
        _ = self._words.gettext
        size = _("Smaller letters") if large else _("Larger letters")
        wanted = [Wanted(Act("choose", choice.id), choice.label) for choice in step.choices]
        wanted.append(Wanted(LARGER, size))
        hint = _(
            "Touch or click what you want, press its number, or go there with the arrow keys and press Enter."
        )
        return self._scene(
            step,
            (*_said(step), Said("hint", hint)),
            [one._replace(key=str(number)) for number, one in enumerate(wanted, 1)],
            aside=Wanted(STAFF, _("Staff")) if self._staff else None,
            first=wanted[0].act,
        )

    def _number(self, step: Step, typed: str, note: str) -> Scene:
        _ = self._words.gettext
        said = [Said("heading", step.heading), Said("why", step.text)]
        said.append(Said("value", f"{typed or '__'} {step.unit}"))
        said.append(Said("note", note) if note else Said("bounds", step.hint))
        others = [Wanted(Act("choose", choice.id), choice.label) for choice in step.choices]
        return self._scene(
            step,
            said,
            [*self._pad(), *others],
            shape="pad",
            go=Wanted(ENTER, _("Go on")),
            first=ENTER,
        )

    def _pad(self) -> list[Wanted]:
        _ = self._words.gettext
        digits = [Wanted(Act("type", digit), digit) for digit in "1234567890"]
        # Translators: a key that takes back the last digit; six letters at most
        return [*digits, Wanted(ERASE, _("Erase"))]

    def _strength(self, step: Step, typed: str) -> Scene:
        first = typed or ("" if step.value is None else str(step.value))
        return self._scene(
            step,
            _said(step),
            [Wanted(Act("number", str(n)), str(n)) for n in range(step.lowest, step.highest + 1)],
            shape="scale",
            first=Act("number", first) if first else None,
        )

    def _results(self, step: Step) -> Scene:
        _ = self._words.gettext
        heading = step.heading
        if step.pages > 1:
            heading = f"{heading} ({_('{part} of {parts}').format(part=step.page, parts=step.pages)})"
        kinds = [row.kind for row in step.rows]
        leads = "kicker" if "cause" in kinds else "heading"
        said = (Said(leads, heading), *_rows(step), Said("text", step.text))
        if not kinds or "alarm" in kinds:
            said = (said[0], said[-1], *said[1:-1])
        go = step.choices[0]
        return self._scene(
            step, said, go=Wanted(Act("choose", go.id), go.label, "1"), first=Act("choose", go.id)
        )

    def _goodbye(self, step: Step) -> Scene:
        _ = self._words.gettext
        code = [row for row in _rows(step) if row.role in ("code", "spelled")]
        others = [row for row in _rows(step) if row not in code]
        said = (Said("heading", step.heading), *code, Said("text", step.text), *others)
        return self._scene(step, said, go=Wanted(END, _("Done: clear the screen"), "1"), first=END)

    def _hand_off(self, step: Step) -> Scene:
        said = (Said("heading", step.heading), *_rows(step), Said("text", step.text))
        return self._scene(step, said, go=Wanted(STAFF, step.done), grave=True)

    # ----- questions of the screen's own

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

    # ----- what they have in common

    def _scene(
        self,
        step: Step,
        said: Iterable[Said],
        wanted: Iterable[Wanted] = (),
        *,
        shape: str = "answers",
        go: Wanted | None = None,
        aside: Wanted | None = None,
        first: Act | None = None,
        figure: bool = False,
        grave: bool = False,
    ) -> Scene:
        _ = self._words.gettext
        if step.skip:
            aside = Wanted(SKIP, _("Skip →"), "" if step.kind == "number" else "0")
        return Scene(
            tuple(one for one in said if one.text),
            tuple(wanted),
            shape,
            back=self._back(step),
            go=go,
            aside=aside,
            end=self._end(),
            more=_("More ↓"),
            progress="" if grave else self._progress(step),
            share=step.share,
            first=first,
            figure=figure,
            grave=grave,
        )

    def _back(self, step: Step) -> Wanted | None:
        _ = self._words.gettext
        return Wanted(BACK, _("← Back")) if step.back else None

    def _end(self) -> Wanted:
        _ = self._words.gettext
        # Translators: "Esc" is the name on the key
        return Wanted(ASK_END, _("End and clear (Esc Esc)"))

    def _progress(self, step: Step) -> str:
        _ = self._words.gettext
        return _("{part} of {parts}").format(part=step.part, parts=step.parts) if step.part else ""


def _said(step: Step) -> tuple[Said, ...]:
    role = {"confirm": "place", "strength": "place", "feel": "place", "question": "why"}.get(
        step.kind, "text"
    )
    return (Said("heading", step.heading), Said(role, step.text), *_rows(step), Said("hint", step.hint))


def _rows(step: Step) -> tuple[Said, ...]:
    return tuple(Said(row.kind, row.text, row.label) for row in step.rows)
