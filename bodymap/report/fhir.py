"""A session as a FHIR R4 Bundle, after the HL7 Symptoms guide 1.0.0: what is felt, what is not, and every answer.

What was not asked is not sent. Ranked causes are sent as what the program showed, never as a Condition: nobody has
diagnosed anything. Ids follow from the session's id, so that the same session gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bodymap.common.wording import BAND_WORDS, TIER_WORDS
from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Anatomy, load_anatomy
from bodymap.knowledge.pack import Pack
from bodymap.report.exchange import Exchange, load_exchange
from bodymap.report.fhir_answers import response_items
from bodymap.report.fhir_parts import Maker, Resource, concept, own_coding, text_of
from bodymap.report.said import said_marks
from bodymap.report.session import PackOf
from bodymap.sessions.record import Session

_SYMPTOM, _ABSENT = ("75325-1", "Symptom"), ("111551-8", "Symptom absent")
_QUALITY, _SEVERITY = ("56823-8", "Problem quality or description"), ("64750-3", "Severity of symptoms")
_WORSE, _EASED = (
    ("100752-5", "Exacerbating factors - Reported"),
    ("100753-3", "Alleviating factors - Reported"),
)
_RATING = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
_LOINC = "http://loinc.org"
_UBERON = "http://purl.obolibrary.org/obo/uberon.owl"
_GUIDE = "http://hl7.org/fhir/uv/symptoms"
_SURVEY = "http://terminology.hl7.org/CodeSystem/observation-category"


def session_fhir(session: Session, pack: Pack | None = None) -> str:
    """Return the Bundle of one session as JSON, two spaces deep; `pack` names the questions where it is at hand."""
    bundle = bundle_of(session, pack, load_anatomy(), load_exchange())
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def sessions_fhir(sessions: Iterable[Session], pack_of: PackOf) -> Iterator[str]:
    """Yield one Bundle a session, each on a line of its own (newline-delimited JSON)."""
    anatomy, exchange = load_anatomy(), load_exchange()
    for session in sessions:
        bundle = bundle_of(session, pack_of(session), anatomy, exchange)
        yield json.dumps(bundle, ensure_ascii=False, separators=(",", ":")) + "\n"


def bundle_of(session: Session, pack: Pack | None, anatomy: Anatomy, exchange: Exchange) -> Resource:
    """Return the Bundle as plain values: a nameless Patient, the answers, the symptoms, and what was shown."""
    make = Maker(session)
    patient = make.resource("Patient", "patient", identifier=[make.identifier("patient")])
    answers = make.resource(
        "QuestionnaireResponse",
        "answers",
        identifier=make.identifier("answers"),
        questionnaire=f"urn:bodymap:pack:{session.pack.id}|{text_of(session.pack.version)}",
        status="completed" if session.state == "finished" else "in-progress",
        subject=make.reference("patient"),
        authored=make.authored,
        source=make.reference("patient"),
        item=response_items(session, pack),
    )
    observations = [*_marks(make, session, anatomy, exchange), *_symptoms(make, session, exchange)]
    shown = _shown(make, session)
    return make.bundle([patient, answers, *observations, *shown])


def _observation(make: Maker, name: str, code: tuple[str, str], value: str, **more: Any) -> Resource:
    profile = "SymptomObservation" if code == _SYMPTOM else "SymptomAbsentObservation"
    return make.resource(
        "Observation",
        name,
        profile=f"{_GUIDE}/StructureDefinition/{profile}",
        identifier=[make.identifier(name)],
        status="final" if make.session.state == "finished" else "preliminary",
        category=[
            {
                "coding": [
                    {
                        "system": f"{_GUIDE}/CodeSystem/SymptomTemporary",
                        "code": "symptom",
                        "display": "Symptom",
                    }
                ]
            }
        ],
        code=_loinc(code),
        subject=make.reference("patient"),
        effectiveDateTime=make.started,
        performer=[make.reference("patient")],
        valueCodeableConcept=concept(value),
        derivedFrom=[make.reference("answers")],
        **more,
    )


def _marks(make: Maker, session: Session, anatomy: Anatomy, exchange: Exchange) -> Iterator[Resource]:
    for said in said_marks(session, None, anatomy):
        mark = said.mark
        site = _site(mark, said.place, anatomy)
        name = f"mark/{mark.region}/{mark.side}"
        if not mark.strength:
            yield _observation(make, name, _ABSENT, "Pain", bodySite=site)
            continue
        parts = _rated(mark.intensity) if mark.intensity else []
        if mark.qualities:
            parts.append(
                {"code": _loinc(_QUALITY), "valueCodeableConcept": concept(", ".join(mark.qualities))}
            )
        parts += [_factor(_WORSE, exchange.exacerbating.get(id, id)) for id in mark.worse_with]
        value = "Pain" if mark.intensity else "Sensation without pain"
        yield _observation(make, name, _SYMPTOM, value, bodySite=site, component=parts)
    if session.findings.map_complete:
        # The person said that everything that hurts is marked: that much is known of all other places.
        site = concept("Every place of the body that is not marked")
        yield _observation(make, "map-complete", _ABSENT, "Pain", bodySite=site)


def _site(mark: Mark, words: str, anatomy: Anatomy) -> Resource:
    """Return a place in words, with the open code of its structure; the side stands in the words alone."""
    region = anatomy.regions.get(mark.region)
    known = region is not None and mark.side in region.sides
    codings = [own_coding("region", f"{mark.region}.{mark.side}")]
    if region is not None and region.uberon:
        codings.insert(0, {"system": _UBERON, "code": region.uberon})
    brief = (
        anatomy.brief(next(place for place in region.places if place.side == mark.side))
        if region and known
        else words
    )
    return concept(brief, codings)


def _symptoms(make: Maker, session: Session, exchange: Exchange) -> Iterator[Resource]:
    answers = session.findings.answers
    for id, text in exchange.symptoms.items():
        if answers.get(id) in ("yes", "no"):
            code = _SYMPTOM if answers[id] == "yes" else _ABSENT
            yield _observation(make, f"answer/{id}", code, text)
    rating = answers.get(exchange.rating)
    parts = _rated(rating) if isinstance(rating, int) and 0 <= rating <= 10 else []
    for code, factors in ((_WORSE, exchange.exacerbating), (_EASED, exchange.alleviating)):
        parts += [_factor(code, text) for id, text in factors.items() if answers.get(id) == "yes"]
    if rating == 0 and not any(answers.get(id) == "yes" for id in exchange.exacerbating):
        yield _observation(make, "pain", _ABSENT, "Pain")
    elif parts:
        yield _observation(make, "pain", _SYMPTOM, "Pain", component=parts)


def _rated(rating: int) -> list[Resource]:
    """Return a strength from 0 to 10, as the guide's severity with its scale, and as the number itself."""
    scale = {
        "url": f"{_GUIDE}/StructureDefinition/AssessmentScaleInformation",
        "valueCodeableConcept": _loinc(_RATING),
    }
    severity = {
        "extension": [scale],
        "code": _loinc(_SEVERITY),
        "valueCodeableConcept": concept(f"{rating} of 10"),
    }
    return [severity, {"code": _loinc(_RATING), "valueInteger": rating}]


