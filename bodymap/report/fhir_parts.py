"""The small parts that FHIR resources are made of: ids, references, codes, and where everything comes from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from bodymap.common.text import clean
from bodymap.report.said import is_synthetic
from bodymap.sessions.document import table_of
from bodymap.sessions.record import Session

Resource = dict[str, Any]
_FARTHEST = timedelta(hours=14)  # the farthest offset that FHIR knows
_LIMIT = 2000


def text_of(text: str) -> str:
    """Return a text as FHIR wants it: cleaned, without blanks at its ends, never empty."""
    return clean(text, limit=_LIMIT).strip() or "-"


def concept(text: str, codings: list[Resource] | None = None) -> Resource:
    """Return a CodeableConcept."""
    return {**({"coding": codings} if codings else {}), "text": text_of(text)}


def own_coding(kind: str, code: str) -> Resource:
    """Return a code of our own, such as a region's or a cause's id."""
    return {"system": f"urn:bodymap:{kind}", "code": code}


def moment_of(moment: datetime) -> str:
    """Return a moment as FHIR writes it; one with an offset that FHIR does not know is told in UTC."""
    offset = moment.utcoffset()
    if offset is None or abs(offset) > _FARTHEST:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


class Maker:
    """Makes the resources of one session: each with an id that follows from the session's and with its origin."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.started = moment_of(session.started)
        self.authored = moment_of(session.finished or session.started)
        self._space = UUID(session.id)
        pack = session.pack
        origin = [
            own_coding("session", session.id),
            {"system": "urn:bodymap:pack", "version": text_of(pack.version), "code": pack.id},
            own_coding("pack-sha256", pack.sha256),
            own_coding("session-sha256", table_of(session)["integrity"]["sha256"]),
        ]
        if session.integrity != "ok":
            origin.append(own_coding("integrity", session.integrity))
        self._meta: Resource = {"source": f"urn:uuid:{session.id}", "tag": origin}
        if is_synthetic(session):
            test = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
            self._meta["security"] = [{"system": test, "code": "HTEST", "display": "test health data"}]

    def resource(self, kind: str, name: str, *, profile: str = "", **content: Any) -> Resource:
        """Return the resource `name` of the type `kind`; contents that are empty are left out."""
        meta = {**({"profile": [profile]} if profile else {}), **self._meta}
        kept = {key: value for key, value in content.items() if value not in ([], None)}
        return {"resourceType": kind, "id": self._id(name), "meta": meta, **kept}

    def reference(self, name: str) -> Resource:
        """Return a reference to the resource `name` of this session."""
        return {"reference": f"urn:uuid:{self._id(name)}"}

    def identifier(self, name: str) -> Resource:
        """Return the identifier that says which part of which session a resource is."""
        return {"system": "urn:bodymap:part", "value": f"{self.session.id}/{name}"}

    def bundle(self, resources: list[Resource]) -> Resource:
        """Return the Bundle of these resources."""
        return {
            "resourceType": "Bundle",
            "id": self._id("bundle"),
            "meta": self._meta,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self.session.id}"},
            "type": "collection",
            "timestamp": self.authored,
            "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
        }

    def _id(self, name: str) -> str:
        return str(uuid5(self._space, name))
