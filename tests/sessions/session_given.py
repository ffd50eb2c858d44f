"""Sessions for tests: one that looks like life, and strategies for any."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from types import MappingProxyType

from hypothesis import strategies as st

from bodymap.common.text import clean
from bodymap.engine.findings import Findings, Mark
from bodymap.knowledge.pack import BANDS, GRADES, QUALITIES, SIDES, TIERS
from bodymap.sessions.ids import ALPHABET, code_of
from bodymap.sessions.ids import ID as ID_PATTERN
from bodymap.sessions.record import App, PackReference, Session, Shown, ShownAlarm, ShownCause

ID = "01a20774-d5db-73ef-9cc1-f95464d648ee"
STARTED = datetime(2026, 11, 23, 9, 30, 5, tzinfo=timezone(timedelta(hours=1)))

FINDINGS = Findings(
    marks=(
        Mark("buttock-upper", "left", 7, ("ache", "tight"), ("sitting-worse",)),
        Mark("lumbar-spine", "midline", 0),
    ),
    answers=MappingProxyType({"sits-most-of-day": "yes", "bending-forward-worse": "no", "age": 47}),
    map_complete=True,
)

SHOWN = Shown(
    alarms=(ShownAlarm("steroid-fracture", "same-day", "You take steroids.", "Tell the clinic today."),),
    ranking=(
        ShownCause(
            id="thoracolumbar-joint-dysfunction",
            name="Thoracolumbar joint",
            rank=1,
            band="possible",
            evidence="very-low",
            score=10,
            score_range=(-4, 28),
            rank_range=(1, 2),
            for_lines=("tl-buttock", "tl-sitting"),
            against=(),
            unknown=("tl-twisting",),
        ),
        ShownCause(
            "discogenic-pain", "Disc pain", 2, "unlikely", "weak", -6, (-9, 3), (1, 2), (), ("disc-bending",)
        ),
    ),
    indistinguishable=(("thoracolumbar-joint-dysfunction", "discogenic-pain"),),
)

SESSION = Session(
    id=ID,
    code=code_of(ID),
    started=STARTED,
    finished=STARTED + timedelta(minutes=8),
    state="finished",
    language="en",
    app=App("bodymap", "0.1.0"),
    pack=PackReference("rear-pain", "1.0.0", "0123456789abcdef" * 4),
    findings=FINDINGS,
    places=(
        "your LEFT buttock, upper part, seen from behind",
        "your low back, over the spine, seen from behind",
    ),
    words=MappingProxyType(
        {"age": "How old are you? 47 years.", "bending-forward-worse": "Is bending worse? No."}
    ),
    shown=SHOWN,
)


def with_id(session: Session, id: str) -> Session:
    """Return the same session under another id."""
    return replace(session, id=id, code=code_of(id))


def unfinished(session: Session = SESSION) -> Session:
    """Return the same session before it was finished."""
    return replace(session, state="unfinished", finished=None)


WORDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
SPOKEN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).map(clean)
LISTS = st.lists(WORDS, max_size=5, unique=True).map(tuple)
MOMENTS = st.builds(
    lambda moment, minutes: moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)),
    st.integers(-23 * 60, 23 * 60),
)
PAIRS = st.tuples(st.integers(-999, 999), st.integers(-999, 999)).map(lambda pair: (min(pair), max(pair)))
IDS = st.from_regex(ID_PATTERN, fullmatch=True)
MARKS = st.lists(
    st.builds(
        Mark,
        region=WORDS,
        side=st.sampled_from(SIDES),
        intensity=st.integers(0, 10),
        qualities=st.lists(st.sampled_from(QUALITIES), unique=True).map(tuple),
        worse_with=LISTS,
    ),
    max_size=6,
    unique_by=lambda mark: mark.place,
).map(tuple)
SHOWNS = st.builds(
    Shown,
    alarms=st.lists(st.builds(ShownAlarm, WORDS, st.sampled_from(TIERS), SPOKEN, SPOKEN), max_size=3).map(
        tuple
    ),
    ranking=st.lists(
        st.builds(
            ShownCause,
            id=WORDS,
            name=SPOKEN,
            rank=st.integers(1, 50),
            band=st.sampled_from(BANDS),
            evidence=st.sampled_from(GRADES),
            score=st.integers(-999, 999),
            score_range=PAIRS,
            rank_range=PAIRS,
            for_lines=LISTS,
            against=LISTS,
            unknown=LISTS,
            needs_missing=LISTS,
        ),
        max_size=4,
    ).map(tuple),
    none_fits=st.booleans(),
    indistinguishable=st.lists(LISTS, max_size=3).map(tuple),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session that could be."""
    answers = draw(st.dictionaries(WORDS, WORDS | st.integers(-(10**18), 10**18), max_size=6))
    marks = draw(MARKS)
    finished = draw(MOMENTS | st.none())
    return Session(
        id=draw(IDS),
        code=draw(st.text(ALPHABET, min_size=4, max_size=4)),
        started=draw(MOMENTS),
        finished=finished,
        state="unfinished" if finished is None else "finished",
        language=draw(st.sampled_from(["en", "de", "pt-BR", "zh-Hant"])),
        app=App("bodymap", draw(SPOKEN)),
        pack=PackReference(
            draw(WORDS), draw(SPOKEN), draw(st.text("0123456789abcdef", min_size=64, max_size=64))
        ),
        findings=Findings(marks, MappingProxyType(answers), draw(st.booleans())),
        places=tuple(draw(SPOKEN) for _ in marks) if draw(st.booleans()) else (),
        words=MappingProxyType({id: draw(SPOKEN) for id in answers if draw(st.booleans())}),
        shown=draw(SHOWNS) if finished is not None else draw(SHOWNS | st.none()),
    )
