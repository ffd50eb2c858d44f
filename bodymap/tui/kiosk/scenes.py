"""What the screen shows around a step of the visit: its words and targets, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.tui.kiosk.questions import BACK, END, ENTER, STAFF, Questions
from bodymap.tui.kiosk.scene import Act, Said, Scene, Wanted
from bodymap.visit.step import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bodymap.visit import Step

SKIP, LARGER = Act("choose", "skip"), Act("larger")
TURN, ZOOM = Act("turn"), Act("zoom")
_LISTS = ("several", "feel")


class Scenes(Questions):
    """The scenes of one visit in one language: its steps, and what the screen itself asks."""

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
