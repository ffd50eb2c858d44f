"""An assessment and a contrast as JSON and as a page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bodymap.engine import Engine, Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.report.assessment import assessment_json, assessment_text, contrast_json, contrast_text

FOUND = Findings(
    (
        Mark("buttock-upper", "left", 7, ("ache",)),
        Mark("saddle", "midline", 3, ("numb",), ("sitting-worse",)),
    ),
    {"sits-most-of-day": "yes", "bending-forward-worse": "no", "age": 47, "sex-at-birth": "female"},
    True,
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return compile_pack(load_pack(), load_anatomy())


def test_the_json_has_the_keys_of_the_contract_in_its_order(engine: Engine) -> None:
    table = json.loads(assessment_json(engine.assess(FOUND), engine))
    assert list(table) == [
        "schema", "pack", "alarms", "causes", "none_fits", "indistinguishable", "next_questions", "explanations",
    ]  # fmt: skip
    assert list(table["pack"]) == ["id", "version", "sha256"]
    assert len(table["causes"]) == 8
    for cause in table["causes"]:
        assert list(cause) == [
            "id", "name", "rank", "tied_with", "band", "evidence", "score", "score_range", "rank_range", "sides",
            "for", "against", "unknown", "needs_missing", "regions",
        ]  # fmt: skip
        for line in cause["for"] + cause["against"] + cause["unknown"] + cause["needs_missing"]:
            assert list(line) == ["id", "says", "points", "findings", "source"]
            assert line["source"]
        assert all(line["points"] < 0 for line in cause["against"] + cause["needs_missing"])
        assert list(table["explanations"][cause["id"]]) == ["article", "helps", "source"]
        assert "Inertia Health Center" in table["explanations"][cause["id"]]["source"]
    for alarm in table["alarms"]:
        assert list(alarm) == ["id", "tier", "because", "says"]
    assert {"region": "saddle", "side": "midline", "intensity": 3} in table["alarms"][0]["because"]
    assert table["alarms"][0]["tier"] == "emergency"
    for question in table["next_questions"]:
        assert list(question) == ["id", "asks", "gain", "why"]
    gains = [question["gain"] for question in table["next_questions"]]
    assert gains == sorted(gains, reverse=True)


def test_the_json_of_nothing(engine: Engine) -> None:
    text = assessment_json(engine.assess(Findings()), engine)
    table = json.loads(text)
    assert text.endswith("}\n")
    assert table["alarms"] == []
    assert table["none_fits"] is True
    assert table["next_questions"]
    assert all(cause["for"] == cause["against"] == cause["sides"] == [] for cause in table["causes"])
    refs = [ref for cause in table["causes"] for line in cause["unknown"] for ref in line["findings"]]
    assert refs
    assert all(ref.get("value") is None and ref.get("intensity") is None for ref in refs)


def test_the_page_says_the_alarm_first_and_keeps_its_width(engine: Engine) -> None:
    page = assessment_text(engine.assess(FOUND), engine, FOUND)
    lines = page.split("\n")
    assert max(len(line) for line in lines) <= 80
    assert all(line == line.rstrip() for line in lines)
    order = [
        "!! EMERGENCY",
        "WHAT WAS SAID",
        "WHICH CAUSES FIT",
        "Speaks for it:",
        "WHAT TO ASK NEXT",
        "SOURCES",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.index("not a diagnosis") < places[0]
    assert "LEFT buttock, upper part (behind): 7/10, ache" in page
    assert "age: 47 years" in page
    assert "Thoracolumbar joint dysfunction (left)" in page


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark("saddle", "midline", 3, ("ache", "numb", "tingling")), "3/10, numb, tingling"),
        (Mark("saddle", "midline", 0, ("numb",)), "without pain, but numb"),
    ],
)
def test_an_alarm_names_what_is_felt_where_that_raised_it(engine: Engine, mark: Mark, words: str) -> None:
    found = Findings((mark, Mark("calf", "left", 5, ("numb",))))
    page = assessment_text(engine.assess(found), engine, found)
    because = page[page.index("!! Because: ") : page.index("!! Clinician: ")]
    assert f"between the legs (front) {words}" in because.replace("\n!! ", " ")
    assert "ache" not in because
    assert "nothing" not in page[: page.index("WHICH CAUSES FIT")]
    table = json.loads(assessment_json(engine.assess(found), engine))
    assert table["alarms"][0]["because"] == [
        {"region": "saddle", "side": "midline", "intensity": mark.intensity}
    ]


def test_the_page_says_what_a_prior_is_and_counts_only_questions_that_help(engine: Engine) -> None:
    assessment = engine.assess(FOUND)
    page = assessment_text(assessment, engine, FOUND)
    for assessed in assessment.causes:
        if assessed.cause.prior:
            assert f"{assessed.cause.prior:+d} Before any answer: {assessed.cause.prior_says[:20]}" in page
    assert page.count("Before any answer: ") == sum(cause.prior != 0 for cause in engine.pack.causes) > 0
    following = assessment.next_questions
    idle = [replace(question, gain=0) for question in following[7:]]
    changed = replace(assessment, next_questions=(*following[:7], *idle))
    assert "(2 more could still help.)" in assessment_text(changed, engine, FOUND)
    none = replace(assessment, next_questions=(*following[:5], *idle))
    assert "more could still help" not in assessment_text(none, engine, FOUND)


def test_the_page_of_nothing(engine: Engine) -> None:
    page = assessment_text(engine.assess(Findings()), engine)
    assert "No alarm was raised" in page
    assert "None of the causes fits well enough so far." in page
    assert "Cannot be told apart so far:" in page
    assert "WHAT WAS SAID" not in page


def test_text_from_a_pack_is_cleaned(engine: Engine) -> None:
    cause = replace(engine.pack.causes[0], name="Nasty \x1b[31m name \u202e")
    pack = replace(engine.pack, causes=(cause, *engine.pack.causes[1:]))
    nasty = compile_pack(pack, engine.anatomy)
    page = assessment_text(nasty.assess(FOUND), nasty, FOUND)
    assert "\x1b" not in page
    assert "\u202e" not in page
    other = engine.pack.causes[1].id
    assert "\x1b" not in contrast_text(nasty.contrast(FOUND, cause.id, other), nasty)


def test_a_contrast_as_json_and_as_text(engine: Engine) -> None:
    contrast = engine.contrast(FOUND, "discogenic-pain", "thoracolumbar-joint-dysfunction")
    table = json.loads(contrast_json(contrast, engine))
    assert [cause["id"] for cause in table["causes"]] == [
        "discogenic-pain",
        "thoracolumbar-joint-dysfunction",
    ]
    assert table["lower"] == "discogenic-pain"
    assert table["difference"] == table["causes"][0]["score"] - table["causes"][1]["score"]
    assert {line["state"] for line in table["lines"]} <= {"true", "false", "unknown"}
    assert table["changes"]
    after = FOUND
    for change in table["changes"]:
        assert change["from"] != change["to"]
        after = after.with_answer(change["id"], change["to"])
    swapped = engine.assess(after, questions=False)
    assert swapped.cause("discogenic-pain").rank < swapped.cause("thoracolumbar-joint-dysfunction").rank
    text = contrast_text(contrast, engine)
    assert max(len(line) for line in text.split("\n")) <= 80
    assert "The fewest answers that would put “Discogenic pain” first of the two:" in text


def test_the_page_says_how_many_safety_questions_are_open(engine: Engine) -> None:
    safety = [id for id, question in engine.pack.questions.items() if question.group == "safety"]
    assert len(safety) > 5

    def page(found: Findings) -> str:
        text = assessment_text(engine.assess(found), engine, found)
        return text[: text.index("WHAT WAS SAID")]

    count = len(safety)
    assert f"{count} of {count} safety questions have no clear answer yet." in page(FOUND)
    answered = FOUND.with_answer(safety[0], "no").with_answer(safety[1], "unsure")
    assert f"{count - 1} of {count} safety questions have no clear answer yet." in page(answered)
    for id in safety:
        answered = answered.with_answer(id, "no")
    assert f"All {count} safety questions have an answer." in page(answered)


def test_causes_that_fit_carry_the_second_voice_apart_from_the_article(engine: Engine) -> None:
    assessment = engine.assess(FOUND)
    page = " ".join(assessment_text(assessment, engine, FOUND).split())
    fitting = [found.cause for found in assessment.causes if found.band in ("strong", "possible")]
    assert 0 < len(fitting) < len(assessment.causes)
    for found in assessment.causes:
        cause = found.cause
        for title, text in (
            ("What studies say", cause.literature_says),
            (f"Evidence {cause.evidence.replace('-', ' ')}", cause.evidence_says),
            ("Clinician", cause.clinician),
            ("What the clinic does next", cause.clinic_next),
        ):
            assert text
            assert (f"{title}: {' '.join(text.split())}" in page) is (cause in fitting)
        if cause in fitting:
            assert page.index(cause.article_helps) < page.index(cause.literature_says)


def test_a_prior_is_not_listed_under_what_is_not_known(engine: Engine) -> None:
    page = assessment_text(engine.assess(FOUND), engine, FOUND)
    for part in page.split("\nNot known yet:")[1:]:
        assert "Before any answer:" not in part.split("\n\n")[0]


def test_the_page_carries_what_the_article_says_in_general(engine: Engine) -> None:
    page = " ".join(assessment_text(engine.assess(FOUND), engine, FOUND).split())
    general = page[page.index("FROM THE ARTICLE") : page.index("FROM STUDIES")]
    ids = ("may-start-in-the-back", "prevalence", "what-sciatica-is", "common-causes", "call-the-clinic")
    for id in ids:
        assert engine.pack.facts[id] in general
    number = page[page.index("SOURCES") :].split("article: Inertia")[0].split("[")[-1].split("]")[0]
    assert general.count(f"[{number}]") == len(ids)
    studies = page[page.index("FROM STUDIES") : page.index("SOURCES")]
    for id in ("not-proven", "red-flags-are-common", "location-adds-little"):
        assert engine.pack.facts[id] in studies
    bare = compile_pack(replace(engine.pack, facts={}), engine.anatomy)
    assert "FROM THE ARTICLE" not in assessment_text(bare.assess(FOUND), bare, FOUND)
