"""The answers of a session as the items of a FHIR QuestionnaireResponse."""

from __future__ import annotations

from bodymap.engine.findings import AnswerValue
from bodymap.knowledge.pack import Pack, Question
from bodymap.report.fhir_parts import Resource, own_coding, text_of
from bodymap.sessions.record import Session

_YES_NO = "http://terminology.hl7.org/CodeSystem/v2-0532"
_SAID = {"yes": ("Y", "Yes"), "no": ("N", "No"), "unsure": ("ASKU", "asked but unknown")}
_LARGEST = 2**31 - 1  # of an integer of FHIR


def response_items(session: Session, pack: Pack | None) -> list[Resource]:
    """Return whether the map is complete and every answer, under the headings of `pack` where it is at hand.

    An item's `linkId` is the question's id. Without the pack its text is what was read back to the person.
    """
    complete = session.findings.map_complete
    items: list[Resource] = [
        {
            "linkId": "map.complete",
            "text": "Everything that hurts is marked on the map.",
            "answer": [{"valueBoolean": complete}],
        }
    ]
    answers = dict(session.findings.answers)
    for group in pack.groups if pack is not None else ():
        inside = [
            _item(session, question.id, answers.pop(question.id), question)
            for question in (pack.questions.values() if pack is not None else ())
            if question.group == group.id and question.id in answers
        ]
        if inside:
            items.append({"linkId": f"group.{group.id}", "text": text_of(group.title), "item": inside})
    return items + [_item(session, id, value, None) for id, value in answers.items()]


def _item(session: Session, id: str, value: AnswerValue, question: Question | None) -> Resource:
    words = question.asks if question is not None else session.words.get(id, id)
    return {"linkId": id, "text": text_of(words), "answer": [_answer(value, question)]}


def _answer(value: AnswerValue, question: Question | None) -> Resource:
    if isinstance(value, int):
        return {"valueInteger": value} if abs(value) <= _LARGEST else {"valueString": str(value)}
    if value in _SAID:
        code, display = _SAID[value]
        return {"valueCoding": {"system": _YES_NO, "code": code, "display": display}}
    choices = dict(question.choices) if question is not None else {}
    return {"valueCoding": {**own_coding("answer", value), "display": text_of(choices.get(value, value))}}
