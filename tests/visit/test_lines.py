"""The visit as lines: every way to answer, every line answered, nothing drawn."""

from __future__ import annotations

import random

import pytest
from guided import BUTTOCK, knowledge, reach
from hypothesis import example, given
from hypothesis import strategies as st
from typing_person import converse, line_for, type_in

from bodymap.common.text import in_ascii, is_clean
from bodymap.knowledge.anatomy import Place
from bodymap.visit.lines import Conversation
from bodymap.visit.lines.plain import meant, number_in, plain
from bodymap.visit.lines.said import WIDTH

FIRST = "bladder-bowel-change"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1", "yes"), ("y", "yes"), ("Y", "yes"), ("yes", "yes"), ("  Yes!  ", "yes"), ("ye", "yes"),
        ("2", "no"), ("n", "no"), ("no", "no"), ("3", "unsure"), ("not", "unsure"), ("not sure", "unsure"),
        ("unsure", "unsure"), ("u", "unsure"),
    ],
)  # fmt: skip
def test_ways_to_answer(typed: str, answer: str) -> None:
    visit, talk = converse()
    type_in(talk, "1", typed)
    assert visit.findings.answers[FIRST] == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1", "yes"),
        ("s", "yes"),
        ("sí", "yes"),
        ("Si", "yes"),
        ("SÍ.", "yes"),
        ("n", "no"),
        ("no lo sé", "unsure"),
    ],
)
def test_ways_to_answer_in_spanish(typed: str, answer: str) -> None:
    visit, talk = converse(language="es")
    type_in(talk, "empezar", typed)
    assert visit.findings.answers[FIRST] == answer


def test_passing_over_and_going_back() -> None:
    visit, talk = converse()
    type_in(talk, "1", "s")
    assert FIRST not in visit.findings.answers
    type_in(talk, "b")
    assert visit.step.question == FIRST
    type_in(talk, "skip", "back", "no")
    assert visit.findings.answers == {FIRST: "no"}
    spanish, talk = converse(language="es")
    type_in(talk, "1", "o", "v", "omitir", "volver", "no")
    assert spanish.findings.answers == {FIRST: "no"}


def test_the_language_is_chosen_with_one_line() -> None:
    visit, talk = converse()
    said = type_in(talk, "2")
    assert visit.language == "es"
    assert said[0] == "Muéstrenos dónde le duele"
    assert said[-1] == "1 Empezar   2 English   f fin y borrarlo todo   ? repetir"


@pytest.mark.parametrize("typed", ["", "maybe", "4", "0", "-1", "99999999999999999999", "\x1b[A", "€", "?!"])
def test_what_is_no_answer_is_said_in_one_sentence_and_asked_again(typed: str) -> None:
    visit, talk = converse()
    question = type_in(talk, "1")
    before = visit.state
    complaint = talk.hear(typed)
    again = [line for line in talk.say() if line]
    assert visit.state == before
    assert len(complaint) == 1
    assert complaint[0].endswith(".")
    assert again[-1] == question[-1]
    assert again[0] in question
    assert not any(line.startswith("Why we ask") for line in again), "shorter than at first"
    assert any(line.startswith("Why we ask") for line in type_in(talk, "?")), "all of it"


def test_a_word_that_could_be_two_things_is_asked_about() -> None:
    visit, talk = converse()
    reach(visit, "where")
    type_in(talk, "buttock-upper left", "yes", "7")
    assert visit.step.kind == "feel"
    assert talk.hear("sh") == ["“sh” could be: sharp, shooting. Please type more of it."]
    assert not any(choice.chosen for choice in visit.step.choices), "nothing of the line counts"


@pytest.mark.parametrize(
    ("typed", "felt"),
    [
        ("1", ["ache"]), ("1 3", ["ache", "burning"]), ("3,1", ["ache", "burning"]),
        ("ache, burning", ["ache", "burning"]), ("sharp 5 ti", None),
        ("sharp tin", ["sharp", "tingling"]), ("0", []), ("none", []), ("None of these", []),
        ("no", []), ("none 1", None), ("9", None), ("1 9", None), (",", None), ("1;;8 ", ["ache", "weak"]),
    ],
)  # fmt: skip
def test_lists(typed: str, felt: list[str] | None) -> None:
    visit, talk = converse()
    reach(visit, "where")
    type_in(talk, "buttock-upper left", "yes", "7", typed)
    if felt is None:
        assert visit.step.kind == "feel"
    else:
        assert list(visit.findings.marks[0].qualities) == felt


