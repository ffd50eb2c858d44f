"""FHIR bundles: valid, honest about what is not known, and never a diagnosis."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from carried import several, sitting
from hypothesis import given, settings
from session_given import SESSION, sessions

from bodymap.common.trouble import Exit, Trouble
from bodymap.desk.rows import SAMPLE
from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.loader import load_pack
from bodymap.report.fhir import session_fhir, sessions_fhir
from bodymap.report.fhir_check import bundle_check
from bodymap.sessions import Session
from bodymap.sessions.record import App

PRESENT, ABSENT = "75325-1", "111551-8"


def bundle(session: Session, *, packed: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(session_fhir(session, load_pack() if packed else None))
    return found


def resources(session: Session, kind: str) -> list[dict[str, Any]]:
    entries = (entry["resource"] for entry in bundle(session)["entry"])
    return [resource for resource in entries if resource["resourceType"] == kind]


def symptoms(session: Session, code: str) -> dict[str, dict[str, Any]]:
    """Return the observations with this LOINC code by what they are of, and where."""
    found = {}
    for one in resources(session, "Observation"):
        if one["code"].get("coding", [{}])[0]["code"] == code:
            site = one.get("bodySite", {}).get("text", "")
            found[f"{one['valueCodeableConcept']['text']} @ {site}".removesuffix(" @ ")] = one
    return found


def components(observation: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (
            part["code"]["coding"][0]["code"],
            part.get("valueInteger", part.get("valueCodeableConcept", {}).get("text")),
        )
        for part in observation.get("component", ())
    ]


def with_findings(findings: Findings) -> Session:
    return replace(SESSION, findings=findings, places=(), words=MappingProxyType({}))


@pytest.mark.parametrize("packed", [True, False])
def test_what_is_sent_is_valid(packed: bool) -> None:
    pytest.importorskip("fhir.resources.R4B")
    check = bundle_check()
    for session in (SESSION, sitting(40, 59), sitting(0, 0), sitting(89, 30, 4, finished=False)):
        check(session_fhir(session, load_pack() if packed else None))


@settings(max_examples=25)
@given(sessions())
def test_whatever_a_session_holds_is_valid(session: Session) -> None:
    pytest.importorskip("fhir.resources.R4B")
    bundle_check()(session_fhir(session))


def test_a_bundle_that_is_not_valid_is_a_fault() -> None:
    pytest.importorskip("fhir.resources.R4B")
    with pytest.raises(Trouble) as raised:
        bundle_check()(session_fhir(SESSION).replace('"completed"', '["completed"]'))
    assert raised.value.exit is Exit.FAULTS_FOUND


def test_marks_are_symptoms_at_a_place_and_absences_are_said() -> None:
    present, absent = symptoms(SESSION, PRESENT), symptoms(SESSION, ABSENT)
    sore = present["Pain @ LEFT buttock, upper part (behind)"]
    assert components(sore) == [
        ("64750-3", "7 of 10"),
        ("72514-3", 7),
        ("56823-8", "ache, tight"),
        ("100752-5", "Sitting"),
    ]
    assert {coding["system"] for coding in sore["bodySite"]["coding"]} == {
        "http://purl.obolibrary.org/obo/uberon.owl",
        "urn:bodymap:region",
    }
    assert set(absent) == {
        "Pain @ low back, over the spine (behind)",
        "Pain @ Every place of the body that is not marked",
    }
    felt = with_findings(Findings((Mark("shin", "left", 0, ("numb",)),)))
    assert components(symptoms(felt, PRESENT)["Sensation without pain @ LEFT shin (front)"]) == [
        ("56823-8", "numb")
    ]


def test_what_was_not_asked_or_not_known_is_not_sent() -> None:
    nothing = with_findings(Findings())
    assert symptoms(nothing, PRESENT) == symptoms(nothing, ABSENT) == {}
    answers = MappingProxyType(
        {"tingling": "unsure", "numbness": "no", "foot-drop": "yes", "sitting-worse": "no"}
    )
    session = with_findings(Findings(answers=answers))
    assert set(symptoms(session, PRESENT)) == {"Foot drop"}
    assert set(symptoms(session, ABSENT)) == {"Numbness in the buttock or leg"}
    items = {item["linkId"]: item for item in _leaves(resources(session, "QuestionnaireResponse")[0]["item"])}
    assert set(items) == {"map.complete", *answers}
    assert items["tingling"]["answer"][0]["valueCoding"]["code"] == "ASKU"


def _leaves(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for item in items for leaf in (_leaves(item["item"]) if "item" in item else [item])]


def test_what_worsens_and_eases_stands_with_the_pain() -> None:
    answers = MappingProxyType(
        {"sitting-worse": "yes", "walking-eases": "yes", "worst-pain": 6, "twisting-worse": "no"}
    )
    pain = symptoms(with_findings(Findings(answers=answers)), PRESENT)["Pain"]
    assert components(pain) == [
        ("64750-3", "6 of 10"),
        ("72514-3", 6),
        ("100752-5", "Sitting"),
        ("100753-3", "Walking about"),
    ]
    painless = with_findings(Findings(answers=MappingProxyType({"worst-pain": 0})))
    assert set(symptoms(painless, ABSENT)) == {"Pain"}
    assert symptoms(painless, PRESENT) == {}


def test_causes_are_what_was_shown_and_never_a_condition() -> None:
    text = session_fhir(sitting(12, 40), load_pack())
    kinds = {entry["resource"]["resourceType"] for entry in json.loads(text)["entry"]}
    assert kinds == {"Patient", "QuestionnaireResponse", "Observation", "Device"}
    assert "snomed" not in text.lower()
    shown = next(one for one in resources(SESSION, "Observation") if "Not a diagnosis" in one["code"]["text"])
    assert [part["code"]["coding"][0]["code"] for part in shown["component"]] == [
        "steroid-fracture",
        "thoracolumbar-joint-dysfunction",
        "discogenic-pain",
    ]


def test_nobody_is_named() -> None:
    (patient,) = resources(SESSION, "Patient")
    assert set(patient) == {"resourceType", "id", "meta", "identifier"}


def test_ids_follow_from_the_session_and_everything_leads_back_to_it() -> None:
    assert session_fhir(SESSION) == session_fhir(SESSION)
    found = bundle(SESSION)
    ids = [entry["resource"]["id"] for entry in found["entry"]]
    assert len(set(ids)) == len(ids)
    assert [entry["fullUrl"] for entry in found["entry"]] == [f"urn:uuid:{id}" for id in ids]
    for entry in found["entry"]:
        tags = {tag["system"]: tag["code"] for tag in entry["resource"]["meta"]["tag"]}
        assert tags["urn:bodymap:session"] == SESSION.id
        assert tags["urn:bodymap:pack-sha256"] == SESSION.pack.sha256
        assert "urn:bodymap:session-sha256" in tags
    referred = set(_references(found))
    assert referred <= {f"urn:uuid:{id}" for id in ids}


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*([value["reference"]] if "reference" in value else []), *_references(list(value.values()))]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []


def test_made_up_and_changed_sessions_are_marked() -> None:
    sample = bundle(replace(SESSION, app=App(SAMPLE, "1")))
    for one in (sample, *(entry["resource"] for entry in sample["entry"])):
        assert [code["code"] for code in one["meta"]["security"]] == ["HTEST"]
    assert "HTEST" not in session_fhir(SESSION)
    changed = bundle(replace(SESSION, integrity="failed"))
    assert {"system": "urn:bodymap:integrity", "code": "failed"} in changed["meta"]["tag"]


def test_many_sessions_are_a_bundle_a_line() -> None:
    lines = list(sessions_fhir(several(7), lambda _: None))
    assert [json.loads(line)["identifier"]["value"][9:] for line in lines] == [one.id for one in several(7)]
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)


def test_unfinished_sessions_say_so() -> None:
    session = sitting(2, 3, finished=False)
    assert resources(session, "QuestionnaireResponse")[0]["status"] == "in-progress"
    assert {one["status"] for one in resources(session, "Observation")} == {"preliminary"}


def test_without_the_library_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(Trouble) as raised:
        bundle_check()
    assert raised.value.exit is Exit.WRONG_USAGE
    assert "pip install fhir.resources" in raised.value.remedy


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1, "2026-11-23T09:30:05+01:00"), (-14, "2026-11-23T09:30:05-14:00"), (20, "2026-11-22T13:30:05+00:00")],
)
def test_an_offset_that_fhir_does_not_know_is_told_in_utc(hours: int, said: str) -> None:
    zone = timezone(timedelta(hours=hours))
    session = replace(SESSION, started=SESSION.started.replace(tzinfo=zone))
    assert {one["effectiveDateTime"] for one in resources(session, "Observation")} == {said}
