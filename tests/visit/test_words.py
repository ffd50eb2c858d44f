"""Every step is said in the language of the person, whole, and changing the language changes nothing else."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from guided import BUTTOCK, act, answer, begin, knowledge, mark, reach

from bodymap.common.language import LANGUAGES
from bodymap.common.trouble import Trouble
from bodymap.engine import compile_pack
from bodymap.knowledge.anatomy import Place
from bodymap.sessions import new_id
from bodymap.visit import GuidedVisit, Options, Step
from bodymap.visit.step import KINDS

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SAME = {"No", "no", "K7PM", "K 7 P M", "555"}
"""Words that are the same in both languages."""


def words(step: Step) -> list[str]:
    """Everything that a step says."""
    said = [step.heading, step.text, step.hint, step.unit, step.done]
    said += [choice.label for choice in step.choices]
    for row in step.rows:
        said += [row.text, row.label]
    return [text for text in said if text]


def everything(tiny: bool, languages: tuple[str, ...]) -> dict[str, list[tuple[Step, ...]]]:
    """Walk visits in several languages side by side, by the same choices; return the steps of each kind."""
    found: dict[str, list[tuple[Step, ...]]] = {}
    _, _, anatomy = knowledge(tiny)
    for seed in range(12):
        dices = [random.Random(seed) for _ in languages]
        options = Options(phone="555", most_questions=4)
        visits = [begin(options, language=language, tiny=tiny) for language in languages]
        for visit in visits:
            visit.choose("begin")
        for turn in range(150):
            steps = tuple(visit.step for visit in visits)
            found.setdefault(steps[0].kind, []).append(steps)
            if visits[0].over:
                break
            if steps[0].kind == "saving" and turn % 2:
                for visit in visits:
                    visit.saving_failed("The disk is full.")
                continue
            for visit, dice in zip(visits, dices, strict=True):
                act(visit, dice, anatomy.places)
    return found


def test_all_kinds_of_steps_are_whole() -> None:
    found = everything(False, ("en",))
    assert set(found) >= {*KINDS} - {"welcome", "number"}, "a number is asked for by the tiny pack, see below"
    for steps in found.values():
        for (step,) in steps:
            assert step.heading
            assert all(text == text.strip() and "{" not in text and "  " not in text for text in words(step))


@pytest.mark.parametrize("tiny", [True, False])
def test_in_spanish_nothing_stays_english(tiny: bool) -> None:
    pack, _, _ = knowledge(tiny)
    if "es" not in pack.languages:
        pytest.skip("this pack has no Spanish")
    found = everything(tiny, ("en", "es"))
    assert "number" in found or not tiny
    for kind, steps in found.items():
        for english, spanish in steps:
            assert (english.kind, english.place, english.share) == (
                spanish.kind,
                spanish.place,
                spanish.share,
            )
            assert [choice.id for choice in english.choices] == [choice.id for choice in spanish.choices]
            assert [row.kind for row in english.rows] == [row.kind for row in spanish.rows]
            fault = {row.text for row in english.rows if row.kind == "fault"}
            same = {text for text in set(words(english)) & set(words(spanish)) if not text.isdigit()}
            assert same <= SAME | fault, (kind, same)


def test_the_language_can_be_changed_at_the_welcome() -> None:
    visit = begin(tiny=True)
    assert [(choice.id, choice.label) for choice in visit.step.choices] == [
        ("begin", "Begin"),
        ("es", "Español"),
    ]
    visit.choose("es")
    assert visit.language == "es"
    assert [choice.id for choice in visit.step.choices] == ["begin", "en"]
    assert visit.step.choices[1].label == "English"
    assert not visit.step.back


def test_the_language_can_be_changed_anywhere() -> None:
    visit = begin(tiny=True)
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    english = visit.step
    visit.speak("es")
    assert visit.step.rows[0].text == "nalga IZQUIERDA, parte superior"
    visit.speak("en")
    assert visit.step == english


def test_only_languages_that_all_speak_are_offered() -> None:
    pack, _, anatomy = knowledge(tiny=True)
    engine = compile_pack(pack, anatomy)
    assert GuidedVisit(pack, engine, anatomy).languages == ("en", "es")
    only_english = GuidedVisit(pack, engine, _english(anatomy))
    assert only_english.languages == ("en",)
    assert [choice.id for choice in only_english.step.choices] == ["begin"]


def _english(anatomy):  # type: ignore[no-untyped-def]
    import dataclasses

    return dataclasses.replace(anatomy, languages=("en",))


@pytest.mark.parametrize("language", ["fr", "", "EN", "xx\x1b"])
def test_a_language_that_nobody_speaks_is_refused_and_nothing_changes(language: str) -> None:
    visit = begin(tiny=True)
    visit.speak("es")
    before = visit.step
    with pytest.raises(Trouble):
        visit.speak(language)
    assert (visit.language, visit.step) == ("es", before)


def test_a_session_keeps_the_words_that_the_person_saw() -> None:
    visit = begin(tiny=True, language="es")
    reach(visit, "where")
    mark(visit, BUTTOCK, 7, "ache")
    visit.choose("complete")
    given = iter(["yes", "unsure", "yes", "no", "no", "no"])
    while visit.step.kind != "results":
        if visit.step.question == "age":
            visit.number(85)
        elif visit.step.question == "sex-at-birth":
            visit.choose("male")
        else:
            answer(visit, next(given))
    session = visit.session(new_id(), NOW, NOW)
    pack, _, _ = knowledge(tiny=True)
    spanish = pack.spoken("es")
    assert session.language == "es"
    assert session.places == ("su nalga IZQUIERDA, parte superior, vista por detrás",)
    ends = {"yes": "Sí.", "no": "No.", "unsure": "No lo sé.", "male": "Hombre.", 85: "85 años."}
    assert session.words
    for id, value in session.findings.answers.items():
        assert session.words[id] == f"{spanish.questions[id].asks} {ends[value]}"
    assert session.shown is not None
    assert session.shown.ranking
    assert all(cause.name == spanish.cause(cause.id).name for cause in session.shown.ranking)


def test_the_clinic_is_named_where_it_has_a_name() -> None:
    assert "your clinician" in begin().step.text
    assert "the clinicians of Hill Street" in begin(Options(clinic="Hill Street")).step.text


def test_braces_from_outside_stay_what_they_are() -> None:
    visit = begin(Options(clinic="{x} {0}", phone="{y}"))
    assert "the clinicians of {x} {0}" in visit.step.text


def test_every_place_can_be_said_where_steps_say_places() -> None:
    _, _, anatomy = knowledge()
    for language, _name in LANGUAGES:
        visit = begin(language=language, tiny=True)
        reach(visit, "where")
        for place in anatomy.places:
            visit.point(Place(*place))
            assert visit.step.text == visit.anatomy.words(place)
            visit.choose("no")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_welcome_promises_to_inform_only_where_causes_are_shown(language: str) -> None:
    told, recorded = (begin(Options(show_causes=shown), language).step.text for shown in (True, False))
    informs = {"en": "It informs you", "es": "Le informa"}[language]
    assert informs in told
    assert informs not in recorded
    assert recorded.replace("\n", " ").count(".") == told.count(".")
