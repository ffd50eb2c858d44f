"""Many files read with what was learnt from the ones before, held against the reader of one file: the same session, or
the same trouble, whatever lies between.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from faults_given import FAULTS, changed, crowded, put
from hypothesis import given, settings
from hypothesis import strategies as st
from mutating import mutated
from session_given import SESSION, sessions, unfinished

from bodymap.common.trouble import Trouble
from bodymap.desk.sample import sample_sessions
from bodymap.engine.findings import Findings
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import remembering
from bodymap.sessions.document import checksum, content_of, table_of, toml_text
from bodymap.sessions.known_lines import Purse
from bodymap.sessions.reader import Reads, session_of
from bodymap.sessions.record import Session, Shown
from bodymap.sessions.remembering import Remembering

CONTENT = content_of(SESSION)


def samples(count: int) -> list[bytes]:
    until = datetime(2026, 11, 23, tzinfo=UTC)
    return [content_of(one) for one in sample_sessions(count, 7, load_pack(), load_anatomy(), until=until)]


def told(reads: Reads, content: bytes) -> object:
    """Return all that a reader says of a file, in the order in which it says it."""
    try:
        session = reads(content, "x.toml")
    except Trouble as trouble:
        return str(trouble), trouble.exit
    return repr(session), session


def held_against_the_other(one: Remembering, content: bytes) -> bool:
    """Return whether a file is a session, after holding both readers against each other, twice."""
    expected = told(session_of, content)
    assert told(one.session_of, content) == expected, content.decode(errors="replace")
    assert told(one.session_of, content) == expected, content.decode(errors="replace")
    return isinstance(expected, tuple) and isinstance(expected[1], Session)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be left to the reader of one file."""

    def unexpected(content: bytes, where: str) -> Session:
        raise AssertionError("left to the reader of one file")

    monkeypatch.setattr(remembering, "session_of", unexpected)


@pytest.mark.usefixtures("alone")
def test_what_we_write_is_never_left_to_the_reader_of_one_file() -> None:
    one = Remembering()
    for content in samples(150):
        assert one.session_of(content, "x.toml") == session_of(content, "x.toml")
        assert one.session_of(content, "x.toml").integrity == "ok"


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "session",
    [
        SESSION,
        unfinished(),
        replace(unfinished(), shown=None),
        replace(SESSION, places=(), words=MappingProxyType({})),
        replace(SESSION, findings=Findings(), places=(), words=MappingProxyType({})),
        replace(SESSION, shown=Shown(none_fits=True)),
        replace(SESSION, shown=Shown(indistinguishable=(("a" * 60, "b" * 60), ("c" * 60, "d")))),
        replace(SESSION, language="es", words=MappingProxyType({"age": "¿Cuántos años tiene? 47 años."})),
    ],
    ids=["finished", "begun", "early", "ids", "nothing", "none", "wide", "spanish"],
)
def test_every_kind_of_session_is_one_of_many(session: Session) -> None:
    assert Remembering().session_of(content_of(session), "x.toml") == session


EVER = Remembering()


@settings(max_examples=40)
@given(sessions())
def test_any_session_comes_back_as_it_was(session: Session) -> None:
    content = content_of(session)
    assert held_against_the_other(EVER, content)
    back = EVER.session_of(content, "x.toml")
    assert (back, back.integrity) == (session, "ok")
    assert content_of(back) == content


@pytest.mark.parametrize(("path", "value"), [fault[:2] for fault in FAULTS])
def test_every_fault_is_told_as_of_one_file(path: str, value: object) -> None:
    one = Remembering()
    assert held_against_the_other(one, CONTENT)
    table = changed(put(path, value))
    # Once as a parser would write it and once as we do.
    assert not held_against_the_other(one, table)
    before, after = table_of(SESSION), None
    try:
        put(path, value)(before)
        before["integrity"] = before["integrity"] if path == "integrity" else {"sha256": checksum(before)}
        after = toml_text(before).encode()
    except (TypeError, AttributeError, KeyError, IndexError):
        return  # nothing that we could write
    held_against_the_other(one, after)


