"""Puts a moment of the visit into words, in the language of the person: pack, places and interface alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bodymap.common.language import translator
from bodymap.knowledge.anatomy import Place
from bodymap.knowledge.pack import QUALITIES
from bodymap.visit.step import Choice, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.engine import AssessedCause, Assessment
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack, Question
    from bodymap.visit.course import Options
    from bodymap.visit.state import State

PARTS = 6
_PART = {
    "welcome": 0,
    "where": 2,
    "confirm": 2,
    "strength": 2,
    "feel": 2,
    "another": 2,
    "several": 3,
    "results": 5,
    "consent": 6,
    "goodbye": 6,
    "hand-off": 0,
}
_MOST_RESULTS = 3


class Wording:
    """The words of one visit in one language."""

    def __init__(self, pack: Pack, anatomy: Anatomy, options: Options, language: str) -> None:
        self._pack, self._anatomy, self._options = pack, anatomy, options
        self._words = translator(language)

    def step(self, state: State, assessment: Assessment, back: bool, asked: int) -> Step:
        """Return the step of `state` in words; `asked` questions of the engine's choice have been put."""
        kind = state.kind
        made: dict[str, Callable[[], Step]] = {
            "welcome": self._welcome,
            "question": lambda: self._question(state),
            "number": lambda: self._number(state),
            "several": lambda: self._several(state),
            "where": lambda: self._where(state),
            "confirm": lambda: self._confirm(state),
            "strength": lambda: self._strength(state),
            "feel": lambda: self._feel(state),
            "another": lambda: self._another(state),
            "results": lambda: self._results(assessment),
            "consent": lambda: self._consent(assessment),
            "goodbye": lambda: self._goodbye(state),
            "hand-off": lambda: self._hand_off(assessment),
        }
        step = made[kind]()
        part = self._part(state)
        return replace(
            step,
            part=part,
            parts=PARTS,
            share=self._share(part, state, asked),
            back=back and kind not in ("goodbye", "hand-off"),
        )

    def _part(self, state: State) -> int:
        if state.kind in ("question", "number"):
            question = self._pack.questions[state.question]
            if question.group != "safety":
                return 4
            return 3 if state.findings.map_complete else 1
        return _PART[state.kind]

    def _share(self, part: int, state: State, asked: int) -> int:
        """Return how much is done, in percent; within a part by what was asked of what may be."""
        if part == 0:
            return 0
        within = 0.0
        if part == 1:
            first = [question.id for question in self._pack.questions.values() if question.ask_first]
            within = len(set(first) & set(state.asked)) / max(1, len(first))
        elif part == 4:
            within = min(1.0, asked / max(1, self._options.most_questions))
        elif state.kind == "goodbye":
            within = 1.0
        return min(100, round(100 * (part - 1 + within) / PARTS))

    # ----- the steps

    def _welcome(self) -> Step:
        _ = self._words.gettext
        clinic = self._options.clinic
        reader = _("the clinicians of {clinic}").format(clinic=clinic) if clinic else _("your clinician")
        return Step(
            "welcome",
            _("Show where it hurts"),
            _(
                "You point at a drawing of the body and answer a few short questions. It takes about five minutes. "
                "It informs you and makes a record for {reader}. It is not a diagnosis. "
                "Nothing is kept unless you say so at the end, and you can stop at any time."
            ).format(reader=reader),
            choices=(Choice("begin", _("Begin")), *self._other_languages()),
        )

    def _other_languages(self) -> tuple[Choice, ...]:
        from bodymap.common.language import LANGUAGES

        names = dict(LANGUAGES)
        return tuple(
            Choice(code, names[code])
            for code in self._pack.languages
            if code in names and code != self._words.language
        )

    def _question(self, state: State) -> Step:
        _ = self._words.gettext
        question = self._pack.questions[state.question]
        if question.kind == "choice":
            choices = tuple(Choice(id, label) for id, label in question.choices)
        else:
            choices = (Choice("yes", _("Yes")), Choice("no", _("No")))
        return Step(
            "question",
            question.asks,
            self._why(question),
            choices=(*choices, Choice("unsure", _("Not sure"))),
            question=question.id,
            skip=True,
        )

    def _why(self, question: Question) -> str:
        _ = self._words.gettext
        return _("Why we ask: {why}").format(why=question.why) if question.why else ""

    def _number(self, state: State) -> Step:
        _ = self._words.gettext
        question = self._pack.questions[state.question]
        value = state.findings.answers.get(question.id)
        return Step(
            "number",
            question.asks,
            self._why(question),
            choices=(Choice("unsure", _("Not sure")),),
            question=question.id,
            lowest=question.lowest,
            highest=question.highest,
            unit=question.unit,
            value=value if isinstance(value, int) else None,
            skip=True,
        )

    def _several(self, state: State) -> Step:
        _ = self._words.gettext
        return Step(
            "several",
            _("Is any of these true for you?"),
            _("Choose all that are true. They help to see what must not wait."),
            choices=tuple(
                Choice(id, self._pack.questions[id].short, id in state.chosen) for id in state.listed
            ),
            done=_("Only these") if state.chosen else _("None of these"),
            skip=True,
        )

    def _where(self, state: State) -> Step:
        _ = self._words.gettext
        first = not state.findings.marks
        return Step(
            "where",
            _("Where does it hurt?") if first else _("Where else does it hurt?"),
            _("Point at the place. Left and right are your own."),
            choices=(Choice("nothing", _("Nothing hurts") if first else _("Nowhere else")),),
        )

    def _confirm(self, state: State) -> Step:
        _ = self._words.gettext
        assert state.place is not None
        choices = [Choice("yes", _("Yes, there")), Choice("no", _("No, show me again"))]
        if state.place.side != "midline":
            choices.insert(1, Choice("other-side", _("The other side")))
        return Step(
            "confirm",
            _("Is this right?"),
            self._anatomy.words(state.place),
            tuple(choices),
            place=state.place,
        )

    def _strength(self, state: State) -> Step:
        _ = self._words.gettext
        assert state.place is not None
        mark = state.findings.mark_at(*state.place)
        return Step(
            "strength",
            _("How strong is it there?"),
            _("{place}. 0 is no pain, 10 is the worst you can think of.").format(
                place=self._anatomy.named(state.place)
            ),
            place=state.place,
            lowest=0,
            highest=10,
            value=mark.intensity if mark else None,
        )

    def _feel(self, state: State) -> Step:
        _ = self._words.gettext
        assert state.place is not None
        words = self._anatomy.wording.qualities
        return Step(
            "feel",
            _("What does it feel like there?"),
            self._anatomy.named(state.place),
            choices=tuple(Choice(id, words[id], id in state.chosen) for id in QUALITIES),
            place=state.place,
            done=_("That is all") if state.chosen else _("None of these"),
        )

    def _another(self, state: State) -> Step:
        _ = self._words.gettext
        return Step(
            "another",
            _("Does it hurt anywhere else?"),
            _("So far you have shown:"),
            choices=(
                Choice("more", _("Yes, another place")),
                Choice("complete", _("No, that is everything")),
            ),
            rows=tuple(
                f"{mark.intensity:>2}  {self._anatomy.named(Place(*mark.place))}"
                for mark in state.findings.marks
            ),
        )

    def _results(self, assessment: Assessment) -> Step:
        _ = self._words.gettext
        likely = [cause for cause in assessment.causes if cause.band in ("strong", "possible")]
        if not likely:
            heading = _("None of the causes we know fits well")
            text = _("That happens often and is an honest result. Your clinician sees what you said.")
        else:
            heading = _("What fits what you said")
            text = _("This is not a diagnosis: your clinician decides what it means.")
        rows: list[str] = []
        for alarm in assessment.alarms:
            if alarm.alarm.tier != "mention":
                rows += [self._alarm_says(alarm.alarm.id), ""]
        for cause in likely[:_MOST_RESULTS]:
            rows += self._cause_rows(cause)
        if assessment.indistinguishable and likely:
            rows.append(_("Some of these cannot be told apart by what is known."))
        return Step("results", heading, text, choices=(Choice("next", _("Go on")),), rows=tuple(rows))

    def _cause_rows(self, assessed: AssessedCause) -> list[str]:
        _ = self._words.gettext
        cause = self._pack.cause(assessed.cause.id)
        says = {line.id: line.says for line in cause.lines}
        rows = [cause.name, f"  {cause.plain}"]
        if assessed.for_lines:
            strongest = max(assessed.for_lines, key=lambda line: line.points)
            rows.append("  " + _("For it: {why}").format(why=says[strongest.line.id]))
        if assessed.against_lines:
            strongest = min(assessed.against_lines, key=lambda line: line.points)
            rows.append("  " + _("Against it: {why}").format(why=says[strongest.line.id]))
        rows += ["  " + _("What helps, says the article: {helps}").format(helps=cause.article_helps), ""]
        return rows

    def _alarm_says(self, id: str) -> str:
        alarm = next(alarm for alarm in self._pack.alarms if alarm.id == id)
        return f"{alarm.says} {alarm.do}"

    def _consent(self, assessment: Assessment) -> Step:
        _ = self._words.gettext
        rows = [self._alarm_says(raised.alarm.id) for raised in assessment.alarms]
        return Step(
            "consent",
            _("Save it for my clinician?"),
            _(
                "If you say yes, your answers are kept in a file that the clinicians here can read, and you get a "
                "short code to tell them. If you say no, everything is forgotten now."
            ),
            choices=(Choice("save", _("Yes, save it")), Choice("discard", _("No, forget it"))),
            rows=tuple(rows),
        )

    def _goodbye(self, state: State) -> Step:
        _ = self._words.gettext
        phone = self._options.phone
        call = _("You can also call: {phone}").format(phone=phone) if phone else ""
        if state.code:
            return Step(
                "goodbye", _("Your code"), _("Please tell it to your clinician."), rows=(state.code, call)
            )
        return Step("goodbye", _("Thank you"), _("Nothing was kept."), rows=("", call))

    def _hand_off(self, assessment: Assessment) -> Step:
        _ = self._words.gettext
        rows = [
            self._alarm_says(raised.alarm.id)
            for raised in assessment.alarms
            if raised.alarm.tier == "emergency"
        ]
        return Step(
            "hand-off",
            _("Please tell a member of staff now"),
            _("What you said should be looked at by a person at once. This is not a diagnosis."),
            rows=tuple(rows)
            or (_("You showed a place between the legs. A few things must be asked by a person."),),
        )