def test_a_list_takes_words_with_spaces() -> None:
    visit, talk = converse()
    reach(visit, "several")
    type_in(talk, "a leg that is getting weaker, 4")
    assert visit.findings.answers["leg-weakness-worsening"] == "yes"
    assert visit.findings.answers["minor-trauma"] == "yes"
    assert visit.findings.answers["known-aneurysm"] == "no"


def test_an_empty_line_never_answers_a_list() -> None:
    visit, talk = converse()
    reach(visit, "several")
    before = visit.state
    type_in(talk, "", " ", "\t")
    assert visit.state == before


@pytest.mark.parametrize(
    ("typed", "value"),
    [("47", 47), ("47 years", 47), ("n", "unsure"), ("Not sure", "unsure"), ("u", "unsure")],
)
def test_numbers(typed: str, value: int | str) -> None:
    visit, talk = converse(tiny=True)
    reach(visit, "number")
    said = type_in(talk, "?")
    assert said[-2:] == [
        "A whole number from 0 to 120 (years)",
        "n Not sure   s skip   b back   q end and forget",
    ]
    for wrong in ("121", "-3", "7.5", "47 weeks", "forty", "٤٧"):
        assert talk.hear(wrong) == ["Please give a whole number from 0 to 120."]
    type_in(talk, typed)
    assert visit.findings.answers["age"] == value


def test_what_was_given_before_stays_with_enter() -> None:
    visit, talk = converse()
    reach(visit, "where")
    type_in(talk, "buttock-upper left", "yes", "7", "1 7", "more", "buttock-upper left", "yes")
    assert "Enter leaves it at: 7" in talk.say()
    said = type_in(talk, "")
    assert "Enter leaves it at: ache, tight" in said
    type_in(talk, "")
    (found,) = visit.findings.marks
    assert (found.intensity, found.qualities) == (7, ("ache", "tight"))
    type_in(talk, "more", "buttock-upper left", "yes", "4", "2 7")
    (found,) = visit.findings.marks
    assert (found.intensity, found.qualities) == (4, ("sharp", "tight")), (
        "what is typed takes the place of it"
    )


def test_ending_forgets_only_when_it_is_meant() -> None:
    visit, talk = converse()
    type_in(talk, "1")
    (asked,) = [line for line in type_in(talk, "q") if "Type q again" in line]
    assert asked
    type_in(talk, "")
    assert not talk.over
    assert visit.step.question == FIRST
    assert FIRST not in visit.findings.answers
    type_in(talk, "q", "n")
    assert FIRST not in visit.findings.answers, "what is typed there answers no question"
    assert type_in(talk, "end", "q") [-1] == "Nothing was kept."  # fmt: skip
    assert talk.over
    assert talk.say() == []


def test_a_hand_off_waits_for_an_empty_line() -> None:
    visit, talk = converse()
    said = type_in(talk, "1", "yes")
    assert said[-3] == "days." or "Tell a member of staff now." in " ".join(said)
    assert "Press Enter when a member of staff says so." in said
    for typed in ("1", "go on", "b", "s", "?"):
        again = type_in(talk, typed)
        assert visit.step.kind == "hand-off"
        assert "Tell a member of staff now" in again, "it is said whole each time"
    type_in(talk, "")
    assert visit.step.kind == "question"


def test_results_go_on_with_enter() -> None:
    visit, talk = converse()
    reach(visit, "results")
    type_in(talk, "")
    assert visit.step.kind == "consent"
    before = visit.state
    type_in(talk, "")
    assert visit.state == before, "but nothing is saved or forgotten by it"


def test_a_failed_save_says_so_and_can_be_tried_again() -> None:
    visit, talk = converse()
    reach(visit, "consent")
    talk.hear("1")
    assert visit.wants_saving
    visit.saving_failed("The disk is full.")
    said = [line for line in talk.say() if line]
    assert said[1:3] == [
        "It could not be saved",
        "Your answers are still here. Please tell a member of staff, then try again.",
    ]
    assert "The disk is full." in said
    talk.hear("try")
    assert visit.wants_saving
    visit.saved_as("K7PM")
    said = [line for line in talk.say() if line]
    assert talk.over
    assert said == [
        "Your code",
        "Your answers are saved. Please tell this code to your clinician.",
        "K7PM",
        "Sign by sign: K 7 P M",
    ]


