"""Puts a moment of the visit into words, in the language of the person: pack, places and interface alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bodymap.common.language import LANGUAGES, translator
from bodymap.knowledge.anatomy import Place
from bodymap.knowledge.pack import QUALITIES
from bodymap.visit.progress import PARTS, part_of, share_of
from bodymap.visit.results import alarm_rows, cause_rows, pages, what_raised
from bodymap.visit.step import Choice, Row, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bodymap.engine import Assessment
    from bodymap.knowledge.anatomy import Anatomy
    from bodymap.knowledge.pack import Pack, Question
    from bodymap.visit.course import Course, Options
    from bodymap.visit.results import Page
    from bodymap.visit.state import State


class Wording:
    """The words of one visit in one language."""

    def __init__(
        self,
        pack: Pack,
        anatomy: Anatomy,
        course: Course,
        options: Options,
        languages: tuple[str, ...],
        language: str,
    ) -> None:
        """`pack` and `anatomy` in that language; `languages` are those that can be chosen. Raises `Trouble` where the
        interface does not speak `language`.
        """
        self._pack, self._anatomy = pack, anatomy
        self._course, self._options, self._languages = course, options, languages
        self._words = translator(language)

    def step(self, state: State, assessment: Assessment, back: bool) -> Step:
        """Return the step of `state` in words; `back`: there is a step to go back to."""
        shown = pages(assessment, self._options.show_causes)
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
            "results": lambda: self._results(shown[state.page], state.page, len(shown), assessment),
            "consent": lambda: self._consent(state),
            "saving": self._saving,
            "goodbye": lambda: self._goodbye(state),
            "hand-off": lambda: self._hand_off(state, self._course.news(state, assessment), assessment),
        }
        part = part_of(state, self._pack, self._course)
        return replace(
            made[state.kind](),
            part=part,
            parts=PARTS,
            share=share_of(state, part, self._course, self._options, len(shown)),
            back=back and state.kind not in ("saving", "goodbye", "hand-off"),
        )

    # ----- the steps

    def _welcome(self) -> Step:
        _ = self._words.gettext
        clinic = self._options.clinic
        reader = _("the clinicians of {clinic}").format(clinic=clinic) if clinic else _("your clinician")
        both = _(
            "You show where it hurts and answer a few short questions. It takes about five minutes. "
            "It informs you and makes a record for {reader}. It is not a diagnosis."
        )
        only_a_record = _(
            "You show where it hurts and answer a few short questions. It takes about five minutes. "
            "It makes a record for {reader}. It is not a diagnosis."
        )
        text = (both if self._options.show_causes else only_a_record).format(reader=reader)
        if self._options.keeps_unfinished:
            kept = _(
                "What you say is kept if you agree at the end, or if you walk away before. "
                "You can stop and clear everything at any time."
            )
        else:
            kept = _("Nothing is kept unless you say so at the end, and you can stop at any time.")
        return Step(
            "welcome",
            _("Show where it hurts"),
            f"{text} {kept}",
            choices=(Choice("begin", _("Begin")), *self._other_languages()),
        )

    def _other_languages(self) -> tuple[Choice, ...]:
        names = dict(LANGUAGES)
        return tuple(Choice(code, names[code]) for code in self._languages if code != self._words.language)

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
        hint = _("A whole number from {lowest} to {highest}").format(
            lowest=question.lowest, highest=question.highest
        )
        return Step(
            "number",
            question.asks,
            self._why(question),
            choices=(Choice("unsure", _("Not sure")),),
            hint=f"{hint} ({question.unit})" if question.unit else hint,
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
            choices=tuple(Choice(id, self._true(id), id in state.chosen) for id in state.listed),
            done=_("Only these") if state.chosen else _("None of these"),
            skip=True,
        )

    def _true(self, id: str) -> str:
        """Return what is true where a question is answered yes: it keeps what the short name leaves out."""
        question = self._pack.questions[id]
        return question.yes or question.short

    def _where(self, state: State) -> Step:
        _ = self._words.gettext
        first = not state.findings.marks
        return Step(
            "where",
            _("Where does it hurt?") if first else _("Where else does it hurt?"),
            _("Show the place. Left and right are your own."),
            choices=(Choice("nothing", _("Nothing hurts") if first else _("Nowhere else")),),
        )

    def _confirm(self, state: State) -> Step:
        _ = self._words.gettext
        assert state.place is not None
        choices = [Choice("yes", _("Yes, there")), Choice("no", _("No, choose again"))]
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
            self._anatomy.named(state.place),
            hint=_("0 is no pain, 10 is the worst you can think of."),
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
                Row(
                    "mark",
                    self._anatomy.named(Place(*mark.place)),
                    _("{number} of 10").format(number=mark.intensity),
                )
                for mark in state.findings.marks
            ),
        )

    def _results(self, page: Page, number: int, of: int, assessment: Assessment) -> Step:
        _ = self._words.gettext
        rows: tuple[Row, ...] = ()
        if page.alarms:
            heading = _("This must not wait")
            text = _("Please read it first, whatever else may fit.")
            rows = alarm_rows([raised.alarm.id for raised in page.alarms], self._pack)
        elif page.cause is not None:
            heading = _("What fits what you said")
            text = _("This is not a diagnosis: your clinician decides what it means.")
            rows = cause_rows(page, assessment, self._pack, self._words)
        else:
            heading = _("None of the causes we know fits well")
            text = _("That happens often and is an honest result. Your clinician sees what you said.")
        return Step("results", heading, text, (Choice("next", _("Go on")),), rows, page=number + 1, pages=of)

    def _consent(self, state: State) -> Step:
        _ = self._words.gettext
        if state.fault:
            return Step(
                "consent",
                _("It could not be saved"),
                _("Your answers are still here. Please tell a member of staff, then try again."),
                choices=(Choice("save", _("Try again")), Choice("discard", _("No, forget it"))),
                rows=(Row("fault", state.fault),),
            )
        return Step(
            "consent",
            _("Save it for my clinician?"),
            _(
                "If you say yes, your answers are kept in a file that the clinicians here can read, and you get a "
                "short code to tell them. If you say no, everything is forgotten now."
            ),
            choices=(Choice("save", _("Yes, save it")), Choice("discard", _("No, forget it"))),
        )

    def _saving(self) -> Step:
        _ = self._words.gettext
        return Step("saving", _("One moment, please"), _("Your answers are being saved."))

    def _goodbye(self, state: State) -> Step:
        _ = self._words.gettext
        phone = self._options.phone
        call = (Row("call", phone, _("You can also call")),) if phone else ()
        if not state.code:
            return Step("goodbye", _("Thank you"), _("Nothing was kept."), rows=call)
        code = (Row("code", state.code), Row("spelled", " ".join(state.code), _("Sign by sign")))
        return Step(
            "goodbye",
            _("Your code"),
            _("Your answers are saved. Please tell this code to your clinician."),
            rows=code + call,
        )

    def _hand_off(self, state: State, news: frozenset[str], assessment: Assessment) -> Step:
        _ = self._words.gettext
        raised = [assessed for assessed in assessment.alarms if assessed.alarm.id in news]
        said = what_raised(raised, state.findings, self._pack, self._anatomy, self._words)
        rows = said + alarm_rows([assessed.alarm.id for assessed in raised], self._pack)
        if not rows and state.place is not None:
            place = self._anatomy.words(state.place)
            rows = (
                Row("alarm", place, _("You showed")),
                Row("do", _("A few things about this place must be asked by a person.")),
            )
        return Step(
            "hand-off",
            _("Tell a member of staff now"),
            _("This is not a diagnosis."),
            rows=rows,
            place=state.place if state.then == "strength" else None,
            done=_("Staff: go on"),
        )
