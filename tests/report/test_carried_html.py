"""The sheet: everything on it, alarms first, no mark told by colour alone, nothing that runs or loads."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from types import MappingProxyType

import pytest
from carried import several, sitting
from session_given import FINDINGS, SESSION, unfinished

from bodymap.desk.rows import SAMPLE
from bodymap.engine.findings import Findings, Mark
from bodymap.figure import VIEWS, load_body
from bodymap.figure.shapes import load_sheet
from bodymap.knowledge.loader import load_pack
from bodymap.report.html import session_html, sessions_html
from bodymap.report.html_room import room_for
from bodymap.sessions import Session
from bodymap.sessions.record import App


def words(page: str) -> str:
    """Return the page's text, a blank where a tag stood."""
    body = page[page.index("<body>") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def test_the_parts_stand_in_their_order() -> None:
    session = sitting(6, 30, 2)
    page = words(session_html(session, load_pack()))
    assert session.shown is not None
    order = [
        session.code,
        session.shown.alarms[0].says,
        "seen from behind",
        "seen from the front",
        "Where it hurts",
        "What was answered",
        "Which causes fit, as shown",
        "Not asked",
        session.id,
        session.pack.sha256,
        "The checksum matches",
    ]
    places = [page.index(part) for part in order]
    assert places == sorted(places)
    for cause in session.shown.ranking:
        assert f"{cause.rank}. {cause.name} : {cause.band}" in page


def test_answers_stand_under_their_headings_by_what_was_said() -> None:
    answers = {
        "sitting-worse": "yes",
        "walking-worse": "no",
        "twisting-worse": "unsure",
        "age": 47,
        "sex-at-birth": "female",
    }
    session = replace(
        SESSION, findings=replace(FINDINGS, answers=MappingProxyType(answers)), words=MappingProxyType({})
    )
    page = words(session_html(session, load_pack()))
    assert re.search(r"What makes it worse – Yes: sitting\. No: walking\. Not sure: twisting\.", page)
    assert re.search(r"age: 47 years", page)
    assert re.search(r"sex at birth: Female", page)
    not_asked = page[page.index("Not asked") :]
    assert "numb between the legs" in not_asked
    assert "47" not in not_asked[: not_asked.index("Session")]


def test_without_its_pack_the_words_of_the_file_stand_there() -> None:
    page = words(session_html(SESSION))
    assert "How old are you? 47 years." in page
    assert "so this cannot be listed" in page
    assert "tl-buttock" in page


def test_a_mark_has_its_number_and_a_fill_of_its_own() -> None:
    marks = tuple(
        Mark(region, "left", level) for region, level in (("shin", 2), ("palm", 5), ("face", 9), ("groin", 0))
    )
    page = session_html(replace(SESSION, findings=Findings(marks), places=(), words=MappingProxyType({})))
    for region, level in (("shin", 1), ("palm", 2), ("face", 3), ("groin", 0)):
        assert f'<use href="#{region}" class="m{level}"' in page
    assert re.findall(r'class="digit"[^>]*>(\w+)<', page) == ["2", "5", "9", "o"]
    assert "LEFT groin (front): nothing hurts here" in words(page)
    right = session_html(replace(SESSION, findings=Findings((Mark("shin", "right", 10),)), places=()))
    assert '<use href="#shin" class="m3" transform="matrix(-1 0 0 1 400 0)"/>' in right


def test_the_right_side_is_where_the_reader_expects_it() -> None:
    body = load_body()
    for view, left_of_middle in (("back", "left"), ("front", "right")):
        sheet = load_sheet(body, view)
        for place in body.anatomy.places:
            if place.region in sheet.shapes and place.side != "midline":
                x, _ = sheet.heart(place)
                assert (x < sheet.middle) == (place.side == left_of_middle)


def test_every_region_is_drawn_and_its_number_stands_inside() -> None:
    body = load_body()
    assert {region for view in VIEWS for region in load_sheet(body, view).shapes} == set(body.anatomy.regions)
    page = session_html(SESSION)
    assert all(f'<path id="{region}" d="M' in page for region in body.anatomy.regions)
    for view in VIEWS:
        sheet, drawing = load_sheet(body, view), body.drawings[view]
        for region, shape in sheet.shapes.items():
            outline = drawing.sided.get(region) or drawing.midline[region]
            sign = -1 if view == "back" else 1
            u, y = sign * (shape.heart[0] - sheet.middle), shape.heart[1]
            assert min(x for x, _ in outline) < u < max(x for x, _ in outline)
            assert min(y for _, y in outline) < y < max(y for _, y in outline)


def test_nothing_runs_and_nothing_is_loaded() -> None:
    page = session_html(sitting(9, 40), load_pack())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy is not None
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert (
        policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"<script|<link|<img|<iframe|style=| on\w+=|@import|url\((?!#)", page)
    assert {
        found for found in re.findall(r'(?:src|href)="([^"]*)"', page) if not found.startswith("#")
    } == set()


def test_what_is_doubtful_is_said() -> None:
    assert "MADE UP" not in session_html(SESSION).upper()
    assert "Made up: nobody sat for this session." in session_html(replace(SESSION, app=App(SAMPLE, "1")))
    assert "CHECKSUM DOES NOT MATCH" in session_html(replace(SESSION, integrity="failed"))
    assert "Not finished." in session_html(unfinished())
    assert "Nothing had been assessed yet." in session_html(replace(unfinished(), shown=None))
    assert "differ" in session_html(replace(SESSION, places=("your RIGHT ear", SESSION.places[1])))
    calm = replace(SESSION, shown=replace(SESSION.shown, alarms=(), none_fits=True))  # type: ignore[type-var]
    assert "No alarm was shown." in session_html(calm)
    assert "None of the causes fitted" in session_html(calm)


def test_many_sessions_share_their_drawings() -> None:
    pages = "".join(sessions_html(several(9), lambda _: None))
    assert pages.count("<article") == 9
    assert pages.count('<path id="shin"') == pages.count("<style>") == 1
    assert len(pages) < 9 * len(session_html(several(2)[1]))


@pytest.mark.parametrize(("marks", "answers"), [(0, 0), (2, 8), (8, 25), (20, 40), (40, 59), (89, 59)])
def test_letters_become_smaller_only_where_there_is_more_to_say(marks: int, answers: int) -> None:
    less: Session = sitting(marks // 2, answers // 2, 3)
    more: Session = sitting(marks, answers, 3)
    pack = load_pack()
    assert room_for(less, pack).level <= room_for(more, pack).level
    assert f"room-{room_for(more, pack).level}" in session_html(more, pack)