def test_a_line_that_is_good_in_one_table_is_not_in_another() -> None:
    """Every line of a file put into each of its tables, after the file itself was learnt."""
    one = Remembering()
    assert held_against_the_other(one, CONTENT)
    text = CONTENT.decode()
    blocks = text.removesuffix("\n").split("\n\n")
    lines = dict.fromkeys(line for line in text.split("\n") if " = " in line and not line.endswith("["))
    good = 0
    for at in range(len(blocks)):
        for line in lines:
            other = [*blocks[:at], f"{blocks[at]}\n{line}", *blocks[at + 1 :]]
            good += held_against_the_other(one, ("\n\n".join(other) + "\n").encode())
    assert 0 < good < 200, "an answer more is still a session, most lines are none elsewhere"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("schema = 1", "schema = 1 "),
        lambda text: text.replace("\n\n[app]", "\n[app]"),
        lambda text: text.replace("\n\n[app]", "\n\n\n[app]"),
        lambda text: text.replace("\n\n[app]", "\n\n[app]\n\n[app]"),
        lambda text: text.replace("[[findings.marks]]", "[findings.marks]"),
        lambda text: text.replace("intensity = 7", "intensity = 007"),
        lambda text: text.replace("intensity = 7", "intensity = 7 # much"),
        lambda text: text.replace("age = 47", "age = true"),
        lambda text: text.replace("age = 47", "age = 9223372036854775808"),
        lambda text: text.replace("age = 47", 'age = "47"'),
        lambda text: text.replace("age = 47", "age = 47\nage = 47"),
        lambda text: text.replace("age = 47", "age = 47\nage = 48"),
        lambda text: text.replace("age = 47", "age = 2026-11-23T09:30:05+01:00"),
        lambda text: text.replace("for = [", "for = [\n").replace("]\n", "\n]\n", 1),
        lambda text: text.replace('for = ["tl-buttock", ', 'for = [\n    "tl-buttock",\n    '),
        lambda text: text.replace('for = ["tl-buttock", "tl-sitting"]', 'for = [\0    "tl-buttock",\0]'),
        lambda text: text.replace('"tl-buttock"', '"tl-\0buttock"'),
        lambda text: text.replace("years.", "years\u202e."),
        lambda text: text.replace("years.", "years\\u202e."),
        lambda text: text.replace("years.", 'years." # "'),
        lambda text: text.replace('tier = "same-day"', 'tier = "mention"'),
        lambda text: text.replace("+01:00", "-00:00"),
        lambda text: text.replace("+01:00", "Z"),
        lambda text: text.replace("2026-11-23T09:30", "2026-02-30T09:30"),
        lambda text: text.replace('side = "midline"', 'side = "left"').replace(
            "lumbar-spine", "buttock-upper"
        ),
        lambda text: text.replace(
            'state = "finished"\nlanguage = "en"', 'language = "en"\nstate = "finished"'
        ),
        lambda text: text.replace("[findings.answers]", "[findings.words]", 1),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: text + "\n",
        lambda text: text + "a = 1\n",
        lambda text: text.replace("[integrity]\n", "[integrity]"),
        lambda text: text[: text.index("\n[integrity]")],
        lambda text: text + 'x = [\n    "a",\n    x = [\n' * 5000,
        lambda text: text.replace(
            'for = ["tl-buttock", "tl-sitting"]', 'for = [\n    "tl-buttock",\n    "tl-sitting",\n]'
        ),
        lambda text: text.replace(
            'for = ["tl-buttock", "tl-sitting"]', 'for = [\n"tl-buttock",\n"tl-sitting"\n]'
        ),
        lambda text: text.replace('for = ["tl-buttock", "tl-sitting"]', 'for = [\n    "tl-buttock",\n\n]'),
        lambda text: text.replace('for = ["tl-buttock", "tl-sitting"]', "for = [\n]"),
        lambda text: text.replace('for = ["tl-buttock", "tl-sitting"]', "for = [\n    1 = [\n    ],\n]"),
        lambda text: "",
    ],
)
def test_what_is_laid_out_in_another_way_is_told_as_of_one_file(change) -> None:  # type: ignore[no-untyped-def]
    one = Remembering()
    for content in (CONTENT, change(CONTENT.decode()).encode(), CONTENT):
        held_against_the_other(one, content)


def test_many_marks_and_many_tables() -> None:
    one = Remembering()
    for places in (150, 199, 200, 250, 300):
        assert held_against_the_other(one, content_of(crowded(places)))
    headings = b"[[findings.marks]]\n" * 600
    assert not held_against_the_other(one, CONTENT.replace(b"[[findings.marks]]\n", headings, 1))


def mutations(count: int, seed: int) -> int:
    contents, dice, one = samples(40), random.Random(seed), Remembering()
    for content in contents:
        assert held_against_the_other(one, content)
    return sum(held_against_the_other(one, mutated(dice, dice.choice(contents))) for _ in range(count))


def test_some_hundred_damaged_files_are_told_alike() -> None:
    assert 50 < mutations(600, 1) < 550


@pytest.mark.slow
def test_forty_thousand_damaged_files_are_told_alike() -> None:
    assert mutations(40_000, 2) > 4000


@given(st.lists(st.sampled_from([*CONTENT.split(b"\n\n"), *CONTENT.split(b"\n"), b""]), max_size=30))
def test_pieces_in_any_order_are_told_alike(pieces: list[bytes]) -> None:
    held_against_the_other(EVER, b"\n".join(pieces) + b"\n")
    held_against_the_other(EVER, CONTENT + b"\n".join(pieces) + b"\n")


def test_what_is_learnt_is_bounded_and_what_is_spent_too() -> None:
    purse = Purse(lines=300, letters=2000)
    one = Remembering(purse)
    assert held_against_the_other(one, CONTENT)
    for number in range(200):
        answers = {f"question-{number}-{each}": "yes" for each in range(20)}
        content = content_of(
            replace(
                SESSION,
                findings=replace(SESSION.findings, answers=MappingProxyType(answers)),
                words=MappingProxyType({}),
            )
        )
        assert held_against_the_other(one, content)
        kept = [line for known in one.known.values() for line in known]
        assert sum(map(len, kept)) < 2100
    assert purse.lines < 20, "as many as came in went out"


def test_nothing_by_which_a_person_could_be_told_is_kept() -> None:
    one = Remembering()
    one.session_of(CONTENT, "x.toml")
    kept = "\n".join(line for known in one.known.values() for line in known)
    assert "age = 47" in kept
    sealed = CONTENT.split(b"sha256")[-1].decode()[4:68]
    for own in (SESSION.id, SESSION.code, SESSION.started.isoformat()[:10], sealed):
        assert own in CONTENT.decode()
        assert own not in kept
