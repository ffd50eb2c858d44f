"""A session kept in Spanish: its words are held against Spanish words, and read in the reader's language."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tiny_pack
import tiny_spanish

from bodymap.engine import Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.report.session import session_json, session_text
from bodymap.sessions.compose import compose
from bodymap.sessions.ids import new_id
from bodymap.sessions.record import Session
from bodymap.sessions.truth import impossible

DIFFER = "The words kept for this place differ"


@pytest.fixture(scope="module")
def session() -> Session:
    pack, anatomy = load_pack(), load_anatomy()
    findings = Findings(
        (Mark("buttock-upper", "left", 7), Mark("sacrum", "midline", 3)), {"sitting-worse": "yes"}, True
    )
    now = datetime(2025, 3, 1, 12, tzinfo=UTC)
    return compose(
        pack,
        anatomy.spoken("es"),
        findings,
        compile_pack(pack, anatomy).assess(findings),
        id=new_id(),
        started=now,
        finished=now,
        language="es",
    )


def with_words(session: Session, words: str) -> Session:
    return dataclasses.replace(session, places=(words, *session.places[1:]))


def test_spanish_words_are_taken_for_what_they_are(session: Session) -> None:
    assert session.places[0] == "su nalga IZQUIERDA, parte superior, vista por detrás"
    assert not list(impossible(session, load_anatomy(), None))
    page = session_text(session)
    assert DIFFER not in page
    assert "LEFT buttock, upper part" in page
    (mark, _) = json.loads(session_json(session))["findings"]["marks"]
    assert mark["place"] == session.places[0]
    assert "place_differs" not in mark


def test_spanish_words_for_the_other_side_are_found(session: Session) -> None:
    changed = with_words(session, session.places[0].replace("IZQUIERDA", "DERECHA"))
    assert DIFFER in session_text(changed)
    ((what, _),) = impossible(changed, load_anatomy(), None)
    assert what.endswith("name another side than “left”.")
    assert json.loads(session_json(changed))["findings"]["marks"][0]["place_differs"] is True


def test_words_of_a_language_nobody_knows_are_held_against_the_programs_own(session: Session) -> None:
    unknown = dataclasses.replace(session, language="fr")
    assert DIFFER in session_text(unknown)
    assert list(impossible(with_words(unknown, "your RIGHT buttock"), load_anatomy(), None))


def test_everything_a_session_keeps_in_words_is_in_its_language(tmp_path: Path) -> None:
    """The engine speaks the language of the pack's file; the person read another one."""
    pack, anatomy = load_pack(tiny_pack.write(tmp_path, tiny_spanish.files())), load_anatomy()
    spanish, now = pack.spoken("es"), datetime(2025, 3, 1, 12, tzinfo=UTC)
    answers = {"walking-worse": "yes", "sitting-worse": "unsure", "age": 85, "sex-at-birth": "male"}
    findings = Findings((), answers, True)
    kept = compose(
        spanish,
        anatomy.spoken("es"),
        findings,
        compile_pack(pack, anatomy).assess(findings),
        id=new_id(),
        started=now,
        finished=now,
    )
    assert kept.language == "es"
    assert kept.words == {
        "walking-worse": "¿Le duele más al andar? Sí.",
        "sitting-worse": "¿Le duele más al sentarse? No lo sé.",
        "age": "¿Qué edad tiene? 85 años.",
        "sex-at-birth": "¿Cuál fue su sexo al nacer? Hombre.",
    }
    assert kept.shown is not None
    assert [(alarm.says, alarm.do) for alarm in kept.shown.alarms] == [
        ("Tiene más de 80 años y le duele al andar.", "Dígalo hoy al equipo.")
    ]
    assert {cause.name for cause in kept.shown.ranking} == {cause.name for cause in spanish.causes}
