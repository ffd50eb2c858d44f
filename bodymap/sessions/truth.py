"""What a session's file says that cannot be so: a checksum only tells that nobody changed it since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bodymap.common.text import clean
from bodymap.common.trouble import Trouble, nearest
from bodymap.engine.findings import Mark
from bodymap.knowledge.anatomy import Anatomy, Place
from bodymap.knowledge.pack import Pack
from bodymap.sessions.compose import same_pack
from bodymap.sessions.ids import code_of
from bodymap.sessions.record import Session

_SIDE = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)


def place_words(mark: Mark, anatomy: Anatomy) -> str:
    """Return a mark's place in words derived from its ids alone, also where the anatomy does not know them."""
    region = anatomy.regions.get(mark.region)
    if region is None or mark.side not in region.sides:
        return f"{mark.side.upper()} {mark.region}"
    return clean(anatomy.words(Place(*mark.place)), limit=1000)


def in_language_of(session: Session, anatomy: Anatomy) -> Anatomy:
    """Return the anatomy in the language that the session's words were kept in, or as it is where it lacks that."""
    return anatomy.spoken(session.language) if session.language in anatomy.languages else anatomy


def _names_other_side(words: str, side: str, anatomy: Anatomy) -> bool:
    """Return whether words for a place name another side than `side`, in English or the language of `anatomy`."""
    said = {found.lower() for found in _SIDE.findall(words)}
    for form in anatomy.wording.forms.values():
        said |= {
            other for other in ("left", "right") if re.search(rf"(?i)\b{re.escape(form[other])}\b", words)
        }
    return bool(said - {side})


def impossible(session: Session, anatomy: Anatomy, pack: Pack | None) -> Iterator[tuple[str, str]]:
    """Yield everything in a session that cannot be so, as (what, remedy).

    Answers are held against `pack` only where it is the one the session was assessed with.
    """
    remedy = "The file was not written by bodymap as it stands; compare it with a copy."
    if session.code != code_of(session.id):
        yield f"code: {session.code} does not follow from the id.", f"It must be {code_of(session.id)}."
    places = session.places or ("",) * len(session.findings.marks)
    spoken = in_language_of(session, anatomy)
    for number, (mark, words) in enumerate(zip(session.findings.marks, places, strict=True), start=1):
        at = f"findings.marks[{number}]"
        region = anatomy.regions.get(mark.region)
        if region is None:
            yield (
                f"{at}.region: There is no region “{mark.region}”.",
                nearest(mark.region, anatomy.regions, remedy),
            )
        elif mark.side not in region.sides:
            has = " and ".join(f"“{side}”" for side in region.sides)
            yield f"{at}.side: The region {mark.region} has no side “{mark.side}”.", f"It has {has}."
        if _names_other_side(words, mark.side, spoken):
            yield f"{at}.place: The words “{words}” name another side than “{mark.side}”.", remedy
    if pack is not None and same_pack(session, pack):
        yield from _unanswerable(session, anatomy, pack)


def _unanswerable(session: Session, anatomy: Anatomy, pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield answers that the pack of the session does not allow, one by one so that each has its reason."""
    from bodymap.engine import read_findings

    tables: list[Mapping[str, Any]] = [
        {"answers": {id: value}} for id, value in session.findings.answers.items()
    ]
    # Any place serves: regions and sides were looked at already.
    region = next(iter(anatomy.regions.values()))
    place = {"region": region.id, "side": region.sides[0], "intensity": 0}
    tables += [
        {"marks": [place | {"worse_with": [id]}]} for mark in session.findings.marks for id in mark.worse_with
    ]
    for table in tables:
        try:
            read_findings(table, pack, anatomy, "")
        except Trouble as trouble:
            at = trouble.where.removeprefix(", ") if "answers" in table else "marks, worse_with"
            yield f"findings.{at}: {trouble.what}", trouble.remedy