def _factor(code: tuple[str, str], text: str) -> Resource:
    return {"code": _loinc(code), "valueCodeableConcept": concept(text)}


def _loinc(code: tuple[str, str]) -> Resource:
    return concept(code[1], [{"system": _LOINC, "code": code[0], "display": code[1]}])


def _shown(make: Maker, session: Session) -> list[Resource]:
    """Return what the program showed, alarms first, as one survey note; nothing where nothing was shown."""
    shown = session.shown
    if shown is None:
        return []
    parts: list[Resource] = []
    for alarm in shown.alarms:
        code = concept(f"Alarm: {alarm.id}", [own_coding("alarm", alarm.id)])
        parts.append(
            {"code": code, "valueString": text_of(f"{TIER_WORDS[alarm.tier]}: {alarm.says} {alarm.do}")}
        )
    for cause in shown.ranking:
        code = concept(cause.name, [own_coding("cause", cause.id)])
        (low, high), (best, worst) = cause.score_range, cause.rank_range
        ranks = f"rank {cause.rank} ({best} to {worst})"
        words = f"{BAND_WORDS[cause.band]}; {ranks}, {cause.score} points ({low} to {high})"
        parts.append({"code": code, "valueString": words})
    device = make.resource(
        "Device",
        "program",
        identifier=[make.identifier("program")],
        deviceName=[{"name": text_of(session.app.name), "type": "other"}],
        version=[{"value": text_of(session.app.version)}],
    )
    summary = "None of the causes fitted well enough." if shown.none_fits else "Causes that fit, best first."
    note = make.resource(
        "Observation",
        "shown",
        identifier=[make.identifier("shown")],
        status="final" if session.state == "finished" else "preliminary",
        category=[{"coding": [{"system": _SURVEY, "code": "survey", "display": "Survey"}]}],
        code=concept(
            "What the program showed: alarms, and causes that fit. Not a diagnosis.",
            [own_coding("note", "shown")],
        ),
        subject=make.reference("patient"),
        effectiveDateTime=make.started,
        valueString=summary,
        device=make.reference("program"),
        derivedFrom=[make.reference("answers")],
        component=parts,
    )
    return [device, note]
