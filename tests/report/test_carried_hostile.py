"""Nothing that stands in a session does anything in what is carried away, wherever it stands."""

from __future__ import annotations

import csv
import io
import json
import random
from html.parser import HTMLParser
from pathlib import Path

import pytest
from carried import HOSTILE, hostile, sitting, unsafe
from hypothesis import given, settings
from session_given import SESSION, sessions

from bodymap.common.trouble import Trouble
from bodymap.knowledge.loader import load_pack
from bodymap.report.csv_table import sessions_csv
from bodymap.report.exchange import load_exchange
from bodymap.report.fhir import session_fhir, sessions_fhir
from bodymap.report.html import session_html
from bodymap.report.session import session_json, session_text, sessions_json
from bodymap.sessions import Session
from bodymap.sessions.document import content_of
from bodymap.sessions.exported import sessions_in
from bodymap.sessions.reader import session_of

ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "article",
        "h1",
        "h2",
        "h3",
        "p",
        "span",
        "b",
        "i",
        "bdi",
    ),
    *(
        "br",
        "div",
        "ul",
        "ol",
        "li",
        "figure",
        "figcaption",
        "svg",
        "defs",
        "pattern",
        "path",
        "g",
        "use",
        "text",
    ),
}
ATTRIBUTES = {
    *(
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "d",
        "width",
        "height",
        "href",
        "x",
        "y",
    ),
    *("patternunits", "viewbox", "role", "aria-label", "aria-hidden", "transform"),
}


class Page(HTMLParser):
    """Holds a page to the tags and attributes that the program itself writes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.faults: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES or (name == "href" and not str(value).startswith("#")):
                self.faults.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(data)


def every_form(session: Session) -> dict[str, str]:
    return {
        "text": session_text(session),
        "json": session_json(session),
        "many": "".join(sessions_json([session])),
        "html": session_html(session),
        "csv": "".join(sessions_csv([session])),
        "fhir": session_fhir(session),
        "bundles": "".join(sessions_fhir([session], lambda _: None)),
    }


def check(session: Session) -> None:
    """Hold every form of one session to what no form may hold."""
    forms = every_form(session)
    for form, written in forms.items():
        assert unsafe(written) == set(), form
        written.encode("utf-8")
    assert Page(forms["html"]).faults == []
    for line in csv.reader(io.StringIO(forms["csv"], newline="")):
        for cell in line:
            assert not cell.lstrip().startswith(("=", "+", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
            assert not cell.lstrip().startswith("-") or cell.lstrip("-").isdigit()
            assert "\n" not in cell
            assert "\r" not in cell
    for form in ("json", "many", "fhir"):
        json.loads(forms[form])


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_words_do_nothing_in_any_form(text: str) -> None:
    check(hostile(text))


def test_words_come_through_where_they_are_words() -> None:
    page = Page(session_html(hostile("<b>5 < 6 & 'so'</b>")))
    assert "<b>5 < 6 & 'so'</b>" in page.text


@settings(max_examples=40)
@given(sessions())
def test_any_session_can_be_carried_away(session: Session) -> None:
    check(session)


def mutated(dice: random.Random, content: bytes) -> bytes:
    """Return a session's file with some bytes changed, the way hands and disks and attackers change them."""
    parts = [
        b"\x1b[2J",
        b"\xe2\x80\xae",
        b"=1+1",
        b"<script>",
        b'"',
        b"\n",
        b"]",
        b"'",
        b"0",
        b"",
        b"\\u202e",
        b"\xff",
        b"-",
    ]
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(content))
        content = content[:start] + dice.choice(parts) + content[start + dice.randint(0, 4) :]
    return content


def carried(content: bytes) -> bool:
    """Carry away what a changed file holds, where it can be read at all."""
    try:
        session = session_of(content, "file")
    except Trouble:
        return False
    check(session)
    return True


def test_changed_files_are_refused_or_carried_away_safely() -> None:
    dice, content = random.Random(7), content_of(sitting(4, 12))
    assert 0 < sum(carried(mutated(dice, content)) for _ in range(600)) < 600


@pytest.mark.slow
def test_a_hundred_thousand_changed_files() -> None:
    dice, content = random.Random(11), content_of(SESSION)
    assert sum(carried(mutated(dice, content)) for _ in range(100_000)) > 1000


def test_changed_exports_are_refused_or_read() -> None:
    dice = random.Random(5)
    export = "".join(sessions_json([SESSION])).encode()
    refused: list[str] = []
    for _ in range(600):
        try:
            list(sessions_in(io.BytesIO(mutated(dice, export)), "file"))
        except Trouble as trouble:
            refused.append(trouble.where)
    assert len(refused) > 500
    assert all(where.startswith("file") for where in refused)


def test_data_for_exchange_is_as_strict_as_all_data(tmp_path: Path) -> None:
    file = tmp_path / "exchange.toml"
    for text, said in (
        ("schema = 2\n", "schema"),
        ("schema = 1\nratings = 'x'\n", "Unknown key"),
        ("schema = 1\n", "id"),
    ):
        file.write_text(text)
        with pytest.raises(Trouble, match=said):
            load_exchange(file)


def test_what_is_sent_names_questions_that_there_are() -> None:
    exchange, questions = load_exchange(), load_pack().questions
    assert {exchange.rating, *exchange.symptoms, *exchange.exacerbating, *exchange.alleviating} <= set(
        questions
    )
    groups = {"worse": exchange.exacerbating, "eases": exchange.alleviating}
    for group, texts in groups.items():
        assert set(texts) == {id for id, question in questions.items() if question.group == group}