@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(["1", "2", "", "b", "q", "s", "?", "left buttock", "7"]),
        max_size=40,
    )
)
@example(["1", *["2"] * 8, "()", "buttock ", "[", "\\"])
def test_no_line_breaks_it(typed: list[str]) -> None:
    visit, talk = converse()
    for line in typed:
        for said in (*talk.hear(line), *talk.say()):
            assert len(said) <= WIDTH
            assert is_clean(said)
            assert in_ascii(said).isascii()
        if talk.over:
            break
        if visit.wants_saving:
            visit.saved_as("K7PM")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("seed", range(8))
def test_whole_visits_are_short_plain_lines(seed: int, language: str) -> None:
    dice = random.Random(seed)
    visit, talk = converse(language=language)
    for _ in range(300):
        if talk.over:
            break
        talk.hear(line_for(visit, visit.step, dice, visit.anatomy.places))
        if visit.wants_saving:
            visit.saved_as("K7PM")
        said = talk.say()
        assert said[0] == ""
        assert all(len(line) <= WIDTH and line.isprintable() and line == line.strip() for line in said)
        assert not any("{" in line or "│" in line or "\u2500" in line for line in said)
    assert talk.over


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_command_stands_in_the_way_of_an_answer(language: str) -> None:
    """The first letter of every answer that one chooses from is free, save where a number is what one types."""
    found = set()
    for seed in range(6):
        dice = random.Random(seed)
        visit, talk = converse(language=language)
        while not talk.over:
            step = visit.step
            if step.kind in ("welcome", "question", "confirm", "another", "results", "consent", "number"):
                offered = {"end", *(["skip"] if step.skip else []), *(["back"] if step.back else [])}
                letters = {talk._commands.way(id).key for id in offered}
                for choice in step.choices:
                    assert plain(choice.label)[0] not in letters, (step.kind, choice.label)
                found.add(step.kind)
            talk.hear(line_for(visit, step, dice, visit.anatomy.places))
            if visit.wants_saving:
                visit.saving_failed(
                    "x"
                ) if seed % 2 and not visit.state.fault and dice.random() < 0.7 else visit.saved_as("K7PM")
            talk.say()
    assert len(found) >= 6


def test_plain_words() -> None:
    assert plain("Sí, ahí!") == "si ahi"
    assert plain("  ¿Qué?—No_sé ") == "que no se"
    assert number_in(" 7 ") == 7
    assert number_in("7 of 10", "of 10") == 7
    assert number_in("7 or 8") is None
    assert number_in("1" * 30) is None
    assert meant("n", [("no", "No"), ("unsure", "Not sure")]) == ["no"]
    assert meant("next", [("next", "Go on"), ("page", "Next page")]) == ["next"], "ids are what scripts send"
    assert meant("a", [("x", "Apple"), ("y", "Ant")]) == ["x", "y"]
    assert meant("", [("x", "Apple")]) == []


def test_a_conversation_can_begin_anywhere() -> None:
    visit, _ = converse()
    reach(visit, "where")
    visit.point(BUTTOCK)
    talk = Conversation(visit)
    assert "your LEFT buttock, upper part, seen from behind" in talk.say()


def test_the_end_of_the_lines_is_said() -> None:
    visit, talk = converse()
    type_in(talk, "1")
    assert talk.cut_off() == ["", "The visit ends here. Nothing was kept."]
    reach(visit, "consent")
    visit.choose("save")
    visit.saved_as("K7PM")
    assert "K7PM" in talk.cut_off()


def test_places_beyond_the_anatomy_cannot_be_typed() -> None:
    _, _, anatomy = knowledge()
    visit, talk = converse()
    reach(visit, "where")
    for typed in ("nose bridge", "xyzzy", "left", "my", "()", "buttock\x00upper"):
        type_in(talk, typed)
        assert visit.step.kind in ("where", "confirm")
        if visit.step.kind == "confirm":
            assert Place(*visit.step.place) in anatomy.places  # type: ignore[misc]
            type_in(talk, "no")
