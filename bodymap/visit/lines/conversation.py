"""A visit held line by line: what to say, and what a typed line does. Every line is answered; none can break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.common.text import clean
from bodymap.visit.lines.commands import Commands
from bodymap.visit.lines.heard import several
from bodymap.visit.lines.plain import meant, number_in
from bodymap.visit.lines.said import Way, folded, listed, told
from bodymap.visit.lines.walk import Walk
from bodymap.visit.step import DONE

if TYPE_CHECKING:
    from bodymap.visit.step import Step
    from bodymap.visit.visit import GuidedVisit

_LONGEST = 200


class Conversation:
    """The course of one visit as lines: print what `say` returns, hand one typed line to `hear`, until `over`.

    Saving is not done here: where `visit.wants_saving` after a line, save, tell the visit, and go on.
    """

    def __init__(self, visit: GuidedVisit) -> None:
        self._visit = visit
        self._learn()
        self._part = 0
        self._brief = self._leaving = self._left = False
        self._walk: Walk | None = None

    @property
    def over(self) -> bool:
        """Whether there is nothing more to be typed: the visit is over, or the person ended it."""
        return self._left or self._visit.over

    def say(self) -> list[str]:
        """Return the lines that ask for the next answer, an empty one first; those of the goodbye at the end."""
        if self._left:
            return []
        _ = self._words.gettext
        if self._leaving:
            said = _("This forgets all that you said. Type {key} again to end, or press Enter to go on.")
            return ["", *folded(said.format(key=self._commands.way("end").key))]
        step = self._visit.step
        lines = [""]
        if step.part not in (0, self._part):
            lines += folded(_("Part {part} of {parts}").format(part=step.part, parts=step.parts))
        self._part = step.part
        brief, self._brief = self._brief and step.kind != "hand-off", False
        if step.pages > 1:
            lines += folded(_("Page {page} of {pages}").format(page=step.page, pages=step.pages))
        if not self._walking_in(step):
            lines += folded(step.heading) if brief else told(step)
        return lines + self._asked(step)

    def hear(self, typed: str) -> list[str]:
        """Take one line that a person typed; return what there is to say of it, nothing where it was an answer."""
        typed = clean(typed, limit=_LONGEST).strip()
        if self._leaving:
            return self._hear_leaving(typed)
        step = self._visit.step
        command = self._commands.heard(typed, letters_only=step.kind == "where")
        if command == "end" and not self._visit.over:
            self._leaving = True
            return []
        if command == "again":
            return []
        if command == "skip" and step.skip:
            self._visit.choose("skip")
            return []
        if command == "back" and self._can_go_back(step):
            self._go_back()
            return []
        language = self._visit.language
        fault = self._answer(step, typed)
        if language != self._visit.language:
            self._learn()
        self._brief = bool(fault)
        return folded(fault)

    def cut_off(self) -> list[str]:
        """Return what to say where no more lines come: whether anything was kept."""
        if self._visit.over:
            return told(self._visit.step)
        return ["", *folded(self._words.gettext("The visit ends here. Nothing was kept."))]

    # ----- what is said

    def _learn(self) -> None:
        """Take up the language of the visit."""
        self._words = translator(self._visit.language)
        self._commands = Commands(self._words)

    def _asked(self, step: Step) -> list[str]:
        """Return the ways to answer, with what is to be known for them."""
        _ = self._words.gettext
        lines = folded(step.hint)
        ways = self._ways(step)
        if step.kind == "goodbye":
            return []
        if step.kind == "hand-off":
            lines += folded(_("Press Enter when a member of staff says so."))
        elif step.kind == "where":
            menu = self._walking().menu
            lines += folded(menu.heading)
        elif step.kind in ("several", "feel"):
            lines += folded(_("Type the numbers of all that apply, with spaces between, or 0."))
        kept = self._kept(step)
        if kept:
            lines += folded(_("Enter leaves it at: {answer}").format(answer=kept))
        commands = [self._commands.way("skip")] if step.skip else []
        commands += [self._commands.way("back")] if self._can_go_back(step) else []
        commands.append(self._commands.way("end"))
        if step.kind == "welcome":
            commands.append(self._commands.way("again"))
            lines += folded(_("Answer with the number or the first letters, then press Enter."))
        together = [*ways, *commands]
        row = listed(together)
        return lines + (row if len(row) == 1 else [*listed(ways), *listed(commands)])

    def _ways(self, step: Step) -> list[Way]:
        """Return the answers of a step with their keys: numbers, or letters where a number is the answer itself."""
        _ = self._words.gettext
        if step.kind == "where":
            walk = self._walking()
            ways = [Way(str(number), each.label) for number, each in enumerate(walk.menu.options, start=1)]
            return ways if walk.begun else [*ways, Way("0", step.choices[0].label)]
        if step.kind in ("number", "strength"):
            return [Way(choice.label[:1].lower(), choice.label) for choice in step.choices]
        ways = [Way(str(number), choice.label) for number, choice in enumerate(step.choices, start=1)]
        return [*ways, Way("0", _("None of these"))] if step.kind in ("several", "feel") else ways

    def _kept(self, step: Step) -> str:
        """Return what an empty line leaves as it is, "" where there is nothing yet."""
        if step.value is not None:
            return str(step.value)
        return ", ".join(choice.label for choice in step.choices if choice.chosen)

    # ----- what is heard

    def _hear_leaving(self, typed: str) -> list[str]:
        self._leaving = False
        if self._commands.heard(typed) != "end":
            self._brief = True
            return []
        self._left = True
        return folded(self._words.gettext("Nothing was kept."))

    def _answer(self, step: Step, typed: str) -> str:
        """Do what `typed` says at this step; return what to say where it says nothing that fits."""
        if step.kind == "hand-off":
            if not typed:
                self._visit.staff_goes_on()
            return ""
        if step.kind == "where":
            return self._point(step, typed)
        if not typed:
            return self._leave(step)
        if step.kind in ("number", "strength"):
            number = number_in(typed, step.unit)
            if number is not None or not step.choices:
                return self._number(step, number)
        if step.kind in ("several", "feel"):
            return self._several(step, typed)
        return self._choose(step, typed)

    def _leave(self, step: Step) -> str:
        """Take an empty line: it goes on where nothing else could be meant, and leaves what was given before."""
        if step.value is not None:
            self._visit.number(step.value)
        elif any(choice.chosen for choice in step.choices):
            self._visit.choose(DONE)
        elif step.kind == "results":
            self._visit.choose(step.choices[0].id)
        else:
            return self._words.gettext("Please type an answer. ? says the question again.")
        return ""

    def _number(self, step: Step, number: int | None) -> str:
        if number is not None and step.lowest <= number <= step.highest:
            self._visit.number(number)
            return ""
        return self._words.gettext("Please give a whole number from {lowest} to {highest}.").format(
            lowest=step.lowest, highest=step.highest
        )

    def _choose(self, step: Step, typed: str) -> str:
        number = number_in(typed) if step.kind not in ("number", "strength") else None
        if number is not None and 1 <= number <= len(step.choices):
            self._visit.choose(step.choices[number - 1].id)
            return ""
        ids = meant(typed, [(choice.id, choice.label) for choice in step.choices])
        if not ids and step.kind in ("number", "strength"):
            return self._number(step, None)
        if len(ids) != 1:
            return self._unclear(step, typed, ids)
        self._visit.choose(ids[0])
        return ""

    def _several(self, step: Step, typed: str) -> str:
        names = [(choice.id, choice.label) for choice in step.choices]
        wanted, unclear, ids = several(typed, names, self._words.gettext("None of these"))
        if unclear:
            return self._unclear(step, unclear, ids)
        for choice in step.choices:
            if choice.chosen != (choice.id in wanted):
                self._visit.choose(choice.id)
        self._visit.choose(DONE)
        return ""

    def _unclear(self, step: Step, typed: str, ids: list[str]) -> str:
        _ = self._words.gettext
        typed = clean(typed, limit=40)
        if not ids:
            return _("“{typed}” is not one of the answers.").format(typed=typed)
        labels = ", ".join(choice.label for choice in step.choices if choice.id in ids)
        return _("“{typed}” could be: {answers}. Please type more of it.").format(typed=typed, answers=labels)

    # ----- pointing

    def _walking(self) -> Walk:
        if self._walk is None:
            self._walk = Walk(self._visit.anatomy, self._words)
        return self._walk

    def _point(self, step: Step, typed: str) -> str:
        walk, none = self._walking(), step.choices[0]
        if not typed:
            return self._leave(step)
        if not walk.begun and (typed == "0" or (len(typed) > 1 and meant(typed, [(none.id, none.label)]))):
            self._walk = None
            self._visit.choose(none.id)
            return ""
        place = walk.take(typed)
        if isinstance(place, str):
            return place
        self._walk = None
        self._visit.point(place)
        return ""

    def _walking_in(self, step: Step) -> bool:
        """Whether the list in hand is a narrower one: then it says all that is asked."""
        return step.kind == "where" and self._walking().begun

    def _can_go_back(self, step: Step) -> bool:
        return step.back or self._walking_in(step)

    def _go_back(self) -> None:
        if self._walking_in(self._visit.step):
            self._walking().back()
        else:
            self._walk = None
            self._visit.back()
