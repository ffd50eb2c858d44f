"""Sessions to carry away: one that the program would make, with many marks and answers, and hostile ones."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from session_given import ID, SESSION, STARTED, with_id

from bodymap.engine import Engine, Findings, Mark, compile_pack
from bodymap.knowledge.anatomy import load_anatomy
from bodymap.knowledge.loader import load_pack
from bodymap.sessions import Session, compose
from bodymap.sessions.record import App, Shown, ShownAlarm, ShownCause

QUALITIES = ("ache", "sharp", "burning", "tingling", "tight")
HOSTILE = (
    "<script>alert(1)</script>",
    "</style></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x9b2J",
    "\u202egnp.exe\u2066",
    "zero\u200bwidth\ufeff",
    "a" + "\u0301" * 40,
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "x;=1+1",
    " =1",
    "\uff1d1",
    "[@click=app.quit]",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; \" '",
    'line\r\nbreak,"quoted"',
)


@cache
def engine() -> Engine:
    return compile_pack(load_pack(), load_anatomy())


def sitting(marks: int, answers: int, seed: int = 1, *, id: str = ID, finished: bool = True) -> Session:
    """Return a session as the program makes it, with so many marks and answers, the same one each time."""
    dice = random.Random(seed)
    pack, anatomy = load_pack(), load_anatomy()
    findings = Findings()
    places = list(anatomy.places)
    dice.shuffle(places)
    for place in places[:marks]:
        qualities = tuple(dice.sample(QUALITIES, dice.randint(0, 2)))
        worse = tuple(dice.sample(("sitting-worse", "walking-worse"), dice.randint(0, 1)))
        findings = findings.with_mark(Mark(*place, dice.randint(0, 10), qualities, worse))
    questions = list(pack.questions.values())
    dice.shuffle(questions)
    for question in questions[:answers]:
        if question.kind == "yes-no":
            findings = findings.with_answer(question.id, dice.choice(("yes", "no", "unsure")))
        elif question.kind == "number":
            findings = findings.with_answer(question.id, dice.randint(question.lowest, question.highest))
        else:
            findings = findings.with_answer(question.id, question.choices[0][0])
    findings = findings.with_map_complete(bool(marks % 2))
    return compose(
        pack,
        anatomy,
        findings,
        engine().assess(findings),
        id=id,
        started=STARTED,
        finished=STARTED + timedelta(minutes=8) if finished else None,
    )


def hostile(text: str) -> Session:
    """Return a session that holds `text` wherever a person, a pack or a file could have put it."""
    shown = Shown(
        alarms=(ShownAlarm("an-alarm", "emergency", text, text),),
        ranking=(
            replace(SESSION.shown.ranking[0], name=text),  # type: ignore[union-attr]
            ShownCause("other", text, 2, "weak", "weak", 1, (0, 2), (1, 2)),
        ),
        indistinguishable=(("other", "unheard-of"),),
    )
    return replace(
        SESSION,
        app=App(text, text),
        pack=replace(SESSION.pack, version=text),
        places=(text,) * len(SESSION.findings.marks),
        words=MappingProxyType(dict.fromkeys(SESSION.findings.answers, text)),
        shown=shown,
    )


def ids(count: int) -> list[str]:
    return [f"01a20774-d5db-73ef-9cc1-{number:012x}" for number in range(count)]


def several(count: int) -> list[Session]:
    return [with_id(sitting(number % 9, number * 5 % 40, number), id) for number, id in enumerate(ids(count))]


_FORBIDDEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad\u061c]")


def unsafe(text: str) -> set[str]:
    """Return the control, format and direction-changing characters of a text, line ends apart."""
    return {
        letter
        for letter in text
        if letter not in "\r\n"
        and (unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co") or _FORBIDDEN.match(letter))
    }
